/** Crops, pads and slices whose numbers were worked out by hand and do not bring a map to the size of the one that it meets. */

import { isSizedByHand } from '../layers/traits'
import { reach } from '../layers/window'
import type { LayerNode, Tensor } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { type Shape, sameShape } from '../model/shape'
import { givenOption } from '../model/written'
import { calleeName } from './call-text'
import type { Candidate } from './fix'
import { isCallOnTensors } from './flow-text'
import { sourceOf } from './respell'
import { setOptionOf } from './set-option'
import { referenceBehind, type StageContext } from './stage'
import { optionTargets } from './targets'
import { isTransposed, paddingAmounts, windowsOf } from './window-options'

/** Layers that follow each other and change the size of a map by numbers, the first first. */
type Layers = readonly [LayerNode, ...LayerNode[]]

interface HandMade {
  readonly nodes: Layers
  /** The window that a map is padded for by hand, which takes away what was added. */
  readonly window?: LayerNode
}

/** The right size for each map of a stage that was cropped, padded or sliced by hand. */
export function* handMadeCandidates(context: StageContext): Generator<Candidate> {
  const { inputs } = context.stage
  const made = inputs.map(handMadeBefore)
  for (const [index, own] of made.entries()) {
    if (own === undefined) continue
    // Of two maps that are cut by hand each is brought to the other.
    const other = inputs.findIndex((_, i) => i !== index && made[i] === undefined)
    const reference = other < 0 ? inputs.findIndex((_, i) => i !== index) : other
    const wanted = inputs[reference]?.shape.slice(1)
    if (wanted === undefined || sameShape(wanted, (inputs[index] as Tensor).shape.slice(1))) continue
    for (const candidate of corrected(context, own, reference, wanted)) yield { ...candidate, meant: true }
  }
}

/** What last changed the size of a map, where that was done by hand. */
function handMadeBefore(tensor: Tensor): HandMade | undefined {
  let { source } = tensor
  let window: LayerNode | undefined
  while (source.kind === 'layer' && !isSizedByHand(source)) {
    const [input] = source.inputs
    if (input === undefined || window !== undefined) return undefined
    if (!sameShape(input.shape.slice(1), tensor.shape.slice(1))) {
      if (!isPaddedBefore(source)) return undefined
      window = source
    }
    source = input.source
  }
  const nodes: LayerNode[] = []
  while (source.kind === 'layer' && isSizedByHand(source)) {
    nodes.unshift(source)
    const [input] = source.inputs
    if (input === undefined || !isSlice(source)) break
    source = input.source
    if (source.kind === 'layer' && !isSlice(source)) break
  }
  const [first, ...others] = nodes
  return first && { nodes: [first, ...others], ...(window && { window }) }
}

/** Whether a window of stride 1 reads a map that was padded by hand. */
function isPaddedBefore(node: LayerNode): boolean {
  const source = node.inputs[0]?.source
  if (source?.kind !== 'layer' || !source.layer.traits.pads || isTransposed(node.layer)) return false
  const windows = windowsOf(node)
  return windows.length > 0 && windows.every(({ stride }) => stride === 1)
}

function isSlice({ options }: LayerNode): boolean {
  return options.start !== undefined
}

function* corrected(
  context: StageContext,
  { nodes, window }: HandMade,
  index: number,
  wanted: Shape,
): Generator<Candidate> {
  const [first] = nodes
  if (window) {
    yield* numbers(context, nodes, wantedBefore(window, wanted), isDoubled(window, first))
    return
  }
  // In another body the tensor has another name, or none.
  const reference = first.frame === context.stage.frame ? referenceBehind(context, index) : undefined
  const like = reference === undefined ? [] : toReference(context, nodes, wanted, reference)
  const byNumber = [...numbers(context, nodes, wanted, false)]
  const isNumber = givenOption(first.written, 'size')?.argument.value.kind === 'number'
  yield* isNumber ? [...byNumber, ...like] : [...like, ...byNumber]
}

/** The size before a window of stride 1 with which it would give the wanted one. */
function wantedBefore({ inputs, outputs }: LayerNode, wanted: Shape): Shape {
  const [before = [], after = []] = [inputs[0]?.shape.slice(1), outputs[0]?.shape.slice(1)]
  return wanted.map((size, i) => size + (before[i] as number) - (after[i] as number))
}

/** Whether a signal is padded on both ends by all that the window reaches, which is then meant to see nothing ahead. */
function isDoubled(window: LayerNode, { inputs, outputs }: LayerNode): boolean {
  const [axis, ...others] = windowsOf(window)
  if (axis === undefined || others.length > 0) return false
  return (outputs[0]?.shape[1] as number) - (inputs[0]?.shape[1] as number) === 2 * reach(axis)
}

/** Takes the size from the other tensor. */
function toReference(
  context: StageContext,
  nodes: Layers,
  wanted: Shape,
  reference: string,
): readonly Candidate[] {
  const [first] = nodes
  const { file } = first
  const size = givenOption(first.written, 'size')
  const given = first.givenTensors[1]
  const own = size?.argument ?? (given?.kind === 'argument' ? given.argument : undefined)
  const name = calleeName(first.site)
  if (own && name) {
    const edits = [{ start: own.start, end: own.end, text: reference }]
    return [{ action: `Take the size of ${reference}: ${name}(${reference})`, file, edits }]
  }
  const layer = layerFor(nodes, wanted)
  const place = placeOf(context, nodes)
  if (layer === undefined || place === undefined) return []
  const text = isCallOnTensors(first) ? `${layer}(${place.tensor}, ${reference})` : `${layer}(${reference})`
  const shown = sourceOf(context.analysis, file, first.site)
  return [
    {
      action: `Change ${shown} to ${layer}(${reference})`,
      file,
      edits: [{ start: place.start, end: place.end, text }],
    },
  ]
}

/** The layer that does with a tensor's size what the numbers were to do. */
function layerFor(nodes: Layers, wanted: Shape): string | undefined {
  const sizes = nodes[0].inputs[0]?.shape.slice(1) ?? []
  if (wanted.every((size, i) => size >= (sizes[i] as number))) return 'pad'
  if (!wanted.every((size, i) => size <= (sizes[i] as number))) return undefined
  return nodes.every(startsAtBegin) ? 'crop' : 'center_crop'
}

/** Whether it takes away at the end alone. */
function startsAtBegin({ options }: LayerNode): boolean {
  if (options.start !== undefined) return options.start === 0
  const { amounts } = options as { amounts?: readonly number[] }
  return (
    amounts?.length !== undefined &&
    amounts.length > 1 &&
    amounts.every((amount, i) => i % 2 === 1 || amount === 0)
  )
}

interface TextPlace {
  readonly start: number
  readonly end: number
  /** The text of the tensor that a call is made on. */
  readonly tensor: string
}

/** Where the layers stand; undefined where something else stands between them. */
function placeOf({ analysis }: StageContext, nodes: Layers): TextPlace | undefined {
  const [first] = nodes
  const last = nodes[nodes.length - 1] as LayerNode
  const { start } = first.site
  const { end } = last.site
  const given = first.givenTensors[0]
  const tensor = given?.kind === 'argument' ? sourceOf(analysis, first.file, given.argument.value) : ''
  if (nodes.length === 1) return first.applied === first.site ? { start, end, tensor } : undefined
  const text = analysis.files.get(first.file)?.text ?? ''
  const isChain = nodes.every((node, i) => {
    const before = nodes[i - 1]
    if (node.applied !== node.site || node.frame !== first.frame || isCallOnTensors(node)) return false
    return before === undefined || /^\s*->\s*$/.test(text.slice(before.site.end, node.site.start))
  })
  return isChain ? { start, end, tensor } : undefined
}

/** The numbers as they should have been. */
function* numbers(
  context: StageContext,
  nodes: Layers,
  wanted: Shape,
  isCausal: boolean,
): Generator<Candidate> {
  const [first] = nodes
  const sizes = first.inputs[0]?.shape.slice(1) ?? []
  if (isSlice(first)) {
    yield* slices(context, nodes, wanted)
    return
  }
  if (givenOption(first.written, 'size')) {
    const isSquare = wanted.every((size) => size === wanted[0])
    yield* setOptionOf(context, first, 'size', isSquare ? String(wanted[0]) : `[${wanted.join(', ')}]`)
    return
  }
  const { amounts } = first.options as { amounts?: readonly number[] }
  if (amounts === undefined) return
  const given = givenOption(first.written, 'amounts')?.argument.value
  if (isCausal && given) {
    const begin = given.kind === 'list' ? given.items[0] : given
    const text = begin && sourceOf(context.analysis, first.file, begin)
    yield* setOptionOf(context, first, 'amounts', `[${text}, 0]`)
    return
  }
  const sides = wanted.map((size, i) => sidesOf(size - (sizes[i] as number), amounts))
  const { text } = paddingAmounts(
    sides.map(([begin]) => begin),
    sides.map(([, end]) => end),
  )
  yield* setOptionOf(context, first, 'amounts', text)
}

/** How much is added or taken away at the begin and at the end: on one side alone where the author did so. */
function sidesOf(total: number, amounts: readonly number[]): readonly [number, number] {
  const isAlone = (side: number) =>
    amounts.length % 2 === 0 && amounts.every((amount, i) => i % 2 === side || amount === 0)
  if (isAlone(0)) return [total, 0]
  if (isAlone(1)) return [0, total]
  const begin = Math.trunc(total / 2)
  return [begin, total - begin]
}

/** Each slice along a spatial axis ends where as much is taken as is wanted. */
function* slices(context: StageContext, nodes: Layers, wanted: Shape): Generator<Candidate> {
  const edits: TextEdit[] = []
  const stops: number[] = []
  for (const node of nodes) {
    const { start, stop, axis, step } = node.options as Record<'start' | 'stop' | 'axis' | 'step', number>
    const shape = node.inputs[0]?.shape ?? []
    const along = axis < 0 ? axis + shape.length : axis
    const [size, length] = [shape[along] as number, wanted[along - 1]]
    const target = optionTargets(context.analysis, node, 'stop')[0]
    if (length === undefined || step !== 1 || target === undefined || target.file !== nodes[0].file) return
    const last = (start < 0 ? start + size : start) + length
    if (last > size || (stop < 0 && last === size)) return
    const text = stop < 0 ? last - size : last
    stops.push(text)
    edits.push(...target.edits(String(text)))
  }
  yield { action: `Set stop=${[...new Set(stops)].join(' and ')}`, file: nodes[0].file, edits }
}
