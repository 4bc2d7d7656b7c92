import { memo } from '../../../grammar/memo'
import { mergesMaps } from '../layers/traits'
import type { AxisField } from '../model/axis-field'
import type { LayerNode, NetworkGraph, Tensor } from '../model/graph'
import { misalignments } from '../model/receptive-field'
import { axisNames } from '../model/shape'
import { showFraction } from '../model/show'
import { rate, type Strip } from '../model/strip'
import { rule } from './frame/rule'
import { correlationsOf } from './read/correlations'

interface Misaligned {
  /** `height`, `width`, … of the input. */
  readonly axis: string
  /** The effective strides of the two paths, in input pixels. */
  readonly strides: readonly [number, number]
  /** The centres of the regions of their first values, in input pixels. */
  readonly centres: readonly [number, number]
  /** How far the regions of values that meet lie apart, in input pixels, on average over the map. */
  readonly offset: number
  /** The coarsest effective stride on the way. */
  readonly coarsest: number
}

export const misalignedMerge = rule({
  code: 'misaligned-merge',
  category: 'Receptive field',
  severity: 'warning',
  title: 'Paths that merge look at different places of the input',
  explanation: [
    'Values that are added or concatenated at one position should describe one place of the input. A path that',
    'loses its border on one side, is padded on one side, or has another stride shifts its map against',
    'the others, and values of different places are merged.',
    '',
    'Each value on a map of effective stride s stands for s pixels, so that half a stride is the rounding that',
    'any sampling brings: strided convolutions and poolings are off by less in most networks, and so are',
    'encoders and decoders. Only an offset beyond that share of the coarsest stride on the way is found.',
    '',
    'Along time (the axis of a sequence, or the depth of a volume) paths whose regions end at the same position are',
    'in line: padded before its start alone, a convolution is causal and sees the past (WaveNet, TCN).',
    '',
    'Correlations multiply maps that are shifted on purpose, to find what has moved (FlowNetC, DispNetC). Such a',
    'product, and what is made of it place by place, is ignored; a product with a gate is not such a product.',
  ].join('\n'),
  source:
    'Araujo, Norris & Sim 2019, Computing Receptive Fields of Convolutional Neural Networks: Arbitrary computation graphs',
  example: file('crop'),
  instead: file('center_crop'),
  options: {
    offset: {
      type: 'number',
      default: 0.5,
      min: 0,
      documentation:
        'The largest offset that is accepted, as a share of the coarsest effective stride on the way.',
    },
  },
  words: ({ axis, strides: [one, other], centres: [first, second], offset, coarsest }: Misaligned) => ({
    what: `values that meet here lie ${pixels(offset)} of the input’s ${axis} apart${one === other ? '' : ' on average'}`,
    why:
      one === other
        ? `the region of one path’s first value is centred at ${showFraction(first)}, that of another at ${showFraction(second)}, and the coarsest stride on the way is ${showFraction(coarsest)}`
        : `one path moves ${showFraction(one)} pixels from value to value, another ${showFraction(other)}`,
    todo: 'pad both sides alike, crop around the centre, or give the paths equal strides',
  }),
  check({ survey, options }, report) {
    const share = options.offset
    for (const network of survey.networks) {
      const merging = network.having(mergesMaps)
      const correlations = merging.length === 0 ? [] : correlationsOf(network.graph, areApart)
      for (const node of merging) {
        const { merges } = node.layer.traits
        if (merges === 'side by side' && node.options.axis !== 0) continue
        if (merges === 'multiplied' && correlations[node.id]) continue
        const inputs = node.inputs.filter(({ source }) => !correlations[source.id])
        const data = misaligned(node, inputs, network.graph, share)
        if (data) report({ node, data })
      }
    }
  },
})

function file(crop: 'crop' | 'center_crop'): string {
  return [
    'network N {',
    '  input image: [3, 32, 32]',
    '  x = image -> conv(8, 3, padding=1, bias=false) -> batchnorm -> relu',
    '  y = x -> conv(8, 3, bias=false) -> batchnorm -> relu -> conv(8, 3, bias=false) -> batchnorm',
    `  output z = add(y, x -> ${crop}(y))`,
    '}',
    '',
  ].join('\n')
}

/** An average to one decimal. */
function pixels(offset: number): string {
  const rounded = Math.round(10 * offset) / 10
  return `${rounded} ${rounded === 1 ? 'pixel' : 'pixels'}`
}

function areApart({ inputs }: LayerNode): boolean {
  return !offsetsOf(inputs).next().done
}

function misaligned(
  { id }: LayerNode,
  inputs: readonly Tensor[],
  graph: NetworkGraph,
  share: number,
): Misaligned | undefined {
  for (const { input, number, ...found } of offsetsOf(inputs)) {
    const coarsest = coarsestStrides(graph, input, number)[id] as number
    if (found.offset > share * coarsest) return { ...found, coarsest }
  }
  return undefined
}

/** Along which axes of which inputs the paths lie apart, with the path that lies furthest from the first. */
function* offsetsOf(inputs: readonly Tensor[]) {
  const fields = inputs[0]?.fields ?? []
  for (let input = 0; input < fields.length; input++) {
    const axes = fields[input]?.axes.length ?? 0
    for (let number = 0; number < axes; number++) {
      const found = misalignedAlong(inputs, input, number)
      if (found) yield { input, number, ...found }
    }
  }
}

/** The path that lies furthest from the first one. */
function misalignedAlong(inputs: readonly Tensor[], input: number, axis: number) {
  let first: Tensor | undefined
  let at: AxisField | undefined
  let furthest: ReturnType<typeof apart>
  for (const tensor of inputs) {
    const field = axisOf(tensor, input, axis)
    if (field === undefined || !isPath(field, tensor)) continue
    if (first === undefined || at === undefined) {
      first = tensor
      at = field
      continue
    }
    if (field.strips === at.strips || field.along !== at.along || agree(field, at)) continue
    if (isTime(inputs, input, axis) && endTogether(field, at)) continue
    const found = apart(first, tensor, input, axis)
    if (found && found.offset > (furthest?.offset ?? 0)) furthest = found
  }
  return furthest
}

function axisOf({ fields }: Tensor, input: number, axis: number): AxisField | undefined {
  return fields[input]?.axes[axis]
}

/** Whether the positions of a map lie along an axis of the input, so that an offset has a meaning. */
function isPath({ along, strips }: AxisField, { shape }: Tensor): boolean {
  return along !== null && strips.length === 1 && shape[along] !== 1
}

/** Whether two fields without periods are quickly told to be aligned. */
function agree(one: AxisField, other: AxisField): boolean {
  const [a, b] = [one.strips[0], other.strips[0]]
  if (a?.low.length !== 1 || b?.low.length !== 1) return false
  return a.advance === b.advance && doubleCentre(a) === doubleCentre(b)
}

/** Whether an axis may be one of time: that of a sequence, or the first of three. */
function isTime([tensor]: readonly Tensor[], input: number, axis: number): boolean {
  return axis === 0 && tensor?.fields[input]?.axes.length !== 2
}

/** Whether the regions of all values that meet end at one position, as those of causal layers do. */
function endTogether(one: AxisField, other: AxisField): boolean {
  const [a, b] = [one.strips[0], other.strips[0]]
  if (a?.low.length !== 1 || b?.low.length !== 1) return false
  return a.advance === b.advance && a.high[0] === b.high[0]
}

function doubleCentre({ low, high }: Strip): number {
  return (low[0] as number) + (high[0] as number)
}

function apart(one: Tensor, other: Tensor, input: number, axis: number) {
  const fields = [one, other].flatMap(({ fields }) => fields[input] ?? [])
  const found = misalignments(fields).find((misalignment) => misalignment.axis === axis)
  const along = axisOf(one, input, axis)?.along
  if (found === undefined || along === null || along === undefined) return undefined
  const [s = 0, t = 0] = found.strides
  const [c = 0, d = 0] = found.centres
  const count = one.shape[along] as number
  let sum = 0
  for (let n = 0; n < count; n++) sum += Math.abs(c - d + n * (s - t))
  const name = axisNames(fields[0]?.axes.length ?? 0)[axis] as string
  return {
    axis: name,
    strides: [s, t] as const,
    centres: [c, d] as const,
    offset: sum / count,
  }
}

/** By graph, and in the list by input and axis. */
const keptStrides = memo((_graph: NetworkGraph) => new Map<string, Float64Array>())

/** For each layer, by its id, the coarsest effective stride among its own and those of what it depends on. */
function coarsestStrides(graph: NetworkGraph, input: number, axis: number): Float64Array {
  const all = keptStrides(graph)
  const key = `${input} ${axis}`
  const kept = all.get(key)
  if (kept) return kept
  const most = (graph.layers.at(-1)?.id ?? 0) + 1
  const strides = new Float64Array(most).fill(1)
  for (const { id, inputs } of graph.layers) {
    let coarsest = 1
    for (const tensor of inputs) {
      const [strip] = axisOf(tensor, input, axis)?.strips ?? []
      const before = tensor.source.kind === 'layer' ? (strides[tensor.source.id] as number) : 1
      coarsest = Math.max(coarsest, before, strip ? rate(strip) : 1)
    }
    strides[id] = coarsest
  }
  all.set(key, strides)
  return strides
}
