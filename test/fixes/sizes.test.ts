import { describe, it } from 'vitest'
import { checkFirstFix, checkFixes } from '../helpers/fixes'

describe('maps that meet and differ in size', () => {
  it('get padding on the convolution that lost the border', () => {
    checkFixes(
      'shapes-differ',
      `
      block residual(x: tensor, width) {
        y = x
          -> conv(width, 3, padding=1) -> relu
          -> conv(width, 3)
        return add(y, x) -> relu
      }
      network N {
        input image: [8, 32, 32]
        output y = image -> 2 * residual(8)
      }
      `,
      {
        'Set padding=1 on conv(width, 3), line 4, in block residual → 8×32×32':
          '-> conv(width, 3, padding=1)',
        'Set padding=half on conv(width, 3), line 4, in block residual → 8×32×32':
          '-> conv(width, 3, padding=half)',
        'Crop the larger map to y → 8×30×30': 'return add(y, x -> center_crop(y)) -> relu',
      },
    )
  })

  it('get padding on all convolutions of the branch that lost the border', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [8, 32, 32]
        y = image -> conv(8, 3) -> relu -> conv(8, 5)
        output sum = add(y, image)
      }
      `,
      {
        'Set padding=2 and 1 on 2 layers → 8×32×32':
          'y = image -> conv(8, 3, padding=1) -> relu -> conv(8, 5, padding=2)',
        'Set padding=half on 2 layers → 8×32×32':
          'y = image -> conv(8, 3, padding=half) -> relu -> conv(8, 5, padding=half)',
        'Crop the larger map to y → 8×26×26': 'output sum = add(y, image -> center_crop(y))',
      },
    )
  })

  it('get padding at the caller that a block takes it from', () => {
    checkFixes(
      'shapes-differ',
      `
      block unit(x: tensor, width, k, pad=0) { return x -> conv(width, k, padding=pad) -> relu }
      network N {
        input image: [8, 32, 32]
        output y = add(image -> unit(8, 1), image -> unit(8, 3))
      }
      `,
      {
        'Set pad=1 on unit(8, 3), line 4 → 8×32×32':
          'output y = add(image -> unit(8, 1), image -> unit(8, 3, pad=1))',
        'Set padding=half on conv(width, k, padding=pad), line 1, in block unit → 8×32×32':
          'block unit(x: tensor, width, k, pad=0) { return x -> conv(width, k, padding=half) -> relu }',
      },
    )
  })

  it('get padding along the axis that needs it', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [8, 32, 32]
        output y = add(image, image -> conv(8, 1x7))
      }
      `,
      {
        'Set padding=[0, 3] on conv(8, 1x7), line 3 → 8×32×32':
          'output y = add(image, image -> conv(8, 1x7, padding=[0, 3]))',
        'Set padding=half on conv(8, 1x7), line 3 → 8×32×32':
          'output y = add(image, image -> conv(8, 1x7, padding=half))',
      },
    )
  })

  it('are padded by name where the amounts differ from run to run', () => {
    checkFixes(
      'concat-sizes-differ',
      `
      network N {
        input image: [8, 64, 64]
        output y = concat([image -> conv(8, 3, dilation=r, padding=6) for r in [6, 12, 18]])
      }
      `,
      {
        'Set padding=half on conv(8, 3, dilation=r, padding=6), line 3 → 24×64×64':
          'output y = concat([image -> conv(8, 3, dilation=r, padding=half) for r in [6, 12, 18]])',
      },
    )
  })

  it('in a loop are fixed once', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [8, 64, 64]
        x = image
        for i in range(3) { x = add(x, x -> conv(8, 3)) }
        output y = x
      }
      `,
      {
        'Set padding=1 on conv(8, 3), line 4 → 8×64×64':
          'for i in range(3) { x = add(x, x -> conv(8, 3, padding=1)) }',
        'Set padding=half on conv(8, 3), line 4 → 8×64×64':
          'for i in range(3) { x = add(x, x -> conv(8, 3, padding=half)) }',
      },
    )
  })

  it('after unpadded convolutions are cropped, as U-Net does', () => {
    checkFixes(
      'concat-sizes-differ',
      `
      network N {
        input image: [1, 140, 140]
        skip = image -> conv(8, 3) -> conv(8, 3)
        up = skip -> maxpool(2) -> conv(16, 3) -> conv(16, 3) -> conv_transpose(8, 2, stride=2)
        output y = concat(skip, up)
        expect y.shape == [16, 128, 128]
      }
      `,
      {
        'Crop the larger map to up → 16×128×128': 'output y = concat(skip -> center_crop(up), up)',
      },
    )
  })

  it('after a transposed convolution that misses by one get sizes that are not rounded, or output_padding', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [3, 65, 65]
        a = image -> conv(8, 3, padding=1)
        up = a -> maxpool(2) -> conv(16, 3, padding=1) -> conv_transpose(8, 2, stride=2)
        output y = add(a, up)
      }
      `,
      {
        'Set input image to 3×66×66 → 8×66×66': 'input image: [3, 66, 66]',
        'Set input image to 3×64×64 → 8×64×64': 'input image: [3, 64, 64]',
        'Set output_padding=1 on conv_transpose(8, 2, stride=2), line 4 → 8×65×65':
          'up = a -> maxpool(2) -> conv(16, 3, padding=1) -> conv_transpose(8, 2, stride=2, output_padding=1)',
        'Resize the smaller map to a → 8×65×65': 'output y = add(a, up -> resize(a))',
        'Crop the larger map to up → 8×64×64': 'output y = add(a -> center_crop(up), up)',
      },
    )
  })

  it('after an upsampling that misses by one get sizes that are not rounded, or are resized', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [3, 65, 65]
        a = image -> conv(16, 3, padding=1)
        output y = a -> maxpool(2) -> conv(16, 3, padding=1) -> upsample(2) -> add(a)
      }
      `,
      {
        'Set input image to 3×66×66 → 16×66×66': 'input image: [3, 66, 66]',
        'Set input image to 3×64×64 → 16×64×64': 'input image: [3, 64, 64]',
        'Resize the smaller map to a → 16×65×65':
          'output y = a -> maxpool(2) -> conv(16, 3, padding=1) -> upsample(2) -> resize(a) -> add(a)',
      },
    )
  })

  it('by a factor are resized, not cropped', () => {
    checkFixes(
      'shapes-differ',
      `
      network N {
        input image: [8, 64, 64]
        g = image -> avgpool(8) -> conv(8, 1) -> sigmoid
        output y = mul(image, g)
      }
      `,
      {
        'Resize the smaller map to image → 8×64×64': 'output y = mul(image, g -> resize(image))',
      },
    )
  })

  it('because of the input’s size get the nearest sizes that work', () => {
    checkFixes(
      'shapes-differ',
      `
      SIZE = 100
      network N {
        input image: [3, SIZE, SIZE]
        a = image -> conv(8, 3, padding=1)
        output y = a -> maxpool(8) -> conv(8, 1) -> upsample(8) -> add(a)
      }
      `,
      {
        'Set input image to 3×104×104 → 8×104×104': 'SIZE = 104',
        'Set input image to 3×96×96 → 8×96×96': 'SIZE = 96',
        'Resize the smaller map to a → 8×100×100':
          'output y = a -> maxpool(8) -> conv(8, 1) -> upsample(8) -> resize(a) -> add(a)',
      },
    )
  })

  it('in an imported block are fixed in its file', () => {
    checkFixes(
      'shapes-differ',
      {
        'test.cnn': `
          from "./blocks.cnn" import residual
          network N {
            input image: [8, 64, 64]
            output y = image -> residual
          }
          `,
        'blocks.cnn': `
          block residual(x: tensor) {
            return add(x, x -> conv(x.channels, 3))
          }
          `,
      },
      {
        'Set padding=1 on conv(x.channels, 3), line 2, in block residual → 8×64×64':
          'return add(x, x -> conv(x.channels, 3, padding=1))',
        'Set padding=half on conv(x.channels, 3), line 2, in block residual → 8×64×64':
          'return add(x, x -> conv(x.channels, 3, padding=half))',
      },
    )
  })
})

describe('a map that is smaller than what is to be cropped from it', () => {
  it('gets back the border that its branch lost', () => {
    checkFirstFix(
      'crop-exceeds-input',
      `
      network N {
        input image: [3, 16, 16]
        a = image -> conv(8, 3)
        b = image -> conv(8, 3, padding=1)
        output y = a -> center_crop(b)
      }
      `,
      'Set padding=1 on conv(8, 3), line 3 → 8×16×16',
      'a = image -> conv(8, 3, padding=1)',
    )
  })
})

describe('an encoder and a decoder that meet several times', () => {
  it('get the nearest sizes with which all of them meet', () => {
    checkFixes(
      'concat-sizes-differ',
      `
      network N {
        input image: [3, 100, 100]
        b = image -> maxpool(2)
        c = b -> maxpool(2)
        e = concat(c -> maxpool(2) -> upsample(2), c)
        output y = concat(concat(e -> upsample(2), b) -> upsample(2), image)
      }
      `,
      {
        'Set input image to 3×104×104 → 6×26×26': 'input image: [3, 104, 104]',
        'Set input image to 3×96×96 → 6×24×24': 'input image: [3, 96, 96]',
        'Resize the smaller map to c → 6×25×25': 'e = concat(c -> maxpool(2) -> upsample(2) -> resize(c), c)',
      },
    )
  })
})
