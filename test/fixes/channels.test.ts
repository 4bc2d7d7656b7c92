import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('maps that meet and differ in channels', () => {
  it('get the channels of the last convolution, or a projection', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> conv(16, 3, padding=1) -> batchnorm
        b = a -> conv(32, 3, padding=1) -> relu -> conv(24, 1) -> batchnorm
        output y = add(a, b)
      }
      `,
      {
        'Set channels=16 on conv(24, 1), line 4 → 16×8×8':
          'b = a -> conv(32, 3, padding=1) -> relu -> conv(16, 1) -> batchnorm',
        'Project b by conv(16, 1) → 16×8×8': 'output y = add(a, b -> conv(16, 1))',
        'Project a by conv(24, 1) → 24×8×8': 'output y = add(a -> conv(24, 1), b)',
      },
    )
  })

  it('get a projection on the way around a block', () => {
    checkFixes(
      'shapes-differ',
      `
      block residual(x: tensor, width) {
        return add(x -> conv(width, 3, padding=1), x)
      }
      network N {
        input image: [16, 8, 8]
        output y = image -> residual(16) -> residual(32)
      }
      `,
      {
        'Set width=16 on residual(32), line 6 → 16×8×8': 'output y = image -> residual(16) -> residual(16)',
        'Set channels=16 on conv(width, 3, padding=1), line 2, in block residual → 16×8×8':
          'return add(x -> conv(16, 3, padding=1), x)',
        'Project x -> conv(width, 3, padding=1) by conv(16, 1) → 16×8×8':
          'return add(x -> conv(width, 3, padding=1) -> conv(16, 1), x)',
      },
    )
  })
})
