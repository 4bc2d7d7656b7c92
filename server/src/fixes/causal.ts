/**
 * Convolutions that are padded on both ends by all that their windows reach: they were meant to see nothing ahead, and
 * the surplus at the end was not cut off.
 */
import type { Analysis } from '../check/analysis'
import { reach, type WindowAxis } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { Branches } from './branches'
import type { Candidate } from './fix'
import { isCallOnTensors } from './flow-text'
import type { PaddingGroup } from './padding-groups'
import { causalAmounts, changing, reachText } from './padding-pattern'
import { sourceOf } from './respell'
import { insertLayers, referenceBehind, type StageContext } from './stage'
import { isPooling, isTransposed, type PaddingChoice, windowsOf } from './window-options'

/** The axis along which an application is padded so; undefined where none is, or several are, as on maps that are padded too much. */
function doubledAxis(node: LayerNode): number | undefined {
  if (isTransposed(node.layer) || isPooling(node.layer)) return undefined
  const doubled = windowsOf(node).flatMap((axis, i) => (isDoubled(axis) ? [i] : []))
  return doubled.length === 1 ? doubled[0] : undefined
}

function isDoubled(axis: WindowAxis): boolean {
  return axis.stride === 1 && reach(axis) > 0 && axis.begin === reach(axis) && axis.end === reach(axis)
}

/** The padding at the begin alone, in the author's own words: `[(k - 1) * d, 0]`; undefined where nothing shows that it was meant. */
export function causalChoice(analysis: Analysis, { target, nodes }: PaddingGroup): PaddingChoice | undefined {
  const [axis, ...others] = nodes.map(doubledAxis)
  if (axis === undefined || others.some((other) => other !== axis) || target.given === undefined)
    return undefined
  const axes = windowsOf(nodes[0])
  const along = axes.map((_, i) => i === axis)
  const amounts = (windows: readonly WindowAxis[]) => causalAmounts(windows, along)
  const items = itemsOf(analysis, target, axes.length)
  if (items === undefined) return amounts(axes)
  return changing(`[${items.map((item, i) => (i === 2 * axis + 1 ? '0' : item)).join(', ')}]`, amounts)
}

/** The texts of the amounts at the begin and the end of each axis; undefined where they are not written one by one. */
function itemsOf(
  analysis: Analysis,
  target: PaddingGroup['target'],
  axes: number,
): readonly string[] | undefined {
  const { given: value, file } = target
  if (value?.kind === 'list') {
    const items = value.items.map((item) => sourceOf(analysis, file, item))
    if (items.length === 2 * axes) return items
    return items.length === axes ? items.flatMap((item) => [item, item]) : undefined
  }
  const text = value && sourceOf(analysis, file, value)
  if (text === undefined || axes > 1) return undefined
  const amount = text === 'full' ? reachText(analysis, target) : text
  return amount === undefined ? undefined : [amount, amount]
}

/** The begin alone padded, or the surplus cut off; that first where another convolution beside it is cut so. */
export function* causalCandidates(
  context: StageContext,
  { layers, parted }: Branches,
  padded: () => Iterable<Candidate>,
): Generator<Candidate> {
  const doubled = doubledNodes(parted)
  if (doubled.length === 0) return
  const chomped = cutNodes(layers)
  const open = doubled.filter((node) => !chomped.has(node))
  const cut = [...chomps(context, open.length > 0 ? open : doubled)]
  const isCutElsewhere = open.length < doubled.length
  if (isCutElsewhere) yield* cut
  yield* padded()
  if (!isCutElsewhere && context.solved?.()) yield* cut
}

/** Whether some convolution is padded so. */
export function hasDoubled(nodes: Iterable<LayerNode>): boolean {
  return doubledNodes(nodes).length > 0
}

/**
 * Cuts the surplus off at the end: behind the convolution where one alone has it and stands in the flow, else where
 * the tensors meet.
 */
function* chomps(context: StageContext, doubled: readonly LayerNode[]): Generator<Candidate> {
  const { stage } = context
  const sizes = stage.inputs.map(({ shape }) => shape[1] as number)
  const least = Math.min(...sizes)
  const name = referenceBehind(context, sizes.indexOf(least))
  if (name === undefined) return
  const action = `Cut the end off: crop(${name})`
  const [only, ...others] = [...new Set(doubled.map(({ site }) => site))]
  const node = doubled[0]
  if (only && node && others.length === 0 && node.frame === stage.frame && isStageOfFlow(node)) {
    const edits = [{ start: only.end, end: only.end, text: ` -> crop(${name})` }]
    yield { action, file: node.file, edits, meant: true }
    return
  }
  const longer = sizes.flatMap((size, i) => (size > least ? [insertLayers(context, i, `crop(${name})`)] : []))
  if (longer.some((edits) => edits === undefined)) return
  yield { action, file: stage.file, edits: longer.flatMap((edits) => edits ?? []), meant: true }
}

function isStageOfFlow(node: LayerNode): boolean {
  return node.applied === node.site && !isCallOnTensors(node)
}

/** The applications in the branches of a stage that are padded so. */
function doubledNodes(nodes: Iterable<LayerNode>): readonly LayerNode[] {
  return [...nodes].filter((node) => doubledAxis(node) !== undefined)
}

/** The applications whose output is cut right behind them. */
function cutNodes(nodes: Iterable<LayerNode>): ReadonlySet<unknown> {
  const cut = new Set<unknown>()
  for (const { layer, inputs } of nodes) if (layer.traits.cuts === 'part') cut.add(inputs[0]?.source)
  return cut
}
