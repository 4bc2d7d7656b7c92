import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const RULE = 'channels-miss-multiple'

describe('a number of channels that misses the multiple', () => {
  it('is found for convolutions and linear layers', () => {
    checkRule(
      RULE,
      `
      network N {
        input image: [3, 32, 32]
        x = image -> conv(100, 3) -> relu -> separable_conv(130, 3) -> relu -> conv_transpose(150, 2)
        #                 ^^^ hint[channels-miss-multiple]: 100 channels are no multiple of 8. The hardware works in tiles of 8: the last one holds 4. Use 104, or 96
        #                                                   ^^^ hint[channels-miss-multiple]: 130 channels
        #                                                                                     ^^^ hint[channels-miss-multiple]: 150 channels
        output y = x -> global_avgpool -> flatten -> linear(1001) -> relu -> linear(10)
        #                                                   ^^^^ hint[channels-miss-multiple]: 1,001 channels
      }
    `,
    )
  })

  it('is not found for the outputs, nor for layers as wide as one of them', () => {
    checkRule(
      RULE,
      `
      network Classes {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3) -> relu -> global_avgpool -> flatten -> linear(1001)
      }
      network Scores {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3) -> relu -> conv(150, 1) -> conv_transpose(150, 4, stride=2)
      }
      network Boxes {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3) -> relu -> conv(255, 1) -> permute([1, 2, 0])
      }
    `,
    )
  })

  it('is not found for narrow layers, nor for widths computed from those of others', () => {
    checkRule(
      RULE,
      `
      block half(x: tensor) { return x -> conv(x.channels // 2, 1) -> relu }
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(12, 3) -> relu -> conv(216, 3) -> relu -> half -> conv(10, 1)
      }
    `,
    )
  })

  it('follows its options', () => {
    checkRule(
      RULE,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(56, 3) -> relu -> conv(64, 3) -> relu -> conv(10, 1)
        #                        ^^ hint[channels-miss-multiple]: 56 channels are no multiple of 64. The hardware works in tiles of 64: the last one holds 56. Use 64.
      }
    `,
      { multiple: 64, least: 16 },
    )
  })

  it('is rounded up, where the call of a block gives it, too', () => {
    checkFixes(
      RULE,
      `
      block unit(x: tensor, width) { return x -> conv(width, 3, padding=1) -> relu }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit(100) -> conv(10, 1)
      }
      `,
      {
        'Set width=104 on unit(100), line 4 → 104×32×32': 'output y = image -> unit(104) -> conv(10, 1)',
        'Set channels=(width + 7) // 8 * 8 in block unit → 104×32×32':
          'block unit(x: tensor, width) { return x -> conv((width + 7) // 8 * 8, 3, padding=1) -> relu }',
      },
    )
  })

  it('keeps the expression that serves several calls', () => {
    checkFixes(
      RULE,
      `
      block unit(x: tensor, w) { return x -> conv(w // 4 + 2, 1) -> relu -> conv(w, 3) }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit(400) -> unit(800) -> conv(10, 1)
      }
      `,
      {
        'Set channels=(w // 4 + 2 + 7) // 8 * 8 in block unit → 104×32×32':
          'block unit(x: tensor, w) { return x -> conv((w // 4 + 2 + 7) // 8 * 8, 1) -> relu -> conv(w, 3) }',
      },
    )
  })
})
