/** Crops, pads and slices whose numbers were worked out by hand. */
import { describe, it } from 'vitest'
import { checkMistake, type Mistake } from '../helpers/fixes'

describe('what is cropped or padded by hand gets the size of what it meets', () => {
  it.each<Mistake>([
    {
      name: 'a crop',
      source: `
        network N {
          input image: 1x64x64
          a = image -> conv(8, 3) -> relu
          b = a -> conv(8, 3) -> relu -> conv(8, 3) -> relu
          output y = concat(a -> crop(57), b)
        }
      `,
      first: 'output y = concat(a -> crop(58), b)',
    },
    {
      name: 'a crop of the middle',
      source: `
        network N {
          input image: 1x64x64
          a = image -> conv(8, 3) -> relu
          b = a -> conv(8, 3) -> relu -> conv(8, 3) -> relu
          output y = concat(a -> center_crop(57), b)
        }
      `,
      first: 'output y = concat(a -> center_crop(58), b)',
    },
    {
      name: 'a crop to the wrong tensor',
      source: `
        network N {
          input image: 1x64x64
          a = image -> conv(8, 3) -> relu
          b = a -> conv(8, 3) -> relu
          c = b -> conv(8, 3) -> relu
          output y = concat(a -> center_crop(b), c)
        }
      `,
      first: 'output y = concat(a -> center_crop(c), c)',
    },
    {
      name: 'a negative pad, as a call',
      source: `
        network N {
          input image: 1x64x64
          a = image -> conv(8, 5) -> relu
          b = a -> conv(8, 4) -> relu
          output y = concat(pad(a, [-2, -2, -2, -2]), b)
        }
      `,
      first: 'output y = concat(center_crop(a, b), b)',
    },
    {
      name: 'a negative pad in a block',
      source: `
        block up(x: tensor, skip: tensor, width, c) {
          u = x -> conv_transpose(width, 2, stride=2)
          return concat(skip -> pad(-c), u) -> conv(width, 3) -> relu -> conv(width, 3) -> relu
        }
        block double(x: tensor, width) { return x -> conv(width, 3) -> relu -> conv(width, 3) -> relu }
        network U {
          input image: 1x572x572
          c1 = image -> double(16)
          c2 = c1 -> maxpool(2) -> double(32)
          c3 = c2 -> maxpool(2) -> double(64)
          d2 = up(c3, c2, 32, 4)
          d1 = up(d2, c1, 16, 15)
          output y = d1 -> conv(2, 1)
        }
      `,
      first: 'return concat(skip -> center_crop(u), u) -> conv(width, 3) -> relu -> conv(width, 3) -> relu',
    },
    {
      name: 'slices',
      source: `
        network N {
          input image: 1x64x64
          a = image -> conv(8, 3) -> relu
          b = a -> conv(8, 3) -> relu -> conv(8, 3) -> relu
          output y = concat(a -> slice(2, 59, axis=1) -> slice(2, 59, axis=2), b)
        }
      `,
      first: 'output y = concat(a -> center_crop(b), b)',
    },
    {
      name: 'a slice that counts from the end',
      source: `
        network N {
          input x: 8x100
          y = x -> conv(8, 3, padding=4) -> slice(0, -2, axis=1) -> relu
          output z = add(x, y)
        }
      `,
      first: 'y = x -> conv(8, 3, padding=4) -> crop(x) -> relu',
    },
    {
      name: 'a pad at the end',
      source: `
        network N {
          input image: 8x65x65
          u = image -> maxpool(2) -> conv_transpose(8, 2, stride=2) -> pad([0, 2, 0, 2])
          output y = concat(u, image)
        }
      `,
      first: 'u = image -> maxpool(2) -> conv_transpose(8, 2, stride=2) -> pad(image)',
    },
    {
      name: 'a pad before a convolution',
      source: `
        network N {
          input image: 8x64x64
          a = image -> pad(1) -> conv(8, 5) -> relu
          output y = add(a, image)
        }
      `,
      first: 'a = image -> pad(2) -> conv(8, 5) -> relu',
    },
    {
      name: 'a resize',
      source: `
        network N {
          input image: 3x100x100
          a = image -> conv(8, 3, padding=1) -> relu
          c = a -> maxpool(2) -> conv(8, 3, padding=1) -> relu -> resize(104, mode=bilinear)
          output y = concat(a, c)
        }
      `,
      first: 'c = a -> maxpool(2) -> conv(8, 3, padding=1) -> relu -> resize(100, mode=bilinear)',
    },
  ])('$name', checkMistake)
})
