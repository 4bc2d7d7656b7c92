import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('names that nothing bears', () => {
  it('of other frameworks lead to ours', () => {
    checkFixes(
      'unknown-layer',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> Conv2d(4, 3, padding=1)
      }
      `,
      {
        'Change Conv2d to conv': 'output y = image -> conv(4, 3, padding=1)',
      },
    )
  })

  it('are corrected', () => {
    checkFixes(
      'unknown-layer',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> maxpoool(2)
      }
      `,
      {
        'Change maxpoool to maxpool': 'output y = image -> maxpool(2)',
        'Create block `maxpoool(x: tensor, width)`': `
          block maxpoool(x: tensor, width) {
            return x -> conv(width, 3, padding=half)
          }`,
      },
    )
  })

  it('of an option of another framework leads to ours', () => {
    checkFixes(
      'unknown-option',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, kernel_size=3)
      }
      `,
      {
        'Change kernel_size to kernel': 'output y = image -> conv(4, kernel=3)',
      },
    )
  })

  it('of an option are corrected', () => {
    checkFixes(
      'unknown-option',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 3, pading=1)
      }
      `,
      {
        'Change pading to padding': 'output y = image -> conv(4, 3, padding=1)',
      },
    )
  })

  it('of a word are corrected', () => {
    checkFixes(
      'option-value',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> upsample(2, mode=bilinar)
      }
      `,
      {
        'Change bilinar to bilinear': 'output y = image -> upsample(2, mode=bilinear)',
      },
    )
  })

  it('of a tensor are corrected', () => {
    checkFixes(
      'unknown-name',
      `
      network N {
        input image: [3, 8, 8]
        output y = imgae -> relu
      }
      `,
      {
        'Change imgae to image': 'output y = image -> relu',
        'Declare `input imgae: [3, 224, 224]`': 'input imgae: [3, 224, 224]',
      },
    )
  })

  it('of a word are strings where a block has a parameter of its own for it', () => {
    checkFixes(
      'unknown-name',
      `
      block f(x: tensor, pad=0) { return x -> conv(4, 3, padding=pad) }
      network N {
        input image: [3, 8, 8]
        output y = image -> f(pad=half)
      }
      `,
      {
        'Write "half"': 'output y = image -> f(pad="half")',
      },
    )
  })

  it('of an attribute are corrected', () => {
    checkFixes(
      'unknown-attribute',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> relu
        expect y.chanels == 3
      }
      `,
      {
        'Change chanels to channels': 'expect y.channels == 3',
      },
    )
  })

  it('in an import are corrected', () => {
    checkFixes(
      'import-unknown-name',
      {
        'test.cnn': `
          from "./blocks.cnn" import resdual
          network N {
            input image: [3, 8, 8]
            output y = image -> residual
          }
          `,
        'blocks.cnn': `
          block residual(x: tensor) { return add(x, x -> relu) }
          `,
      },
      {
        'Change resdual to residual': 'from "./blocks.cnn" import residual',
      },
    )
  })
})
