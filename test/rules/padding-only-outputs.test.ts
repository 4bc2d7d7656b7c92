import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('outputs that see only padding', () => {
  it('are found at the padding, axis by axis', () => {
    checkRule(
      'padding-only-outputs',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, padding=4)
        #                               ^ warning[padding-only-outputs]: 4 of the 14 outputs along the height see only padding. Padding 4 leaves no position of the map to a window that spans 3. Use a padding of at most 2
        b = image -> conv(4, 3, padding=[1, 3])
        #                               ^^^^^^ warning[padding-only-outputs]: 2 of the 12 outputs along the width see only padding
        c = image -> conv(4, 3, padding=[0, 3, 0, 0])
        #                               ^^^^^^^^^^^^ warning[padding-only-outputs]: 1 of the 9 outputs along the height
        d = image -> depthwise_conv(3, padding=4, stride=2)
        #                                      ^ warning[padding-only-outputs]: 2 of the 7 outputs along the height
        output y = a
      }
    `,
    )
  })

  it('are found where the taps of a dilated window straddle the map', () => {
    checkRule(
      'padding-only-outputs',
      `
      network N {
        input image: [3, 2, 2]
        output y = image -> conv(4, 2, dilation=6, padding=half)
        #                                                  ^^^^ warning[padding-only-outputs]: 2 of the 2 outputs along the height see only padding
      }
    `,
    )
  })

  it('are not found with full or half padding, nor where the middle tap of a dilated window is inside', () => {
    checkRule(
      'padding-only-outputs',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, padding=full)
        b = image -> conv(4, 3, padding=2)
        c = image -> conv(4, 5, padding=half, stride=2)
        d = image -> conv(4, 3, dilation=24, padding=24)
        e = image -> maxpool(2, stride=2, padding=1, ceil=true)
        f = image -> pad(99) -> conv(4, 3, padding=1)
        output y = a
      }
    `,
    )
  })

  it('are not found where the padding repeats values of the map, nor for windows of one position', () => {
    checkRule(
      'padding-only-outputs',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, padding=4, padding_mode=reflect)
        b = image -> conv(4, 1, padding=1)
        c = image -> conv(4, 1x3, padding=3)
        output y = a
      }
    `,
    )
  })

  it('are fixed by the most padding that leaves every output something, or by half', () => {
    checkFixes(
      'padding-only-outputs',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 3, padding=4)
      }
      `,
      {
        'Set padding=2 → 4×10×10': 'output y = image -> conv(4, 3, padding=2)',
        'Set padding=1 → 4×8×8': 'output y = image -> conv(4, 3, padding=1)',
      },
    )
  })
})
