import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver-types'
import { localName } from '../../../../grammar/bindings'
import type { Block, Expression, Identifier, Network, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt, walk } from '../../../../grammar/walk'
import { referencesOf } from '../../check/references'
import { enclosing, type Path } from '../../check/semantics/path'
import { nameAt, occurrencesOf } from '../navigation/occurrences'
import { type BindingPlace, behindAlias, importsOf, type Workspace } from '../navigation/workspace'
import { toRange } from '../support/view'
import { feedsOfStage, isApplied, pathTo, sourcesOf, tensorBoundAt, tensorsRead, usersOf } from './flow'
import { type Link, type Point, pointOf, type Scene, toItem } from './points'

/**
 * What is at an offset that data flows through: a tensor where its name stands, a block or network where its name
 * stands, a layer where it is applied.
 */
export function prepareCallHierarchy(scene: Scene, offset: number): CallHierarchyItem[] {
  const { view, workspace } = scene
  const path = nodesAt(view.analysis.file, offset)
  const node = path.at(-1)
  if (node?.kind !== 'name' && node?.kind !== 'identifier') return []
  const places = nameAt(workspace, view.analysis.uri, offset)?.places ?? []
  const declared = places.flatMap((place) => declarationPoint(workspace, place))
  const bound = node.kind === 'identifier' ? tensorBoundAt(view, node) : []
  const tensors = bound.length > 0 ? bound : tensorsRead(view, node)
  const points = declared.length > 0 ? declared : tensors.length > 0 ? tensors : stageAt(scene, path)
  return points.map((point) => toItem(scene, point))
}

/** The stage that a name of a layer stands in, or the call that applies it. */
function stageAt(scene: Scene, path: Path): readonly Point[] {
  let at = path.length - 1
  while (at > 0 && isPart(path[at - 1], path[at])) at--
  const node = path[at] as Expression
  const isStage = ['stage', 'flow'].includes(path[at - 1]?.kind ?? '') || isApplied(scene, node)
  return isStage ? [{ kind: 'stage', file: scene.view.analysis.uri, node }] : []
}

function isPart(parent: SyntaxNode | undefined, node: SyntaxNode | undefined): boolean {
  if (parent?.kind === 'call') return parent.callee === node
  if (parent?.kind === 'binary') return parent.operator === '*' && parent.right === node
  return parent?.kind === 'parenthesized'
}

/** What feeds an item: the tensors and stages that it is made from; of a declaration, what applies it. */
export function incomingCalls(scene: Scene, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const point = pointOf(scene, item)
  const links = point === undefined ? [] : feedsOf(scene, point)
  return grouped(links).map(({ point: from, ranges }) => ({
    from: toItem(scene, from),
    fromRanges: ranges.map((range) => toRange(scene.workspace.lines(from.file), range)),
  }))
}

/** What uses an item: the stages and names that it goes to; of a declaration, what it applies. */
export function outgoingCalls(scene: Scene, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const point = pointOf(scene, item)
  const links = point === undefined ? [] : usesOf(scene, point)
  return grouped(links).map(({ point: to, ranges }) => ({
    to: toItem(scene, to),
    fromRanges: ranges.map((range) => toRange(scene.workspace.lines(item.uri), range)),
  }))
}

function feedsOf(scene: Scene, point: Point): readonly Link[] {
  switch (point.kind) {
    case 'tensor':
      return feedsOfTensor(scene, point)
    case 'stage':
      return feedsOfStage(scene, point.node)
    case 'output':
      return tensorsRead(scene.view, point.node.name).map((each) => ({ point: each, range: point.node.name }))
    case 'declaration':
      return appliedIn(scene, point.file, point.node)
  }
}

function feedsOfTensor(scene: Scene, { file, binding }: Extract<Point, { kind: 'tensor' }>): readonly Link[] {
  const { node } = binding
  switch (node.kind) {
    case 'assign':
      return sourcesOf(scene, node.value)
    case 'output':
      return node.value === undefined ? [] : sourcesOf(scene, node.value)
    case 'for':
    case 'comprehension':
      return sourcesOf(scene, node.iterable)
    case 'flow':
      return sourcesOf(scene, node.head)
    case 'stage':
      return [{ point: { kind: 'stage', file, node: node.value }, range: node.value }]
    case 'parameter':
      return binding.scope.kind === 'block' || binding.scope.kind === 'network'
        ? sitesOf(scene, file, binding.scope)
        : []
    case 'input': {
      const network = enclosing(pathTo(scene.view, node), 'network')
      return network === undefined ? [] : sitesOf(scene, file, network)
    }
    default:
      return []
  }
}

function usesOf(scene: Scene, point: Point): readonly Link[] {
  const { view } = scene
  switch (point.kind) {
    case 'tensor': {
      const reads = referencesOf(view.analysis.file).readersOf(point.binding)
      const users = reads.flatMap(({ node }) => usersAndReturns(scene, pathTo(view, node)))
      if (point.binding.node.kind !== 'output') return users
      const network = enclosing(pathTo(view, point.binding.node), 'network')
      return network === undefined ? users : [...users, ...sitesOf(scene, point.file, network, point.node)]
    }
    case 'stage':
      return usersAndReturns(scene, pathTo(view, point.node))
    case 'output': {
      const network = enclosing(pathTo(view, point.node), 'network')
      return network === undefined ? [] : sitesOf(scene, point.file, network, point.node.name)
    }
    case 'declaration':
      return appliedBy(scene, point.file, point.node)
  }
}

/** What uses a value; what a block returns is used where the block is applied. */
function usersAndReturns(scene: Scene, path: Path): readonly Link[] {
  const users = usersOf(scene, path)
  if (users.length > 0) return users
  const node = path.at(-1) as SyntaxNode
  const at = path.findLastIndex(({ kind }) => kind === 'return')
  const block = at < 0 ? undefined : enclosing(path, 'block')
  const isReturned = path
    .slice(at + 1, -1)
    .every(({ kind }) => ['flow', 'stage', 'list', 'parenthesized', 'conditional'].includes(kind))
  return block === undefined || !isReturned ? [] : sitesOf(scene, scene.view.analysis.uri, block, node)
}

/** The stages of all files that apply a block or network; `range` is where the flow goes there, or else the stage. */
function sitesOf(
  scene: Scene,
  file: string,
  declaration: Block | Network,
  range?: SyntaxNode,
): readonly Link[] {
  return readersOf(scene, file, declaration).map(({ file: other, path }) => {
    let at = path.length - 1
    while (at > 0 && isPart(path[at - 1], path[at])) at--
    const node = path[at] as Expression
    return { point: { kind: 'stage', file: other, node }, range: range ?? node }
  })
}

/** The blocks and networks of all files that name a declaration in their bodies. */
function appliedIn(scene: Scene, file: string, declaration: Block | Network): readonly Link[] {
  return readersOf(scene, file, declaration).flatMap(({ file: other, path }) => {
    const user = enclosing(path, 'block', 'network')
    const node = path.at(-1) as SyntaxNode
    return user === undefined
      ? []
      : [{ point: { kind: 'declaration', file: other, node: user }, range: node }]
  })
}

/** The blocks and networks that a declaration names in its body; built-in layers have no place to lead to. */
function appliedBy({ workspace }: Scene, file: string, declaration: Block | Network): readonly Link[] {
  const tree = workspace.files.get(file)
  const found: Link[] = []
  if (tree === undefined) return found
  const references = referencesOf(tree)
  walk(declaration, (node) => {
    const read = node.kind === 'name' ? references.readAt(node) : undefined
    for (const binding of read === undefined ? [] : references.seenBy(read)) {
      for (const point of declarationPoint(workspace, { file, binding })) found.push({ point, range: node })
    }
  })
  return found
}

/** The block or network that a place declares, or brings from another file under whatever name. */
function declarationPoint(workspace: Workspace, place: BindingPlace): readonly Point[] {
  const { file, binding } = behindAlias(workspace, place)
  const { node } = binding
  return node.kind === 'block' || node.kind === 'network' ? [{ kind: 'declaration', file, node }] : []
}

/** The places of all files that read the name of a declaration, also where it is imported as another. */
function readersOf({ workspace }: Scene, file: string, declaration: Block | Network) {
  const bindingAt = (from: string, node: Identifier): readonly BindingPlace[] => {
    const tree = workspace.files.get(from)
    const binding = tree && referencesOf(tree).bindingAt(node)
    return binding === undefined ? [] : [{ file: from, binding }]
  }
  const imports = importsOf(workspace, file, declaration.name.name)
  const places = [
    ...bindingAt(file, declaration.name),
    ...imports.flatMap(({ file: other, imported }) => bindingAt(other, localName(imported))),
  ]
  return occurrencesOf(workspace, places).flatMap((each) => {
    const tree = workspace.files.get(each.file)
    if (each.role !== 'reads' || tree === undefined) return []
    return [{ file: each.file, path: nodesAt(tree, each.node.start) }]
  })
}

/** The links by the point that they lead to. */
function grouped(links: readonly Link[]) {
  const found = new Map<SyntaxNode, { readonly point: Point; readonly ranges: Link['range'][] }>()
  for (const { point, range } of links) {
    const known = found.get(point.node) ?? { point, ranges: [] }
    found.set(point.node, known)
    if (!known.ranges.includes(range)) known.ranges.push(range)
  }
  return [...found.values()]
}
