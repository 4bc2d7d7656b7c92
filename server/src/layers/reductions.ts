/** One value for all values along an axis. */

import { type AxisMap, SAME, WHOLE } from '../model/axis-map'
import type { ForeignLayer } from '../model/foreign'
import type { OptionSpec, OptionSpecs } from '../model/layer'
import type { Shape } from '../model/shape'
import { NON_NEGATIVE, type Traits } from '../model/traits'
import { axisOutOfRange, axisRepeated, resolveAxes } from './axes'
import { isMisfit } from './constraints/ranks'
import { bool, float, layer, optionalInts } from './declare'
import { afterBatch, channelsLast, onnx, pytorch, tensorflow, words } from './foreign'

interface Reduction {
  readonly name: string
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly details?: string
  readonly source?: string
  readonly forSeveral: string
  readonly traits: Pick<Traits, 'range' | 'linear'>
  readonly options?: Readonly<Record<string, OptionSpec>>
}

const AXIS = optionalInts({
  documentation:
    'the axes that are reduced, channels being 0; negative numbers count from the end; all when left out',
  optional: true,
  countsAxes: true,
  foreign: ['dim', 'axes', 'reduction_indices'],
})

const KEEP = bool({
  documentation: 'whether the reduced axes stay, with size 1',
  default: 'false',
  foreign: ['keepdim', 'keepdims', 'keep_dims'],
})

const TORCH = { order: ['dim', 'keepdim'] }

const ONNX = {
  args: {
    axes: { option: 'axis', value: afterBatch },
    keepdims: { option: 'keep', value: words({ 1: 'true', 0: null, true: 'true', false: null }) },
  },
  gives: { keep: 'true' },
} as const

const TENSORFLOW = {
  order: ['axis', 'keepdims'],
  requires: ['axis'],
  args: { axis: { option: 'axis', value: channelsLast } },
} as const

function reduction(declared: Reduction) {
  return layer<OptionSpecs & { axis: typeof AXIS; keep: typeof KEEP }>({
    ...declared,
    category: 'Pooling',
    traits: { reads: 'either', ...declared.traits },
    output: 'the input’s shape without these axes, or with size 1 there; [1] where none is left',
    sees: 'everything along these axes, and its own place along the others',
    byPlace: ['axis'],
    options: { axis: AXIS, keep: KEEP, ...declared.options },
    constraints: [axisOutOfRange, axisRepeated],
    example: `network Pooled {
  input x: [64, 28, 28]
  output y = x -> ${declared.name}(axis=[1, 2])
  output attention = x -> ${declared.name}(axis=0, keep=true) -> conv(1, 7, padding=3)
  expect y.shape == [64]
  expect attention.shape == [1, 28, 28]
}`,
    infer: ({ shapes, options: { axis, keep } }) => {
      const [x] = shapes as [Shape]
      const axes = axis === undefined ? x.map((_, i) => i) : resolveAxes(axis, x)
      if (isMisfit(axes)) return axes
      const maps: readonly AxisMap[] = x.map((_, i) => (axes.includes(i) ? WHOLE : SAME))
      if (keep) {
        return { shapes: [x.map((size, i) => (axes.includes(i) ? 1 : size))], field: { kind: 'maps', maps } }
      }
      const left = x.flatMap((_, i) => (axes.includes(i) ? [] : [i]))
      const to = x.map((_, i) => (axes.includes(i) ? null : left.indexOf(i)))
      const shape = left.map((i) => x[i] as number)
      return { shapes: [shape.length === 0 ? [1] : shape], field: { kind: 'maps', maps, to } }
    },
  })
}

const NUMBERS = 'With numbers, or a list of numbers, in place of a tensor, it is the function of that name.'

export const mean = reduction({
  name: 'mean',
  traits: { range: 'kept', linear: true },
  forSeveral: 'stack(…) -> mean(axis=0)',
  foreign: [...onnx('ReduceMean', ONNX), ...tensorflow('reduce_mean', TENSORFLOW)],
  summary: 'The mean of the values along one or several axes.',
  use: 'To average over chosen axes: over space as global pooling, over the steps of a sequence, over channels for spatial attention.',
  inPyTorch: 'x.mean(dim=(2, 3))',
  source: 'spatial attention: Woo et al. 2018 (CBAM), §3.2',
})

export const sum = reduction({
  name: 'sum',
  traits: { range: 'any', linear: true },
  forSeveral: 'add',
  foreign: [...onnx('ReduceSum', ONNX), ...tensorflow('reduce_sum', TENSORFLOW)],
  summary: 'The sum of the values along one or several axes.',
  use: 'To add up along chosen axes: the total of weights, a loss for each image, a histogram.',
  inPyTorch: 'x.sum(dim=(2, 3))',
  details: NUMBERS,
})

export const max = reduction({
  name: 'max',
  traits: { range: 'kept' },
  forSeveral: 'maximum',
  foreign: [...pytorch('amax', TORCH), ...onnx('ReduceMax', ONNX), ...tensorflow('reduce_max', TENSORFLOW)],
  summary: 'The largest of the values along one or several axes.',
  use: 'To keep the strongest response along an axis, for instance over all channels as one input of a spatial attention.',
  inPyTorch: 'x.amax(dim=(2, 3))',
  details: NUMBERS,
  source: 'spatial attention: Woo et al. 2018 (CBAM), §3.2',
})

export const min = reduction({
  name: 'min',
  traits: { range: 'kept' },
  forSeveral: 'stack(…) -> min(axis=0)',
  foreign: [...pytorch('amin', TORCH), ...onnx('ReduceMin', ONNX), ...tensorflow('reduce_min', TENSORFLOW)],
  summary: 'The smallest of the values along one or several axes.',
  use: 'To keep the weakest response along an axis, for instance the smallest of several distances.',
  inPyTorch: 'x.amin(dim=(2, 3))',
  details: NUMBERS,
})

export const norm = reduction({
  name: 'norm',
  traits: { range: NON_NEGATIVE },
  forSeveral: 'stack(…) -> norm(axis=0)',
  foreign: [...pytorch('vector_norm', { order: ['ord', 'dim', 'keepdim'] }), ...onnx('ReduceL2', ONNX)],
  summary: 'The length of the vectors along one or several axes, (∑|x|ᵖ)^(1/p).',
  use: 'Where the length of a vector means something: the probability of a capsule, the size of a response in global response normalisation.',
  inPyTorch: 'torch.linalg.vector_norm(x, dim=(2, 3))',
  source: 'the length of capsules: Sabour et al. 2017, §2',
  options: {
    order: float({ documentation: 'p; 2 is the Euclidean length', default: '2', foreign: ['p', 'ord'] }),
  },
})

export const variance = reduction({
  name: 'var',
  traits: { range: NON_NEGATIVE },
  forSeveral: 'stack(…) -> var(axis=0)',
  foreign: ['variance', ...tensorflow('reduce_variance', TENSORFLOW)],
  summary: 'The variance of the values along one or several axes.',
  use: 'For a contrast or a spread: the statistics of a style, a normalisation that is written out by hand.',
  inPyTorch: 'x.var(dim=(2, 3))',
})
