import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'dropout-on-output'

describe('dropout on an output', () => {
  it('is found at the end, and before what only changes the scores’ form', () => {
    checkRule(
      code,
      `
      network N {
        input x: [64]
        output a = x -> linear(10) -> dropout(0.5)
        #                             ^^^^^^^ warning[dropout-on-output]: \`dropout\` sets values of the output a to 0 at random
        output b = x -> linear(10) -> dropout -> softmax
        #                             ^^^^^^^ warning[dropout-on-output]: the output b
        output c = x -> linear(10) -> dropout -> reshape([2, 5]) -> sigmoid
        #                             ^^^^^^^ warning[dropout-on-output]
      }
    `,
    )
  })

  it('is not found before a layer with weights, nor where nothing is dropped', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> dropout(0.5) -> conv(10, 1) -> relu -> global_avgpool -> flatten
        output y = a -> dropout -> linear(10) -> softmax
        output z = a -> dropout(0)
      }
    `,
    )
  })

  it('is fixed by removing it', () => {
    checkFixes(
      code,
      'network N {\n  input x: [64]\n  output y = x -> linear(10) -> dropout(0.5) -> softmax\n}\n',
      { 'Remove dropout': 'output y = x -> linear(10) -> softmax' },
    )
    checkFixes(code, 'network N {\n  input x: [64]\n  output y = dropout(x -> linear(10), 0.5)\n}\n', {
      'Remove dropout': 'output y = x -> linear(10)',
    })
  })

  it('is not fixed in a block whose other calls need it', () => {
    checkFixes(
      code,
      `
      block unit(x: tensor) { return x -> linear(10) -> dropout }
      network N {
        input x: [64]
        output y = x -> unit -> unit
      }
      `,
      {},
    )
  })
})
