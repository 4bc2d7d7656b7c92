import type { Flow, Identifier, Name, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { type Bound, callOf, shapesIn, tensorsOf, valuesOf } from '../../check/semantics/runs'
import { type Definition, define, placesSeen } from '../../check/semantics/scope'
import { showValue } from '../../check/words'
import type { Frame, NetworkGraph, TensorValue, Value } from '../../model/graph'
import { showKnown, showTensor } from '../../model/show'
import { isList, isTensor, isTensors, isUnknown, outlineOf } from '../../model/value'
import { type Fact, measureFacts, tensorFacts } from '../support/describe'
import { code } from '../support/markdown'
import type { View } from '../support/view'
import { shortCounts } from './call'
import { type HoverContent, type RunText, runsContent } from './content'

type Content = Pick<HoverContent, 'title' | 'facts' | 'notes'>

/** What a name came to stand for at its own place. */
export function boundContent(view: View, place: Identifier): Content | undefined {
  return valuesContent(place.name, valuesOf(view, place), (bound) => headOf(view, place, bound))
}

/** What a name that a body binds stood for where it is read: the last value before, in each run. */
export function readContent(
  view: View,
  name: string,
  definition: Extract<Definition, { kind: 'local' }>,
  use: Identifier | Name,
): Content | undefined {
  const last = new Map<Frame, Bound>()
  for (const place of placesSeen(view, use, definition)) {
    for (const bound of valuesOf(view, place)) last.set(bound.frame, bound)
  }
  return valuesContent(name, [...last.values()])
}

/** The distinct values that a name had; `head` finds the tensor that the flow to a value started with. */
function valuesContent(
  name: string,
  values: readonly Bound[],
  head: (bound: Bound) => TensorValue | undefined = () => undefined,
): Content | undefined {
  const known = values.filter(({ value }) => isShown(value))
  return runsContent(
    known,
    (bound) => `${valueFlow(bound.value)} ${callOf(bound)}`,
    (bound) => valueText(name, bound, head(bound)),
  )
}

/** The distinct values that a parameter was given; naming the calls that gave them would add nothing. */
export function givenContent(name: string, values: readonly Bound[]): Content | undefined {
  const known = values.filter(({ value }) => isShown(value))
  return runsContent(
    known,
    ({ value }) => valueFlow(value),
    (bound) => ({ ...valueText(name, bound, undefined), where: undefined }),
  )
}

/** Whether anything is known of a value. */
function isShown(value: Value): boolean {
  return !isUnknown(value) || shapesIn([value]).length > 0
}

function valueText(name: string, { value, frame, graph }: Bound, head: TensorValue | undefined): RunText {
  const block = callOf({ frame, graph })
  const flow = head === undefined ? valueFlow(value) : `${showTensor(head.tensor)} → ${valueFlow(value)}`
  return {
    where: block === undefined ? undefined : code(block),
    flow: isTensors(value) || outlineOf(value) !== undefined ? flow : code(`${name} = ${flow}`),
    facts: valueFacts(value, graph),
    short: isTensor(value) && value.measure ? shortCounts(value.measure) : [],
  }
}

/** A value in the first line: a tensor's shape, all shapes of a list of tensors, anything else as it is written. */
function valueFlow(value: Value): string {
  const shapes = shapesIn([value])
  const isOf = shapes.length > 0 && shapes.length === (isList(value) ? value.length : 1)
  return isOf ? shapes.map(showKnown).join(', ') : showValue(value)
}

function valueFacts(value: Value, graph: NetworkGraph): readonly Fact[] {
  if (isTensor(value)) return [...measureFacts(value.measure), ...tensorFacts(value.tensor, graph)]
  if (!isList(value) || !isTensors(value)) return []
  return [{ label: 'Tensors', text: String(tensorsOf(value).length) }]
}

/** The tensor that the flow of a binding starts with, where that is a name. */
function headOf(view: View, place: Identifier, { frame }: Bound): TensorValue | undefined {
  const path = nodesAt(view.analysis.file, place.start)
  const flow = path.findLast((node): node is Flow => node.kind === 'flow') ?? flowOf(path.at(-2))
  if (flow === undefined || flow.head.kind !== 'name') return undefined
  const { head } = flow
  const definition = define(view, nodesAt(view.analysis.file, head.start), head.name)
  if (definition?.kind !== 'local') return undefined
  const places = placesSeen(view, head, definition)
  const values = places.flatMap((each) => valuesOf(view, each)).filter((bound) => bound.frame === frame)
  const value = values.at(-1)?.value
  return value !== undefined && isTensor(value) ? value : undefined
}

function flowOf(node: SyntaxNode | undefined): Flow | undefined {
  const value = node?.kind === 'assign' || node?.kind === 'output' ? node.value : undefined
  return value?.kind === 'flow' ? value : undefined
}
