import type { Expect } from '../../../../grammar/tree'
import { isUnknown } from '../../check/evaluate/values'
import { showValue } from '../../check/words'
import { textOf } from '../locate'
import { code, list } from '../markdown'
import { callOf, distinct, graphsOf } from '../runs'
import type { View } from '../view'
import type { HoverContent } from './content'

const MAX_SHOWN = 4

/** What the sides of an `expect` came to, each time it was evaluated. */
export function expectContent(view: View, { condition, start }: Expect): HoverContent {
  const range = { start, end: condition.end }
  const { analysis, importers } = view
  const evaluated = [analysis, ...importers]
    .flatMap(({ expectations }) => expectations)
    .filter((each) => each.condition === condition)
    .map(({ values, holds, frame }) => {
      const graph = graphsOf(view).find((each) => each.runs.some((run) => run.frame === frame))
      const call = graph === undefined ? undefined : callOf({ frame, graph })
      return {
        holds,
        where: call === undefined ? '' : ` in ${code(call)}`,
        sides: sidesOf(values.map(shown)),
      }
    })
  const kinds = distinct(evaluated, ({ sides, where }) => `${sides} ${where}`)
  const [first] = kinds
  if (first === undefined) return { range, title: 'Not evaluated', notes: 'What it speaks of is not known.' }
  function sidesOf(values: readonly string[]): string {
    return values.length < 2 ? (values[0] ?? '') : withOperators(values)
  }
  function withOperators(values: readonly string[]): string {
    if (condition.kind !== 'comparison') return values.join(', ')
    return values
      .flatMap((value, i) => (i === 0 ? [value] : [condition.operators[i - 1] ?? '', value]))
      .join(' ')
  }
  const title = verdict(kinds.map(({ item }) => item.holds))
  const lines = kinds
    .slice(0, MAX_SHOWN)
    .map(({ item }) => `${mark(item.holds)} ${code(item.sides)}${item.where}`)
  const rest = kinds.length - MAX_SHOWN
  return {
    range,
    title,
    notes: list([...lines, ...(rest > 0 ? [`and ${rest} more`] : [])]),
    documentation: code(textOf(analysis.file, condition)),
  }
}

function shown(value: Parameters<typeof showValue>[0]): string {
  return isUnknown(value) ? 'unknown' : showValue(value)
}

function verdict(all: readonly (boolean | undefined)[]): string {
  if (all.includes(false)) return '**Does not hold**'
  return all.includes(undefined) ? '**Unknown**' : '**Holds**'
}

function mark(holds: boolean | undefined): string {
  return holds === undefined ? 'unknown:' : holds ? 'holds:' : 'does not hold:'
}
