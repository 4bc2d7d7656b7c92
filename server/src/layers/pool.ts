import { SAME } from '../model/axis-map'
import type { ForeignArgument, ForeignLayer } from '../model/foreign'
import type { Inference, LayerCall, Violation } from '../model/layer'
import type { Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import {
  failing,
  poolPaddingTooLarge,
  poolWindowExceedsInput,
  windowExceedsUnpadded,
} from './constraints/windows'
import { convPadding, dilation, kernel } from './convolution'
import { bool, layer, size } from './declare'
import { CAFFE_WINDOW, caffe, flax, KERAS_WINDOW, keras, kerasPadding, onnx, pytorch } from './foreign'
import { ONE_POSITION } from './identities'
import { axisLines, spellCeil, spellFloor } from './spell'
import { ceilCount, floorCount, type WindowAxis, type WindowOptions, windowAxes, windowField } from './window'

const stride = size({
  documentation: 'how far the window moves from one output position to the next',
  default: 'kernel',
  foreign: ['strides'],
})

const padding = { ...convPadding, documentation: `${convPadding.documentation}; at most half the window` }

const ceil = bool({
  documentation: 'whether a last window that is only partly inside counts',
  default: 'false',
  foreign: ['ceil_mode'],
})

const CEIL_DETAILS =
  'With `ceil=true` the division rounds up, but a window that would start in the padding behind the input is dropped.'

interface PoolOptions extends WindowOptions {
  readonly ceil: boolean
}

const KERAS_POOL: Readonly<Record<string, ForeignArgument>> = {
  ...KERAS_WINDOW,
  pool_size: { option: 'kernel' },
}

/** Keras' pooling of windows; a window of 2 where none is given, and padding that counts in no mean. */
function kerasPools(...names: readonly string[]): readonly ForeignLayer[] {
  return names.flatMap((each) =>
    keras(each, {
      order: ['pool_size', 'strides', 'padding', 'data_format'],
      args: KERAS_POOL,
      gives: { kernel: '2' },
    }),
  )
}

const FLAX_POOL = {
  order: ['window_shape', 'strides', 'padding'],
  args: { window_shape: { option: 'kernel' }, padding: { option: 'padding', value: kerasPadding } },
  gives: { stride: '1' },
} as const

/** Caffe rounds up, and moves the window by 1 where no stride is given. */
function caffePool(kind: string, number: number): readonly ForeignLayer[] {
  return caffe('Pooling', {
    args: { ...CAFFE_WINDOW, pool: { only: [kind, number] }, global_pooling: { only: [false] } },
    gives: { stride: '1', ceil: 'true' },
  })
}

export const maxpool = layer({
  name: 'maxpool',
  foreign: [
    ...pytorch('MaxPool1d MaxPool2d MaxPool3d', { args: { return_indices: 'lacking' } }),
    ...kerasPools('MaxPooling1D MaxPooling2D MaxPooling3D', 'MaxPool1D MaxPool2D MaxPool3D'),
    ...flax('max_pool', { needs: ['window_shape'], ...FLAX_POOL }),
    ...caffePool('MAX', 0),
  ],
  category: 'Pooling',
  traits: {
    range: 'kept',
    reads: 'signal',
    channelwise: true,
    window: 'slides',
    pools: { by: 'largest', over: 'windows' },
    identity: ONE_POSITION,
  },
  summary: 'The largest value of each window, channel by channel.',
  details: CEIL_DETAILS,
  source: 'Dumoulin & Visin 2016, §3; overlapping windows: Krizhevsky et al. 2012, §3.4',
  output: '[C, ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]; rounded up with `ceil=true`',
  sees: 'a window of d(k − 1) + 1 positions, moving by s',
  byPlace: ['kernel', 'stride'],
  pytorch: { order: ['kernel', 'stride', 'padding', 'dilation', 'return_indices', 'ceil'] },
  options: { kernel, stride, padding, ceil, dilation },
  constraints: [needsSpatialAxes, poolPaddingTooLarge, poolWindowExceedsInput],
  use: 'To halve a map and keep the strongest response of each window: small shifts of the image then change little. Newer networks often use a convolution with stride 2 in its place.',
  inPyTorch: 'nn.MaxPool2d(3, stride=2, padding=1)',
  example: `network Pooled {
  input x: [64, 112, 112]
  output y = x -> maxpool(3, stride=2, padding=1)
  expect y.shape == [64, 56, 56]
}`,
  infer: ({ shapes, options }) => pool(shapes[0] as Shape, options),
  formula: poolFormula,
})

export const avgpool = layer({
  name: 'avgpool',
  foreign: [
    ...pytorch('AvgPool1d AvgPool2d AvgPool3d', {
      order: ['kernel', 'stride', 'padding', 'ceil', 'count_include_pad', 'divisor_override'],
    }),
    ...kerasPools('AveragePooling1D AveragePooling2D AveragePooling3D', 'AvgPool1D AvgPool2D AvgPool3D'),
    ...onnx('AveragePool', { gives: { stride: '1', count_include_pad: 'false' } }),
    ...flax('avg_pool', { needs: ['window_shape'], ...FLAX_POOL }),
    ...caffePool('AVE', 1).map((each) => ({ ...each, requires: ['pool'] })),
  ],
  category: 'Pooling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    window: 'slides',
    pools: { by: 'average', over: 'windows' },
    identity: ONE_POSITION,
  },
  summary: 'The mean of each window, channel by channel.',
  details: CEIL_DETAILS,
  source: 'Dumoulin & Visin 2016, §3',
  output: '[C, ⌊(i + p_begin + p_end − k)/s⌋ + 1 …]; rounded up with `ceil=true`',
  sees: 'a window of k positions, moving by s',
  byPlace: ['kernel', 'stride'],
  pytorch: { order: ['kernel', 'stride', 'padding', 'ceil', 'count_include_pad'] },
  options: {
    kernel,
    stride,
    padding,
    ceil,
    count_include_pad: bool({
      documentation: 'whether the padding’s zeros count in the mean',
      default: 'true',
    }),
  },
  constraints: [needsSpatialAxes, poolPaddingTooLarge, windowExceedsUnpadded, poolWindowExceedsInput],
  use: 'To make a map smaller without weights where all values matter: in the transitions of a DenseNet, in shortcuts before a 1×1 convolution. It blurs; `maxpool` keeps the strongest response.',
  inPyTorch: 'nn.AvgPool2d(2)',
  example: `network Pooled {
  input x: [64, 56, 56]
  output y = x -> avgpool(2)
  expect y.shape == [64, 28, 28]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    // A padding that is named is added before, as by a pad layer.
    const isAdded = 'name' in options.padding && options.padding.name !== 'valid'
    const isOwn = x.length === 4 && !isAdded
    const large = isOwn ? failing(windowAxes(x, options), ({ kernel, input }) => kernel <= input) : undefined
    const pooled = pool(x, options)
    const paddingAtFault = isMisfit(pooled) && pooled.at === 'padding'
    return large && !paddingAtFault ? windowExceedsUnpadded.violated(large, 'kernel') : pooled
  },
  formula: poolFormula,
})

function pool(x: Shape, options: PoolOptions): Inference | Violation {
  const misfit = spatialMisfit(x)
  if (misfit) return misfit
  const axes = windowAxes(x, options)
  const padded = failing(axes, ({ begin, end, kernel }) => Math.max(begin, end) <= Math.floor(kernel / 2))
  if (padded) return poolPaddingTooLarge.violated(padded, 'padding')
  const count = options.ceil ? ceilCount : floorCount
  const large = failing(axes, (axis) => count(axis) >= 1)
  if (large) return poolWindowExceedsInput.violated(large, 'kernel')
  return { shapes: [[x[0] as number, ...axes.map(count)]], field: windowField(axes, SAME) }
}

function poolFormula({ shapes, options }: LayerCall<PoolOptions>, result: Inference): readonly string[] {
  const axes = windowAxes(shapes[0] as Shape, options)
  const [output] = result.shapes as [Shape]
  return axisLines(output, (i) => {
    const axis = axes[i] as WindowAxis
    return options.ceil ? spellCeil(axis, output[i + 1] as number) : spellFloor(axis)
  })
}
