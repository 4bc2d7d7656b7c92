import type { Expression, SourceFile } from '../../../../grammar/tree'
import { shortened } from '../../check/words'
import type { RefactorContext, Refactoring } from './frame/refactoring'
import { type Part, type PartRun, partAt, rangeOfRun, selectedRun, tokenText } from './read/parts'

/** Writes equal layers in a row as a repetition: `-> unit(64) -> unit(64)` is `-> 2 * unit(64)`. */
export const repeatStages: Refactoring = {
  name: 'repeat-stages',
  kind: 'refactor.rewrite.repeat',
  keeps: 'everything',
  *propose(context) {
    const chosen = selectedRun(context) ?? partAt(context)
    const found = chosen && longestRepetition(context, chosen)
    if (chosen === undefined || found === undefined) return
    const { first, rounds, period } = found
    const { count, text } = repeated(context, chosen, found)
    const range = rangeOfRun({ ...chosen, first, last: first + rounds * period - 1 })
    yield { title: `Write ${count} * ${shown(text)}`, edits: [{ ...range, text: `${count} * ${text}` }] }
  },
}

/** `period` layers that stand `rounds` times in a row. */
interface Repetition {
  readonly first: number
  readonly period: number
  readonly rounds: number
}

/** A layer with how often it stands there: `2 * unit(64)` is twice `unit(64)`. */
interface Counted {
  readonly part: Part
  readonly count: number
  readonly layer: Expression
  readonly tokens: string
}

/** The repetition that takes in the most layers around the chosen ones, with the fewest that are repeated. */
function longestRepetition({ tree }: RefactorContext, chosen: PartRun): Repetition | undefined {
  const parts = chosen.parts.map((part) => counted(tree, part))
  let best: Repetition | undefined
  for (let period = 1; 2 * period <= parts.length; period++) {
    for (let first = 0; first <= chosen.first; first++) {
      const rounds = roundsOf(parts, first, period)
      const length = rounds * period
      if (rounds < 2 || chosen.last >= first + length) continue
      if (best === undefined || length > best.rounds * best.period) best = { first, period, rounds }
    }
  }
  return best
}

function counted(tree: SourceFile, part: Part): Counted {
  const { value } = part
  const isCounted = value.kind === 'binary' && value.operator === '*' && value.left.kind === 'number'
  const [count, layer] = isCounted ? [(value.left as { value: number }).value, value.right] : [1, value]
  return { part, count, layer, tokens: tokenText(tree, layer) }
}

/** How many times layers stand in a row. A name among them ends it, since it stands for one of the rounds. */
function roundsOf(parts: readonly Counted[], first: number, period: number): number {
  let end = first + period
  while (end < parts.length) {
    const [before, at] = [parts[end - 1] as Counted, parts[end] as Counted]
    if (before.part.as !== undefined || !isSame(parts[end - period] as Counted, at, period)) break
    end++
  }
  return Math.floor((end - first) / period)
}

/** Single layers may be counted already: `unit(64)` and `2 * unit(64)` are three of them. */
function isSame(a: Counted, b: Counted, period: number): boolean {
  return a.tokens === b.tokens && (period === 1 || a.count === b.count)
}

/** What is repeated, in parentheses where it is several layers, and how often. */
function repeated({ tree }: RefactorContext, chosen: PartRun, { first, period, rounds }: Repetition) {
  const all = chosen.parts.slice(first, first + rounds * period).map((part) => counted(tree, part))
  const [only] = all as [Counted]
  const { start, end } =
    period === 1 ? only.layer : rangeOfRun({ ...chosen, first, last: first + period - 1 })
  const text = tree.text.slice(start, end)
  const isClosed = period === 1 && only.layer.kind !== 'binary' && only.layer.kind !== 'conditional'
  const count = period === 1 ? all.reduce((sum, each) => sum + each.count, 0) : rounds
  return { count, text: isClosed ? text : `(${text})` }
}

function shown(text: string): string {
  return shortened(text, 40)
}
