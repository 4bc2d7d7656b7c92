import { describe, expect, test } from 'vitest'
import { seenField } from '../../server/src/model/seen'
import { isTensor } from '../../server/src/model/value'
import { analyzed } from '../helpers/problems'
import { holds } from './helper'

type Entry = number | null

interface Told {
  readonly size: readonly Entry[]
  readonly stride?: readonly Entry[]
  readonly padding?: readonly Entry[]
  readonly seen?: readonly Entry[]
}

/** What is told of `y`, the last name of a network with the input `x`, in the entries that are expected. */
function checkField(shape: string, lines: readonly string[], expected: Told | 'global'): void {
  const text = ['network N {', `input x: ${shape}`, ...lines, 'output out = y', '}', ''].join('\n')
  const { analysis } = analyzed(text)
  expect(analysis.problems, text).toEqual([])
  const [graph] = analysis.networks
  const value = graph?.bindings.findLast(({ name }) => name.name === 'y')?.value
  if (graph === undefined || value === undefined || !isTensor(value)) throw new Error('there is no y')
  const field = seenField(value.tensor, graph)
  if (expected === 'global') expect(field).toBe('global')
  else expect(field).toMatchObject(expected)
}

describe('maps that are cut and joined along an axis', () => {
  const LEFT = 'x -> slice(0, 10, axis=1)'
  const RIGHT = 'x -> slice(10, 20, axis=1)'

  test.each<[what: string, lines: readonly string[], expected: Told]>([
    ['the first part of a split', ['y, b = x -> split(2, axis=1)'], { size: [1], padding: [0] }],
    [
      'the second part begins where the first ended',
      ['a, y = x -> split(2, axis=1)'],
      { size: [1], padding: [-10] },
    ],
    ['parts that meet', ['a, b = x -> split(2, axis=1)', 'y = add(a, b)'], { size: [11], seen: [11] }],
    [
      'parts in their order',
      [`y = concat(${LEFT}, ${RIGHT}, axis=1)`],
      { size: [1], stride: [1], padding: [0], seen: [1] },
    ],
    [
      'parts swapped',
      [`y = concat(${RIGHT}, ${LEFT}, axis=1)`],
      { size: [1], stride: [null], padding: [null], seen: [1] },
    ],
    [
      'a window across the seam',
      [`y = concat(${RIGHT}, ${LEFT}, axis=1) -> conv(1, 3, padding=1)`],
      { size: [20], seen: [20] },
    ],
    [
      'swapped and swapped back',
      [
        `s = concat(${RIGHT}, ${LEFT}, axis=1)`,
        'y = concat(s -> slice(10, 20, axis=1), s -> slice(0, 10, axis=1), axis=1)',
      ],
      { size: [1], seen: [1] },
    ],
    [
      'a split along the channels',
      ['a, y = x -> conv(4, 3) -> split(2)'],
      { size: [3], stride: [1], padding: [0] },
    ],
  ])('%s', (_, lines, expected) => checkField('[1, 20]', lines, expected))

  test('values of halves that see different rows see one each', () => {
    const halves =
      'concat(x -> slice(0, 10, axis=2), x -> pad([5, -5, 0, 0]) -> slice(10, 20, axis=2), axis=2)'
    checkField('[1, 20, 20]', [`y = ${halves}`], {
      size: [1, 1],
      stride: [null, 1],
      padding: [null, 0],
      seen: [1, 1],
    })
    checkField('[1, 20, 20]', [`y = ${halves} -> conv(1, 3, padding=1)`], { size: [8, 3], seen: [8, 3] })
  })

  test('a roll along both axes keeps them apart', () => {
    const roll = (of: string, axis: number) =>
      `concat(${of} -> slice(3, 12, axis=${axis}), ${of} -> slice(0, 3, axis=${axis}), axis=${axis})`
    checkField('[1, 12, 12]', [`a = ${roll('x', 1)}`, `y = ${roll('a', 2)}`], {
      size: [1, 1],
      stride: [null, null],
      seen: [1, 1],
    })
    checkField('[1, 12, 12]', [`a = ${roll('x', 1)}`, `b = ${roll('a', 2)}`, 'y = b -> conv(1, 3)'], {
      size: [12, 12],
      seen: [12, 12],
    })
  })
})

describe('first positions', () => {
  test('are exact after resizes that do not divide each other', () => {
    const lines = ['y = x -> resize([219], mode=nearest) -> conv(1, 3) -> resize([253], mode=nearest)']
    checkField('[1, 370]', lines, { size: [5], padding: [0], seen: [5] })
  })

  test('are exact though the period is too long to be written down', () => {
    checkField('[1, 10_007]', ['y = x -> resize([5003], mode=nearest)'], {
      size: [1],
      padding: [0],
      seen: [1],
    })
  })
})

describe('rows made of a map', () => {
  const PATCHES = 'p = x -> conv(32, 16, stride=16)'
  const ROWS = 'r = p -> reshape([32, -1]) -> permute([1, 0])'

  test.each<[what: string, lines: readonly string[], expected: Told | 'global']>([
    [
      'a patch embedding',
      [PATCHES, `${ROWS} -> linear(64)`, 'y = r'],
      { size: [16, 16], stride: [null, null], seen: [16, 16] },
    ],
    ['layers on rows', [PATCHES, ROWS, 'y = r -> layernorm -> prelu -> linear(8)'], { size: [16, 16] }],
    [
      'a class token before them',
      [
        PATCHES,
        ROWS,
        't = concat(parameter([1, 32]), r, axis=0) -> linear(8)',
        'y = t -> slice(1, 17, axis=0)',
      ],
      { size: [16, 16], seen: [16, 16] },
    ],
    [
      'attention over all',
      [PATCHES, ROWS, 'y = matmul(matmul(r, r, transpose_b=true) -> softmax, r)'],
      'global',
    ],
    [
      'back to a map',
      [PATCHES, `${ROWS} -> linear(32)`, 'y = r -> permute([1, 0]) -> reshape([32, 4, 4]) -> conv(8, 3)'],
      { size: [48, 48], stride: [16, 16], padding: [0, 0] },
    ],
    ['rows of positions', ['y = x -> reshape([3 * 64, 64]) -> linear(5)'], { size: [1, null] }],
    ['a flattened map', [PATCHES, 'y = p -> flatten'], { size: [16, 16], seen: [16, 16] }],
    ['all of it mixed', [PATCHES, 'y = p -> flatten -> layernorm'], 'global'],
  ])('%s', (_, lines, expected) => checkField('[3, 64, 64]', lines, expected))

  test('a window of tokens sees its window', () => {
    const windows = [
      'p = x -> conv(8, 4, stride=4)',
      'w = p -> reshape([8, 4, 7, 4, 7]) -> permute([1, 3, 2, 4, 0]) -> reshape([16, 392]) -> linear(392)',
    ]
    checkField('[3, 112, 112]', [...windows, 'y = w'], { size: [28, 28], seen: [28, 28] })
    const back =
      'y = w -> reshape([4, 4, 7, 7, 8]) -> permute([4, 0, 2, 1, 3]) -> reshape([8, 28, 28]) -> conv(8, 3, padding=1)'
    checkField('[3, 112, 112]', [...windows, back], { size: [56, 56], seen: [56, 56] })
  })

  test('values that no even cut tells are told one by one', () => {
    checkField('[1, 6, 10]', ['y = x -> reshape([15, 4]) -> linear(3)'], { size: [2, 10], seen: [2, 10] })
  })
})

describe('what borders leave', () => {
  test('a path that reads nothing but padding along one axis adds nothing along the others', () => {
    const wide = 'x -> conv(1, 1x9, padding=[0, 4]) -> pad([20, -20, 0, 0])'
    checkField('[1, 20, 20]', [`y = add(x, ${wide})`], { size: [21, 9], seen: [1, 1] })
  })

  test('no value depends on the input', () => {
    checkField('[1, 20]', ['y = x -> pad([20, -20])'], { size: [1], padding: [20], seen: [0] })
  })

  test('a region may be empty without any border', () => {
    const lines = ['y = x -> conv_transpose(1, 1, stride=2) -> slice(1, 39, axis=1) -> conv(1, 1, stride=2)']
    checkField('[1, 20]', lines, { size: [0], seen: [0] })
  })

  test('is not known where the border repeats what lies inside', () => {
    checkField('[1, 20]', ['y = x -> conv(1, 3, padding=1, padding_mode=reflect)'], {
      size: [3],
      seen: [null],
    })
    checkField('[1, 20]', ['y = x -> pad([0, 2], mode=circular) -> conv(1, 3)'], { size: [3], seen: [null] })
    checkField('[1, 20]', ['y = x -> conv(1, 3, padding=0, padding_mode=reflect)'], { size: [3], seen: [3] })
  })
})

test.each([160, 192, 223, 224, 225, 256, 299, 512])(
  'AlexNet v2 sees 195 pixels of an image of %i',
  (size) => {
    holds(`
    network AlexNetV2 {
      input image: [3, ${size}, ${size}]
      conv1 = image -> conv(64, 11, stride=4, padding=same) -> relu -> maxpool(3, stride=2)
      conv2 = conv1 -> conv(192, 5, padding=same) -> relu -> maxpool(3, stride=2)
      conv3 = conv2 -> conv(384, 3, padding=same) -> relu -> conv(384, 3, padding=same) -> relu
      pool5 = conv3 -> conv(256, 3, padding=same) -> relu -> maxpool(3, stride=2)
      output pool5
      expect pool5.rf == 195
      expect pool5.seen <= ${size} and pool5.seen <= 195
    }
  `)
  },
)

test('attributes tell both figures', () => {
  holds(`
    network N {
      input x: [1, 8, 16]
      y = x -> conv(1, 13, padding=6)
      z = y -> conv(1, 3, padding=1, padding_mode=reflect)
      output z
      expect y.rf == 13 and y.seen == [8, 13]
      expect z.rf == 15 and z.seen == none
    }
  `)
})

test('a padding that is named is added before a pooling of volumes', () => {
  holds(`
    network N {
      input x: [1, 2, 8, 8]
      y = x -> avgpool(3, stride=1, padding=same)
      output y
      expect y.shape == [1, 2, 8, 8] and y.rf == 3 and y.seen == [2, 3, 3]
    }
  `)
})
