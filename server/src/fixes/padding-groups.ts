/** The windows that lead to a fault, grouped by the texts that give their paddings. */
import { type Analysis, runGraphs } from '../check/analysis'
import { expandAmounts, span } from '../layers/padding'
import { reach, type WindowAxis } from '../layers/window'
import type { LayerNode, Value } from '../model/graph'
import { PADDING_NAMES, type Padding } from '../model/layer'
import { type OptionTarget, optionTargets, usesOf } from './targets'
import { hasPadding, isTransposed, type PaddingChoice, windowsOf } from './window-options'

/** The applications whose padding one text gives. */
export interface PaddingGroup {
  readonly target: OptionTarget
  readonly nodes: readonly [LayerNode, ...LayerNode[]]
  /** The place of the target among those of its layer: the lower, the better. */
  readonly order: number
  readonly preferred: boolean
  /** Whether the text is in another file than the one that is analysed. */
  readonly imported: boolean
  /** The parameter of the block that would serve for nothing else, as the padding. */
  readonly parameter: PaddingChoice | undefined
  /** Whether its windows now keep the border: the output is ⌈i/s⌉ or more. */
  readonly keeps: boolean
  /** Whether some of its windows give more than that, or spread what they read. */
  readonly gains: boolean
  /** Whether padding can give back what some of them lose: they overlap along an axis where they do. */
  readonly overlaps: boolean
  /** For each axis whether its windows are padded at the begin alone, so that they see nothing ahead; absent where none is. */
  readonly causal: readonly boolean[] | undefined
}

/** The groups of these layers, the nearest to their end first: the farther a window is, the less likely it is at fault. */
export function paddingGroups(
  analysis: Analysis,
  layers: readonly LayerNode[],
  preferred?: ReadonlySet<LayerNode>,
): readonly PaddingGroup[] {
  const groups = new Map<
    string,
    { target: OptionTarget; order: number; nodes: [LayerNode, ...LayerNode[]]; preferred: boolean }
  >()
  for (const node of layers) {
    if (!hasPadding(node.layer)) continue
    for (const [order, target] of optionTargets(analysis, node, 'padding').entries()) {
      const isPreferred = preferred?.has(node) ?? false
      const group = groups.get(target.key)
      if (group === undefined) {
        groups.set(target.key, { target, order, nodes: [node], preferred: isPreferred })
        continue
      }
      group.nodes.push(node)
      group.preferred ||= isPreferred
    }
  }
  return [...groups.values()].reverse().map((group) => ({
    ...group,
    imported: group.target.file !== analysis.uri,
    parameter: unusedParameter(analysis, group.target),
    keeps: group.nodes.every((node) => lossyAxes(node).length === 0),
    gains: group.nodes.some(isEnlarged),
    overlaps: group.nodes.some((node) => lossyAxes(node).some((axis) => span(axis) > axis.stride)),
    causal: causalAxes(group.nodes),
  }))
}

/** A parameter named like the option that the body does not use: it was probably meant for it. */
function unusedParameter(analysis: Analysis, { inside, option }: OptionTarget): PaddingChoice | undefined {
  const isParameter = inside?.params.some(({ name }) => name.name === option)
  if (!inside || !isParameter || usesOf(inside, option) > 0) return undefined
  const args = new Map(
    runGraphs(analysis).flatMap(({ runs }) => runs.map((run) => [run.frame, run.args] as const)),
  )
  return {
    text: option,
    padding(node) {
      const value = args.get(node.frame)?.find(({ name }) => name === option)?.value
      return paddingFrom(value, windowsOf(node).length)
    },
  }
}

function paddingFrom(value: Value | undefined, axes: number): Padding | undefined {
  if (typeof value === 'string') {
    const name = PADDING_NAMES.find((each) => each === value)
    return name && { name }
  }
  const amounts = typeof value === 'number' ? [value] : Array.isArray(value) ? value : []
  const sides = amounts.every((amount) => typeof amount === 'number')
    ? expandAmounts(amounts, axes)
    : undefined
  return sides && { begin: sides.map(({ begin }) => begin), end: sides.map(({ end }) => end) }
}

/** The axes along which an application gives fewer than ⌈i/s⌉ positions of what it reads, without what was padded by hand. */
function lossyAxes(node: LayerNode): readonly WindowAxis[] {
  const output = node.outputs[0]?.shape ?? []
  const pad = padBefore(node)
  const sizes = (pad ?? node).inputs[0]?.shape ?? []
  return windowsOf(node).filter(
    ({ stride }, i) => (output[i + 1] ?? 0) < Math.ceil((sizes[i + 1] as number) / stride),
  )
}

function isEnlarged(node: LayerNode): boolean {
  const output = node.outputs[0]?.shape ?? []
  if (isTransposed(node.layer)) return true
  return windowsOf(node).some(({ input, stride }, i) => (output[i + 1] ?? 0) > Math.ceil(input / stride))
}

/** The layer right before a window that pads for it. */
export function padBefore({ inputs }: LayerNode): LayerNode | undefined {
  const source = inputs[0]?.source
  return source?.kind === 'layer' && source.layer.traits.pads && source.options.axis === undefined
    ? source
    : undefined
}

function causalAxes(nodes: readonly LayerNode[]): readonly boolean[] | undefined {
  const [first, ...others] = nodes.map((node) =>
    windowsOf(node).map((axis) => reach(axis) > 0 && axis.begin === reach(axis) && axis.end === 0),
  )
  const along = first?.map((is, i) => is && others.every((other) => other[i]))
  return along?.includes(true) ? along : undefined
}
