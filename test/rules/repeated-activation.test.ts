import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'repeated-activation'

describe('an activation that is repeated without effect', () => {
  it('is found at the later one', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> relu -> relu
        #                    ^^^^ hint[repeated-activation]: \`relu\` has no effect after \`relu\`. No value is below 0 there. Remove \`relu\`.
        b = image -> relu6 -> relu6
        #                     ^^^^^ hint[repeated-activation]: No value is below 0 there, and none above 6.
        c = image -> abs -> abs
        #                   ^^^ hint[repeated-activation]
        d = image -> log_softmax -> log_softmax
        #                           ^^^^^^^^^^^ hint[repeated-activation]: logarithms
        output y = add(a, b, c, d)
      }
    `,
    )
  })

  it('is found wherever values stay between 0 and what comes in, and not where they may leave that', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> relu -> slice(0, 2) -> upsample(2, mode=bilinear) -> relu
        #                                                                 ^^^^ hint[repeated-activation]
        b = image -> relu -> upsample(2, mode=bicubic) -> relu
        c = image -> relu -> conv(3, 3) -> relu
        d = image -> elu -> relu
        e = image -> relu -> dropout -> relu6
        f = image -> flatten -> rbf(10) -> relu
        #                                  ^^^^ hint[repeated-activation]: \`relu\` has no effect after \`rbf\`
        output o = a
        output p = b
        output q = c
        output r = add(d, e)
        output s = f
      }
    `,
    )
  })

  it('is found after whatever gives no value below 0, and through layers that keep it so', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> sigmoid -> relu
        #                       ^^^^ hint[repeated-activation]: \`relu\` has no effect after \`sigmoid\`
        b = image -> relu -> leaky_relu(0.1)
        #                    ^^^^^^^^^^ hint[repeated-activation]: \`leaky_relu\` has no effect after \`relu\`
        c = image -> relu -> maxpool(2) -> dropout -> flatten -> relu
        #                                                        ^^^^ hint[repeated-activation]
        d = image -> softmax -> relu6
        #                       ^^^^^ hint[repeated-activation]
        output y = add(a, b, d)
        output z = c
      }
    `,
    )
  })

  it('is not found where the activation changes values', () => {
    checkRule(
      code,
      `
      network N {
        input image: [3, 32, 32]
        a = image -> relu -> relu6
        b = image -> leaky_relu -> relu
        c = image -> tanh -> relu
        d = image -> relu -> batchnorm -> relu
        e = image -> relu6 -> dropout -> relu6
        f = image -> softmax(axis=1) -> log_softmax
        g = image -> sigmoid -> sigmoid
        h = image -> log_softmax(axis=1) -> log_softmax
        output y = add(a, b, c, d, e, f, g, h)
      }
    `,
    )
  })

  it('is not found in a block that gets negative values elsewhere', () => {
    checkRule(
      code,
      `
      block unit(x: tensor) { return x -> relu -> conv(3, 3, padding=1) }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit -> relu -> unit
      }
    `,
    )
  })

  it('is fixed by taking it out', () => {
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3) -> relu -> maxpool(2) -> relu -> conv(8, 3)
      }
      `,
      { 'Remove relu': 'output y = image -> conv(8, 3) -> relu -> maxpool(2) -> conv(8, 3)' },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        output y = relu(image -> conv(8, 3) -> relu) -> conv(8, 3)
      }
      `,
      { 'Remove relu': 'output y = image -> conv(8, 3) -> relu -> conv(8, 3)' },
    )
    checkFixes(
      code,
      `
      block unit(x: tensor) { return x -> conv(3, 3, padding=1) -> relu -> relu }
      network N {
        input image: [3, 32, 32]
        output y = image -> 3 * unit
      }
      `,
      { 'Remove relu': 'block unit(x: tensor) { return x -> conv(3, 3, padding=1) -> relu }' },
    )
    checkFixes(
      code,
      `
      network N {
        input image: [3, 32, 32]
        unit = conv(8, 3) -> relu -> relu
        output y = image -> unit
      }
      `,
      { 'Remove relu': 'unit = conv(8, 3) -> relu' },
    )
  })

  it('is not fixed where it is an argument', () => {
    checkFixes(
      code,
      `
      block unit(x: tensor, act: layer = relu) { return x -> relu -> act }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit
      }
      `,
      {},
    )
  })
})
