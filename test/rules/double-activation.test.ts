import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'double-activation'

describe('an activation of its own result', () => {
  it('is found at the second', () => {
    checkRule(
      code,
      `
      network N {
        input x: [10]
        a = x -> sigmoid -> sigmoid
        #                   ^^^^^^^ warning[double-activation]: \`sigmoid\` is applied to the result of \`sigmoid\`. The sigmoid of a value from 0 to 1 lies between 0.5 and 0.73
        b = x -> tanh -> flatten -> tanh
        #                           ^^^^ warning[double-activation]
        c = x -> softmax -> softmax
        #                   ^^^^^^^ warning[double-activation]: nearly equal
        d = x -> softmax -> log_softmax
        #                   ^^^^^^^^^^^ warning[double-activation]: \`log_softmax\` is applied to the result of \`softmax\`
        e = x -> leaky_relu(0.1) -> leaky_relu(0.2)
        #                           ^^^^^^^^^^ warning[double-activation]: Twice it is another function
        output y = add(a, b, c, d, e)
      }
    `,
    )
  })

  it('is found for softmaxes in groups too', () => {
    checkRule(
      code,
      `
      network N {
        input x: [10]
        a = x -> softmax -> group_softmax(2)
        #                   ^^^^^^^^^^^^^ warning[double-activation]: \`group_softmax\` is applied to the result of \`softmax\`. The softmax of shares
        b = x -> group_softmax(2) -> group_softmax(2)
        #                            ^^^^^^^^^^^^^ warning[double-activation]: nearly equal
        output y = add(a, b)
      }
    `,
    )
  })

  it('is not found for rectifiers, for others in between, nor along other axes', () => {
    checkRule(
      code,
      `
      network N {
        input x: [10, 8, 8]
        a = x -> relu -> relu
        b = x -> sigmoid -> tanh
        c = x -> tanh -> conv(10, 1) -> tanh
        d = x -> softmax(axis=1) -> softmax(axis=2)
        e = x -> log_softmax -> softmax
        output y = add(a, b, c, d, e)
      }
    `,
    )
  })

  it('is found where one call of a block repeats what the block has', () => {
    checkRule(
      code,
      `
      block head(x: tensor) { return x -> linear(10) -> softmax }
      network N {
        input x: [10]
        output y = x -> head
        output z = x -> head -> softmax
        #                       ^^^^^^^ warning[double-activation]
      }
    `,
    )
  })

  it('is fixed by removing either, where nothing else depends on it', () => {
    checkFixes(
      code,
      'network N {\n  input x: [10]\n  output y = x -> linear(4) -> softmax -> log_softmax\n}\n',
      {
        'Remove the second log_softmax': 'output y = x -> linear(4) -> softmax',
        'Remove the first softmax': 'output y = x -> linear(4) -> log_softmax',
      },
    )
    checkFixes(
      code,
      `
      block head(x: tensor) { return x -> linear(10) -> softmax }
      network N {
        input x: [10]
        output y = x -> head
        output z = x -> head -> softmax
      }
      `,
      { 'Remove the second softmax': 'output z = x -> head' },
    )
    checkFixes(code, 'network N {\n  input x: [10]\n  a = tanh(x)\n  output y = add(a, tanh(a))\n}\n', {
      'Remove the second tanh': 'output y = add(a, a)',
    })
  })

  it('is not fixed where a repetition has made both', () => {
    checkFixes(code, 'network N {\n  input x: [10]\n  output y = x -> 2 * tanh\n}\n', {})
  })
})
