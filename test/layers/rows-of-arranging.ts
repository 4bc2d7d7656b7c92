/** Shapes, parameters and MACs of the layers that attend, reduce, choose and rearrange. */
import type { ShapeRow } from './shape-row'

const reductions: Readonly<Record<string, readonly ShapeRow[]>> = Object.fromEntries(
  ['mean', 'sum', 'max', 'min', 'norm', 'var'].map((name): [string, readonly ShapeRow[]] => [
    name,
    [
      [`${name}(axis=0)`, [[8, 5, 6]], [[5, 6]]],
      [`${name}(axis=[1, -1], keep=true)`, [[8, 5, 6]], [[8, 1, 1]]],
      [`${name}(-2)`, [[8, 5, 6]], [[8, 6]]],
      [name, [[8, 5, 6]], [[1]]],
      [`${name}(keep=true)`, [[8, 5, 6]], [[1, 1, 1]]],
    ],
  ]),
)

export const ARRANGING: Readonly<Record<string, readonly ShapeRow[]>> = {
  // ViT-B/16: 4·768² + 4·768 weights; two products of 197·197·768.
  attention: [
    ['attention(12)', [[197, 768]], [[197, 768]], 2_362_368, 4 * 197 * 768 ** 2 + 2 * 197 ** 2 * 768],
    ['attention(12, bias=false)', [[197, 768]], [[197, 768]], 2_359_296, 524_391_936],
    [
      'attention(4)',
      [
        [100, 64],
        [30, 32],
      ],
      [[100, 64]],
      64 * (64 + 32 + 32 + 64) + 4 * 64,
      100 * 64 * 64 * 2 + 30 * 64 * 32 * 2 + 2 * 100 * 30 * 64,
    ],
    [
      'attention(4, projections=false)',
      [
        [100, 64],
        [30, 64],
        [30, 16],
      ],
      [[100, 16]],
      0,
      100 * 30 * (64 + 16),
    ],
    // Swin-T: 64 windows of 7×7 tokens.
    [
      'attention(3, batched=true)',
      [[64, 49, 96]],
      [[64, 49, 96]],
      37_248,
      64 * (4 * 49 * 9216 + 2 * 2401 * 96),
    ],
  ],
  bmm: [
    [
      'bmm',
      [
        [8, 49, 32],
        [8, 32, 49],
      ],
      [[8, 49, 49]],
      0,
      8 * 49 * 49 * 32,
    ],
    [
      'matmul(transpose_a=true, transpose_b=true)',
      [
        [2, 1, 5, 4],
        [1, 3, 6, 5],
      ],
      [[2, 3, 4, 6]],
      0,
      6 * 4 * 5 * 6,
    ],
    [
      'matmul',
      [
        [7, 4, 5],
        [5, 6],
      ],
      [[7, 4, 6]],
      0,
      7 * 4 * 5 * 6,
    ],
  ],
  gelu: [
    ['gelu(approximate=tanh)', [[8, 5]], [[8, 5]]],
    ['gelu', [[8, 5]], [[8, 5]]],
  ],
  ...reductions,
  affine: [['affine(0.17, 1)', [[8, 5]], [[8, 5]]]],
  power: [['power(2)', [[8, 5]], [[8, 5]]]],
  embedding: [
    ['embedding(20_000, 300)', [[56]], [[56, 300]], 6_000_000],
    ['embedding(10, 4)', [[3, 5]], [[3, 5, 4]], 40],
  ],
  gather: [
    [
      'gather',
      [
        [21, 9, 9],
        [1, 9, 9],
      ],
      [[1, 9, 9]],
    ],
    [
      'gather(axis=1)',
      [
        [4, 5],
        [3, 90],
      ],
      [[3, 90]],
    ],
  ],
  roll: [
    ['roll(-3, axis=[1, 2])', [[96, 56, 56]], [[96, 56, 56]]],
    ['roll([100, -1], axis=[-1, 0])', [[9, 5]], [[9, 5]]],
  ],
  flip: [['flip([1, 2])', [[3, 5, 6]], [[3, 5, 6]]]],
  repeat: [
    ['repeat([1, 64, 64])', [[100, 1, 1]], [[100, 64, 64]]],
    ['repeat(3, axis=0)', [[4, 5]], [[12, 5]]],
    ['repeat([2, 3], axis=[-1, 0])', [[4, 5, 6]], [[12, 5, 12]]],
  ],
  stack: [
    [
      'stack',
      [
        [4, 5],
        [4, 5],
        [4, 5],
      ],
      [[3, 4, 5]],
    ],
    ['stack(axis=-1)', [[4], [4]], [[4, 2]]],
  ],
  // 75 windows of 3 × 4 × 5 values.
  unfold: [
    ['unfold(16, stride=16)', [[3, 224, 224]], [[768, 196]]],
    ['unfold(3, padding=1, dilation=2)', [[4, 9]], [[12, 7]]],
    ['unfold(2x3, stride=1x2, padding=same)', [[4, 5, 6]], [[24, 15]]],
  ],
  grid_sample: [
    [
      'grid_sample',
      [
        [8, 5, 6],
        [9, 7, 2],
      ],
      [[8, 9, 7]],
    ],
    [
      'grid_sample(mode=nearest)',
      [
        [8, 5, 6, 7],
        [2, 3, 4, 3],
      ],
      [[8, 2, 3, 4]],
    ],
  ],
  deform_conv: [
    [
      'deform_conv(16, 3, padding=1)',
      [
        [8, 6, 6],
        [18, 6, 6],
      ],
      [[16, 6, 6]],
      1168,
      16 * 36 * 72,
    ],
    [
      'deform_conv(16, 3, stride=2, groups=2, bias=false)',
      [
        [8, 7, 7],
        [36, 3, 3],
        [9, 3, 3],
      ],
      [[16, 3, 3]],
      576,
      9 * 576,
    ],
  ],
  glu: [
    ['glu', [[8, 5, 6]], [[4, 5, 6]]],
    ['glu', [[8, 6]], [[8, 3]]],
    ['glu(0)', [[8, 6]], [[4, 6]]],
  ],
  layernorm: [
    ['layernorm([0, 1, 2])', [[8, 5, 6]], [[8, 5, 6]], 480],
    ['layernorm(axes=[-1, 1])', [[8, 5, 6]], [[8, 5, 6]], 60],
    ['layernorm(0, affine=false)', [[8, 5]], [[8, 5]]],
  ],
  flatten: [
    ['flatten(start=1)', [[8, 5, 6]], [[8, 30]]],
    ['flatten(0, 1)', [[8, 5, 6]], [[40, 6]]],
    ['flatten(-1)', [[8, 5, 6]], [[8, 5, 6]]],
    ['flatten', [[8]], [[8]]],
  ],
  slice: [
    ['slice(0, 10, step=3)', [[12, 5]], [[4, 5]]],
    ['slice(1, -1, axis=1, step=2)', [[2, 8]], [[2, 3]]],
  ],
  pad: [
    ['pad(size=9)', [[4, 6, 9]], [[4, 9, 9]]],
    [
      'pad',
      [
        [4, 6, 9],
        [7, 6, 12],
      ],
      [[4, 6, 12]],
    ],
  ],
  adaptive_avgpool: [
    ['adaptive_avgpool([none, 1])', [[4, 6, 9]], [[4, 6, 1]]],
    ['adaptive_maxpool(none)', [[4, 6, 9]], [[4, 6, 9]]],
  ],
  divide: [
    [
      'divide',
      [
        [8, 5, 6],
        [1, 5, 6],
      ],
      [[8, 5, 6]],
    ],
  ],
  conv_transpose: [
    ['conv_transpose(4, 3, stride=2, size=14)', [[2, 6]], [[4, 14]], 28, 144],
    [
      'conv_transpose(4, 3, stride=3, padding=1)',
      [
        [2, 6, 6],
        [9, 18, 16],
      ],
      [[4, 18, 16]],
      76,
      36 * 72,
    ],
  ],
  lstm: [
    ['lstm(128, bidirectional=true)', [[10, 64]], [[10, 256]], 198_656, 10 * 196_608],
    ['lstm(128, 2, bidirectional=true)', [[10, 64]], [[10, 256]], 198_656 + 395_264, 10 * 589_824],
    // The gates read the projected output: 4·128·(64 + 32), and 128·32 for the projection.
    ['lstm(128, proj=32, bias=false)', [[10, 64]], [[10, 32]], 49_152 + 4096, 532_480],
    ['bilstm(128, 2, proj=32)', [[10, 64]], [[10, 64]], 2 * 2 * (49_152 + 4096 + 1024), 4 * 532_480],
    ['gru(128, bidirectional=true)', [[10, 64]], [[10, 256]], 2 * 74_496, 10 * 2 * 73_728],
  ],
  resampling: [
    ['upsample(2, mode=bilinear, align_corners=true)', [[4, 6, 9]], [[4, 12, 18]]],
    ['resize([9, 4], align_corners=true)', [[4, 6, 9]], [[4, 9, 4]]],
  ],
  opaque: [['opaque([512, 3])', [[1024, 3], [7]], [[512, 3]]]],
}
