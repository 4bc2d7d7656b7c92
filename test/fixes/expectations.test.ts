import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('an expectation that does not hold', () => {
  it('gets the padding with which its shape is right', () => {
    checkFixes(
      'expect-failed',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 5) -> relu -> maxpool(2)
        output y = a
        expect a.shape == [8, 16, 16]
      }
      `,
      {
        'Set padding=2 on conv(8, 5), line 3 → 8×32×32':
          'a = image -> conv(8, 5, padding=2) -> relu -> maxpool(2)',
        'Set padding=half on conv(8, 5), line 3 → 8×32×32':
          'a = image -> conv(8, 5, padding=half) -> relu -> maxpool(2)',
        'Set input image to 3×36×36': 'input image: [3, 36, 36]',
        'Expect [8, 14, 14]': 'expect a.shape == [8, 14, 14]',
      },
    )
  })

  it('gets the padding with which the parameters are right', () => {
    checkFixes(
      'expect-failed',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> relu -> maxpool(2)
        output y = a -> flatten -> linear(10)
        expect params == 20_714
      }
      `,
      {
        'Set padding=1 on conv(8, 3), line 3 → 8×32×32 (+2.5K parameters)':
          'a = image -> conv(8, 3, padding=1) -> relu -> maxpool(2)',
        'Set padding=half on conv(8, 3), line 3 → 8×32×32 (+2.5K)':
          'a = image -> conv(8, 3, padding=half) -> relu -> maxpool(2)',
        'Expect 18_234': 'expect params == 18_234',
      },
    )
  })

  it('gets the padding that fixes all of them', () => {
    checkFixes(
      'expect-failed',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3) -> relu
        b = a -> conv(8, 3, padding=1)
        output y = b
        expect a.shape == [8, 32, 32]
        expect b.shape == [8, 32, 32]
      }
      `,
      {
        'Set padding=1 on conv(8, 3), line 3 → 8×32×32': 'a = image -> conv(8, 3, padding=1) -> relu',
        'Set padding=half on conv(8, 3), line 3 → 8×32×32': 'a = image -> conv(8, 3, padding=half) -> relu',
        'Set input image to 3×34×34': 'input image: [3, 34, 34]',
        'Expect [8, 30, 30]': 'expect a.shape == [8, 30, 30]',
      },
    )
  })

  it('gets the padding of a convolution in its own text', () => {
    checkFixes(
      'expect-failed',
      `
      network N {
        input x: [1, 5, 5]
        output y = x -> conv(1, 3)
        expect (y -> conv(1, 3, padding=1)).shape == x.shape
      }
      `,
      {
        'Set padding=2 on conv(1, 3, padding=1)': 'expect (y -> conv(1, 3, padding=2)).shape == x.shape',
      },
    )
  })

  it('of a number alone gets that number', () => {
    checkFixes(
      'expect-failed',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1)
        expect params == 216
      }
      `,
      {
        'Expect 224': 'expect params == 224',
      },
    )
  })
})
