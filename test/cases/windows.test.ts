/** Windows, reshapes and expectations whose numbers were reckoned for another map: what is offered first. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import { changedLines } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

interface Case {
  readonly code: string
  /** The lines that the first fix changes, without what is around them. */
  readonly first: string
  /** The beginning of the title of the fix. */
  readonly title: string
  /** A part of the message. */
  readonly says?: string
}

const WINDOW = 'window-exceeds-input'
const RESHAPE = 'reshape-mismatch'
const EXPECT = 'expect-failed'

/** Of the one error of a text the first fix, which leaves no error. */
function check(text: string, { code, first, title, says = '' }: Case): void {
  const { analysis, host } = analyzed(text)
  const [problem, ...others] = analysis.problems
  expect(others.map((other) => other.message)).toEqual([])
  expect(problem?.code).toBe(code)
  if (problem === undefined) return
  expect(problem.message).toContain(says)
  const [fix] = offeredFixes({ analysis, host, problem })
  expect(fix && { title: fix.title.slice(0, title.length), errors: fix.errors, class: fix.class }).toEqual({
    title,
    errors: 0,
    class: 'choice',
  })
  const before = analysis.file.text
  expect(fix && changedLines(before, applyEdits(before, fix.edits))).toBe(first)
}

/** The files of this folder. */
const FILES: Readonly<Record<string, Case>> = {
  '02-tinyvgg-5x5': {
    code: RESHAPE,
    title: 'Write flatten in place of reshape → 490 (4.9K parameters)',
    first: 'output logits = b2 -> flatten -> linear(10)',
    says: '10×7×7 has 490 values, not 250',
  },
  '10-pool3d-depth16': {
    code: WINDOW,
    title: 'Set kernel=[1, 2, 2] → 256×1×8×8',
    first: 'x = x -> conv(256, 3, padding=1) -> relu -> maxpool([1, 2, 2])',
    says: 'Use kernel=[1, 2, 2], or a larger input',
  },
  '15-transposed-padding-shrinks': {
    code: EXPECT,
    title: 'Set kernel=4, padding=0',
    first: 'output y = x -> conv_transpose(1, 4, stride=2, padding=0)',
    says: '(2 − 1)·2 − 2·1 + (2 − 1) + 1 = 2',
  },
  '22-caffe-ceil-57': {
    code: EXPECT,
    title: 'Set ceil=false',
    first: 'output y = c1 -> maxpool(3, stride=2, padding=1, ceil=false)',
    says: '⌈(112 + 2·1 − 3)/2⌉ + 1 = 57',
  },
  '26-crnn-height64': {
    code: RESHAPE,
    title: 'Set input line to 1×32×128',
    first: 'input line: 1x32x128',
  },
  '27-resnet9-crop24': {
    code: WINDOW,
    title: 'Pool the whole map by global_maxpool',
    first: 'output logits = c -> global_maxpool -> flatten -> linear(10, bias=false)',
    says: 'Pool the whole map, use a kernel of at most 3, or a larger input',
  },
  '28-inception-avg8': {
    code: WINDOW,
    title: 'Pool the whole map by global_avgpool',
    first: 'output logits = x -> global_avgpool -> flatten -> linear(1000)',
  },
  '51-dcgan-100': {
    code: RESHAPE,
    title: 'Write flatten in place of reshape → 6272',
    first: 'output valid = x -> flatten -> linear(1) -> sigmoid',
  },
  'k1a-avg-pad': {
    code: WINDOW,
    title: 'Pool the whole map by global_avgpool',
    first: 'output y = x -> global_avgpool -> flatten -> linear(10) }',
  },
  'k3a-ceil': {
    code: EXPECT,
    title: 'Set ceil=false',
    first: 'output y = x -> maxpool(3, stride=2, padding=1, ceil=false)',
  },
  'k4a-reshape': {
    code: RESHAPE,
    title: 'Write flatten in place of reshape → 256',
    first: 'output y = x -> 4 * (conv(16, 3, stride=2, padding=1) -> relu) -> flatten -> linear(10) }',
  },
}

it.each(Object.entries(FILES))('%s', (file, expected) => {
  check(readFileSync(new URL(`${file}.cnn`, import.meta.url), 'utf8'), expected)
})

/** Others of the same kinds, by what was mistaken: a body of a network and what is right first. */
const OTHERS: readonly (readonly [kind: string, body: string, expected: Case])[] = [
  [
    'VGG at 16×16',
    `input image: 3x16x16
    x = image -> 2 * (conv(64, 3, padding=1) -> relu) -> maxpool(2)
    x = x -> 2 * (conv(128, 3, padding=1) -> relu) -> maxpool(2)
    x = x -> 3 * (conv(256, 3, padding=1) -> relu) -> maxpool(2)
    x = x -> 3 * (conv(512, 3, padding=1) -> relu) -> maxpool(2)
    x = x -> 3 * (conv(512, 3, padding=1) -> relu) -> maxpool(2)
    output y = x -> flatten -> linear(10)`,
    { code: WINDOW, title: 'Set input image to 3×32×32', first: 'input image: 3x32x32' },
  ],
  [
    'AlexNet at 32×32',
    `input image: 3x32x32
    x = image -> conv(64, 11, stride=4, padding=2) -> relu -> maxpool(3, stride=2)
    x = x -> conv(192, 5, padding=2) -> relu -> maxpool(3, stride=2)
    x = x -> conv(256, 3, padding=1) -> relu -> maxpool(3, stride=2)
    output y = x -> flatten -> linear(1000)`,
    { code: WINDOW, title: 'Set input image to 3×63×63', first: 'input image: 3x63x63' },
  ],
  [
    'a pooling in a repetition',
    `input image: 1x28x28
    output y = image -> 5 * (conv(16, 3, padding=1) -> relu -> maxpool(2)) -> flatten -> linear(10)`,
    {
      code: WINDOW,
      title: 'Repeat 4 times instead of 5 → 16×1×1',
      first:
        'output y = image -> 4 * (conv(16, 3, padding=1) -> relu -> maxpool(2)) -> flatten -> linear(10)',
    },
  ],
  [
    'a pooling in a loop over widths',
    `input image: 1x28x28
    x = image
    for width in [16, 32, 64, 128, 256] { x = x -> conv(width, 3, padding=1) -> relu -> maxpool(2) }
    output y = x -> flatten -> linear(10)`,
    {
      code: WINDOW,
      title: 'Run the loop 4 times instead of 5 → 128×1×1',
      first: 'for width in [16, 32, 64, 128] { x = x -> conv(width, 3, padding=1) -> relu -> maxpool(2) }',
    },
  ],
  [
    'an average sized for 224×224, at 160×160',
    `input image: 3x160x160
    x = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1)
    x = x -> 3 * (conv(192, 3, stride=2, padding=1) -> relu)
    output y = x -> avgpool(7, stride=1) -> flatten -> linear(1000)`,
    {
      code: WINDOW,
      title: 'Pool the whole map by global_avgpool',
      first: 'output y = x -> global_avgpool -> flatten -> linear(1000)',
    },
  ],
  [
    'a largest value that should keep the size',
    `input x: 64x4x4
    output y = add(x, x -> maxpool(5, stride=1) -> conv(64, 3, padding=1))`,
    {
      code: WINDOW,
      title: 'Set padding=2 → 64×4×4',
      first: 'output y = add(x, x -> maxpool(5, stride=1, padding=2) -> conv(64, 3, padding=1))',
    },
  ],
  [
    'a clip with few frames',
    `input clip: 3x16x112x112
    x = clip -> conv(64, 3, stride=[1, 2, 2], padding=1) -> 3 * (conv(64, 3, stride=2, padding=1) -> relu)
    output y = x -> avgpool([4, 7, 7]) -> flatten -> linear(400)`,
    {
      code: 'window-exceeds-unpadded-input',
      title: 'Pool the whole map by global_avgpool',
      first: 'output y = x -> global_avgpool -> flatten -> linear(400)',
    },
  ],
  [
    'a spectrogram with few bands',
    `input bands: 1x8x128
    x = bands -> conv(16, 3, padding=1) -> relu -> maxpool(2, stride=2)
    x = x -> conv(16, 3, padding=1) -> relu -> maxpool(2, stride=2)
    x = x -> conv(16, 3, padding=1) -> relu -> maxpool(2, stride=2)
    x = x -> conv(16, 3, padding=1) -> relu -> maxpool(2, stride=2)
    output y = x -> global_avgpool -> flatten -> linear(5)`,
    {
      code: WINDOW,
      title: 'Set kernel=[1, 2], stride=[1, 2] → 16×1×8',
      first: 'x = x -> conv(16, 3, padding=1) -> relu -> maxpool([1, 2], stride=[1, 2])',
    },
  ],
  [
    'a short signal',
    `input ecg: signal([1, 100])
    f = ecg -> conv(16, 5, stride=4, padding=2) -> relu -> conv(32, 5, stride=4, padding=2) -> relu -> avgpool(16)
    output y = f -> flatten -> linear(5)`,
    {
      code: WINDOW,
      title: 'Pool the whole map by global_avgpool → 32×1',
      first:
        'f = ecg -> conv(16, 5, stride=4, padding=2) -> relu -> conv(32, 5, stride=4, padding=2) -> relu -> global_avgpool',
    },
  ],
  [
    'LeNet-5 on 28×28',
    `input image: 1x28x28
    f = image -> conv(6, 5) -> tanh -> avgpool(2) -> conv(16, 5) -> tanh -> avgpool(2) -> conv(120, 5) -> tanh
    output y = f -> flatten -> linear(84) -> tanh -> linear(10)`,
    { code: WINDOW, title: 'Set input image to 1×32×32', first: 'input image: 1x32x32' },
  ],
  [
    'SqueezeNet with one pooling that rounds down',
    `input image: 3x20x20
    x = image -> conv(64, 3, stride=2) -> relu -> maxpool(3, stride=2, ceil=true)
    x = x -> conv(64, 3, padding=1) -> relu -> maxpool(3, stride=2, ceil=true)
    output y = x -> maxpool(3, stride=2) -> conv(10, 1) -> global_avgpool -> flatten`,
    {
      code: WINDOW,
      title: 'Set ceil=true → 64×1×1',
      first: 'output y = x -> maxpool(3, stride=2, ceil=true) -> conv(10, 1) -> global_avgpool -> flatten',
    },
  ],
  [
    'a convolution among padded ones',
    `input x: 8x4x4
    output y = x -> conv(8, 3, padding=1) -> relu -> conv(8, 5) -> flatten -> linear(10)`,
    {
      code: WINDOW,
      title: 'Set padding=2 → 8×4×4',
      first:
        'output y = x -> conv(8, 3, padding=1) -> relu -> conv(8, 5, padding=2) -> flatten -> linear(10)',
    },
  ],
  [
    'a view of PyTorch',
    `input image: 3x32x32
    x = image -> conv(6, 5) -> relu -> maxpool(2) -> conv(16, 5) -> relu -> maxpool(2)
    output y = x -> reshape([-1, 16 * 4 * 4]) -> linear(120) -> linear(10)`,
    {
      code: RESHAPE,
      title: 'Write flatten in place of reshape → 400 (48K parameters)',
      first: 'output y = x -> flatten -> linear(120) -> linear(10)',
    },
  ],
  [
    'primary capsules of a larger image',
    `input image: 1x32x32
    p = image -> conv(256, 9) -> relu -> conv(256, 9, stride=2) -> reshape([32 * 6 * 6, 8])
    output y = p`,
    {
      code: RESHAPE,
      title: 'Write reshape([32 * 8 * 8, 8]) → 2048×8',
      first: 'p = image -> conv(256, 9) -> relu -> conv(256, 9, stride=2) -> reshape([32 * 8 * 8, 8])',
    },
  ],
  [
    'channels in groups of which there cannot be so many',
    `input x: 240x28x28
    output y = x -> reshape([4, 50, 28, 28]) -> permute([1, 0, 2, 3]) -> reshape([240, 28, 28])`,
    {
      code: RESHAPE,
      title: 'Write reshape([4, 60, 28, 28]) → 4×60×28×28',
      first: 'output y = x -> reshape([4, 60, 28, 28]) -> permute([1, 0, 2, 3]) -> reshape([240, 28, 28])',
    },
  ],
  [
    'a generator whose first features are too many',
    `input z: [100]
    x = z -> linear(128 * 8 * 8) -> relu -> reshape([128, 7, 7])
    output y = x -> conv_transpose(64, 4, stride=2, padding=1) -> relu -> conv_transpose(1, 4, stride=2, padding=1)
    expect y.shape == [1, 28, 28]`,
    {
      code: RESHAPE,
      title: 'Set features=128 * 7 * 7',
      first: 'x = z -> linear(128 * 7 * 7) -> relu -> reshape([128, 7, 7])',
    },
  ],
  [
    'a generator with one padding missing',
    `input z: 100x1x1
    x = z -> conv_transpose(256, 4) -> relu -> conv_transpose(128, 4, stride=2, padding=1) -> relu
    x = x -> conv_transpose(64, 4, stride=2) -> relu
    output y = x -> conv_transpose(3, 4, stride=2, padding=1) -> tanh
    expect y.shape == [3, 32, 32]`,
    {
      code: EXPECT,
      title: 'Set padding=1',
      first: 'x = x -> conv_transpose(64, 4, stride=2, padding=1) -> relu',
      says: '(18 − 1)·2 − 2·1 + (4 − 1) + 1 = 36',
    },
  ],
  [
    'a generator without padding',
    `input z: 100x1x1
    output y = z -> conv_transpose(256, 4) -> relu -> conv_transpose(128, 4, stride=2) -> relu -> conv_transpose(3, 4, stride=2)
    expect y.shape == [3, 16, 16]`,
    {
      code: EXPECT,
      title: 'Set padding=1 on 2 layers',
      first:
        'output y = z -> conv_transpose(256, 4) -> relu -> conv_transpose(128, 4, stride=2, padding=1) -> relu -> conv_transpose(3, 4, stride=2, padding=1)',
    },
  ],
  [
    'a generator with a turn too many',
    `input z: 100x1x1
    x = z -> conv_transpose(1024, 4) -> relu
    for width in [512, 256, 128, 64] { x = x -> conv_transpose(width, 4, stride=2, padding=1) -> relu }
    output y = x -> conv_transpose(3, 4, stride=2, padding=1) -> tanh
    expect y.shape == [3, 64, 64]`,
    {
      code: EXPECT,
      title: 'Run the loop 3 times instead of 4',
      first:
        'for width in [512, 256, 128] { x = x -> conv_transpose(width, 4, stride=2, padding=1) -> relu }',
    },
  ],
  [
    'a discriminator without padding',
    `input image: 3x64x64
    f = image -> conv(64, 4, stride=2) -> leaky_relu(0.2) -> conv(128, 4, stride=2) -> leaky_relu(0.2) -> conv(256, 4, stride=2)
    output y = f
    expect f.shape == [256, 8, 8]`,
    {
      code: EXPECT,
      title: 'Set padding=1 on 3 layers',
      first:
        'f = image -> conv(64, 4, stride=2, padding=1) -> leaky_relu(0.2) -> conv(128, 4, stride=2, padding=1) -> leaky_relu(0.2) -> conv(256, 4, stride=2, padding=1)',
    },
  ],
  [
    'an autoencoder that does not come back',
    `input image: 1x28x28
    code = image -> conv(16, 3, stride=2, padding=1) -> relu -> conv(32, 3, stride=2, padding=1) -> relu
    output recon = code -> conv_transpose(16, 3, stride=2, padding=1) -> relu -> conv_transpose(1, 3, stride=2, padding=1)
    expect recon.shape == image.shape`,
    {
      code: EXPECT,
      title: 'Set output_padding=1 on 2 layers → 1×28×28',
      first:
        'output recon = code -> conv_transpose(16, 3, stride=2, padding=1, output_padding=1) -> relu -> conv_transpose(1, 3, stride=2, padding=1, output_padding=1)',
    },
  ],
  [
    'GoogLeNet without the rounding of Caffe',
    `input image: 3x224x224
    x = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2) -> conv(192, 3, padding=1) -> relu
    y = x -> maxpool(3, stride=2)
    output y
    expect y.shape == [192, 28, 28]`,
    {
      code: EXPECT,
      title: 'Set ceil=true on 2 layers',
      first:
        `x = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, ceil=true) -> conv(192, 3, padding=1) -> relu
    y = x -> maxpool(3, stride=2, ceil=true)`.replace(/\n {4}/, '\n'),
    },
  ],
  [
    'a map in the middle, of an image of another size',
    `input image: 3x256x256
    c1 = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1)
    c3 = c1 -> conv(128, 3, stride=2, padding=1) -> relu -> conv(256, 3, stride=2, padding=1) -> relu
    output y = c3 -> conv(512, 3, stride=2, padding=1) -> global_avgpool -> flatten -> linear(10)
    expect c3.shape == [256, 14, 14]`,
    { code: EXPECT, title: 'Set input image to 3×224×224', first: 'input image: 3x224x224' },
  ],
  [
    'a repetition with a turn too many',
    `input image: 3x64x64
    f = image -> 4 * (conv(16, 3, padding=1) -> relu -> maxpool(2))
    output y = f -> flatten -> linear(10)
    expect f.shape == [16, 8, 8]`,
    {
      code: EXPECT,
      title: 'Repeat 3 times instead of 4 (+5.4K parameters)',
      first: 'f = image -> 3 * (conv(16, 3, padding=1) -> relu -> maxpool(2))',
    },
  ],
  [
    'a signal that is rounded up',
    `input ecg: signal([12, 1000])
    f = ecg -> conv(32, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1, ceil=true)
    output y = f -> global_avgpool -> flatten -> linear(5)
    expect f.length == 250`,
    {
      code: EXPECT,
      title: 'Set ceil=false',
      first:
        'f = ecg -> conv(32, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1, ceil=false)',
    },
  ],
  [
    'a branch that rounds up beside one that rounds down',
    `input x: 64x56x56
    output y = concat(x -> maxpool(3, stride=2, ceil=true), x -> conv(96, 3, stride=2))`,
    {
      code: 'concat-sizes-differ',
      title: 'Set ceil=false',
      first: 'output y = concat(x -> maxpool(3, stride=2, ceil=false), x -> conv(96, 3, stride=2))',
    },
  ],
]

describe('of the same kinds', () => {
  it.each(OTHERS)('%s', (_, body, expected) => {
    check(`network N {\n${body.replace(/^\s*/gm, '  ')}\n}\n`, expected)
  })
})

it('sizes that constants and parameters give are changed where they are given', () => {
  check(
    `
    SIZE = 250
    network N(depth=4) {
      input image: [3, SIZE, SIZE]
      f = image -> depth * (conv(16, 3, padding=1) -> relu -> maxpool(2))
      output y = f -> flatten -> linear(10)
      expect f.spatial == [16, 16]
    }
    `,
    { code: EXPECT, title: 'Set input image to 3×256×256', first: 'SIZE = 256' },
  )
  check(
    `
    block down(x: tensor, width) { return x -> conv(width, 3, padding=1) -> relu -> maxpool(2) }
    network N(depth=6) {
      input image: 1x28x28
      x = image
      for i in range(depth) { x = x -> down(8 * 2 ** i) }
      output y = x -> flatten -> linear(10)
    }
    `,
    { code: WINDOW, title: 'Run the loop 4 times instead of 6', first: 'network N(depth=4) {' },
  )
})
