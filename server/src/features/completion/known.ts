/** What names and stages before a cursor stand for, in one run of the body that the cursor is in. */

import type { Block, Expression, Identifier, Network, Stage, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { evaluateKnown, type KnownNames } from '../../check/evaluate/known'
import { type Binding, referencesOf } from '../../check/references'
import { enclosing } from '../../check/semantics/path'
import { graphsOf, runsOf, tensorsOf } from '../../check/semantics/runs'
import { declaredAs } from '../../check/semantics/scope'
import type { Frame, NetworkGraph, TensorValue, Value } from '../../model/graph'
import { isList, isUnknown, UNKNOWN } from '../../model/value'
import type { Cursor } from '../support/cursor'
import type { View } from '../support/view'

/** A name that is bound before the cursor. */
export interface KnownName {
  readonly name: string
  readonly binding: Binding
  /** Unknown where nothing runs to it. */
  readonly value: Value
}

/** A body's run as the cursor sees it. */
export interface Known {
  readonly declaration: Block | Network | undefined
  readonly frame: Frame | undefined
  readonly graph: NetworkGraph | undefined
  /** The names that the body binds before the cursor, the nearest first. */
  readonly names: readonly KnownName[]
  readonly constants: ReadonlyMap<string, Value>
  /** What an expression comes to: a flow or call by the layers that it has made, anything else by its names. */
  valueAt(expression: Expression): Value
}

/** `isNew` says that a statement begins at the cursor, so that the one before it has ended. */
export function knownAt(view: View, cursor: Cursor, isNew = false): Known {
  const declaration = enclosing(cursor.path, 'block', 'network')
  const constants = constantsOf(view)
  const run = declaration === undefined ? undefined : shownRun(view, declaration)
  const frame = run?.run.frame
  const graph = run?.graph
  const names = declaration === undefined ? [] : namesBefore(view, cursor, declaration, run, isNew)
  const values = new Map([
    ...constants,
    ...names.toReversed().map(({ name, value }) => [name, value] as const),
  ])
  const texts: KnownNames = { names: values, uri: view.analysis.uri, tree: view.analysis.file }
  const valueAt = (expression: Expression): Value => {
    const made = graph && frame && madeBy(expression, graph, frame)
    if (made !== undefined) return made
    const flowEnd =
      expression.kind === 'flow' ? (expression.stages.at(-1)?.value ?? expression.head) : undefined
    if (flowEnd !== undefined) return valueAt(flowEnd)
    if (expression.kind === 'list') return expression.items.map(valueAt)
    if (expression.kind === 'parenthesized') return valueAt(expression.value)
    return evaluateKnown(expression, texts)
  }
  return { declaration, frame, graph, names, constants, valueAt }
}

/** The tensors that are piped into the stage at the end of a path; undefined where that is not known. */
export function pipedInto(
  known: Known,
  path: readonly SyntaxNode[],
  stage: Stage,
): readonly TensorValue[] | undefined {
  const flow = path[path.indexOf(stage) - 1]
  if (flow?.kind !== 'flow') return undefined
  const before = flow.stages[flow.stages.indexOf(stage) - 1]?.value ?? flow.head
  return knownTensors(known.valueAt(before))
}

/** The tensors that a value stands for; undefined where it is something else or a part is unknown. */
export function knownTensors(value: Value): readonly TensorValue[] | undefined {
  const tensors = tensorsOf([value])
  const count = isList(value) ? value.length : 1
  return tensors.length >= count && tensors.length > 0 ? tensors : undefined
}

/** A network's own run, or the first run of a block: all that is shown is of this one. */
function shownRun(view: View, declaration: Block | Network) {
  const runs = runsOf(view, declaration)
  return runs.find(({ run }) => run.frame.call === undefined) ?? runs[0]
}

function constantsOf(view: View): ReadonlyMap<string, Value> {
  const { analysis } = view
  const values = new Map(analysis.constants.map(({ name, value }) => [name, value]))
  const found = new Map<string, Value>()
  for (const { kind, name } of referencesOf(analysis.file).bindings) {
    if (kind !== 'constant' && kind !== 'import') continue
    const declared = declaredAs(view, analysis.uri, name)
    if (declared?.kind === 'constant') found.set(name, values.get(declared.declaration.name) ?? UNKNOWN)
  }
  return found
}

function namesBefore(
  view: View,
  cursor: Cursor,
  declaration: Block | Network,
  run: ReturnType<typeof shownRun>,
  isNew: boolean,
): readonly KnownName[] {
  const { start } = cursor.word
  const values = boundValues(view, declaration, run?.run.frame)
  const args = new Map(run?.run.args.map(({ name, value }) => [name, value]))
  const around = nodesAt(view.analysis.file, start)
  // A statement that is being written does not see its own names yet.
  const written = isNew ? undefined : cursor.path.at(-1)
  const last = new Map<string, Binding>()
  for (const binding of referencesOf(view.analysis.file).bindings) {
    const { kind, name, node, scope, from } = binding
    const isOwn = scope === declaration || (kind === 'item' && around.includes(scope))
    if (!isOwn || from > start || node === written || (kind === 'parameter' && around.includes(node)))
      continue
    const before = last.get(name)
    if (before === undefined || before.from <= from) last.set(name, binding)
  }
  return [...last.values()]
    .sort((a, b) => b.from - a.from || a.identifier.start - b.identifier.start)
    .map((binding) => {
      const { name, identifier, kind } = binding
      const value = (kind === 'parameter' ? args.get(name) : values.get(identifier)) ?? UNKNOWN
      return { name, binding, value }
    })
}

/** What each place of a body bound last in the run that is shown, or in another where that did not come there. */
function boundValues(
  view: View,
  declaration: Block | Network,
  frame: Frame | undefined,
): ReadonlyMap<Identifier, Value> {
  const found = new Map<Identifier, Value>()
  const others = new Map<Identifier, Value>()
  for (const graph of graphsOf(view)) {
    for (const { name, value, frame: own } of graph.bindings) {
      if (own === frame) found.set(name, value)
      else if (own.declaration === declaration && !others.has(name)) others.set(name, value)
    }
  }
  for (const [name, value] of others) {
    const known = found.get(name)
    if (known === undefined || isUnknown(known)) found.set(name, value)
  }
  return found
}

/** What the last application came to that an expression stands for in a run. */
function madeBy(expression: Expression, graph: NetworkGraph, frame: Frame): Value | undefined {
  const layer = graph.layers.findLastIndex(
    (node) => node.frame === frame && (node.applied === expression || node.site === expression),
  )
  const run = graph.runs.findLast(
    ({ frame: { call } }) =>
      call?.frame === frame && (call.site === expression || call.written.site === expression),
  )
  if (run !== undefined && run.end > layer) return single(run.results)
  const outputs = graph.layers[layer]?.outputs.map((tensor): Value => ({ kind: 'tensor', tensor }))
  return outputs && single(outputs)
}

function single(values: readonly Value[]): Value {
  return values.length === 1 ? (values[0] as Value) : values
}
