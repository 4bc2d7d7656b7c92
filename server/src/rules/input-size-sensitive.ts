import { ancestors } from '../fixes/simulate'
import { runs } from '../fixes/size-sets'
import { matchedTensor, type Refusal, type Skeleton, sizeTrials, skeletonOf } from '../fixes/skeleton'
import { enlargesByFactor } from '../layers/traits'
import type { InputNode, LayerNode, NetworkGraph, Tensor } from '../model/graph'
import { axisNames } from '../model/shape'
import { rate } from '../model/strip'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'

interface Sensitive {
  /** The axes of the input that are bound in the same way. */
  readonly axes: readonly string[]
  readonly size: number
  /** Which sizes fit repeats with this period. */
  readonly period: number
  /** The remainders of the sizes that fit; undefined where only some were tried. */
  readonly remainders: readonly number[] | undefined
  /** A size that does not fit, and the sizes along the axis of the maps that meet then. */
  readonly other: number
  readonly meeting: readonly number[]
}

/** Larger effective strides are not tried. */
const MOST_PERIOD = 128

/** More remainders than this are counted, not listed. */
const MOST_RUNS = 3

/** How many layers are visited to try single sizes, and how many to prove which remainders fit. */
const MOST_VISITS = { tried: 1_000, proven: 1_000 }

export const inputSizeSensitive = rule<Sensitive>({
  code: 'input-size-sensitive',
  category: 'Upsampling',
  severity: 'info',
  title: 'Encoder and decoder fit together only for some input sizes',
  explanation: [
    'Strides round sizes, and enlarging by a factor multiplies the rounded size. The enlarged map fits the map of the',
    'encoder only if nothing was rounded on the way down, so that the network works with some input sizes only. Users',
    'must know these sizes, or pad the images. It is reported once per network, where the first maps would not fit.',
    'Networks that bring the maps together by a second tensor, as `resize(skip)` or `center_crop(up)` do, take any size.',
  ].join('\n'),
  source:
    'Ronneberger et al. 2015 (U-Net), §2: the tile size is chosen so that all poolings see an even size; Dumoulin & Visin 2016, §4.6, relationship 14',
  example: [
    'network N {',
    '  input image: [3, 64, 64]',
    '  fine = image -> conv(16, 3, padding=1) -> relu',
    '  coarse = fine -> maxpool(2) -> conv(16, 3, padding=1) -> relu',
    '  output y = concat(coarse -> upsample(2), fine) -> conv(2, 1)',
    '}',
    '',
  ].join('\n'),
  instead: [
    'network N {',
    '  input image: [3, 64, 64]',
    '  fine = image -> conv(16, 3, padding=1) -> relu',
    '  coarse = fine -> maxpool(2) -> conv(16, 3, padding=1) -> relu',
    '  output y = concat(coarse -> resize(fine), fine) -> conv(2, 1)',
    '}',
    '',
  ].join('\n'),
  words: (data) => ({
    what: `${demand(data)}: ${data.size} fits, ${data.other} does not`,
    why: `for ${data.other} the maps that meet here are ${data.meeting.join(' and ')} long: a stride rounds down on the way, and enlarging by a factor does not give back what was lost`,
    todo: 'pad or crop the images to such a size, or bring the maps together by resize or center_crop with the other map',
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      const found = sensitive(network)
      if (found) report(found)
    }
  },
})

function demand({ axes, size, period, remainders }: Sensitive): string {
  const subject = axes.length < 2 ? axes.join('') : `${axes.slice(0, -1).join(', ')} and ${axes.at(-1)}`
  const isOne = axes.length === 1
  if (remainders === undefined)
    return `the ${subject} ${isOne ? 'fits' : 'fit'} in steps of ${period}, not at every size between`
  if (remainders.length === 1 && remainders[0] === 0) {
    return `the ${subject} must be ${isOne ? 'a multiple' : 'multiples'} of ${period}`
  }
  if (remainders.length === 1)
    return `the ${subject} must be ${size % period} more than a multiple of ${period}`
  const fitting = runs(remainders)
  if (fitting.length > MOST_RUNS) {
    return `of ${period} sizes in a row of the ${subject} only ${remainders.length} fit`
  }
  return `the ${subject}, divided by ${period}, must leave ${fitting.join(' or ')}`
}

function sensitive({ graph, having }: SurveyedNetwork) {
  if (having(enlargesByFactor).length === 0) return undefined
  const input = onlySpatialInput(graph)
  const merges = input === undefined ? [] : meetings(graph, input)
  if (input === undefined || merges.length === 0) return undefined
  const { shape } = input.tensor
  const skeleton = skeletonOf(ancestors(merges.flatMap(({ outputs }) => outputs)))
  const trial = sizeTrials(skeleton, input)
  const meeting = new Set(merges)
  const bound = shape.slice(1).flatMap((size, i) => {
    const axis = i + 1
    const tryMore = (more: number) => trial(shape.map((one, j) => (j === axis ? size + more : one))).refusal
    return boundAxis(skeleton, axis, size, tryMore, meeting) ?? []
  })
  const [first] = bound.toSorted((a, b) => a.refusal.node.id - b.refusal.node.id)
  if (first === undefined) return undefined
  const names = axisNames(shape.length - 1)
  const alike = bound.filter((axis) => sameDemand(axis, first))
  const data: Sensitive = {
    ...first,
    axes: alike.map(({ axis }) => names[axis - 1] as string),
    meeting: [...new Set(first.refusal.shapes.map((shape) => shape[first.axis] as number))],
  }
  return { node: first.refusal.node, data }
}

/** An axis of the input whose size is bound. */
interface BoundAxis extends Omit<Sensitive, 'axes' | 'meeting'> {
  readonly axis: number
  readonly refusal: Refusal
}

/** What is demanded of an axis; undefined where nothing is, or where no other size fits at all. */
function boundAxis(
  { steps }: Skeleton,
  axis: number,
  size: number,
  tryMore: (more: number) => Refusal | undefined,
  meeting: ReadonlySet<LayerNode>,
): BoundAxis | undefined {
  const stride = largestStride(steps, axis)
  const divisors = divisorsOf(stride)
  if (stride > MOST_PERIOD || divisors.length * steps.length > MOST_VISITS.tried) return undefined
  // A network whose sizes are written into it fits one input alone, which is no matter of rounding.
  if (tryMore(stride) !== undefined) return undefined
  const refused = divisors.flatMap((more) => {
    const refusal = tryMore(more)
    return refusal === undefined ? [] : [{ more, refusal }]
  })
  const [first] = refused
    .filter(({ refusal }) => meeting.has(refusal.node))
    .sort((a, b) => a.refusal.node.id - b.refusal.node.id)
  if (first === undefined) return undefined
  const period = divisors.find((one) => refused.every(({ more }) => more % one !== 0)) as number
  let remainders: number[] | undefined
  if (period * steps.length <= MOST_VISITS.proven) {
    remainders = []
    for (let more = 0; more < period; more++) {
      if (more === 0 || tryMore(more) === undefined) remainders.push((size + more) % period)
    }
    remainders.sort((a, b) => a - b)
  }
  return { axis, size, period, remainders, other: size + first.more, refusal: first.refusal }
}

function sameDemand(a: BoundAxis, b: BoundAxis): boolean {
  if (a.period !== b.period || a.remainders?.length !== b.remainders?.length) return false
  return a.remainders?.every((remainder, i) => remainder === b.remainders?.[i]) ?? true
}

/** How far the region of a value that is enlarged moves at most from one value to the next: what sizes are rounded to. */
function largestStride(steps: readonly LayerNode[], axis: number): number {
  let largest = 1
  for (const node of steps) {
    if (!enlargesByFactor(node.layer)) continue
    for (const field of node.inputs[0]?.fields ?? []) {
      for (const strip of field?.axes[axis - 1]?.strips ?? []) largest = Math.max(largest, rate(strip))
    }
  }
  return Math.ceil(largest)
}

/** In ascending order. */
function divisorsOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1).filter((n) => count % n === 0)
}

function onlySpatialInput({ inputs }: NetworkGraph): InputNode | undefined {
  const spatial = inputs.flatMap(({ node }) => (node && node.tensor.shape.length > 1 ? [node] : []))
  return spatial.length === 1 ? spatial[0] : undefined
}

/** The layers in which a map enlarged by a factor meets one that was not. */
function meetings({ layers }: NetworkGraph, input: InputNode): readonly LayerNode[] {
  const rank = input.tensor.shape.length
  /** By id: whether the size of what it makes comes from such an enlargement. */
  const isEnlarged: boolean[] = []
  const found: LayerNode[] = []
  for (const node of layers) {
    const sized = givesSize(node)
    isEnlarged[node.id] =
      enlargesByFactor(node.layer) || sized.some(({ source }) => isEnlarged[source.id] === true)
    if (node.layer.traits.merges === undefined || node.inputs.length < 2 || !isEnlarged[node.id]) continue
    // Rows of boxes have no sizes of their own that could fit.
    if (node.outputs[0]?.shape.length !== rank) continue
    if (node.inputs.some((tensor) => isMap(tensor) && !isEnlarged[tensor.source.id])) found.push(node)
  }
  return found
}

/** The tensors that the size of a layer's output comes from: the one to be matched where there is one. */
function givesSize(node: LayerNode): readonly Tensor[] {
  const matched = node.layer.traits.enlarges === 'back' ? node.inputs[1] : matchedTensor(node)
  return matched === undefined ? node.inputs : [matched]
}

/** A value for all positions meets maps of any size. */
function isMap({ shape }: Tensor): boolean {
  return shape.length > 1 && shape.some((size, i) => i > 0 && size > 1)
}
