import { describe, expect, test } from 'vitest'
import { showCall } from '../../server/src/model/show-call'
import { checkProblems } from '../helpers/problems'
import { analyzeText, holdsIn } from './helper'

describe('expressions are Python’s', () => {
  test.each([
    ['7 // 2 == 3', '-7 // 2 == -4', '-7 % 3 == 2', '7 % -3 == -2', '2 ** 3 ** 2 == 512', '-2 ** 2 == -4'],
    ['8 / 2 == 4', '7 / 2 == 3.5', '2 ** -1 == 0.5', '1 < 2 < 3', 'not 1 < 2 < 2', '3 == 3.0'],
    ['[1, 2] + [3] == [1, 2, 3]', '2 * [1, 2] == [1, 2, 1, 2]', '[0] * 3 == [0, 0, 0]', '3x3 == [3, 3]'],
    ['"a" + "b" == "ab"', '[1, 2] < [1, 3]', '"a" < "b"', '1 != "1"', 'none == none', 'true != 1'],
    ['(0 or 5) == 5', '(3 and 4) == 4', '(none or "x") == "x"', '([] or [1]) == [1]', 'not []', 'not 0'],
    ['[1, 2, 3][-1] == 3', '[i * i for i in range(3)] == [0, 1, 4]', '(if 1 > 2 then 3 else 4) == 4'],
    ['[a + b for a, b in zip([1, 2], [3, 4])] == [4, 6]', 'reversed([1, 2]) == [2, 1]', 'len(2x2x2) == 3'],
    ['min(3, 1, 2) == 1', 'max([4, 5]) == 5', 'sum([1, 2, 3]) == 6', 'abs(-3) == 3', 'sum([]) == 0'],
    [
      'round(2.5) == 2',
      'round(3.5) == 4',
      'floor(-1.5) == -2',
      'ceil(1.2) == 2',
      'range(5, 0, -2) == [5, 3, 1]',
    ],
    ['range(2, 4) == [2, 3]', 'range(0) == []', '4.1G == 4_100_000_000', '0.1K == 100', '1e-3 * 1000 == 1'],
  ])('%s …', (...lines) => {
    holdsIn([...lines.map((line) => `expect ${line}`), 'output y = image -> relu'].join('\n'))
  })

  test('~= allows one unit in the last digit written', () => {
    holdsIn(`
      expect 61.1M ~= 61M
      expect 60.97M ~= 60M
      expect not (61.1M ~= 60M)
      expect 0.8 ~= 0.7
      expect not (0.9 ~= 0.7)
      expect 25_557_032 ~= 25_557_031
      expect not (25_557_033 ~= 25_557_031)
      expect 4.0894G ~= 4.1G
      expect 105 ~= 1e2
      expect 2 < 3 ~= 3 < 4
      expect -5 ~= -6
      output y = image -> relu
    `)
  })
})

test('wrong kinds of operands', () => {
  checkProblems(`
    A = 1 + "one"
    #   ^^^^^^^^^ error[wrong-kind]: \`+\` does not take the number 1 and the string "one"
    B = true + 1
    #   ^^^^^^^^ error[wrong-kind]
    C = 1 < "2"
    #     ^ error[wrong-kind]: \`<\` does not compare
    D = -[1]
    #   ^^^^ error[wrong-kind]
    E = 3[0]
    #   ^ error[wrong-kind]: The number 3 has no items
    F = [1]["0"]
    #       ^^^ error[wrong-kind]: The string "0" is not an index
    G = [i for i in 3]
    #               ^ error[wrong-kind]: Write \`range(…)\`
    H = len
    #   ^^^ error[wrong-kind]: \`len\` is a function
    I = len(3)
    #   ^^^^^^ error[wrong-kind]: It is called as \`len(list)\`
    J = [1, 2][2]
    #          ^ error[index-out-of-range]: Use an index from -2 to 1
    K = 5 % 0
    #       ^ error[division-by-zero]
    L = 2 ** 53
    #   ^^^^^^^ error[integer-overflow]: \`2 ** 53\`
    M = 1e308 * 10
    #   ^^^^^^^^^^ error[integer-overflow]
    N = M + 1
  `)
})

test('tensors and layers in arithmetic', () => {
  checkProblems(
    `
    network N {
      input image: [3, 8, 8]
      a = image -> relu
      b = a + image
      #   ^^^^^^^^^ error[tensor-arithmetic]: Write \`add(…, …)\`
      c = a % 2
      #   ^^^^^ error[tensor-arithmetic]: Operators compute with numbers
      c2 = 2 ** a
      #    ^^^^^^ error[tensor-arithmetic]
      c3 = a / image
      #    ^^^^^^^^^ error[tensor-arithmetic]: Write \`divide(…, …)\`
      c4 = a * true
      #    ^^^^^^^^ error[tensor-arithmetic]
      c5 = a / 0
      #        ^ error[division-by-zero]
      d = image -> relu * 3
      #            ^^^^^^^^ error[layer-times-number]
      e = 1.5 * relu
      #   ^^^ error[wrong-kind]: A layer can’t be repeated 1.5 times
      f = a[0]
      #   ^ error[wrong-kind]: Use \`slice\` or \`split\`
      output y = b -> relu
    }
  `,
  )
})

test('a tensor and a number', () => {
  const { networks, problems } = analyzeText(`
    network N {
      input x: [3, 8, 8]
      a = 0.17 * x + 2
      b = 1 - x -> relu
      c = x / 4 ** 0.5
      d = 3 / -x ** 2
      e = 0.5 * (x -> conv(4, 1))
      output y = add(a, b, c, d) -> relu
      output z = e
      expect a.shape == x.shape and y.rf == 1 and macs == 768 and e.params == 16
    }
  `)
  expect(problems).toEqual([])
  const [graph] = networks
  expect(graph?.layers.map(showCall)).toEqual([
    ...[
      'affine(factor=0.17)',
      'affine(offset=2)',
      'affine(factor=-1, offset=1)',
      'relu',
      'affine(factor=0.5)',
    ],
    // A minus binds less tightly than a power on its right.
    ...['power(2)', 'affine(factor=-1)', 'power(-1)', 'affine(factor=3)'],
    ...['conv(4, 1)', 'affine(factor=0.5)', 'add', 'relu'],
  ])
})

test('what depends on an error is unknown and silent', () => {
  const { problems, networks } = analyzeText(`
    X = nothing
    network N {
      input image: [3, X, 8]
      a = image -> conv(X, 3) -> relu
      for i in range(X) {
        a = a -> conv(i, 3)
      }
      if X > 3 {
        b = a -> relu
      } else {
        b = a -> gelu
      }
      c, d = b -> split(2)
      output y = add(c, d, b) -> X -> linear(X)
      expect y.shape == [X]
      expect params == 3 and y.rf == 3
    }
  `)
  expect(problems.map(({ code }) => code)).toEqual(['unknown-name'])
  expect(networks[0]?.totals).toBeUndefined()
})
