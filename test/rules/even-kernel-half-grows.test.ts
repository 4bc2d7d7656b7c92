import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('half padding of an even kernel', () => {
  it('is found at the padding', () => {
    checkRule(
      'even-kernel-half-grows',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 4, padding=half)
        #                               ^^^^ info[even-kernel-half-grows]: With \`half\` the height grows from 8 to 9. A window of 4 is even
        b = image -> conv(4, 3x2, padding=half)
        #                                 ^^^^ info[even-kernel-half-grows]: the width grows from 8 to 9
        output y = a
      }
    `,
    )
  })

  it('is not found for odd windows, dilated ones among them, nor for other paddings', () => {
    checkRule(
      'even-kernel-half-grows',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, padding=half)
        b = image -> conv(4, 2, dilation=2, padding=half)
        c = image -> conv(4, 4, padding=same)
        d = image -> conv(4, 4, padding=2)
        output y = a
      }
    `,
    )
  })

  it('is not found with a stride, where the map does not grow', () => {
    checkRule(
      'even-kernel-half-grows',
      `
      network N {
        input image: [3, 9, 9]
        output y = image -> conv(4, 4, stride=2, padding=half)
      }
    `,
    )
  })

  it('is fixed by `same` or by amounts on both sides', () => {
    checkFixes(
      'even-kernel-half-grows',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 4, padding=half)
      }
      `,
      {
        'Set padding=same → 4×8×8': 'output y = image -> conv(4, 4, padding=same)',
        'Set padding=[1, 2, 1, 2] → 4×8×8': 'output y = image -> conv(4, 4, padding=[1, 2, 1, 2])',
      },
    )
  })
})
