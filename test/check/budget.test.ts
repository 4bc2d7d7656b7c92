import { describe, expect, test } from 'vitest'
import type { Limits } from '../../server/src/check/limits'
import { analyzeText } from './helper'

const INPUT = 'network N {\n  input image: [3, 8, 8]\n'
const OUTPUT = '  output y = image -> relu\n}\n'

/** Limits that small texts reach. */
const FEW: Limits = { layers: 500, steps: 2_000, pace: 100 }

/** The codes of the problems of a text, and what they underline. */
function culprits(source: string, limits: Partial<Limits> = {}) {
  const { problems, file } = analyzeText(source, { limits })
  return problems.map(({ code, range }) => `${code}: ${file.text.slice(range.start, range.end)}`)
}

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('')

describe('all evaluations of a file share one budget, and one problem says that it is spent', () => {
  test.each([
    [
      'networks with loops',
      lines(
        5,
        (i) => `network N${i} {\n  input x: [3, 8, 8]\n  for i in range(900) { k = i }\n  output x\n}\n`,
      ),
      'too-much-work: range(900)',
    ],
    [
      'networks of layers',
      lines(5, (i) => `network N${i} {\n  input x: [3, 8, 8]\n  output y = x -> 200 * relu\n}\n`),
      'too-many-layers: 200 * relu',
    ],
    [
      'constants',
      lines(5, (i) => `X${i} = [i for i in range(900)]\n`),
      'too-much-work: [i for i in range(900)]',
    ],
    [
      'constants that a network reads',
      `${lines(5, (i) => `X${i} = [i for i in range(900)]\n`)}${INPUT}  x = X0\n  z = X1 + X2 + X3 + X4\n${OUTPUT}`,
      'too-much-work: [i for i in range(900)]',
    ],
    [
      'networks that use the next one twice',
      `${lines(60, (i) => `network N${i} {\n  input x: [3, 8, 8]\n  output y = x -> N${i + 1} -> N${i + 1}\n}\n`)}network N60 {\n  input x: [3, 8, 8]\n  output y = x\n}\n`,
      'too-much-work: N1',
    ],
    [
      'blocks that use the next one twice',
      `${lines(60, (i) => `block b${i}(x: tensor) { return x -> b${i + 1} -> b${i + 1} }\n`)}block b60(x: tensor) { return x -> relu }\n${INPUT}  output y = image -> b0\n}\n`,
      'too-much-work: b0',
    ],
    [
      'examples of such blocks',
      `${lines(60, (i) => `## @example [3, 8, 8] -> b${i}\nblock b${i}(x: tensor) { return x -> b${i + 1} -> b${i + 1} }\n`)}block b60(x: tensor) { return x -> relu }\n`,
      'too-much-work: b0',
    ],
    [
      'nested comprehensions in a constant',
      'X = [[[0 for i in range(99)] for j in range(99)] for k in range(99)]\n',
      /^too-much-work: \[\[\[0/,
    ],
  ])('%s', (_, source, culprit) => {
    expect(culprits(source, FEW)).toEqual([
      typeof culprit === 'string' ? culprit : expect.stringMatching(culprit),
    ])
  })

  test('what an earlier network has spent leaves less to the next', () => {
    const loop = (name: string, count: number) =>
      `network ${name} {\n  input x: [3, 8, 8]\n  for i in range(${count}) { k = i }\n  output x\n}\n`
    expect(culprits(loop('A', 600), FEW)).toEqual([])
    expect(culprits(loop('A', 600) + loop('B', 600), FEW)).toEqual(['too-much-work: range(600)'])
  })
})

describe('one statement may not do much either', () => {
  test.each([
    [
      'a long list',
      `${INPUT}  for i in range(50) { x = [${lines(999, () => '1, ')}1] }\n${OUTPUT}`,
      'range(50)',
    ],
    [
      'many arguments',
      `block f(x: tensor${lines(200, (i) => `, a${i}=1`)}) { return x }\n${INPUT}  for i in range(50) { x = image -> f }\n${OUTPUT}`,
      'range(50)',
    ],
    [
      'a long list as an argument',
      `block f(x: tensor, s: size) { return x }\n${INPUT}  s = range(999)\n  for i in range(50) { x = image -> f(s) }\n${OUTPUT}`,
      'range(50)',
    ],
    [
      'strings that are compared',
      `${INPUT}  s = "a" * 999\n  t = "a" * 999\n  for i in range(50) { x = s == t }\n${OUTPUT}`,
      'range(50)',
    ],
  ])('%s', (_, source, culprit) => {
    expect(culprits(source, FEW)).toEqual([`too-much-work: ${culprit}`])
  })

  test('a long list for an option, which is wrong besides', () => {
    const source = `${INPUT}  s = range(999)\n  for i in range(50) { x = image -> conv(3, 1, stride=s) }\n${OUTPUT}`
    expect(culprits(source, FEW)).toEqual(['too-much-work: range(50)', 'option-value: s'])
  })
})

describe('lists that lists hold many times count as often', () => {
  const DOUBLING = `${INPUT}  a = [1]\n  b = [1]\n  for i in range(60) {\n    a = [a, a]\n    b = [b, b]\n  }\n`
  test.each([
    'x = a == b',
    'x = a < b',
    'x = sum(a)',
    'x = image -> conv(a, 3)',
    'x = concat(a)',
    'expect a == b',
    'x = [a, 1] == [b, 2]',
  ])('%s', (use) => {
    const found = culprits(`${DOUBLING}  ${use}\n${OUTPUT}`)
    expect(found.filter((one) => one.startsWith('list-too-long'))).toEqual([
      'list-too-long: [a, a]',
      'list-too-long: [b, b]',
    ])
  })

  test.each([
    ['a comprehension', 'X = [range(1M) for i in range(1M)]\n', '[range(1M) for i in range(1M)]'],
    ['a product', 'A = [range(1K)]\nB = 1M * A\n', '1M * A'],
    ['a sum', 'A = [range(900K)]\nB = A + A\n', 'A + A'],
    ['zipping', 'A = range(400K)\nB = zip(A, A, A)\n', 'zip(A, A, A)'],
  ])('%s', (_, source, culprit) => {
    expect(culprits(source)).toEqual([`list-too-long: ${culprit}`])
  })

  test('lists of unknown tensors stay silent', () => {
    const found = culprits(
      `${INPUT}  a = image -> conv(3, 99)\n  for i in range(15) { a = [a, a] }\n  x = concat(a)\n  z = a == 1\n${OUTPUT}`,
    )
    expect(found).toEqual(['window-exceeds-input: 99'])
  })
})

test.each(['100000000 * []', '[] * 100000000', '100000000 * ""'])('%s is empty', (text) => {
  expect(
    analyzeText(`X = ${text}\nY = len(X)\n`)
      .constants.map(({ value }) => value)
      .at(-1),
  ).toBe(0)
})

describe('constants', () => {
  const chain = (count: number, last: string) =>
    `${lines(count, (i) => `C${i} = C${i + 1} + 1\n`)}C${count} = ${last}\n`

  test('a long chain is no circle', () => {
    const { problems, constants } = analyzeText(chain(4_000, '1'))
    expect(problems).toEqual([])
    expect(constants[0]?.value).toBe(4_001)
  })

  test('a network may be the first to read a long chain', () => {
    expect(culprits(`${chain(4_000, '1')}${INPUT}  expect C0 == 4001\n${OUTPUT}`)).toEqual([])
  })

  test('a long circle is one', () => {
    expect(culprits(chain(4_000, 'C0'))).toEqual(['wrong-kind: C0'])
  })

  test('a circle behind a chain is told where it is entered', () => {
    expect(culprits('A = B\nB = C\nC = D\nD = C\n')).toEqual(['wrong-kind: C'])
  })

  test('a branch that is not taken closes no circle', () => {
    const { problems, constants } = analyzeText('A = B + 1\nB = if true then 1 else A\n')
    expect(problems).toEqual([])
    expect(constants.map(({ value }) => value)).toEqual([2, 1])
  })
})

describe('names in branches that may not run', () => {
  test('are unknown afterwards where a branch binds them, and stay known elsewhere', () => {
    const source = `
      network N(k) {
        input image: [3, 8, 8]
        a = 1
        b = 2
        c = 3
        if k == 1 {
          a = 5
          if k == 2 { b = 6 } else { d = 1 }
          e = [c for c in range(3)]
        }
        expect a == 7
        expect b == 7
        expect c == 4
        output image
      }
    `
    expect(culprits(source)).toEqual(['expect-failed: c == 4'])
  })
})
