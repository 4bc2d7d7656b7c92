import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('a large kernel', () => {
  it('is found at the kernel, with what a stack saves', () => {
    checkRule(
      'large-kernel',
      `
      network N {
        input x: [64, 32, 32]
        a = x -> conv(64, 5, padding=2, bias=false)
        #                 ^ hint[large-kernel]: Two 3×3 convolutions see as much as this 5×5 one, which has 102,400 parameters. They have 73,728 (28 % less), and there is room for an activation between them
        b = x -> conv(64, 7, padding=3)
        #                 ^ hint[large-kernel]: Three 3×3 convolutions see as much as this 7×7 one, which has 200,768 parameters. They have 110,784 (45 % less), and there is room for an activation between them
        output y = add(a, b)
      }
    `,
    )
  })

  it('is not found where it is the first layer, widens much, strides, or is dilated, grouped, long or even', () => {
    checkRule(
      'large-kernel',
      `
      network N {
        input image: [3, 32, 32]
        x = image -> conv(32, 7, padding=3)
        a = x -> conv(128, 5, padding=2)
        b = x -> conv(32, 5, stride=2)
        c = x -> conv(32, 5, dilation=2)
        d = x -> conv(32, 5, groups=2)
        e = x -> conv(32, 1x7)
        f = x -> conv(32, 4)
        g = x -> depthwise_conv(7)
        h = x -> conv(3, 9, padding=4)
        output y = x -> conv(32, 3)
      }
    `,
    )
  })

  it('is not found along one axis, where it saves nothing below seven, and little from there', () => {
    checkRule(
      'large-kernel',
      `
      network N {
        input x: [64, 100]
        output y = x -> conv(64, 5) -> conv(64, 9)
      }
    `,
    )
  })

  it('is found on three axes', () => {
    checkRule(
      'large-kernel',
      `
      network N {
        input x: [16, 12, 12, 12]
        output y = x -> conv(16, 5, bias=false)
        #                        ^ hint[large-kernel]: Two 3×3×3 convolutions see as much as this 5×5×5 one, which has 32,000 parameters
      }
    `,
    )
  })

  it('counts the smallest saving that an option sets', () => {
    const source = `
      network N {
        input x: [64, 32, 32]
        output y = x -> conv(64, 5, padding=2)
      }
    `
    checkRule('large-kernel', source, { saving: 0.3 })
  })

  it('becomes a stack with the activation that follows between', () => {
    checkFixes(
      'large-kernel',
      `
      network N(width=64) {
        input x: [64, 32, 32]
        y = x -> conv(width, 5, padding=2, bias=false) -> batchnorm -> leaky_relu(0.1)
        output z = y -> conv(10, 1)
        expect y.shape == [64, 32, 32]
      }
      `,
      {
        'Stack two 3×3 convolutions (saves 28 % of 102,400 parameters) → 64×32×32':
          'y = x -> conv(width, 3, padding=1, bias=false) -> batchnorm -> leaky_relu(slope=0.1) -> conv(width, 3, padding=1, bias=false) -> batchnorm -> leaky_relu(0.1)',
      },
    )
  })

  it('becomes a stack with the activation before it between, in a block that activates first', () => {
    checkFixes(
      'large-kernel',
      `
      network N {
        input x: [64, 32, 32]
        y = x -> batchnorm -> relu -> conv(64, 7, padding=same)
        output z = add(x, y)
      }
      `,
      {
        'Stack three 3×3 convolutions (saves 45 % of 200,768 parameters) → 64×32×32':
          'y = x -> batchnorm -> relu -> conv(64, 3, padding=same, bias=false) -> batchnorm -> relu -> conv(64, 3, padding=same, bias=false) -> batchnorm -> relu -> conv(64, 3, padding=same)',
      },
    )
  })

  it('spreads its padding, keeps the wider end between, and a repetition around all', () => {
    checkFixes(
      'large-kernel',
      `
      network N {
        input x: [40, 32, 32]
        y = x -> 2 * conv(40, 5, padding=1) as z
        output out = y
      }
      `,
      {
        'Stack two 3×3 convolutions (saves 28 % of 40,040 parameters) → 40×30×30':
          'y = x -> 2 * (conv(40, 3, padding=1) -> relu -> conv(40, 3, padding=0)) as z',
      },
    )
    checkFixes(
      'large-kernel',
      `
      network N {
        input x: [40, 32, 32]
        output y = x -> conv(32, 7)
      }
      `,
      {
        'Stack three 3×3 convolutions (saves 36 % of 62,752 parameters) → 32×26×26':
          'output y = x -> conv(40, 3) -> relu -> conv(40, 3) -> relu -> conv(32, 3)',
      },
    )
  })
})
