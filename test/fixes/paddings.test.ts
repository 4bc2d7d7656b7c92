import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('paddings that do not fit their window', () => {
  it('of a pooling become the largest allowed, or the window grows', () => {
    checkFixes(
      'pool-padding-too-large',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(3, stride=2, padding=2)
      }
      `,
      {
        'Set padding=1 → 3×17×17': 'output y = image -> maxpool(3, stride=2, padding=1)',
        'Set kernel=5 → 3×17×17': 'output y = image -> maxpool(5, stride=2, padding=2)',
      },
    )
  })

  it('keep the sides that are in order', () => {
    checkFixes(
      'pool-padding-too-large',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(4, stride=2, padding=[3, 1, 0, 3])
      }
      `,
      {
        'Set padding=[2, 1, 0, 2] → 3×17×16':
          'output y = image -> maxpool(4, stride=2, padding=[2, 1, 0, 2])',
        'Set kernel=6 → 3×16×16': 'output y = image -> maxpool(6, stride=2, padding=[3, 1, 0, 3])',
      },
    )
  })

  it('are changed where they are written by place', () => {
    checkFixes(
      'pool-padding-too-large',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(3, 2, padding=2)
      }
      `,
      {
        'Set padding=1 → 3×17×17': 'output y = image -> maxpool(3, 2, padding=1)',
        'Set kernel=5 → 3×17×17': 'output y = image -> maxpool(5, 2, padding=2)',
      },
    )
  })

  it('are changed in the call that gives them to a block', () => {
    checkFixes(
      'pool-padding-too-large',
      `
      block down(x: tensor, k, pad) { return x -> maxpool(k, stride=2, padding=pad) }
      network N {
        input image: [3, 33, 33]
        output y = image -> down(3, 2)
      }
      `,
      {
        'Set pad=1 on down(3, 2), line 4 → 3×17×17': 'output y = image -> down(3, 1)',
        'Set padding=1 in block down → 3×17×17':
          'block down(x: tensor, k, pad) { return x -> maxpool(k, stride=2, padding=1) }',
        'Set k=5 on down(3, 2), line 4 → 3×17×17': 'output y = image -> down(5, 2)',
        'Set kernel=5 in block down → 3×17×17':
          'block down(x: tensor, k, pad) { return x -> maxpool(5, stride=2, padding=pad) }',
      },
    )
  })

  it('of a reflection shrink', () => {
    checkFixes(
      'padding-exceeds-input',
      `
      network N {
        input image: [3, 4, 4]
        output y = image -> conv(4, 3, padding=4, padding_mode=reflect)
      }
      `,
      {
        'Set padding=3 → 4×8×8': 'output y = image -> conv(4, 3, padding=3, padding_mode=reflect)',
        'Set padding_mode=zeros → 4×10×10': 'output y = image -> conv(4, 3, padding=4, padding_mode=zeros)',
        'Set input image to 3×5×5 → 4×11×11': 'input image: [3, 5, 5]',
      },
    )
  })

  it('of a transposed convolution shrink, or its kernel grows', () => {
    checkFixes(
      'output-below-one',
      `
      network N {
        input image: [3, 2, 2]
        output y = image -> conv_transpose(4, 3, padding=3)
      }
      `,
      {
        'Set padding=1 → 4×2×2': 'output y = image -> conv_transpose(4, 3, padding=1)',
        'Set kernel=6 → 4×1×1': 'output y = image -> conv_transpose(4, 6, padding=3)',
      },
    )
  })

  it('at the output become the largest that chooses something, or the stride grows', () => {
    checkFixes(
      'output-padding-too-large',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv_transpose(4, 3, stride=2, output_padding=2)
      }
      `,
      {
        'Set output_padding=1 → 4×18×18':
          'output y = image -> conv_transpose(4, 3, stride=2, output_padding=1)',
        'Set stride=3 → 4×26×26': 'output y = image -> conv_transpose(4, 3, stride=3, output_padding=2)',
      },
    )
  })

  it('do not count for an average over three axes: its window shrinks, or the input grows', () => {
    checkFixes(
      'window-exceeds-unpadded-input',
      `
      network N {
        input image: [3, 2, 8, 8]
        output y = image -> avgpool(3, padding=1)
      }
      `,
      {
        'Set kernel=[2, 3, 3] → 3×2×3×3': 'output y = image -> avgpool([2, 3, 3], padding=1)',
        'Set input image to 3×3×8×8 → 3×1×3×3': 'input image: [3, 3, 8, 8]',
        'Set kernel=2 → 3×2×5×5': 'output y = image -> avgpool(2, padding=1)',
      },
    )
  })

  it('lose a sign that cannot be meant', () => {
    checkFixes(
      'option-value',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 3, padding=-1)
      }
      `,
      {
        'Change -1 to 1': 'output y = image -> conv(4, 3, padding=1)',
      },
    )
  })

  it('with a wrong number of amounts become half, or one amount', () => {
    checkFixes(
      'option-value',
      `
      network N {
        input sequence: [3, 8]
        output y = sequence -> conv(4, 3, padding=[1, 1, 1])
      }
      `,
      {
        'Change [1, 1, 1] to half': 'output y = sequence -> conv(4, 3, padding=half)',
        'Change [1, 1, 1] to 1': 'output y = sequence -> conv(4, 3, padding=1)',
      },
    )
  })
})
