import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('a stride that drops pixels at the border', () => {
  it('is found at the stride, or at the layer when none is written', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 33, 34]
        a = image -> maxpool(2)
        #            ^^^^^^^ info[stride-drops-pixels]: The last position of the height 33 is read by no window: ⌊(33 + 2·0 − 2)/2⌋ + 1. Stride 2 does not divide 31
        b = image -> conv(8, 3, stride=4)
        #                              ^ info[stride-drops-pixels]: The last position of the height 33 is read by no window
        c = image -> separable_conv(8, 3, stride=4)
        #                                        ^ info[stride-drops-pixels]
        output y = a
      }
    `,
    )
  })

  it('is not found where only padding is left over', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 224, 224]
        stem = image -> conv(64, 7, stride=2, padding=3)
        output y = stem -> maxpool(3, stride=2, padding=1) -> conv(64, 3, stride=2, padding=1)
      }
    `,
    )
  })

  it('is not found where the stride skips as much between any two windows', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 56, 56]
        output y = image -> conv(64, 1, stride=2)
      }
    `,
    )
  })

  it('is found where more is left than a stride skips', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 13, 13]
        output y = image -> conv(8, 2, stride=4, padding=[0, 0, 0, 2])
        #                                     ^ info[stride-drops-pixels]: The last position of the height 13 is
      }
    `,
    )
  })

  it('is not found where the division is rounded up, or the size kept', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 33, 33]
        a = image -> maxpool(2, ceil=true)
        b = image -> conv(8, 3, stride=2, padding=same)
        output y = add(a -> conv(8, 1), b)
      }
    `,
    )
  })

  it('counts several positions', () => {
    checkRule(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 35, 35]
        output y = image -> avgpool(3, stride=3) -> conv(4, 4, stride=4)
        #                                     ^ info[stride-drops-pixels]: The last 2 positions of the height 35 are
        #                                                             ^ info[stride-drops-pixels]: The last 3 positions of the height 11 are
      }
    `,
    )
  })

  it('is found once in a block that runs several times', () => {
    checkRule(
      'stride-drops-pixels',
      `
      block down(x: tensor) { return x -> maxpool(2) }
      #                                   ^^^^^^^ info[stride-drops-pixels]: the height 25
      network N {
        input image: [3, 50, 50]
        output y = image -> 4 * down
      }
    `,
    )
  })

  it('is found at the call where the block is imported', () => {
    checkRule('stride-drops-pixels', {
      'test.cnn': `
        from "./blocks.cnn" import down
        network N {
          input image: [3, 49, 49]
          output y = image -> down
          #                   ^^^^ info[stride-drops-pixels]: the height 49
        }
      `,
      'blocks.cnn': `
        block down(x: tensor) { return x -> maxpool(2) }
      `,
    })
  })

  it('is fixed by rounding up or by padding', () => {
    checkFixes(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(2)
      }
      `,
      {
        'Set ceil=true → 3×17×17': 'output y = image -> maxpool(2, ceil=true)',
        'Set padding=1 → 3×17×17': 'output y = image -> maxpool(2, padding=1)',
        'Set padding=[0, 1, 0, 1] → 3×17×17': 'output y = image -> maxpool(2, padding=[0, 1, 0, 1])',
      },
    )
  })

  it('is not fixed against an expectation', () => {
    checkFixes(
      'stride-drops-pixels',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(2)
        expect y.shape == [3, 16, 16]
      }
      `,
      {},
    )
  })
})
