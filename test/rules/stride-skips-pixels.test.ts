import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('a stride that skips pixels', () => {
  it('is found at the stride', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3, padding=1) -> relu
        b = a -> conv(16, 1, stride=2)
        #                           ^ warning[stride-skips-pixels]: 768 of the 1,024 positions of the map 32×32 are read by nothing. Stride 2
        c = b -> maxpool(2, stride=[2, 3])
        #                          ^^^^^^ warning[stride-skips-pixels]: 96 of the 256 positions of the map 16×16
        output y = c
      }
    `,
    )
  })

  it('is found once where all readers skip, through layers that see single positions', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        x = image -> conv(8, 3, padding=1)
        branch = x -> conv(8, 1, bias=false) -> batchnorm -> relu -> conv(8, 1, stride=2) -> conv(8, 3, padding=1)
        #                                                                              ^ warning[stride-skips-pixels]
        output y = add(branch, x -> conv(8, 1, stride=2))
      }
    `,
    )
  })

  it('is not found for a projection beside windows that leave nothing out', () => {
    checkRule(
      'stride-skips-pixels',
      `
      block bottleneck(x: tensor, width) {
        y = x -> conv(width, 1) -> relu -> conv(width, 3, stride=2, padding=1) -> relu -> conv(4 * width, 1)
        return add(y, x -> conv(4 * width, 1, stride=2)) -> relu
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1) -> bottleneck(8)
      }
    `,
    )
  })

  it('is not found where the map is an output, or is read as a whole', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        output p5 = image -> conv(8, 3, padding=1)
        output p6 = p5 -> maxpool(1, stride=2)
        other = image -> conv(8, 5, padding=2)
        gate = other -> global_avgpool
        output y = mul(other -> conv(8, 1, stride=2), gate)
      }
    `,
    )
  })

  it('is not found where the map ends with the window, nor for windows as wide as the stride', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 1]
        a = image -> conv(8, 2x1, stride=2)
        b = image -> conv(8, 2x1, stride=[3, 1], dilation=[2, 1])
        output y = a
      }
    `,
    )
  })

  it('is fixed by pooling before, a kernel as wide as the stride, or no stride', () => {
    checkFixes(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1) -> conv(16, 1, stride=2)
      }
      `,
      {
        'Put avgpool(2) before → 16×16×16':
          'output y = image -> conv(8, 3, padding=1) -> avgpool(2) -> conv(16, 1)',
        'Set kernel=2 → 16×16×16': 'output y = image -> conv(8, 3, padding=1) -> conv(16, 2, stride=2)',
        'Set stride=1 → 16×32×32': 'output y = image -> conv(8, 3, padding=1) -> conv(16, 1, stride=1)',
      },
    )
  })

  it('keeps the size of an odd map when it pools', () => {
    checkFixes(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> conv(16, 1, 2)
        expect y.shape == [16, 17, 17]
      }
      `,
      {
        'Put avgpool(2, ceil=true) before → 16×17×17':
          'output y = image -> avgpool(2, ceil=true) -> conv(16, 1, 1)',
      },
    )
  })
})
