import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('counts that do not divide', () => {
  it('become the nearest divisors of both channel counts', () => {
    checkFixes(
      'groups-do-not-divide',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> conv(16, 3, groups=3)
      }
      `,
      {
        'Set groups=2 → 16×6×6': 'output y = image -> conv(16, 3, groups=2)',
        'Set groups=4 → 16×6×6': 'output y = image -> conv(16, 3, groups=4)',
        'Set channels=15 → 15×6×6': 'output y = image -> conv(15, 3, groups=3)',
        'Set channels=18 → 18×6×6': 'output y = image -> conv(18, 3, groups=3)',
      },
    )
  })

  it('become a divisor of what both counts share', () => {
    checkFixes(
      'groups-do-not-divide',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> conv(16, 3, groups=8)
      }
      `,
      {
        'Set groups=4 → 16×6×6': 'output y = image -> conv(16, 3, groups=4)',
      },
    )
  })

  it('of a group normalisation become the nearest divisors', () => {
    checkFixes(
      'groups-do-not-divide',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> groupnorm(8)
      }
      `,
      {
        'Set groups=6 → 12×8×8': 'output y = image -> groupnorm(6)',
        'Set groups=12 → 12×8×8': 'output y = image -> groupnorm(12)',
      },
    )
  })

  it('by the square of a factor get another factor', () => {
    checkFixes(
      'channels-do-not-divide',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> pixel_shuffle(3)
      }
      `,
      {
        'Set factor=2 → 3×16×16': 'output y = image -> pixel_shuffle(2)',
      },
    )
  })
})
