import { expect, test } from 'vitest'
import type { Shape } from '../../server/src/model/shape'
import { apply, inferred } from './apply'

const CASES: readonly (readonly [call: string, shapes: readonly Shape[], lines: readonly string[]])[] = [
  ['conv(64, 7, stride=2, padding=3)', [[3, 224, 224]], ['⌊(224 + 2·3 − 7)/2⌋ + 1 = 112']],
  ['conv(64, 3, padding=2, dilation=2)', [[3, 56, 56]], ['⌊(56 + 2·2 − 2·(3 − 1) − 1)/1⌋ + 1 = 56']],
  ['conv(64, 2, padding=same)', [[3, 56, 56]], ['⌊(56 + 0 + 1 − 2)/1⌋ + 1 = 56']],
  [
    'conv(64, 1x7, padding=0x3)',
    [[3, 17, 17]],
    ['height ⌊(17 + 2·0 − 1)/1⌋ + 1 = 17', 'width ⌊(17 + 2·3 − 7)/1⌋ + 1 = 17'],
  ],
  ['depthwise_conv(3)', [[3, 9]], ['⌊(9 + 2·0 − 3)/1⌋ + 1 = 7']],
  ['separable_conv(4, 3, stride=2)', [[3, 9]], ['⌊(9 + 2·0 − 3)/2⌋ + 1 = 4']],
  ['conv_transpose(4, 4, stride=2, padding=1)', [[8, 28, 28]], ['(28 − 1)·2 − 2·1 + (4 − 1) + 1 = 56']],
  [
    'conv_transpose(4, 3, stride=2, dilation=2, output_padding=1)',
    [[8, 28]],
    ['(28 − 1)·2 − 2·0 + 2·(3 − 1) + 1 + 1 = 60'],
  ],
  ['maxpool(3, stride=2)', [[3, 12, 12]], ['⌊(12 + 2·0 − 3)/2⌋ + 1 = 5']],
  ['maxpool(3, stride=2, ceil=true)', [[3, 12, 12]], ['⌈(12 + 2·0 − 3)/2⌉ + 1 = 6']],
  // The window that rounding up adds would start behind the input.
  ['maxpool(2, stride=2, padding=1, ceil=true)', [[1, 5]], ['⌈(5 + 2·1 − 2)/2⌉ + 1 − 1 = 3']],
  ['subsample(2)', [[6, 28, 28]], ['⌊(28 + 2·0 − 2)/2⌋ + 1 = 14']],
  ['upsample(2)', [[6, 28, 28]], ['28·2 = 56']],
  ['upsample(1.5)', [[6, 5]], ['⌊5·1.5⌋ = 7']],
  ['flatten', [[512, 7, 7]], ['512·7·7 = 25088']],
  ['spp', [[256, 13, 13]], ['256·(4² + 2² + 1²) = 5376']],
  [
    'concat',
    [
      [16, 8],
      [24, 8],
    ],
    ['16 + 24 = 40'],
  ],
  ['pad([0, 1, 2, 2])', [[3, 8, 8]], ['height 8 + 0 + 1 = 9', 'width 8 + 2·2 = 12']],
  ['pad(3)', [[3, 8, 8]], ['8 + 2·3 = 14']],
  ['pad([8, 8], axis=0)', [[16, 8, 8]], ['channels 16 + 2·8 = 32']],
  ['pixel_shuffle(2)', [[64, 24, 20]], ['channels 64/2² = 16', 'height 24·2 = 48', 'width 20·2 = 40']],
  ['reorg(2)', [[64, 26, 26]], ['channels 64·2² = 256', '26/2 = 13']],
  ['slice(-4, 10, axis=1)', [[3, 12]], ['length 10 − 8 = 2']],
  ['maxout(2)', [[96, 8]], ['96/2 = 48']],
  ['reshape([64, -1])', [[64, 8, 8]], ['64·8·8 = 4096 = 64·64']],
  ['adaptive_avgpool(6)', [[8, 13, 13]], ['output n pools ⌊n·13/6⌋ … ⌈(n + 1)·13/6⌉ − 1']],
  [
    'dynamic_conv(3, groups=2)',
    [[4, 6, 6], [108]],
    ['channels 108/(4/2·3·3) = 6', '⌊(6 + 2·0 − 3)/1⌋ + 1 = 4'],
  ],
  [
    'matmul(transpose_b=true)',
    [
      [196, 64],
      [100, 64],
    ],
    ['196×64 · (100×64)ᵀ = 196×100'],
  ],
  ['center_crop(56)', [[64, 64, 65]], ['height 64 − 4 − 4 = 56', 'width 65 − 4 − 5 = 56']],
  ['locally_connected(8, 3, padding=1)', [[4, 9]], ['⌊(9 + 2·1 − 3)/1⌋ + 1 = 9']],
  ['dynamic_linear', [[1024], [81, 1024]], ['features 82944/1024 = 81']],
  ['select_class', [[324], [81]], ['channels 324/81 = 4']],
  [
    'direction_pool([7, 7], distances=4)',
    [
      [64, 9, 9],
      [20, 4],
    ],
    ['channels 64/(8·4) = 2'],
  ],
  ['anchors(85)', [[255, 13, 13]], ['13·13·255/85 = 507']],
  ['flatten(start=1)', [[512, 7, 6]], ['7·6 = 42']],
  ['slice(1, 12, step=3)', [[12, 5]], ['channels ⌈(12 − 1)/3⌉ = 4']],
  ['repeat([2, 3], axis=[0, -1])', [[4, 5, 6]], ['channels 4·2 = 8', 'width 6·3 = 18']],
  ['repeat([1, 1, 3])', [[4, 5, 6]], ['width 6·3 = 18']],
  [
    'stack',
    [
      [4, 5],
      [4, 5],
    ],
    ['2 tensors 4×5 are 2×4×5'],
  ],
  ['glu', [[8, 6]], ['length 6/2 = 3']],
  ['unfold(2x3)', [[3, 5, 6]], ['channels 3·2·3 = 18', 'windows 4·4 = 16']],
  ['pad(size=[9, 7])', [[4, 6, 6]], ['height 6 + 1 + 2 = 9', 'width 6 + 0 + 1 = 7']],
  [
    'adaptive_avgpool([none, 2])',
    [[4, 6, 6]],
    ['height output n pools n', 'width output n pools ⌊n·6/2⌋ … ⌈(n + 1)·6/2⌉ − 1'],
  ],
  ['conv_transpose(4, 3, stride=2, size=14)', [[8, 6]], ['(6 − 1)·2 − 2·0 + (3 − 1) + 1 + 1 = 14']],
  [
    'bmm',
    [
      [8, 4, 5],
      [8, 5, 6],
    ],
    ['8×4×5 · 8×5×6 = 8×4×6'],
  ],
]

test.each(CASES)('%s', (call, shapes, lines) => {
  const applied = apply(call, ...shapes)
  expect(applied.layer.formula?.(applied.call, inferred(applied))).toEqual(lines)
})
