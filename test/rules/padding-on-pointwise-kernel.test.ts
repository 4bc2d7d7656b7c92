import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('padding around a window of one position', () => {
  it('is found along each axis on which the window is 1', () => {
    checkRule(
      'padding-on-pointwise-kernel',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 1, padding=1)
        #                               ^ warning[padding-on-pointwise-kernel]: 2 of the 10 outputs along the height are the bias alone
        b = image -> conv(4, 3x1, padding=1)
        #                                 ^ warning[padding-on-pointwise-kernel]: 2 of the 10 outputs along the width
        c = image -> conv(4, 1, stride=2, padding=1)
        #                                         ^ warning[padding-on-pointwise-kernel]: 1 of the 5 outputs along the height
        d = image -> depthwise_conv(1, padding=[0, 1, 0, 0])
        #                                      ^^^^^^^^^^^^ warning[padding-on-pointwise-kernel]: 1 of the 9 outputs along the height
        output y = a
      }
    `,
    )
  })

  it('is not found for other windows, named paddings, or a padding that no window reaches', () => {
    checkRule(
      'padding-on-pointwise-kernel',
      `
      network N {
        input image: [3, 9, 9]
        a = image -> conv(4, 3, padding=1)
        b = image -> conv(4, 1, padding=half)
        c = image -> conv(4, 1x3, padding=[0, 1])
        d = image -> conv(4, 1, stride=2, padding=[0, 1, 0, 1])
        e = image -> conv(4, 1, padding=1, padding_mode=nearest)
        output y = a
      }
    `,
    )
  })

  it('is fixed by no padding there', () => {
    checkFixes(
      'padding-on-pointwise-kernel',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 1x3, padding=1)
      }
      `,
      {
        'Set padding=[0, 1] → 4×8×8': 'output y = image -> conv(4, 1x3, padding=[0, 1])',
        'Set padding=half → 4×8×8': 'output y = image -> conv(4, 1x3, padding=half)',
      },
    )
  })

  it('is fixed by half where the text serves a larger window too', () => {
    checkFixes(
      'padding-on-pointwise-kernel',
      `
      block unit(x: tensor, kernel) { return x -> conv(4, kernel, padding=1) }
      network N {
        input image: [3, 8, 8]
        wide = image -> unit(3)
        output y = add(image -> unit(1) -> center_crop(8), wide)
        expect wide.shape == [4, 8, 8]
      }
      `,
      {
        'Set padding=half in block unit → 4×8×8':
          'block unit(x: tensor, kernel) { return x -> conv(4, kernel, padding=half) }',
      },
    )
  })
})
