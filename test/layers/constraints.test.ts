import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { isViolation } from '../../server/src/model/layer'
import { applyWith } from './apply'
import { type ConstraintCase, MAP, VECTOR } from './constraint-case'
import { ARRANGING } from './constraints-of-arranging'

/** Layers that need a map, with a call that would be right on one. */
const ON_MAPS: readonly string[] = [
  ...['conv(4, 3)', 'conv_transpose(4, 3)', 'depthwise_conv(3)', 'separable_conv(4, 3)', 'subsample(2)'],
  ...['maxpool(2)', 'avgpool(2)', 'global_avgpool', 'global_maxpool', 'adaptive_avgpool(2)'],
  ...['adaptive_maxpool(2)', 'spatial_pyramid_pool', 'upsample(2)', 'resize([2])', 'pixel_shuffle(2)'],
  ...['space_to_depth(2)', 'channel_shuffle(2)', 'pad(1)', 'crop([2])', 'center_crop([2])', 'instancenorm'],
  ...['lrn', 'conv_lstm(4)', 'locally_connected(4, 3)'],
]

const CASES: readonly ConstraintCase[] = [
  ...ARRANGING,
  ...ON_MAPS.map((call) => ({
    call,
    shapes: [VECTOR],
    code: 'needs-spatial-axes',
    at: 0,
    what: 'the tensor 8 has no spatial axis',
    todo: 'before the map is flattened',
  })),
  {
    call: 'conv(4, 1)',
    shapes: [[2, 3, 3, 3, 3]],
    code: 'needs-spatial-axes',
    at: 0,
    what: '4 spatial axes',
  },
  { call: 'dynamic_conv', shapes: [VECTOR, [8]], code: 'needs-spatial-axes', at: 0, what: 'no spatial axis' },
  { call: 'max_unpool', shapes: [VECTOR, [8]], code: 'needs-spatial-axes', at: 0, what: 'no spatial axis' },
  { call: 'crf', shapes: [VECTOR, [3, 6, 6]], code: 'needs-spatial-axes', at: 0, what: 'no spatial axis' },

  // Convolutions
  {
    call: 'conv(4, 7)',
    shapes: [[3, 5, 9]],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 7 is larger than the padded height 5 (5 + 2·0)',
    todo: 'use padding=1 or more, or a kernel of at most 5',
  },
  {
    call: 'conv(4, 3, padding=[0, 1, 0, 0], dilation=4)',
    shapes: [[3, 9, 8]],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 3 with dilation 4 (spanning 9) is larger than the padded width 8 (8 + 2·0)',
    todo: 'a kernel of at most 2',
  },
  {
    call: 'conv(4, 3, groups=3)',
    shapes: [MAP],
    code: 'groups-do-not-divide',
    at: 'groups',
    what: 'groups=3 does not divide the 8 channels of the input',
    todo: 'groups=2',
  },
  {
    call: 'conv(6, 3, groups=4)',
    shapes: [MAP],
    code: 'groups-do-not-divide',
    at: 'groups',
    what: 'the 6 channels of the output',
    todo: 'groups=2',
  },
  {
    call: 'conv(4, 3, padding=6, padding_mode=reflect)',
    shapes: [MAP],
    code: 'padding-exceeds-input',
    at: 'padding',
    what: 'reflect padding 6 is too large for the height 6',
    todo: 'padding=5',
  },
  {
    call: 'conv(4, 3, padding=[0, 7], padding_mode=circular)',
    shapes: [MAP],
    code: 'padding-exceeds-input',
    at: 'padding',
    what: 'circular padding 7 is too large for the width 6',
    todo: 'padding=6',
  },
  ...[
    ['[[0], [1]]', '2 lists for 3 output channels'],
    ['[[0], [], [1]]', 'output channel 1 are empty'],
    ['[[0], [1], [8]]', 'name input channel 8, but there are 8'],
    ['[[0], [1], [2, 2]]', 'name input channel 2 twice'],
  ].map(([table, what]) => ({
    call: `conv(3, 3, connections=${table})`,
    shapes: [MAP],
    code: 'connections-mismatch',
    at: 'connections',
    what: what as string,
  })),
  {
    call: 'conv(2, 3, groups=2, connections=[[0], [1]])',
    shapes: [MAP],
    code: 'connections-mismatch',
    at: 'connections',
    what: 'together with groups=2',
  },
  {
    call: 'depthwise_conv(9, padding=1)',
    shapes: [MAP],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'padded height 8 (6 + 2·1)',
    todo: 'padding=2 or more',
  },
  {
    call: 'locally_connected(4, 7)',
    shapes: [MAP],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 7',
  },
  {
    call: 'separable_conv(4, 7)',
    shapes: [MAP],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 7',
  },
  {
    call: 'conv_transpose(4, 3, groups=3)',
    shapes: [MAP],
    code: 'groups-do-not-divide',
    at: 'groups',
    what: '8 channels of the input',
  },
  {
    call: 'conv_transpose(4, 3, stride=2x1, output_padding=1)',
    shapes: [MAP],
    code: 'output-padding-too-large',
    at: 'output_padding',
    what: 'output_padding 1 of the width is neither smaller than stride 1 nor than dilation 1',
    todo: 'output_padding=0',
  },
  {
    call: 'conv_transpose(4, 1, padding=3)',
    shapes: [[8, 9, 6]],
    code: 'output-below-one',
    at: 'padding',
    what: 'the output’s width would be 0',
    todo: 'padding=2',
  },
  {
    call: 'dynamic_conv(3)',
    shapes: [MAP, [100]],
    code: 'weights-do-not-fit',
    at: 1,
    what: '100 weights (100) do not make whole output channels of 72',
  },
  {
    call: 'dynamic_conv(1, groups=3)',
    shapes: [MAP, [8]],
    code: 'groups-do-not-divide',
    at: 'groups',
    what: 'input',
  },
  {
    call: 'dynamic_conv(7)',
    shapes: [MAP, [392]],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 7',
  },

  // Pooling
  {
    call: 'maxpool(3, padding=2)',
    shapes: [MAP],
    code: 'pool-padding-too-large',
    at: 'padding',
    what: 'padding 2 of the height is more than half of kernel 3',
    todo: 'use padding=1 or less, or a kernel of at least 4',
  },
  { call: 'maxpool(7)', shapes: [MAP], code: 'window-exceeds-input', at: 'kernel', what: 'kernel 7' },
  {
    call: 'maxpool(9, stride=2, ceil=true)',
    shapes: [MAP],
    code: 'window-exceeds-input',
    at: 'kernel',
    what: 'kernel 9',
  },
  {
    call: 'avgpool(2, padding=[0, 0, 0, 2])',
    shapes: [MAP],
    code: 'pool-padding-too-large',
    at: 'padding',
    what: 'width',
  },
  { call: 'avgpool(1x7)', shapes: [MAP], code: 'window-exceeds-input', at: 'kernel', what: 'padded width 6' },
  {
    call: 'avgpool(4, padding=2)',
    shapes: [[8, 3, 6, 6]],
    code: 'window-exceeds-unpadded-input',
    at: 'kernel',
    what: 'kernel 4 is larger than the depth 3 without padding',
  },
  {
    call: 'avgpool(3, padding=2)',
    shapes: [[8, 2, 6, 6]],
    code: 'pool-padding-too-large',
    at: 'padding',
    what: 'half of kernel 3',
  },
  { call: 'subsample(7)', shapes: [MAP], code: 'window-exceeds-input', at: 'kernel', what: 'kernel 7' },
  {
    call: 'spatial_pyramid_pool([])',
    shapes: [MAP],
    code: 'empty-list',
    at: 'bins',
    what: '`bins` is an empty list',
  },

  // Resampling
  {
    call: 'max_unpool',
    shapes: [MAP, MAP],
    code: 'not-a-maxpool',
    at: 1,
    what: 'the tensor to undo comes from `avgpool`, not from a `maxpool`',
    origin: { layer: 'avgpool', shapes: [[8, 12, 12]], options: {} },
  },
  { call: 'max_unpool', shapes: [MAP, MAP], code: 'not-a-maxpool', at: 1, what: 'comes from an input' },
  {
    call: 'max_unpool',
    shapes: [MAP, [8, 6, 5]],
    code: 'shapes-differ',
    at: 1,
    what: 'differ in width: 6 and 5',
    origin: { layer: 'maxpool', shapes: [[8, 12, 10]], options: {} },
  },
  {
    call: 'upsample(2, mode=bicubic)',
    shapes: [[8, 6]],
    code: 'bicubic-needs-two-axes',
    at: 'mode',
    what: '1 spatial',
  },
  {
    call: 'upsample(0.1)',
    shapes: [MAP],
    code: 'output-below-one',
    at: 'scale',
    what: 'the output’s height would be ⌊6·0.1⌋ = 0',
  },
  {
    call: 'resize(4, mode=bicubic)',
    shapes: [[8, 6]],
    code: 'bicubic-needs-two-axes',
    at: 'mode',
    what: '1 spatial',
  },
  ...['resize', 'crop', 'center_crop'].flatMap((name) => [
    { call: name, shapes: [MAP], code: 'size-or-reference', what: 'neither a size nor a tensor' },
    {
      call: `${name}(4)`,
      shapes: [MAP, MAP],
      code: 'size-or-reference',
      at: 'size',
      what: 'both a size and a tensor',
    },
    {
      call: name,
      shapes: [MAP, [8, 6]],
      code: 'reference-rank-differs',
      at: 1,
      what: 'another number of axes',
    },
  ]),
  {
    call: 'crop(5, offset=2)',
    shapes: [MAP],
    code: 'crop-exceeds-input',
    at: 'offset',
    what: 'a crop of 5 at offset 2 does not fit into the height 6',
    todo: 'an offset of at most 1',
  },
  {
    call: 'crop([6, 7])',
    shapes: [MAP],
    code: 'crop-exceeds-input',
    at: 'size',
    what: 'a crop of 7 does not fit into the width 6',
  },
  { call: 'center_crop', shapes: [MAP, [1, 8, 6]], code: 'crop-exceeds-input', at: 1, what: 'a crop of 8' },
  {
    call: 'pixel_shuffle(3)',
    shapes: [MAP],
    code: 'channels-do-not-divide',
    at: 'factor',
    what: 'factor² = 9 does not divide the channels 8',
    todo: 'such as 9',
  },
  {
    call: 'space_to_depth(4)',
    shapes: [MAP],
    code: 'size-does-not-divide',
    at: 'block',
    what: 'the height 6',
  },
  {
    call: 'channel_shuffle(3)',
    shapes: [MAP],
    code: 'channels-do-not-divide',
    at: 'groups',
    what: 'groups = 3',
  },
  {
    call: 'pad(1, axis=3)',
    shapes: [MAP],
    code: 'axis-out-of-range',
    at: 'axis',
    what: 'axis 3 does not exist',
  },
  {
    call: 'pad([1, 2, 3])',
    shapes: [MAP],
    code: 'pad-amounts-mismatch',
    at: 'amounts',
    what: '`amounts` has 3 numbers for 2 axes',
  },
  {
    call: 'pad([1, 2, 3], axis=0)',
    shapes: [MAP],
    code: 'pad-amounts-mismatch',
    at: 'amounts',
    what: 'for 1 axis',
  },
  {
    call: 'pad(6, mode=reflect)',
    shapes: [MAP],
    code: 'padding-exceeds-input',
    at: 'amounts',
    what: 'reflect padding 6',
  },
  { call: 'pad(-3)', shapes: [MAP], code: 'output-below-one', at: 'amounts', what: 'would leave 0' },
  {
    call: 'pad([0, 0, -7, 9])',
    shapes: [MAP],
    code: 'output-below-one',
    at: 'amounts',
    what: 'of the width 6',
  },

  // Dense
  {
    call: 'linear(10)',
    shapes: [[512, 7, 7]],
    code: 'linear-on-feature-map',
    at: 0,
    what: '`linear(10)` is applied to the feature map 512×7×7',
    todo: 'flatten it first (25,088 features)',
  },
  { call: 'rbf(10)', shapes: [MAP], code: 'needs-vector', at: 0, what: 'the feature map 8×6×6' },

  // Shape
  {
    call: 'reshape([8, 37])',
    shapes: [MAP],
    code: 'reshape-mismatch',
    at: 'shape',
    what: '8×6×6 (288 values)',
  },
  {
    call: 'reshape([-1, -1])',
    shapes: [MAP],
    code: 'reshape-mismatch',
    at: 'shape',
    what: '288',
    todo: '−1 at most once',
  },
  { call: 'reshape([-1, 7])', shapes: [MAP], code: 'reshape-mismatch', at: 'shape', what: '288' },
  { call: 'reshape([])', shapes: [MAP], code: 'reshape-mismatch', at: 'shape', what: '288' },
  {
    call: 'permute([0, 1])',
    shapes: [MAP],
    code: 'invalid-permutation',
    at: 'order',
    what: 'no order of the 3 axes',
  },
  { call: 'permute([0, 1, 1])', shapes: [MAP], code: 'invalid-permutation', at: 'order', what: '[0, 1, 1]' },

  // Normalisation
  { call: 'groupnorm(3)', shapes: [MAP], code: 'groups-do-not-divide', at: 'groups', what: 'groups=3' },
  {
    call: 'groupnorm(8)',
    shapes: [[8, 1, 1]],
    code: 'too-few-values-to-normalise',
    at: 'groups',
    what: 'a single value',
  },
  {
    call: 'instancenorm',
    shapes: [[8, 1, 1]],
    code: 'too-few-values-to-normalise',
    at: 0,
    what: 'each channel',
  },

  // Activation
  {
    call: 'softmax(3)',
    shapes: [MAP],
    code: 'axis-out-of-range',
    at: 'axis',
    what: 'axis 3',
    todo: 'from 0 to 2',
  },
  {
    call: 'log_softmax(-2)',
    shapes: [VECTOR],
    code: 'axis-out-of-range',
    at: 'axis',
    what: 'axis -2',
    todo: 'axis=0',
  },
  { call: 'maxout(3)', shapes: [MAP], code: 'channels-do-not-divide', at: 'pieces', what: 'pieces = 3' },

  {
    call: 'group_softmax(3)',
    shapes: [VECTOR],
    code: 'groups-mismatch',
    at: 'groups',
    what: '3 groups do not divide the features 8',
  },
  {
    call: 'group_softmax([2, 5])',
    shapes: [MAP],
    code: 'groups-mismatch',
    at: 'groups',
    what: 'the groups 2 + 5 sum to 7, not to the channels 8',
    todo: 'sum to 8',
  },
  { call: 'group_softmax(2, axis=3)', shapes: [MAP], code: 'axis-out-of-range', at: 'axis', what: 'axis 3' },
  { call: 'dynamic_linear', shapes: [MAP, [8, 2]], code: 'needs-vector', at: 0, what: '8×6×6' },
  {
    call: 'dynamic_linear',
    shapes: [VECTOR, [3, 5]],
    code: 'weights-do-not-fit',
    at: 1,
    what: '15 weights (3×5) do not make whole features of 8',
    todo: 'a multiple of 8',
  },

  // Merging
  ...['add', 'divide', 'sub', 'mul', 'maximum'].flatMap((call) => [
    {
      call,
      shapes: [MAP, [8, 6, 4]],
      code: 'shapes-differ',
      at: 1,
      what: '8×6×6 and 8×6×4 differ in width: 6 and 4',
      todo: 'padding=half',
    },
    {
      call,
      shapes: [[8, 1, 1], MAP, [4, 6, 6]],
      code: 'shapes-differ',
      at: 2,
      what: 'channels: 8 and 4',
      todo: 'conv(8, 1)',
    },
    {
      call,
      shapes: [MAP, VECTOR],
      code: 'shapes-differ',
      at: 1,
      what: 'differ in rank: 3 and 1',
      todo: 'reshape',
    },
  ]),
  {
    call: 'concat',
    shapes: [MAP, MAP, [3, 5, 6]],
    code: 'concat-sizes-differ',
    at: 2,
    what: 'height: 6 and 5',
  },
  { call: 'concat', shapes: [MAP, VECTOR], code: 'concat-sizes-differ', at: 1, what: 'rank: 3 and 1' },
  { call: 'concat(axis=3)', shapes: [MAP, MAP], code: 'axis-out-of-range', at: 'axis', what: 'axis 3' },
  {
    call: 'split(3)',
    shapes: [MAP],
    code: 'split-mismatch',
    at: 'parts',
    what: '3 parts do not divide the channels 8',
  },
  { call: 'split([3, 4])', shapes: [MAP], code: 'split-mismatch', at: 'parts', what: '3 + 4 sum to 7' },
  { call: 'split(2, axis=5)', shapes: [MAP], code: 'axis-out-of-range', at: 'axis', what: 'axis 5' },
  {
    call: 'slice(4, 9)',
    shapes: [MAP],
    code: 'slice-out-of-range',
    at: 'start',
    what: 'the slice from 4 to 9 of the channels 8 goes beyond them',
  },
  { call: 'slice(4, 4)', shapes: [MAP], code: 'slice-out-of-range', at: 'stop', what: 'is empty' },
  { call: 'slice(0, 1, axis=-4)', shapes: [MAP], code: 'axis-out-of-range', at: 'axis', what: 'axis -4' },
  { call: 'matmul', shapes: [VECTOR, [6, 6]], code: 'needs-matrices', at: 0, what: '8 and 6×6' },
  { call: 'matmul', shapes: [[6, 6], VECTOR], code: 'needs-matrices', at: 1, what: '6×6 and 8' },
  {
    call: 'matmul',
    shapes: [
      [4, 5],
      [4, 5],
    ],
    code: 'matmul-sizes-differ',
    at: 1,
    what: '4×5 has 5 columns, and 4×5 has 4 rows',
  },
  { call: 'parameter([])', shapes: [], code: 'empty-list', at: 'shape', what: '`shape` is an empty list' },

  // Recurrence and attention
  ...['lstm(4)', 'bilstm(4)', 'gru(4)'].flatMap((call) => [
    { call, shapes: [MAP], code: 'needs-rows', at: 0, what: '8×6×6', todo: 'permute([1, 0])' },
    {
      call,
      shapes: [VECTOR],
      code: 'needs-rows',
      at: 0,
      what: 'a recurrent layer is applied to a vector 8',
      todo: 'reshape([1, 8])',
    },
  ]),
  { call: 'conv_lstm(4)', shapes: [MAP, [5, 6, 6]], code: 'state-differs', at: 1, what: '4×6×6 is needed' },
  { call: 'conv_lstm(4)', shapes: [MAP, [4, 6, 6], [4, 6, 5]], code: 'state-differs', at: 2, what: '4×6×5' },
  { call: 'affinity', shapes: [VECTOR, VECTOR], code: 'needs-two-spatial-axes', at: 0, what: '8 is no map' },
  { call: 'affinity', shapes: [MAP, [8, 6, 7]], code: 'shapes-differ', at: 1, what: 'width: 6 and 7' },
  {
    call: 'aggregation',
    shapes: [[11, 6, 6], VECTOR],
    code: 'needs-two-spatial-axes',
    at: 1,
    what: '8 is no map',
  },
  {
    call: 'aggregation',
    shapes: [[12, 6, 6], MAP],
    code: 'attention-differs',
    at: 0,
    what: '12×6×6',
    todo: '11×6×6',
  },
  { call: 'crf', shapes: [MAP, [3, 6, 7]], code: 'shapes-differ', at: 1, what: 'width: 6 and 7' },

  // Regions
  { call: 'selective_search', shapes: [VECTOR], code: 'needs-image-map', at: 0, what: '8 is no map' },
  { call: 'superpixels', shapes: [VECTOR], code: 'needs-image-map', at: 0, what: '8 is no map' },
  { call: 'superpixel_sum', shapes: [VECTOR, MAP], code: 'needs-image-map', at: 0, what: '8 is no map' },
  {
    call: 'superpixel_sum',
    shapes: [MAP, [3, 6, 6]],
    code: 'needs-superpixels',
    at: 1,
    what: '3×6×6 are no superpixels',
    todo: 'output of superpixels',
  },
  { call: 'anchors(2)', shapes: [[8, 6]], code: 'needs-image-map', at: 0, what: '8×6 is no map' },
  { call: 'anchors(3)', shapes: [MAP], code: 'channels-do-not-divide', at: 'fields', what: 'fields = 3' },
  {
    call: 'proposals',
    shapes: [
      [18, 6, 6],
      [36, 6, 5],
    ],
    code: 'proposals-differ',
    at: 1,
    what: '18×6×6',
  },
  {
    call: 'proposals',
    shapes: [
      [50, 2],
      [50, 6],
    ],
    code: 'proposals-differ',
    at: 1,
    what: '50×6',
  },
  {
    call: 'proposals',
    shapes: [
      [50, 2],
      [60, 4],
    ],
    code: 'proposals-differ',
    at: 1,
    what: '60×4',
  },
  {
    call: 'direction_pool([7, 7])',
    shapes: [
      [12, 6, 6],
      [20, 4],
    ],
    code: 'channels-do-not-divide',
    at: 0,
    what: 'directions·distances = 8 does not divide the channels 12',
  },
  {
    call: 'non_max_suppression(5)',
    shapes: [MAP],
    code: 'candidates-differ',
    at: 0,
    what: '8×6×6 holds no rows of boxes',
  },
  {
    call: 'non_max_suppression(5)',
    shapes: [[50, 4], MAP],
    code: 'candidates-differ',
    at: 1,
    what: '8×6×6 holds no rows',
    todo: 'anchors(fields)',
  },
  {
    call: 'non_max_suppression(5)',
    shapes: [
      [50, 4],
      [60, 21],
    ],
    code: 'candidates-differ',
    at: 1,
    what: '60×21 gives 60 rows for 50 boxes',
    todo: 'give 50 rows',
  },
  {
    call: 'non_max_suppression(5)',
    shapes: [[50, 3]],
    code: 'needs-boxes',
    at: 0,
    what: 'a row of 50×3 has 3 numbers, and a box has 4',
  },
  {
    call: 'non_max_suppression(100)',
    shapes: [[98, 30]],
    code: 'count-exceeds-boxes',
    at: 'count',
    what: '100 boxes cannot be kept of 98',
    todo: 'at most 98',
  },
  {
    call: 'select_class',
    shapes: [MAP, [8, 1]],
    code: 'needs-scores',
    at: 1,
    what: '8×1 are no scores for 1 item',
    todo: 'one row',
  },
  {
    call: 'select_class',
    shapes: [MAP, [3]],
    code: 'channels-do-not-divide',
    at: 0,
    what: 'classes = 3 does not divide the channels 8',
  },
  ...[
    ...['roi_pool([7, 7])', 'roi_align([7, 7])', 'deform_pool([7, 7])', 'roi_warp([7, 7])'],
    'direction_pool([7, 7])',
  ].flatMap((call) => [
    { call, shapes: [VECTOR, [20, 4]], code: 'needs-image-map', at: 0, what: '8 is no map' },
    { call, shapes: [MAP, [20, 5]], code: 'needs-regions', at: 1, what: '20×5 are no regions' },
  ]),
  ...['roi_pool(7)', 'roi_align(7)'].map((call) => ({
    call,
    shapes: [MAP, [4, 3, 3], [20, 4]],
    code: 'levels-differ',
    at: 1,
    what: 'level 1 has 4 channels, level 0 has 8',
  })),
]

describe('a call that violates a constraint', () => {
  test.each(CASES.map((one) => [`${one.call} on ${JSON.stringify(one.shapes)}`, one] as const))(
    '%s',
    (_, one) => {
      const { result } = applyWith(one.call, one.shapes, one.origin ? { origin: () => one.origin } : {})
      if (!isViolation(result)) throw new Error(`gives ${JSON.stringify(result.shapes)}`)
      const { constraint, data, at } = result
      const { what, why, todo } = constraint.words(data as never)
      expect({ code: constraint.code, at }).toEqual({ code: one.code, at: one.at })
      expect(what).toContain(one.what)
      expect(todo).toContain(one.todo ?? '')
      for (const part of [what, why, todo]) expect(part).not.toMatch(/undefined|NaN|\[object|^$/)
    },
  )
})

test('every constraint of every layer has a negative case', () => {
  const tested = new Set(CASES.map(({ call, code }) => `${call.replace(/\(.*/, '')} ${code}`))
  const declared = LAYERS.flatMap(({ name, constraints }) => constraints.map(({ code }) => `${name} ${code}`))
  expect(declared.filter((pair) => !tested.has(pair))).toEqual([])
  expect([...tested].filter((pair) => !declared.includes(pair))).toEqual([])
})

test('a layer reports only constraints that it declares', () => {
  for (const { call, shapes, origin } of CASES) {
    const { layer, result } = applyWith(call, shapes, origin ? { origin: () => origin } : {})
    if (isViolation(result)) expect(layer.constraints).toContain(result.constraint)
  }
})
