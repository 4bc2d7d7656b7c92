import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('a transposed convolution that overlaps unevenly', () => {
  it('is found at its kernel', () => {
    checkRule(
      'checkerboard-upsampling',
      `
      network N {
        input x: [8, 16, 16]
        a = x -> conv_transpose(4, 3, stride=2)
        #                          ^ info[checkerboard-upsampling]: Along the height some outputs get 2 contributions and others 1: a checkerboard. Kernel 3 does not spread evenly over stride 2. Use kernel 4
        b = x -> deconv(4, 4x5, stride=[2, 2])
        #                  ^^^ info[checkerboard-upsampling]: Along the width some outputs get 3 contributions and others 2
        c = x -> conv_transpose(4, 1, stride=2)
        #                          ^ info[checkerboard-upsampling]: some outputs get 1 contribution and others none
        d = x -> conv_transpose(4, 4, stride=2, dilation=2)
        #                          ^ info[checkerboard-upsampling]: some outputs get 4 contributions and others none
        output y = a
      }
    `,
    )
  })

  it('is not found where the stride divides the kernel, without a stride, nor for fixed weights', () => {
    checkRule(
      'checkerboard-upsampling',
      `
      network N {
        input x: [8, 16, 16]
        a = x -> conv_transpose(4, 2, stride=2)
        b = x -> conv_transpose(4, 4, stride=2, padding=1)
        c = x -> conv_transpose(4, 64, stride=32, bias=false)
        d = x -> conv_transpose(4, 3)
        e = x -> conv_transpose(4, 5, stride=3, bias=false, trainable=false)
        output y = a
      }
    `,
    )
  })

  it('is fixed by the next multiple with the same output, or by resizing before a convolution', () => {
    checkFixes(
      'checkerboard-upsampling',
      `
      network N {
        input x: [8, 16, 16]
        output y = x -> conv_transpose(4, 3, stride=2, padding=1, output_padding=1)
        expect y.shape == [4, 32, 32]
      }
      `,
      {
        'Set kernel=4, padding=1, output_padding=0 → 4×32×32':
          'output y = x -> conv_transpose(4, 4, stride=2, padding=1, output_padding=0)',
        'Replace by upsample(2) -> conv(4, 3, padding=half)':
          'output y = x -> upsample(2) -> conv(4, 3, padding=half)',
      },
    )
  })

  it('takes what a wider kernel adds away at the end where it is odd', () => {
    checkFixes(
      'checkerboard-upsampling',
      `
      network N {
        input x: [8, 16, 16]
        output y = x -> conv_transpose(4, 3, stride=2)
      }
      `,
      {
        'Set kernel=4, padding=[0, 1, 0, 1] → 4×33×33':
          'output y = x -> conv_transpose(4, 4, stride=2, padding=[0, 1, 0, 1])',
      },
    )
  })

  it('keeps `same`', () => {
    checkFixes(
      'checkerboard-upsampling',
      `
      network N {
        input x: [8, 16, 16]
        output y = x -> conv_transpose(4, 5, stride=3, padding=same, bias=false)
      }
      `,
      {
        'Set kernel=6 → 4×48×48': 'output y = x -> conv_transpose(4, 6, stride=3, padding=same, bias=false)',
        'Replace by upsample(3) -> conv(4, 5, padding=half, bias=false)':
          'output y = x -> upsample(3) -> conv(4, 5, padding=half, bias=false)',
      },
    )
  })
})
