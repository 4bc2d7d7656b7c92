/** Takes the application of a layer out of the text, or puts layers behind it, however it is written. */
import type { Expression } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { callChain } from './call-text'
import { addLayers, removeLayer, unwrapCall } from './flow-text'
import { piped } from './targets'

type Written = Pick<LayerNode, 'site' | 'file' | 'applied'>

/** What a flow may stand in without parentheses. */
const HOLDS_FLOW = new Set(['argument', 'assign', 'flow', 'list', 'output', 'return'])

/**
 * The edits after which what a layer of one tensor is given takes the place of what it makes: a stage is
 * removed, of a call on a tensor that tensor stays. Undefined where the layer is a value (an argument, a
 * default, an item of a list) or its result has a name (`as`).
 */
export function takeOut(analysis: Analysis, node: Written): readonly TextEdit[] | undefined {
  const kept = writtenTensor(analysis, node)
  if (kept === undefined) return removeLayer(analysis, node)
  if (kept.kind === 'conditional') return undefined
  if (kept.kind === 'flow' && !HOLDS_FLOW.has(parentKind(analysis, node) ?? '')) return undefined
  return unwrapCall(analysis, node, node.site, kept)
}

/**
 * The tensor of a call that is applied where it stands, `relu(x)`; undefined for a layer that gets its tensor
 * from an arrow. Arguments without a name that stand before it are numbers.
 */
export function writtenTensor(analysis: Analysis, node: Written): Expression | undefined {
  const { site, applied } = node
  if (site !== applied || site.kind !== 'call' || piped(analysis, node)) return undefined
  const unnamed = callChain(site).flatMap(({ args }) => args.filter(({ name }) => name === undefined))
  return unnamed.find(({ value }) => value.kind !== 'number' && value.kind !== 'size')?.value
}

/** Puts layers (written as a flow) behind this one. */
export function putAfter(analysis: Analysis, node: Written, layers: string): readonly TextEdit[] | undefined {
  const inFlow = addLayers(analysis, node, 'after', layers)
  if (inFlow || !HOLDS_FLOW.has(parentKind(analysis, node) ?? '')) return inFlow
  return [{ start: node.site.end, end: node.site.end, text: ` -> ${layers}` }]
}

/** Puts layers (written as a flow) before this one, whose only tensor they then get. */
export function putBefore(
  analysis: Analysis,
  node: Written,
  layers: string,
): readonly TextEdit[] | undefined {
  const tensor = writtenTensor(analysis, node)
  if (tensor === undefined) return addLayers(analysis, node, 'before', layers)
  return tensor.kind === 'conditional'
    ? undefined
    : [{ start: tensor.end, end: tensor.end, text: ` -> ${layers}` }]
}

function parentKind({ files }: Analysis, { site, file }: Pick<LayerNode, 'site' | 'file'>) {
  const tree = files.get(file)
  const path = tree === undefined ? [] : nodesAt(tree, site.start)
  return path[path.indexOf(site) - 1]?.kind
}
