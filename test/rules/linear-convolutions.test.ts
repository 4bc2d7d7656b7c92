import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'linear-convolutions'

describe('two linear layers in a row', () => {
  it('are found at the second', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(16, 3) -> conv(16, 3)
        #                           ^^^^ warning[linear-convolutions]: Nothing non-linear stands between \`conv(16, 3)\` and \`conv(16, 3)\`
        b = a -> relu -> conv(32, 3, bias=false) -> batchnorm -> dropout -> conv(32, 1)
        #                                                                   ^^^^ warning[linear-convolutions]
        c = b -> relu -> conv(32, 3) -> flatten -> linear(10)
        #                                          ^^^^^^ warning[linear-convolutions]: Nothing non-linear stands between \`conv(32, 3)\` and \`linear(10)\`
        output y = c
      }
    `,
    )
  })

  it('are found in pairs of depthwise or separable ones', () => {
    checkRule(
      code,
      `
      network N {
        input image: [8, 32, 32]
        a = image -> depthwise_conv(3) -> depthwise_conv(3)
        #                                 ^^^^^^^^^^^^^^ warning[linear-convolutions]
        output y = a -> relu -> separable_conv(8, 3) -> separable_conv(8, 3)
        #                                               ^^^^^^^^^^^^^^ warning[linear-convolutions]
      }
    `,
    )
  })

  it('are not found with something non-linear between', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(16, 3) -> relu -> conv(16, 3) -> maxpool(2) -> conv(16, 3)
        b = a -> layernorm -> conv(16, 1)
        output y = add(b, a) -> conv(16, 1)
      }
    `,
    )
  })

  it('are not found where they are a factorisation', () => {
    checkRule(
      code,
      `
      network N {
        input image: [8, 32, 32]
        depthwise = image -> depthwise_conv(3) -> conv(16, 1)
        reverse = image -> conv(16, 1) -> conv(16, 3, groups=16)
        shuffled = image -> conv(16, 1, groups=4) -> channel_shuffle(4) -> conv(16, 3)
        cross = image -> conv(21, 7x1, padding=half) -> conv(21, 1x7, padding=half)
        output a = concat(depthwise, reverse)
        output b = shuffled
        output c = cross
        output compressed = image -> flatten -> linear(16) -> linear(64)
      }
    `,
    )
  })

  it('are not found at the linear bottleneck of MobileNetV2, whether a sum follows or not', () => {
    checkRule(
      code,
      `
      block inverted(x: tensor, width, stride=1) {
        y = x
          -> conv(6 * x.channels, 1, bias=false) -> batchnorm -> relu6
          -> depthwise_conv(3, stride=stride, padding=1, bias=false) -> batchnorm -> relu6
          -> conv(width, 1, bias=false) -> batchnorm
        return if stride == 1 and width == x.channels then add(x, y) else y
      }
      network N {
        input image: [16, 32, 32]
        output y = image -> inverted(24, stride=2) -> inverted(24) -> inverted(32, stride=2) -> inverted(64)
      }
    `,
    )
  })

  it('are not found at scores that are enlarged, nor where another layer reads what lies between', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output scores = image -> conv(21, 1) -> conv_transpose(21, 4, stride=2, padding=1)
        lateral = image -> conv(16, 1)
        output fine = lateral -> conv(16, 3, padding=1)
        output coarse = lateral -> maxpool(2)
      }
    `,
    )
  })

  it('are fixed by the activation that the network uses', () => {
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(16, 3, bias=false) -> batchnorm -> conv(16, 3)
        output y = a -> leaky_relu(0.1) -> conv(16, 3) -> leaky_relu(0.1) -> conv(8, 1) -> tanh
      }
      `,
      {
        'Insert leaky_relu(slope=0.1) after batchnorm':
          'a = image -> conv(16, 3, bias=false) -> batchnorm -> leaky_relu(slope=0.1) -> conv(16, 3)',
      },
    )
  })

  it('are fixed in compositions, blocks and calls', () => {
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        unit = conv(16, 3) -> conv(16, 3) -> relu
        output y = image -> 2 * unit
      }
      `,
      { 'Insert relu after conv': 'unit = conv(16, 3) -> relu -> conv(16, 3) -> relu' },
    )
    checkFixes(
      code,
      `
      block first(x: tensor) { return x -> conv(16, 3) }
      block second(x: tensor) { return x -> conv(16, 3) -> relu }
      network N {
        input image: [3, 32, 32]
        output y = image -> first -> second -> second
      }
      `,
      { 'Insert relu after conv': 'block first(x: tensor) { return x -> conv(16, 3) -> relu }' },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = conv(image, 16, 3)
        output y = relu(conv(a, 16, 3))
      }
      `,
      {
        'Insert relu after conv': 'a = conv(image, 16, 3) -> relu',
        'Insert relu before conv': 'output y = relu(conv(a -> relu, 16, 3))',
      },
    )
  })

  it('are not fixed where the text stands for other applications too', () => {
    checkFixes(
      code,
      'network N {\n  input image: [3, 32, 32]\n  output y = image -> 2 * conv(3, 3) -> relu\n}\n',
      {},
    )
  })

  it('are not found around the code of an autoencoder, which may be linear', () => {
    checkRule(
      code,
      `
      network Autoencoder {
        input image: [1, 28, 28]
        code = image -> conv(32, 3, stride=2, padding=1) -> relu -> conv(64, 14)
        output y = code -> conv_transpose(32, 14) -> relu -> conv_transpose(1, 4, stride=2, padding=1)
      }
    `,
    )
  })

  it('are found between transposed convolutions that make other channels', () => {
    checkRule(
      code,
      `
      network Generator {
        input z: [100, 1, 1]
        x = z -> conv_transpose(64, 4) -> relu -> conv_transpose(32, 4, stride=2, padding=1, bias=false)
        output image = x -> batchnorm -> conv_transpose(3, 4, stride=2, padding=1) -> tanh
        #                                ^^^^^^^^^^^^^^ warning[linear-convolutions]
      }
      network Scores {
        input image: [3, 64, 64]
        x = image -> conv(32, 3, stride=2, padding=1) -> relu
        output y = x -> conv(21, 1) -> conv_transpose(21, 4, stride=2, padding=1, bias=false)
      }
    `,
    )
  })
})
