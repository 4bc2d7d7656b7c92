import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

const code = 'dropout-before-batchnorm'

describe('dropout before batch normalisation', () => {
  it('is found right before it, or with functions of single values between', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> dropout -> batchnorm
        #            ^^^^^^^ warning[dropout-before-batchnorm]: Dropout of 0.5 comes right before batch normalisation. In training it multiplies the mean square by 2,
        b = image -> dropout(0.2) -> relu -> batchnorm
        #            ^^^^^^^ warning[dropout-before-batchnorm]: by 1.25
        c = image -> dropout(0.2) -> hardsigmoid -> abs -> batchnorm
        #            ^^^^^^^ warning[dropout-before-batchnorm]: by 1.25
        output y = add(a, b, c)
      }
    `,
    )
  })

  it('is not found after the normalisation, through a convolution or a sum, nor where nothing is dropped', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> batchnorm -> relu -> dropout -> conv(3, 3, padding=1, bias=false) -> batchnorm
        b = add(image, a -> dropout) -> batchnorm
        c = b -> dropout(0) -> batchnorm
        d = c -> dropout -> layernorm
        output y = d
      }
    `,
    )
  })

  it('is found once in a block', () => {
    checkRule(
      code,
      `
      block unit(x: tensor) { return x -> linear(8, bias=false) -> dropout(0.1) -> batchnorm -> relu }
      #                                                            ^^^^^^^ warning[dropout-before-batchnorm]
      network N {
        input x: [10]
        output y = x -> 3 * unit
      }
    `,
    )
  })
})
