import { describe, it } from 'vitest'
import { checkFindings, checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const RULE = 'depthwise-separable-saving'

describe('a standard convolution that a separable one replaces', () => {
  it('is found with the saving, the first layer excepted', () => {
    checkRule(
      RULE,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3, padding=1) -> relu -> conv(128, 3, padding=1)
        #                                                     ^^^^ hint[depthwise-separable-saving]: This 3×3 convolution takes 75,497,472 multiply–accumulates. A separable one takes 8,978,432 (88 % less)
      }
    `,
    )
  })

  it('is not found for 1×1, grouped and separable ones, and with few output channels', () => {
    checkRule(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        a = x -> conv(128, 1)
        b = x -> conv(128, 3, groups=4)
        c = x -> separable_conv(128, 3)
        d = x -> depthwise_conv(3)
        output y = x -> conv(8, 3)
      }
    `,
    )
  })

  it('counts the smallest saving that an option sets', () => {
    checkRule(RULE, 'network N {\n  input x: [64, 32, 32]\n  output y = x -> conv(128, 3)\n}\n', {
      saving: 0.9,
    })
  })

  it('is off unless it is asked for', () => {
    checkFindings('network N {\n  input x: [64, 32, 32]\n  output y = x -> conv(128, 3)\n}\n')
  })

  it('becomes separable', () => {
    checkFixes(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        output y = x -> conv2d(128, 3, padding=1, bias=false)
      }
      `,
      {
        'Use separable_conv (saves 88 % of 75,497,472 multiply–accumulates) → 128×32×32':
          'output y = x -> separable_conv(128, 3, padding=1, bias=false)',
      },
    )
  })
})
