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
      {
        'Set input line to 1×16×64 → 16×32': 'HEIGHT = 16',
        'Write reshape([32, x.width]) → 32×32 (1.3K parameters)':
          'output z = x -> reshape([32, x.width]) -> permute([1, 0]) -> lstm(8)',
        'Write reshape([16, 64]) → 16×64 (832)':
          'output z = x -> reshape([16, 64]) -> permute([1, 0]) -> lstm(8)',
      },
    )
  })
})

describe('a map that is flattened by its sizes', () => {
  it('becomes flatten, or has the sizes that it has in the factors that are written', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N(width=16) {
        input image: 3x64x64
        output y = image -> 4 * (conv(width, 3, stride=2, padding=1) -> relu) -> reshape([width * 8 ** 2]) -> linear(10)
      }
      `,
      {
        'Write flatten in place of reshape → 256 (2.6K parameters)':
          'output y = image -> 4 * (conv(width, 3, stride=2, padding=1) -> relu) -> flatten -> linear(10)',
        'Write reshape([width * 4 ** 2]) → 256 (2.6K)':
          'output y = image -> 4 * (conv(width, 3, stride=2, padding=1) -> relu) -> reshape([width * 4 ** 2]) -> linear(10)',
        'Set input image to 3×113×113 → 1024': 'input image: 3x113x113',
      },
    )
  })

  it('becomes flatten in a call, and without a batch axis', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N {
        input x: 16x7x7
        output y = linear(reshape(x, [-1, 16 * 5 * 5]), 10)
      }
      `,
      { 'Write flatten in place of reshape → 784 (7.9K parameters)': 'output y = linear(flatten(x), 10)' },
    )
  })
})

describe('a reshape with other sizes than there are', () => {
  it('gets those of the map', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N {
        input x: 84x37x37
        output y = x -> reshape([4, 21, 38, 38])
      }
      `,
      {
        'Write reshape([4, 21, 37, 37]) → 4×21×37×37': 'output y = x -> reshape([4, 21, 37, 37])',
        'Set input x to 84×38×38 → 4×21×38×38': 'input x: 84x38x38',
      },
    )
  })

  it('loses the axis of the batch', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N {
        input x: 1764x37x37
        output y = x -> conv(21, 1) -> reshape([4, 21, 37, 37])
      }
      `,
      { 'Write reshape([21, 37, 37]) → 21×37×37': 'output y = x -> conv(21, 1) -> reshape([21, 37, 37])' },
    )
  })

  it('of a vector becomes a square map, or the layer before gets as many features', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N(base=128) {
        input z: [100]
        output y = z -> linear(base * 8 * 8) -> relu -> reshape([base, 7, 7])
      }
      `,
      {
        'Write reshape([base, 8, 8]) → 128×8×8':
          'output y = z -> linear(base * 8 * 8) -> relu -> reshape([base, 8, 8])',
        'Set features=base * 7 * 7 on linear(base * 8 * 8), line 3 → 128×7×7':
          'output y = z -> linear(base * 7 * 7) -> relu -> reshape([base, 7, 7])',
      },
    )
  })

  it('of channels in groups gets a number of groups that divides them', () => {
    checkFixes(
      'reshape-mismatch',
      `
      block shuffle(x: tensor, groups) {
        return x -> reshape([groups, x.channels // groups, x.height, x.width]) -> permute([1, 0, 2, 3])
      }
      network N {
        input x: 240x8x8
        output y = x -> shuffle(7)
      }
      `,
      {
        'Set groups to 6 → 6×40×8×8': 'output y = x -> shuffle(6)',
        'Set groups to 8 → 8×30×8×8': 'output y = x -> shuffle(8)',
        'Write reshape([6, 40, x.height, x.width]) → 6×40×8×8':
          'return x -> reshape([6, 40, x.height, x.width]) -> permute([1, 0, 2, 3])',
        'Write reshape([8, 30, x.height, x.width]) → 8×30×8×8':
          'return x -> reshape([8, 30, x.height, x.width]) -> permute([1, 0, 2, 3])',
      },
    )
  })

  it('gets something where no number of it fits', () => {
    checkFixes(
      'reshape-mismatch',
      `
      network N {
        input x: 7x5x5
        output y = x -> reshape([3, 11]) -> permute([1, 0])
      }
      `,
      { 'Write reshape([7, 25]) → 7×25': 'output y = x -> reshape([7, 25]) -> permute([1, 0])' },
    )
  })
})
