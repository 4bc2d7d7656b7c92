import type { Range } from '../../../../grammar/tree'
import { distinct } from '../../check/semantics/runs'
import type { Fact } from '../support/describe'
import { bold, list, paragraphs, RULE } from '../support/markdown'
import type { Settings } from '../support/settings'

/** What a hover says, before the settings decide how much of it is shown. */
export interface HoverContent {
  /** The text that it is about. */
  readonly range: Range
  /** The first line, in Markdown: the shapes. */
  readonly title: string
  /** Below it, always: that it is not what the text says. */
  readonly mark?: string | undefined
  readonly facts?: readonly Fact[]
  /** Below the facts: other runs, a problem. */
  readonly notes?: string | undefined
  /** Below the rule: documentation. */
  readonly documentation?: string | undefined
}

/** A hover's Markdown: short first, details below. */
export function render(
  { title, mark, facts = [], notes, documentation }: HoverContent,
  settings: Settings['hover'],
): string {
  const full = settings.details === 'full'
  const listed = list(facts.map(({ label, text }) => `${label}: ${text}`))
  const details = settings.documentation && documentation ? paragraphs(RULE, documentation) : undefined
  return full ? paragraphs(title, mark, listed, notes, details) : paragraphs(title, mark)
}

/** How many of several runs a hover shows. */
const MAX_RUNS = 4

/** What one run adds to a hover about several. */
export interface RunText {
  /** In which block, with which arguments, in Markdown; absent in a network's own body. */
  readonly where?: string | undefined
  /** The application with the values of its options, in Markdown; shown where the runs differ in it. */
  readonly call?: string
  /** The shapes in and out, in Markdown. */
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
  const [first, ...others] = kinds.slice(0, MAX_RUNS).map(({ item, count }) => ({ ...read(item), count }))
  if (first === undefined) return undefined
  const differ = others.some(({ call }) => call !== first.call)
  const context = [
    differ && first.call !== undefined ? `as ${first.call}` : '',
    first.where === undefined ? '' : `in ${first.where}`,
    times(first.count),
  ]
  const title = [bold(first.flow), joined(context)].filter((text) => text !== '').join(' ')
  if (others.length === 0) return { title, facts: first.facts }
  const shown = others.map(({ where, flow, short, call, count }) => {
    const text = joined([flow, ...short, differ ? (call ?? '') : '', times(count)])
    return where === undefined ? text : `${where}: ${text}`
  })
  const rest = kinds.length - 1 - others.length
  const more = rest === 0 ? [] : [`and ${rest} more`]
  return { title, facts: first.facts, notes: paragraphs('Other runs:', list([...shown, ...more])) }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ')
}

function times(count: number): string {
  return count === 1 ? '' : `${count} times`
}
