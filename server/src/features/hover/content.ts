import type { Range } from '../../../../grammar/tree'
import type { Fact } from '../describe'
import { bold, list, paragraphs, RULE } from '../markdown'
import { distinct } from '../runs'
import type { Settings } from '../settings'

/** What a hover says, before the settings decide how much of it is shown. */
export interface HoverContent {
  /** The text that it is about. */
  readonly range: Range
  /** The first line, in Markdown: the shapes. */
  readonly title: string
  readonly facts?: readonly Fact[]
  /** Below the facts: other runs, a problem. */
  readonly notes?: string | undefined
  /** Below the rule: documentation. */
  readonly documentation?: string | undefined
}

/** A hover's Markdown: short first, details below. */
export function render(
  { title, facts = [], notes, documentation }: HoverContent,
  settings: Settings['hover'],
): string {
  const full = settings.details === 'full'
  const told = list(facts.map(({ label, text }) => `${label}: ${text}`))
  const details = settings.documentation && documentation ? paragraphs(RULE, documentation) : undefined
  return full ? paragraphs(title, told, notes, details) : title
}

/** How many of several runs a hover tells. */
const MAX_RUNS = 4

/** What one run adds to a hover about several. */
export interface RunText {
  /** Where and with which arguments, in Markdown. */
  readonly where: string | undefined
  /** The shapes in and out. */
  readonly flow: string
  readonly facts: readonly Fact[]
  /** The numbers in one line, for the runs after the first. */
  readonly short: readonly string[]
}

/**
 * The title, facts and notes of a hover about something that runs several times: the first run in full, then
 * each other distinct one in a line. `read` is asked for the first of each kind alone.
 */
export function runsContent<T>(
  runs: readonly T[],
  key: (run: T) => string,
  read: (run: T) => RunText,
): Pick<HoverContent, 'title' | 'facts' | 'notes'> | undefined {
  const kinds = distinct(runs, key)
  const [first, ...others] = kinds
  if (first === undefined) return undefined
  const { where, flow, facts } = read(first.item)
  const context = [where === undefined ? '' : `in ${where}`, times(first.count)].filter((text) => text !== '')
  const title = [bold(flow), context.join(', ')].filter((text) => text !== '').join(' ')
  if (others.length === 0) return { title, facts }
  const shown = others.slice(0, MAX_RUNS - 1).map(({ item, count }) => {
    const run = read(item)
    const texts = [run.flow, ...run.short, times(count)].filter((text) => text !== '')
    return `${run.where === undefined ? '' : `${run.where}: `}${texts.join(', ')}`
  })
  const rest = others.length - shown.length
  const more = rest === 0 ? [] : [`and ${rest} more`]
  return { title, facts, notes: paragraphs('Other runs:', list([...shown, ...more])) }
}

function times(count: number): string {
  return count === 1 ? '' : `${count} times`
}
