import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LIMITS, type Limits } from '../../server/src/check/limits'
import { analyzeText } from './helper'

const INPUT = 'network N {\n  input image: [3, 8, 8]\n'

/** Limits that small texts reach. */
const FEW: Limits = { layers: 2_000, steps: 10_000, pace: 100 }

/** The codes of the problems of a text, and what they underline. */
function culprits(source: string, limits: Partial<Limits> = {}) {
  const { problems, file } = analyzeText(source, { limits })
  return problems.map(({ code, range }) => [code, file.text.slice(range.start, range.end)])
}

test.each([
  [
    'a loop of layers',
    `${INPUT}  for i in range(3K) { image = image -> relu }\n  output image\n}`,
    'too-many-layers',
    'range(3K)',
  ],
  [
    'a loop of convolutions',
    `${INPUT}  x = image\n  for i in range(10K) { x = x -> conv(3, 3, padding=1) }\n  output x\n}`,
    'too-many-layers',
    'range(10K)',
  ],
  ['a repetition', `${INPUT}  output y = image -> 2001 * relu\n}`, 'too-many-layers', '2001 * relu'],
  [
    'nested repetitions',
    `${INPUT}  output y = image -> 1000 * (1000 * (1000 * (0 * relu)))\n}`,
    'too-much-work',
    '1000 * (1000 * (1000 * (0 * relu)))',
  ],
  [
    'doubling',
    `${INPUT}  f = relu\n  for i in range(60) { f = 2 * f }\n  output y = image -> f\n}`,
    'too-many-layers',
    '2 * f',
  ],
  [
    'loops of nothing',
    `${INPUT}  for i in range(1K) { for j in range(1K) { k = i } }\n  output y = image -> relu\n}`,
    'too-much-work',
    'range(1K)',
  ],
  [
    'a list that collects',
    `${INPUT}  xs = []\n  for i in range(1_900) { xs = xs + [image -> relu] }\n  output y = concat(xs)\n}`,
    'too-much-work',
    'range(1_900)',
  ],
  [
    'lists made in vain',
    `${INPUT}  for i in range(9K) { xs = range(9K) }\n  output y = image -> relu\n}`,
    'too-much-work',
    'range(9K)',
  ],
])('%s: one error, at the culprit', (_, source, code, culprit) => {
  expect(culprits(source, FEW)).toEqual([[code, culprit]])
})

test.each([
  [
    'a loop of layers',
    `${INPUT}  for i in range(300K) { image = image -> relu }\n  output image\n}`,
    'too-many-layers',
    'range(300K)',
  ],
  ['a long range', 'X = range(10M)\n', 'list-too-long', 'range(10M)'],
  [
    'a doubled list',
    `${INPUT}  a = [1]\n  for i in range(99) { a = a + a }\n  output y = image -> relu\n}`,
    'list-too-long',
    'a + a',
  ],
  [
    'layers in layers',
    `block f(x: tensor, g: layer) { return x -> g }\n${INPUT}  g = relu\n  for i in range(2000) { g = f(g=g) }\n  output y = image -> g\n}`,
    'call-too-deep',
    'g',
  ],
  [
    'a wide concat',
    `${INPUT}  x = image\n  for i in range(60) { x = concat(x, x) }\n  output x\n}`,
    'shape-too-large',
    'concat',
  ],
  ['many weights', `${INPUT}  output y = image -> conv(9007199254740991, 1)\n}`, 'shape-too-large', 'conv'],
])('%s: one error, at the culprit, within the usual limits', (_, source, code, culprit) => {
  expect(culprits(source)).toEqual([[code, culprit]])
})

test('the language page tells the limits', () => {
  const page = readFileSync('grammar/LANGUAGE.md', 'utf8')
  expect(/^\| layers in the networks of a file +\| ([\d,]+) +\|$/m.exec(page)?.[1]).toBe(
    LIMITS.layers.toLocaleString('en'),
  )
})

test('long chains do not overflow', () => {
  const { problems } = analyzeText(`
    network N {
      input image: [3, 8, 8]
      f = relu
      g = relu
      for i in range(10K) {
        f = f -> relu
        g = relu -> g
      }
      output y = image -> f -> g
    }
  `)
  expect(problems).toEqual([])
})

test('a list nested too deeply is one error', () => {
  const { problems } = analyzeText(`
    network N {
      input image: [3, 8, 8]
      list = []
      for i in range(100K) { list = [list] }
      output y = image -> relu
      expect list == [list]
    }
  `)
  expect(problems.map(({ code }) => code)).toEqual(['call-too-deep'])
})
