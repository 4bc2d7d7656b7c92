import type { Expect, Expression } from '../../../../grammar/tree'
import { callOf, distinct, runOf } from '../../check/semantics/runs'
import { showValue } from '../../check/words'
import type { Value } from '../../model/graph'
import { textOf } from '../support/locate'
import { bold, code, list } from '../support/markdown'
import type { View } from '../support/view'
import type { HoverContent } from './content'

const MAX_SHOWN = 4

/** What the sides of an `expect` came to, each time it was evaluated. */
export function expectContent(view: View, { condition, start }: Expect): HoverContent {
  const range = { start, end: condition.end }
  const documentation = code(textOf(view.analysis.file, condition))
  const lines = distinct(evaluationsOf(view, condition), (line) => line).map(({ item }) => item)
  const [only] = lines
  if (only === undefined) {
    return { range, title: bold('Not evaluated'), notes: 'Nothing runs it, or something before it fails.' }
  }
  if (lines.length === 1) return { range, title: only, documentation }
  const rest = lines.length - MAX_SHOWN
  const notes = list([...lines.slice(0, MAX_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])])
  return { range, title: `Evaluated in ${lines.length} ways`, notes, documentation }
}

/** One line for each evaluation: whether it holds, the values, and the call of the block that it is in. */
function evaluationsOf(view: View, condition: Expression): readonly string[] {
  return [view.analysis, ...view.importers].flatMap(({ expectations, networks }) =>
    expectations
      .filter((each) => each.condition === condition)
      .map(({ values, holds, frame }) => {
        const graph = networks.find((each) => runOf(each, frame) !== undefined)
        const call = graph === undefined ? undefined : callOf({ frame, graph })
        const verdict = holds === undefined ? 'Not known' : holds ? 'Holds' : 'Does not hold'
        const where = call === undefined ? '' : ` in ${code(call)}`
        return `${bold(`${verdict}:`)} ${code(withValues(condition, values))}${where}`
      }),
  )
}

/** The values with the operators between them. */
function withValues(condition: Expression, values: readonly Value[]): string {
  const operators = condition.kind === 'comparison' ? condition.operators : []
  return values
    .flatMap((value, i) => (i === 0 ? [] : [operators[i - 1] ?? '']).concat(showValue(value)))
    .join(' ')
}
