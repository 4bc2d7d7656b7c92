import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('a reshape that leaves out an axis with several positions', () => {
  it('gets an input with which there is one, and no stride leaves anything out', () => {
    checkFixes(
      'reshape-mismatch',
      `
      HEIGHT = 40
      network N {
        input line: [1, HEIGHT, 64]
        x = line -> conv(8, 3, padding=1) -> relu -> maxpool(2) -> conv(16, 3, padding=1) -> relu -> maxpool([8, 1])
        output z = x -> reshape([16, x.width]) -> permute([1, 0]) -> lstm(8)
      }
      `,
      { 'Set input line to 1×16×64 → 16×32': 'HEIGHT = 16' },
    )
  })

  it('stays where other axes differ too', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N {
        input image: 3x64x64
        output y = image -> conv(16, 3, padding=1) -> reshape([16 * 8 * 8]) -> linear(10)
      }
      `,
      {},
    )
  })
})
