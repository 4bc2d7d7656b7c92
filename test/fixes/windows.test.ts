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

describe('a pooling that is larger than its map', () => {
  it('pools the whole map, then has its size, then gets a larger one; it is not padded', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 24, 24]
        output y = image -> 2 * (conv(8, 3, padding=1) -> maxpool(2)) -> avgpool(8) -> flatten
      }
      `,
      {
        'Pool the whole map by global_avgpool → 8×1×1':
          'output y = image -> 2 * (conv(8, 3, padding=1) -> maxpool(2)) -> global_avgpool -> flatten',
        'Set kernel=6 → 8×1×1':
          'output y = image -> 2 * (conv(8, 3, padding=1) -> maxpool(2)) -> avgpool(6) -> flatten',
        'Set input image to 3×32×32 → 8×1×1': 'input image: [3, 32, 32]',
      },
    )
  })

  it('along one axis is left alone there, with its stride', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input clip: [3, 2, 32, 32]
        output y = clip -> 1 * relu -> maxpool(2, stride=2) -> maxpool(3, stride=2, padding=0)
      }
      `,
      {
        'Set kernel=[1, 3, 3], stride=[1, 2, 2] → 3×1×7×7':
          'output y = clip -> 1 * relu -> maxpool(2, stride=2) -> maxpool([1, 3, 3], stride=[1, 2, 2], padding=0)',
        'Set input clip to 3×6×32×32 → 3×1×7×7': 'input clip: [3, 6, 32, 32]',
      },
    )
  })

  it('as a step of the way down gets a larger input; where nothing is left to pool it may go', () => {
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 6, 10]
        x = image -> conv(8, 3, padding=1) -> maxpool(2) -> conv(8, 3, padding=1) -> maxpool(2)
        output y = x -> conv(8, 1) -> maxpool([2, 2])
      }
      `,
      {
        'Set kernel=[1, 2] → 8×1×1': 'output y = x -> conv(8, 1) -> maxpool([1, 2])',
        'Set input image to 3×8×10 → 8×1×1': 'input image: [3, 8, 10]',
        'Pool the whole map by global_maxpool → 8×1×1': 'output y = x -> conv(8, 1) -> global_maxpool',
      },
    )
    checkFixes(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 4, 4]
        x = image -> conv(8, 3, padding=1) -> maxpool(2) -> conv(8, 3, padding=1) -> maxpool(2)
        output y = x -> conv(8, 1) -> maxpool(2)
      }
      `,
      {
        'Set input image to 3×8×8 → 8×1×1': 'input image: [3, 8, 8]',
        'Remove maxpool': 'output y = x -> conv(8, 1)',
      },
    )
  })

  it('in a loop ends it before, wherever the turns are written', () => {
    checkOneFix(
      'window-exceeds-input',
      `
      block stage(x: tensor, depth) {
        return x -> depth * (conv(8, 3, padding=1) -> maxpool(2))
      }
      TURNS = 6
      network N {
        input image: [3, 32, 32]
        output y = image -> stage(TURNS)
      }
      `,
      'Repeat 5 times instead of 6 → 8×1×1',
      'TURNS = 5',
    )
    checkOneFix(
      'window-exceeds-input',
      `
      network N {
        input image: [3, 32, 32]
        x = image
        for i in range(1, 7) { x = x -> conv(8 * i, 3, padding=1) -> maxpool(2) }
        output y = x
      }
      `,
      'Run the loop 5 times instead of 6 → 40×1×1',
      'for i in range(1, 6) { x = x -> conv(8 * i, 3, padding=1) -> maxpool(2) }',
    )
  })
})
