import { expect, test } from 'vitest'
import { measureField } from '../../server/src/model/measure-field'
import {
  inputField,
  type OutputTransform,
  transformField,
  transformFor,
} from '../../server/src/model/receptive-field'
import type { Shape } from '../../server/src/model/shape'
import { apply, applyWith, inferred } from './apply'

type Numbers = readonly (number | null)[]

/** Size, effective stride and effective padding, one number for all axes or one each. */
type Seen = readonly [size: Numbers, stride: Numbers, padding: Numbers] | 'global' | null

/** A layer on the network's input, and what its output sees of it: worked out by hand. */
const CASES: readonly (readonly [call: string, shape: Shape, seen: Seen])[] = [
  ['conv(8, 3, stride=2, padding=1)', [4, 32], [[3], [2], [1]]],
  ['conv(8, 3, dilation=3, padding=3)', [4, 32], [[7], [1], [3]]],
  [
    'conv(8, 1x7, padding=[0, 3])',
    [4, 32, 32],
    [
      [1, 7],
      [1, 1],
      [0, 3],
    ],
  ],
  ['conv(8, 3, padding=[0, 2])', [4, 32], [[3], [1], [0]]],
  // i = 6, k = 3, s = 2: one pixel is missing, and it is added at the end.
  ['conv(8, 3, stride=2, padding=same)', [4, 6], [[3], [2], [0]]],
  ['depthwise_conv(5, padding=half)', [4, 32], [[5], [1], [2]]],
  ['separable_conv(8, 3, stride=2)', [4, 32], [[3], [2], [0]]],
  ['dynamic_conv(3)', [4, 32], [[3], [1], [0]]],
  // Output 0 is reached by input 0 (tap 1) and by input −1 (tap 3).
  ['conv_transpose(8, 4, stride=2, padding=1)', [4, 32], [[2], [0.5], [1]]],
  ['conv_transpose(8, 2, stride=2)', [4, 32], [[1], [0.5], [0]]],
  ['conv_transpose(8, 3)', [4, 32], [[3], [1], [2]]],
  // Taps two apart reach even positions alone: three inputs each.
  ['conv_transpose(8, 3, dilation=2, stride=2)', [4, 32], [[3], [0.5], [2]]],
  ['maxpool(3, stride=2, padding=1)', [4, 32], [[3], [2], [1]]],
  ['maxpool(2, dilation=3)', [4, 32], [[4], [2], [0]]],
  [
    'avgpool(2)',
    [4, 32, 32],
    [
      [2, 2],
      [2, 2],
      [0, 0],
    ],
  ],
  ['subsample(2)', [4, 32], [[2], [2], [0]]],
  ['global_avgpool', [4, 32, 32], 'global'],
  ['adaptive_avgpool(1)', [4, 32, 32], 'global'],
  [
    'adaptive_avgpool(1x32)',
    [4, 32, 32],
    [
      [null, 1],
      [null, 1],
      [null, 0],
    ],
  ],
  ['adaptive_maxpool(8)', [4, 32], [[4], [4], [0]]],
  // Windows 0–2 and 2–4.
  ['adaptive_maxpool(2)', [4, 5], [[3], [2.5], [0]]],
  ['spatial_pyramid_pool([4, 2])', [4, 8], [[4], [null], [null]]],
  ['spatial_pyramid_pool', [4, 8], 'global'],
  ['upsample(2)', [4, 32], [[1], [0.5], [0]]],
  ['upsample(0.5)', [4, 32], [[1], [2], [0]]],
  ['upsample(2, mode=bilinear)', [4, 32], [[2], [0.5], [1]]],
  [
    'upsample(2, mode=bicubic)',
    [4, 32, 32],
    [
      [4, 4],
      [0.5, 0.5],
      [2, 2],
    ],
  ],
  // A scale of 3 meets every third position exactly; the others lie between two.
  ['upsample(3, mode=bilinear)', [4, 32], [[2], [1 / 3], [1]]],
  ['resize(64, mode=nearest)', [4, 32], [[1], [0.5], [0]]],
  ['resize(32)', [4, 32], [[1], [1], [0]]],
  ['pixel_shuffle(2)', [4, 32], [[1], [0.5], [0]]],
  ['space_to_depth(2)', [4, 32], [[2], [2], [0]]],
  ['pad([3, 1])', [4, 32], [[1], [1], [3]]],
  ['pad([8, 8], axis=0)', [4, 32], [[1], [1], [0]]],
  ['crop(20, offset=5)', [4, 32], [[1], [1], [-5]]],
  ['center_crop(20)', [4, 32], [[1], [1], [-6]]],
  ['slice(2, 9, axis=1)', [4, 32], [[1], [1], [-2]]],
  ['flatten', [4, 32], [[1], [null], [null]]],
  ['reshape([2, 2, 32])', [4, 32], [[1], [1], [0]]],
  ['reshape([4, 8, 4])', [4, 32], [[1], [null], [null]]],
  ['permute([1, 0])', [4, 32], [[1], [1], [0]]],
  ['linear(10)', [4, 32], 'global'],
  ['softmax(0)', [4, 32], [[1], [1], [0]]],
  ['softmax', [4, 32], 'global'],
  ['batchnorm', [4, 32], [[1], [1], [0]]],
  ['instancenorm', [4, 32], [[1], [1], [0]]],
  [
    'anchors(2)',
    [4, 8, 8],
    [
      [1, 1],
      [null, null],
      [null, null],
    ],
  ],
  ['locally_connected(8, 3, stride=2, padding=1)', [4, 32], [[3], [2], [1]]],
  ['group_softmax(2, axis=0)', [4, 32], [[1], [1], [0]]],
  ['group_softmax(4)', [10, 32], 'global'],
  ['dynamic_linear', [10, 6], 'global'],
  ['nms(5)', [10, 4], 'global'],
  ['lstm(8)', [10, 32], 'global'],
  ['selective_search', [3, 32, 32], 'global'],
  ['superpixels', [3, 32, 32], 'global'],
  ['gradient_reversal', [4, 32], [[1], [1], [0]]],
  ['attention(2)', [10, 8], 'global'],
  [
    'mean(axis=1)',
    [4, 8, 8],
    [
      [null, 1],
      [null, 1],
      [null, 0],
    ],
  ],
  ['max(axis=0, keep=true)', [4, 32], [[1], [1], [0]]],
  ['norm', [4, 32], 'global'],
  ['flip(1)', [4, 32], [[1], [1], [-31]]],
  ['roll(-3, axis=1)', [4, 32], [[1], [1], [-3]]],
  ['roll(5, axis=0)', [4, 32], [[1], [1], [0]]],
  ['repeat([2, 3])', [4, 32], [[1], [0], [0]]],
  ['unfold(3, stride=2, padding=1)', [4, 32], [[3], [2], [1]]],
  [
    'unfold(3)',
    [4, 8, 8],
    [
      [3, 3],
      [null, null],
      [null, null],
    ],
  ],
  ['slice(2, 30, axis=1, step=3)', [4, 32], [[1], [3], [-2]]],
  ['pad(size=35)', [4, 32], [[1], [1], [1]]],
  // Position n reads n and n + 16.
  ['glu(axis=1)', [4, 32], [[17], [1], [0]]],
  ['glu(axis=0)', [4, 32], [[1], [1], [0]]],
  [
    'flatten(start=1)',
    [4, 8, 8],
    [
      [1, 1],
      [null, null],
      [null, null],
    ],
  ],
  ['flatten(0, 0)', [4, 32], [[1], [1], [0]]],
  // Of 63 outputs every second lies on an input, the others between two.
  ['resize(63, align_corners=true)', [4, 32], [[2], [0.5], [0]]],
  ['upsample(2, mode=bilinear, align_corners=true)', [4, 2], [[2], [1 / 3], [0]]],
  ['resize(1, align_corners=true)', [4, 32], [[1], [0], [0]]],
  [
    'adaptive_avgpool([none, 1])',
    [4, 8, 8],
    [
      [1, null],
      [1, null],
      [0, null],
    ],
  ],
  ['conv_transpose(8, 2, stride=2, size=64)', [4, 32], [[1], [0.5], [0]]],
  ['opaque([3])', [4, 32], 'global'],
]

test.each(CASES)('%s on %j', (call, shape, expected) => {
  const { field, shapes } = inferred(apply(call, shape, ...(call.startsWith('dynamic') ? [[12]] : [])))
  const own = inputField(shape)
  if (own === null) throw new Error('an input without spatial axes')
  const seen = transformField(own, transformFor(field, 0, 0), shape, shapes[0] as Shape)
  const measured = seen && measureField(seen, shapes[0] as Shape)
  if (expected === 'global' || expected === null) expect(measured).toBe(expected)
  else
    expect(measured).toEqual({ size: expected[0], stride: expected[1], padding: expected[2], context: false })
})

const LENDING = [
  ...([
    ['resize', 5],
    ['crop', 5],
    ['center_crop', 5],
    ['pad', 9],
  ] as const),
  ['conv_transpose(3, 3, stride=2)', 18],
] as const

test('tensors that only lend their size are not seen', () => {
  for (const [call, size] of LENDING) {
    expect(inferred(apply(call, [4, 8, 8], [2, size, size])).field).toMatchObject([
      { kind: 'maps' },
      { kind: 'none' },
    ])
  }
})

test('a matrix product sees a row of one and a column of the other', () => {
  const { field } = inferred(apply('matmul(transpose_a=true)', [9, 4], [9, 5]))
  const [left, right] = field as readonly OutputTransform[]
  const [a, b] = [inputField([9, 4]), inputField([9, 5])]
  if (!a || !b || !left || !right) throw new Error('two tensors with one spatial axis each')
  // The position along the left matrix's columns becomes the row, that along the right one's stays the column.
  expect(transformField(a, left, [9, 4], [4, 5])?.axes[0]?.along).toBe(0)
  expect(transformField(b, right, [9, 5], [4, 5])?.axes[0]?.along).toBe(1)
})

/** What the outputs of a call see of each of its tensors, the axes of each beginning as its own. */
function seenOf(call: string, ...tensors: readonly Shape[]) {
  const { field, shapes } = inferred(apply(call, ...tensors))
  return tensors.map((shape, i) => {
    const own = inputField(shape)
    const seen = own && transformField(own, transformFor(field, i, 0), shape, shapes[0] as Shape)
    return seen?.axes.map(({ along, strips }) => (strips.length === 0 ? 'all' : along)) ?? null
  })
}

test.each<readonly [string, readonly Shape[], readonly unknown[]]>([
  // A query sees its own row of the queries, and all rows of the others.
  [
    'attention(2)',
    [
      [10, 8],
      [7, 8],
      [7, 8],
    ],
    [['all'], ['all'], ['all']],
  ],
  // A window of rows sees itself alone.
  ['attention(2, batched=true)', [[3, 4, 10, 8]], [[1, 'all', 'all']]],
  // The matrices before stay apart; what the product sums over is seen wholly.
  [
    'matmul',
    [
      [3, 5, 4],
      [3, 4, 6],
    ],
    [
      [1, 'all'],
      ['all', 2],
    ],
  ],
  [
    'matmul',
    [
      [3, 5, 4],
      [4, 6],
    ],
    [[1, 'all'], [2]],
  ],
  [
    'gather(axis=1)',
    [
      [4, 9, 9],
      [4, 2, 9],
    ],
    [
      ['all', 2],
      [1, 2],
    ],
  ],
  // The grid's positions become those of the output.
  [
    'grid_sample',
    [
      [4, 9, 9],
      [5, 6, 2],
    ],
    [
      ['all', 'all'],
      [2, 'all'],
    ],
  ],
  [
    'deform_conv(4, 3)',
    [
      [4, 9, 9],
      [18, 7, 7],
    ],
    [
      ['all', 'all'],
      [1, 2],
    ],
  ],
  [
    'stack(axis=1)',
    [
      [4, 9, 9],
      [4, 9, 9],
    ],
    [
      [2, 3],
      [2, 3],
    ],
  ],
  [
    'opaque([3])',
    [
      [4, 9],
      [8, 5],
    ],
    [['all'], ['all']],
  ],
])('%s on %j sees along which axes', (call, tensors, expected) => {
  expect(seenOf(call, ...tensors)).toEqual(expected)
})

test('unpooling sees the windows around a position, of the values and of what was pooled', () => {
  const pooling = apply('maxpool(3, stride=2, padding=1)', [4, 9])
  const origin = () => ({ layer: 'maxpool', shapes: pooling.call.shapes, options: pooling.call.options })
  const { shapes, field } = inferred(
    applyWith(
      'max_unpool',
      [
        [4, 5],
        [4, 5],
      ],
      { origin },
    ),
  )
  expect(shapes).toEqual([[4, 9]])
  const seen = transformField(
    inputField([4, 5]) as NonNullable<ReturnType<typeof inputField>>,
    field as never,
    [4, 5],
    [4, 9],
  )
  // Odd positions lie in two windows of stride 2, even ones in one alone.
  expect(seen && measureField(seen, [4, 9])).toMatchObject({ size: [2], stride: [0.5] })
})
