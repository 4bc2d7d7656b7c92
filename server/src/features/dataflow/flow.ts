/** What feeds a point and what uses it, judged by the text; values say which names are tensors. */

import type { Call, Expression, Flow, Identifier, Name, Stage, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { type Binding, referencesOf } from '../../check/references'
import type { Path } from '../../check/semantics/path'
import { valuesOf } from '../../check/semantics/runs'
import { takesTensors } from '../../fixes/targets'
import { isTensors, isUnknown } from '../../model/value'
import type { View } from '../support/view'
import type { Link, Point, Scene } from './points'

/** Functions that hand the tensors of a list on. */
const HANDING_ON = ['zip', 'reversed']

/** What the value of an expression comes from. */
export function sourcesOf(scene: Scene, node: Expression): readonly Link[] {
  const { view } = scene
  const file = view.analysis.uri
  switch (node.kind) {
    case 'name':
      return tensorsRead(view, node).map((point) => ({ point, range: node }))
    case 'flow': {
      const last = node.stages.at(-1)
      const fed = sourcesOf(scene, node.head)
      return last === undefined || fed.length === 0 ? fed : [stage(file, last.value)]
    }
    case 'call': {
      if (isFunction(view, node)) return handsOn(node) ? argumentsOf(scene, node) : []
      return isApplied(scene, node) ? [stage(file, node)] : []
    }
    case 'index':
      return sourcesOf(scene, node.object)
    case 'parenthesized':
      return sourcesOf(scene, node.value)
    case 'list':
      return node.items.flatMap((item) => sourcesOf(scene, item))
    case 'comprehension':
      return sourcesOf(scene, node.element)
    case 'conditional':
      return [...sourcesOf(scene, node.then), ...sourcesOf(scene, node.else)]
    case 'binary':
      return node.operator === '+' ? [...sourcesOf(scene, node.left), ...sourcesOf(scene, node.right)] : []
    default:
      return []
  }
}

/** What a stage gets: the stage or the head before its arrow, and the tensors among its arguments. */
export function feedsOfStage(scene: Scene, node: Expression): readonly Link[] {
  const path = pathTo(scene.view, node)
  return [...before(scene, path), ...callsIn(node).flatMap((call) => argumentsOf(scene, call))]
}

function before(scene: Scene, path: Path): readonly Link[] {
  const [parent, node] = path.slice(-2) as [SyntaxNode | undefined, SyntaxNode]
  const around = path.slice(0, -1)
  switch (parent?.kind) {
    case 'stage': {
      const flow = path.at(-3) as Flow
      const previous = flow.stages[flow.stages.indexOf(parent) - 1]
      if (previous !== undefined) return [stage(scene.view.analysis.uri, previous.value)]
      const fed = sourcesOf(scene, flow.head)
      // The head of a composition is a layer: what is piped into the whole goes there.
      return fed.length > 0 ? fed : [stage(scene.view.analysis.uri, flow.head)]
    }
    case 'flow':
    case 'parenthesized':
    case 'binary':
      return before(scene, around)
    case 'conditional':
      return node === parent.condition ? [] : before(scene, around)
    default:
      return []
  }
}

/** What uses the value of an expression; `origin` is what the path led to before it was followed upwards. */
export function usersOf(scene: Scene, path: Path, origin = path.at(-1) as Expression): readonly Link[] {
  const [parent, node] = path.slice(-2) as [SyntaxNode | undefined, Expression]
  const around = path.slice(0, -1)
  const file = scene.view.analysis.uri
  const bound = (names: readonly Identifier[]) =>
    names.flatMap((name) => tensorBoundAt(scene.view, name).map((point) => ({ point, range: origin })))
  switch (parent?.kind) {
    case 'flow': {
      const named = parent.headAs === undefined ? [] : bound([parent.headAs])
      const [first] = parent.stages
      return [
        ...named,
        ...(first === undefined ? usersOf(scene, around, origin) : [used(file, first.value, origin)]),
      ]
    }
    case 'stage': {
      const flow = path.at(-3) as Flow
      const named = parent.as === undefined ? [] : bound([parent.as])
      const next: Stage | undefined = flow.stages[flow.stages.indexOf(parent) + 1]
      return [
        ...named,
        ...(next === undefined
          ? usersOf(scene, around.slice(0, -1), origin)
          : [used(file, next.value, origin)]),
      ]
    }
    case 'argument':
      return usersOfArgument(scene, path, origin)
    case 'parenthesized':
    case 'list':
      return usersOf(scene, around, origin)
    case 'binary':
      return parent.operator === '+' || parent.operator === '*' ? usersOf(scene, around, origin) : []
    case 'index':
      return node === parent.object ? usersOf(scene, around, origin) : []
    case 'conditional':
      return node === parent.condition ? [] : usersOf(scene, around, origin)
    case 'comprehension':
      return node === parent.element ? usersOf(scene, around, origin) : bound(parent.names)
    case 'assign':
    case 'for':
      return bound(parent.names)
    case 'output':
      return parent.value === undefined
        ? [{ point: { kind: 'output', file, node: parent }, range: origin }]
        : bound([parent.name])
    default:
      return []
  }
}

/** The call that takes an argument, or what uses its result where it only hands the tensors on. */
function usersOfArgument(scene: Scene, path: Path, origin: Expression): readonly Link[] {
  const call = path.at(-3) as Call
  let around = path.slice(0, -2)
  if (isFunction(scene.view, call)) return handsOn(call) ? usersOf(scene, around, origin) : []
  // Calls that add options, and what repeats the layer, are one stage with it.
  while (isPartOf(around.at(-2), around.at(-1))) around = around.slice(0, -1)
  return [used(scene.view.analysis.uri, around.at(-1) as Expression, origin)]
}

function isPartOf(parent: SyntaxNode | undefined, node: SyntaxNode | undefined): boolean {
  if (parent?.kind === 'call') return parent.callee === node
  return parent?.kind === 'binary' && parent.operator === '*' && parent.right === node
}

/** The nodes from the file down to one of them. */
export function pathTo({ analysis }: View, node: SyntaxNode): Path {
  const path = nodesAt(analysis.file, node.start)
  return path.slice(0, path.indexOf(node) + 1)
}

function stage(file: string, node: Expression): Link {
  return { point: { kind: 'stage', file, node }, range: node }
}

function used(file: string, node: Expression, range: Expression): Link {
  return { point: { kind: 'stage', file, node }, range }
}

/** The calls of which an expression consists that stands for a layer. */
function callsIn(node: Expression): readonly Call[] {
  switch (node.kind) {
    case 'call':
      return [...callsIn(node.callee), node]
    case 'binary':
      return callsIn(node.right)
    case 'parenthesized':
      return callsIn(node.value)
    default:
      return []
  }
}

function argumentsOf(scene: Scene, { args }: Call): readonly Link[] {
  return args.flatMap(({ value }) => sourcesOf(scene, value))
}

/**
 * Whether an expression applies a layer to tensors, so that its value is what comes out. Learned tensors, and blocks
 * that take none, are applied without any: only a run shows it.
 */
export function isApplied(scene: Scene, node: Expression): boolean {
  if (callsIn(node).some((call) => argumentsOf(scene, call).length > 0)) return true
  return scene.view.analysis.networks.some(
    ({ layers, runs }) =>
      layers.some(({ applied, inputs }) => applied === node && inputs.length === 0) ||
      runs.some(({ frame: { call } }) => call?.site === node && call.written.site === node),
  )
}

function isFunction({ analysis }: View, { callee }: Call): boolean {
  return callee.kind === 'name' && referencesOf(analysis.file).readAt(callee)?.meaning === 'function'
}

function handsOn({ callee }: Call): boolean {
  return callee.kind === 'name' && HANDING_ON.includes(callee.name)
}

/** The tensors that a reader may see. */
export function tensorsRead(view: View, node: Name | Identifier): readonly Point[] {
  const references = referencesOf(view.analysis.file)
  const read = references.readAt(node)
  return read === undefined ? [] : references.seenBy(read).flatMap((binding) => tensorPoint(view, binding))
}

/** The tensor that an identifier binds. */
export function tensorBoundAt(view: View, node: Identifier): readonly Point[] {
  const binding = referencesOf(view.analysis.file).bindingAt(node)
  return binding === undefined ? [] : tensorPoint(view, binding)
}

function tensorPoint(view: View, binding: Binding): readonly Point[] {
  if (!mayBeTensor(view, binding)) return []
  return [{ kind: 'tensor', file: view.analysis.uri, node: binding.identifier, binding }]
}

/** Whether a name stands for tensors; one whose value is not known may, by the way it is bound. */
function mayBeTensor(view: View, { kind, node, identifier }: Binding): boolean {
  if (node.kind === 'parameter') return takesTensors(node)
  if (['import', 'constant', 'block', 'network', 'shared'].includes(kind)) return false
  const values = valuesOf(view, identifier)
  return values.every(({ value }) => isUnknown(value)) || values.some(({ value }) => isTensors(value))
}
