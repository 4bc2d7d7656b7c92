import { describe, it } from 'vitest'
import { checkFixes, checkOneFix } from '../helpers/fixes'

describe('a window larger than its padded input', () => {
  it('gets the smallest padding that fits, half padding, a smaller kernel, or a larger input', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 4, 4]
        output y = image -> conv(8, 7)
      }
      `,
      {
        'Set padding=2 → 8×2×2': 'output y = image -> conv(8, 7, padding=2)',
        'Set padding=half → 8×4×4': 'output y = image -> conv(8, 7, padding=half)',
        'Set kernel=4 → 8×1×1': 'output y = image -> conv(8, 4)',
        'Set input image to 3×7×7 → 8×1×1': 'input image: [3, 7, 7]',
      },
    )
  })

  it.each([
    ['conv(C, 7)(image)', 'conv(C, 5)(image)'],
    ['conv(C, image, 7)', 'conv(C, image, 5)'],
    ['conv(C, x=image, kernel=7)', 'conv(C, x=image, kernel=5)'],
    ['image -> conv(C)(7)', 'image -> conv(C)(5)'],
    ['image -> conv(C, K)', 'image -> conv(C, 5)'],
  ])('may have a smaller kernel wherever its kernel is written: %s', (call, smaller) => {
    checkOneFix(
      'window-exceeds-input',
      `
      C = 8
      K = 7
      network N {
        input image: [3, 5, 5]
        output y = ${call}
      }
      `,
      'Set kernel=5 → 8×1×1',
      `output y = ${smaller}`,
    )
  })

  it('prefers the padding with which the expectations hold', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 4, 4]
        output y = image -> conv(8, 7)
        expect y.shape == [8, 6, 6]
      }
      `,
      { 'Set padding=4 → 8×6×6': 'output y = image -> conv(8, 7, padding=4)' },
    )
  })

  it('is fixed though another error shows then', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 4, 4]
        a = image -> conv(8, 7, dilation=2)
        output y = a -> conv(8, a.height + 1)
      }
      `,
      {
        'Set padding=5 → 8×2×2': 'a = image -> conv(8, 7, dilation=2, padding=5)',
        'Set padding=half → 8×4×4': 'a = image -> conv(8, 7, dilation=2, padding=half)',
        'Set kernel=2 → 8×2×2': 'a = image -> conv(8, 2, dilation=2)',
        'Set input image to 3×13×13 → 8×1×1': 'input image: [3, 13, 13]',
      },
    )
  })
})
