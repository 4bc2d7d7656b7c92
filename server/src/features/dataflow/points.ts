/**
 * Places in the text that data flows through, as the items of a call hierarchy. What calls are to programs, the
 * flow of tensors is to networks: the incoming calls of an item are what feeds it, the outgoing ones what uses it.
 */
import { type CallHierarchyItem, SymbolKind } from 'vscode-languageserver-types'
import type { Block, Expression, Network, Output, Range, SyntaxNode } from '../../../../grammar/tree'
import { descendants, nodesAt } from '../../../../grammar/walk'
import { type Binding, referencesOf } from '../../check/references'
import { applicationsOf, runsAt, tensorsOf } from '../../check/semantics/runs'
import type { Tensor } from '../../model/graph'
import { showTensor } from '../../model/show'
import { tensorsAt } from '../navigation/type-definition'
import { fileName, type Workspace } from '../navigation/workspace'
import { DECLARATION_KINDS } from '../navigation/workspace-symbols'
import { textOf } from '../support/locate'
import { inLittleSpace } from '../support/shapes'
import { toRange, type View } from '../support/view'

/** A place that data flows through. */
export type Point =
  /** A name where it is bound to a tensor, or to a list of tensors. */
  | {
      readonly kind: 'tensor'
      readonly file: string
      readonly node: Binding['identifier']
      readonly binding: Binding
    }
  /** A layer, block or network where it is applied: the expression that stands for it. */
  | { readonly kind: 'stage'; readonly file: string; readonly node: Expression }
  /** `output y` without a value: the end of the flow. */
  | { readonly kind: 'output'; readonly file: string; readonly node: Output }
  /** A block or network as a whole: what applies it, and what it applies. */
  | { readonly kind: 'declaration'; readonly file: string; readonly node: Block | Network }

/** Another point, and where in the text the one meets the other. */
export interface Link {
  readonly point: Point
  readonly range: Range
}

/** What the questions about flow are answered from. */
export interface Scene {
  /** The view of the file that the question is about. */
  readonly view: View
  readonly workspace: Workspace
}

export function toItem(scene: Scene, point: Point): CallHierarchyItem {
  const { kind, file, node } = point
  const lines = scene.workspace.lines(file)
  const whole = kind === 'tensor' ? point.binding.node : node
  const name = kind === 'output' || kind === 'declaration' ? node.name : node
  return {
    name: nameOf(scene, point),
    kind: kindOf(point),
    detail: detailOf(scene, point),
    uri: file,
    range: toRange(lines, surrounding(whole, name)),
    selectionRange: toRange(lines, name),
    data: { kind, start: node.start, end: node.end },
  }
}

/** The point that an item was made of; undefined when the text has changed too much since. */
export function pointOf({ workspace }: Scene, item: CallHierarchyItem): Point | undefined {
  const { kind, start, end } = (item.data ?? {}) as { kind?: unknown; start?: unknown; end?: unknown }
  const tree = workspace.files.get(item.uri)
  if (tree === undefined || typeof start !== 'number' || typeof end !== 'number') return undefined
  const here = [...nodesAt(tree, start)].reverse()
  const nodes = here.filter((node) => node.start === start && node.end === end)
  for (const node of nodes) {
    const point = asPoint(item.uri, node, referencesOf(tree).bindingAt(node))
    if (point?.kind === kind) return point
  }
  return undefined
}

function asPoint(file: string, node: SyntaxNode, binding: Binding | undefined): Point | undefined {
  switch (node.kind) {
    case 'identifier':
      return binding && { kind: 'tensor', file, node, binding }
    case 'output':
      return { kind: 'output', file, node }
    case 'block':
    case 'network':
      return { kind: 'declaration', file, node }
    default:
      return { kind: 'stage', file, node: node as Expression }
  }
}

/** A range that holds both; the protocol wants the name inside the whole. */
function surrounding(a: Range, b: Range): Range {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

function nameOf({ workspace }: Scene, { kind, file, node }: Point): string {
  if (kind === 'tensor') return node.name
  if (kind === 'output' || kind === 'declaration') return node.name.name
  const tree = workspace.files.get(file)
  return tree === undefined ? '' : textOf(tree, node, 40)
}

function kindOf({ kind, node }: Point): SymbolKind {
  if (kind === 'declaration') return DECLARATION_KINDS[node.kind]
  return kind === 'stage' ? SymbolKind.Operator : SymbolKind.Variable
}

/** The shapes of a point's tensors, where they are known; the file of a declaration. */
function detailOf(scene: Scene, point: Point): string {
  if (point.kind === 'declaration') return fileName(point.file)
  return inLittleSpace(tensorsOfPoint(scene, point).map(showTensor))
}

function tensorsOfPoint({ view, workspace }: Scene, point: Point): readonly Tensor[] {
  switch (point.kind) {
    case 'tensor':
      return tensorsAt(view, point)
    case 'output': {
      const tree = workspace.files.get(point.file)
      const read = tree && referencesOf(tree).readAt(point.node.name)
      const seen = read && tree ? referencesOf(tree).seenBy(read) : []
      return seen.flatMap((binding) => tensorsAt(view, { file: point.file, binding }))
    }
    case 'stage':
      return [...descendants(point.node)].flatMap((node) => outputsOf(view, node as Expression))
    case 'declaration':
      return []
  }
}

/** What a layer or block gave where an expression stands for it. */
function outputsOf(view: View, site: Expression): readonly Tensor[] {
  const layers = applicationsOf(view, site).flatMap(({ node }) => node.outputs)
  if (layers.length > 0) return layers
  return runsAt(view, site).flatMap(({ run }) => tensorsOf(run.results).map(({ tensor }) => tensor))
}
