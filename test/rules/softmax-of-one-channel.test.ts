import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'softmax-of-one-channel'

describe('a softmax over a single value', () => {
  it('is found along channels and other axes', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 8, 8]
        input rows: [5, 1]
        a = image -> conv(1, 1) -> softmax
        #                          ^^^^^^^ warning[softmax-of-one-channel]: \`softmax\` makes every value 1. Axis 0 of 1×8×8 has one position
        b = rows -> log_softmax
        #           ^^^^^^^^^^^ warning[softmax-of-one-channel]: \`log_softmax\` makes every value 0. Axis 1 of 5×1
        c = image -> group_softmax(3)
        #            ^^^^^^^^^^^^^ warning[softmax-of-one-channel]: falls into groups of one
        d = image -> global_avgpool -> softmax(axis=2)
        #                              ^^^^^^^ warning[softmax-of-one-channel]: Axis 2 of 3×1×1
        output y = add(a, c, d)
        output z = b
      }
    `,
    )
  })

  it('is not found over several values', () => {
    checkRule(
      code,
      `
      network N {
        input image: [4, 8, 8]
        input rows: [1, 5]
        a = image -> softmax
        b = image -> group_softmax(2)
        c = image -> group_softmax([1, 3])
        d = image -> global_avgpool -> softmax
        output y = add(a, b, c, d)
        output z = rows -> softmax
      }
    `,
    )
  })

  it('is fixed by a sigmoid, however it is written', () => {
    checkFixes(code, 'network N {\n  input x: [8]\n  output y = x -> linear(1) -> softmax\n}\n', {
      'Use sigmoid': 'output y = x -> linear(1) -> sigmoid',
    })
    checkFixes(code, 'network N {\n  input x: [8]\n  output y = x -> linear(1) -> softmax(axis=0)\n}\n', {
      'Use sigmoid': 'output y = x -> linear(1) -> sigmoid',
    })
    checkFixes(code, 'network N {\n  input x: [8]\n  output y = softmax(x -> linear(1), axis=0)\n}\n', {
      'Use sigmoid': 'output y = sigmoid(x -> linear(1))',
    })
  })

  it('is not fixed where the logarithm is asked for, nor in a block that others use with more values', () => {
    checkFixes(code, 'network N {\n  input x: [8]\n  output y = x -> linear(1) -> log_softmax\n}\n', {})
    checkFixes(
      code,
      `
      block head(x: tensor, classes) { return x -> linear(classes) -> softmax }
      network N {
        input x: [8]
        output y = x -> head(10)
        output z = x -> head(1)
      }
      `,
      {},
    )
  })
})
