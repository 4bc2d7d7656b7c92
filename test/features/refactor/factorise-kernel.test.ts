import { describe, it } from 'vitest'
import { dedent } from '../../helpers/annotations'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('factorise-kernel', sources, expected)

/** A flow in a network, and what it becomes under a title. */
const checkFlow = (before: string, expected: Readonly<Record<string, string>>) =>
  check(
    `network N {\n  input image: [64, 32, 32]\n  y = ${before}\n  output z = y\n}\n`,
    Object.fromEntries(
      Object.entries(expected).map(([title, flow]) => [title, `y = ${dedent(flow).trim()}`]),
    ),
  )

describe('factorise-kernel', () => {
  it('offers each way with what it saves; what follows the convolution stands between', () => {
    checkFlow('image -> co$0nv(64, 5, padding=2, bias=false) -> batchnorm -> relu', {
      'Factorise into two 3×3 (saves 28 % of 102,400 parameters)': `
        image -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu
          -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu`,
      'Factorise into 1×5 and 5×1 (saves 60 % of 102,400 parameters)': `
        image -> conv(64, 1x5, padding=[0, 2], bias=false) -> batchnorm -> relu
          -> conv(64, 5x1, padding=[2, 0], bias=false) -> batchnorm -> relu`,
      'Factorise into depthwise and pointwise (saves 94 % of 102,400 parameters)': `
        image -> depthwise_conv(5, padding=2, bias=false) -> batchnorm -> relu
          -> conv(64, 1, bias=false) -> batchnorm -> relu`,
    })
  })

  it('puts an activation between two convolutions where none follows, and leaves the stride to the last', () => {
    checkFlow('image -> conv(64, 7$0, stride=2, padding=3)', {
      'Factorise into two 4×4 (saves 35 % of 200,768 parameters)':
        'image -> conv(64, 4, padding=[1, 2, 1, 2]) -> relu\n  -> conv(64, 4, stride=2, padding=[2, 1, 2, 1])',
      'Factorise into 1×7 and 7×1 (saves 71 % of 200,768 parameters)':
        'image -> conv(64, 1x7, stride=1x2, padding=[0, 3]) -> relu\n  -> conv(64, 7x1, stride=2x1, padding=[3, 0])',
      'Factorise into depthwise and pointwise (saves 96 % of 200,768 parameters)':
        'image -> depthwise_conv(7, stride=2, padding=3) -> conv(64, 1)',
    })
  })

  it('keeps names of paddings that mean the same for the factors, and dilations', () => {
    checkFlow('image -> conv(32, 3$0, padding=half, dilation=2) -> elu', {
      'Factorise into two 2×2 (saves 33 % of 18,464 parameters)': `
        image -> conv(32, 2, padding=1, dilation=2) -> elu
          -> conv(32, 2, padding=1, dilation=2) -> elu`,
      'Factorise into 1×3 and 3×1 (saves 50 % of 18,464 parameters)': `
        image -> conv(32, 1x3, padding=half, dilation=2) -> elu
          -> conv(32, 3x1, padding=half, dilation=2) -> elu`,
      'Factorise into depthwise and pointwise (saves 85 % of 18,464 parameters)':
        'image -> depthwise_conv(3, padding=half, dilation=2) -> elu -> conv(32, 1) -> elu',
    })
  })

  it('writes both in parentheses where they are repeated, and in a flow of layers that wait', () => {
    checkFlow('image -> 2 * co$0nv(64, 3) -> relu', {
      'Factorise into two 2×2 (saves 11 % of 73,856 parameters)':
        'image -> 2 * (conv(64, 2) -> relu -> conv(64, 2)) -> relu',
      'Factorise into 1×3 and 3×1 (saves 33 % of 73,856 parameters)':
        'image -> 2 * (conv(64, 1x3) -> relu -> conv(64, 3x1)) -> relu',
      'Factorise into depthwise and pointwise (saves 87 % of 73,856 parameters)':
        'image -> 2 * (depthwise_conv(3) -> conv(64, 1)) -> relu',
    })
    checkFlow('image -> (co$0nv(64, 5) -> relu)', {
      'Factorise into two 3×3 (saves 28 % of 102,464 parameters)':
        'image -> (conv(64, 3) -> relu -> conv(64, 3) -> relu)',
      'Factorise into 1×5 and 5×1 (saves 60 % of 102,464 parameters)':
        'image -> (conv(64, 1x5) -> relu -> conv(64, 5x1) -> relu)',
      'Factorise into depthwise and pointwise (saves 94 % of 102,464 parameters)':
        'image -> (depthwise_conv(5) -> relu -> conv(64, 1) -> relu)',
    })
  })

  it('adds up the applications of a block and takes its layers and options as they are written', () => {
    check(
      `
      block f(x: tensor, w, s=1, norm: layer = batchnorm) {
        return x -> conv$0(w, 3, stride=s, padding=half, bias=false) -> norm -> relu
      }

      network N {
        input image: [64, 32, 32]
        output y = image -> f(64) -> f(32, 2)
      }
      `,
      {
        'Factorise into two 2×2 (saves 18 % of 55,296 parameters)': `
          return x -> conv(w, 2, padding=[0, 1, 0, 1], bias=false) -> norm -> relu
            -> conv(w, 2, stride=s, padding=[1, 0, 1, 0], bias=false) -> norm -> relu
        `,
        'Factorise into 1×3 and 3×1 (saves 39 % of 55,296 parameters)': `
          return x -> conv(w, 1x3, stride=[1, s], padding=half, bias=false) -> norm -> relu
            -> conv(w, 3x1, stride=[s, 1], padding=half, bias=false) -> norm -> relu
        `,
        'Factorise into depthwise and pointwise (saves 86 % of 55,296 parameters)': `
          return x -> depthwise_conv(3, stride=s, padding=half, bias=false) -> norm -> relu
            -> conv(w, 1, bias=false) -> norm -> relu
        `,
      },
    )
  })

  it.each([
    ['a pointwise convolution', 'image -> con$0v(64, 1)'],
    ['a grouped one', 'image -> con$0v(64, 3, groups=2)'],
    ['a call on a tensor', 'con$0v(image, 64, 3)'],
    ['another option', 'image -> conv(6$04, 3)'],
    ['another layer', 'image -> max$0pool(3)'],
    ['half-written text', 'image -> con$0v(64, 3) ->'],
  ])('is not offered for %s', (_, flow) => {
    checkFlow(flow, {})
  })

  it('is not offered where the number of parameters is expected', () => {
    check(
      'network N {\n  input x: [64, 8, 8]\n  output y = x -> con$0v(64, 3)\n  expect params == 36_928\n}\n',
      {},
    )
  })
})
