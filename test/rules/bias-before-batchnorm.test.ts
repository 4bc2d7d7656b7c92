import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'bias-before-batchnorm'

describe('a bias before batch normalisation', () => {
  it('is found at the layer, or at the bias where it is written', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> batchnorm -> relu
        #            ^^^^ hint[bias-before-batchnorm]: The bias (8 parameters) has no effect: \`batchnorm\` cancels it.
        b = a -> depthwise_conv(3, bias=true) -> batchnorm
        #                               ^^^^ hint[bias-before-batchnorm]: 8 parameters
        c = b -> conv_transpose(4, 2, stride=2) -> batchnorm
        #        ^^^^^^^^^^^^^^ hint[bias-before-batchnorm]: 4 parameters
        d = c -> flatten -> linear(1) -> batchnorm
        #                   ^^^^^^ hint[bias-before-batchnorm]: The bias (1 parameter) has no effect
        output y = d
      }
    `,
    )
  })

  it('is found through every pooling that carries a sum, and not through a mean that counts padding', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> adaptive_avgpool(4) -> batchnorm
        #            ^^^^ hint[bias-before-batchnorm]
        b = image -> conv(8, 3) -> avgpool(3, padding=1) -> batchnorm
        c = image -> conv(8, 3) -> reshape([16, 45, 10]) -> batchnorm
        d = image -> conv(8, 3) -> resize(4) -> batchnorm
        #            ^^^^ hint[bias-before-batchnorm]
        output y = add(a, d)
        output z = b
        output w = c
      }
    `,
    )
  })

  it('counts both biases of a separable convolution, which reach the channels alike', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> separable_conv(8, 3) -> batchnorm
        #                   ^^^^^^^^^^^^^^ hint[bias-before-batchnorm]: The bias (11 parameters)
      }
    `,
    )
  })

  it('is found where every channel is normalised for itself, and not where channels are together', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> instancenorm
        #            ^^^^ hint[bias-before-batchnorm]: The bias (8 parameters) has no effect: \`instancenorm\` cancels it
        b = a -> conv(8, 3) -> groupnorm(8)
        #        ^^^^ hint[bias-before-batchnorm]: The bias (8 parameters) has no effect: \`groupnorm\` cancels it
        c = b -> conv(8, 3) -> groupnorm(4)
        d = c -> conv(8, 3) -> layernorm
        output y = d
      }
    `,
    )
  })

  it('is found through layers that keep what all of a channel has in common', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> maxpool(2) -> batchnorm
        #            ^^^^ hint[bias-before-batchnorm]
        b = a -> conv(8, 3) -> global_avgpool -> flatten -> batchnorm
        #        ^^^^ hint[bias-before-batchnorm]
        c = a -> conv(8, 3) -> avgpool(3, padding=1) -> batchnorm
        d = a -> conv(8, 3) -> relu -> batchnorm
        output y = concat(b, c -> global_avgpool -> flatten, d -> global_avgpool -> flatten)
      }
    `,
    )
  })

  it('is not found where the value is read without normalisation too', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3)
        b = image -> conv(8, 3)
        c = image -> conv(8, 3)
        #            ^^^^ hint[bias-before-batchnorm]
        output skip = b
        output y = add(a, a -> batchnorm, b -> batchnorm, c -> batchnorm, c -> batchnorm)
      }
    `,
    )
  })

  it('is not found on rows, for places of their own, without a bias, nor before means that are kept', () => {
    checkRule(
      code,
      `
      network N {
        input rows: [10, 64]
        input image: [3, 32, 32]
        a = rows -> linear(8) -> batchnorm
        b = image -> locally_connected(8, 3) -> batchnorm
        c = image -> conv(8, 3, bias=false) -> batchnorm
        d = image -> conv(8, 3) -> batchnorm(trainable=false)
        output y = a
        output z = add(b, c, d)
      }
    `,
    )
  })

  it('is not found in a block where one of the calls needs the bias', () => {
    checkRule(
      code,
      `
      block unit(x: tensor, norm: layer = batchnorm) { return x -> conv(8, 3) -> norm }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit -> unit(norm=relu)
      }
    `,
    )
  })

  it('is fixed by bias=false, in blocks, repetitions, compositions and calls', () => {
    checkFixes(
      code,
      `
      block unit(x: tensor) { return x -> conv(8, 3) -> batchnorm -> relu }
      network N {
        input image: [3, 32, 32]
        output y = image -> 3 * unit
      }
      `,
      {
        'Set bias=false in block unit (old checkpoints no longer load)':
          'block unit(x: tensor) { return x -> conv(8, 3, bias=false) -> batchnorm -> relu }',
      },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        unit = conv(8, 3, bias=true) -> batchnorm
        output y = image -> unit -> relu -> unit
      }
      `,
      { 'Set bias=false (old checkpoints no longer load)': 'unit = conv(8, 3, bias=false) -> batchnorm' },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output y = batchnorm(conv(image, 8, 3))
      }
      `,
      {
        'Set bias=false (old checkpoints no longer load)':
          'output y = batchnorm(conv(image, 8, 3, bias=false))',
      },
    )
  })

  it('is fixed where the value comes from, unless that serves another layer', () => {
    checkFixes(
      code,
      `
      block unit(x: tensor, bias=true) { return x -> conv(8, 3, bias=bias) -> batchnorm }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit
      }
      `,
      {
        'Set bias=false on unit, line 4 (old checkpoints no longer load)':
          'output y = image -> unit(bias=false)',
        'Set the default bias=false in block unit (old checkpoints no longer load)':
          'block unit(x: tensor, bias=false) { return x -> conv(8, 3, bias=bias) -> batchnorm }',
        'Set bias=false in block unit (old checkpoints no longer load)':
          'block unit(x: tensor, bias=true) { return x -> conv(8, 3, bias=false) -> batchnorm }',
      },
    )
    checkFixes(
      code,
      `
      block unit(x: tensor, bias=true) {
        return x -> conv(8, 3, bias=bias) -> batchnorm -> relu -> conv(8, 3, bias=bias)
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit
      }
      `,
      {
        'Set bias=false in block unit (old checkpoints no longer load)':
          'return x -> conv(8, 3, bias=false) -> batchnorm -> relu -> conv(8, 3, bias=bias)',
      },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        layer = conv(8, 3)
        a = image -> layer(stride=2) -> batchnorm
        output y = add(a, image -> layer(stride=2))
      }
      `,
      {
        'Set bias=false (old checkpoints no longer load)':
          'a = image -> layer(stride=2, bias=false) -> batchnorm',
      },
    )
  })

  it('is fixed for all calls of a block at once', () => {
    checkFixes(
      code,
      `
      block unit(x: tensor, bias=true) { return x -> conv(8, 3, bias=bias) -> batchnorm }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit -> relu -> unit
      }
      `,
      {
        'Set the default bias=false in block unit (old checkpoints no longer load)':
          'block unit(x: tensor, bias=false) { return x -> conv(8, 3, bias=bias) -> batchnorm }',
        'Set bias=false in block unit (old checkpoints no longer load)':
          'block unit(x: tensor, bias=true) { return x -> conv(8, 3, bias=false) -> batchnorm }',
      },
    )
  })

  it('is not fixed against an expectation', () => {
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3) -> batchnorm
        expect params == 240
      }
      `,
      {},
    )
  })
})
