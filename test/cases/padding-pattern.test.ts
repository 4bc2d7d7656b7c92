/** How a padding that lacks is spelled, and mistakes that do not hide each other. */
import { describe, it } from 'vitest'
import { checkMistake, type Mistake } from '../helpers/fixes'

describe('it is spelled as the author spells it', () => {
  it.each<Mistake>([
    {
      name: 'half',
      source: `
        block res(x: tensor, width, k, d) {
          y = x -> conv(width, k, dilation=d, padding=half) -> relu -> conv(width, k, dilation=d)
          return add(x, y)
        }
        network N {
          input x: 32x1000
          output y = x -> res(32, 5, 1) -> res(32, 5, 2)
        }
      `,
      first:
        'y = x -> conv(width, k, dilation=d, padding=half) -> relu -> conv(width, k, dilation=d, padding=half)',
    },
    {
      name: 'same',
      source: `
        block r(x: tensor, w) {
          y = x -> conv(w, 3, padding=same) -> relu -> conv(w, 5)
          return add(y, x)
        }
        network N {
          input x: 16x32x32
          output y = x -> r(16)
        }
      `,
      first: 'y = x -> conv(w, 3, padding=same) -> relu -> conv(w, 5, padding=same)',
    },
    {
      name: 'by the kernel',
      source: `
        block res(x: tensor, width, k=3) {
          y = x -> conv(width, k, padding=k // 2) -> relu -> conv(width, k)
          return add(x, y)
        }
        network N {
          input v: 16x56x56
          output y = v -> res(16) -> res(16, 5)
        }
      `,
      first: 'y = x -> conv(width, k, padding=k // 2) -> relu -> conv(width, k, padding=k // 2)',
    },
    {
      name: 'by the kernel, which has another name',
      source: `
        block two(x: tensor, width, k1, k2) {
          a = x -> conv(width, k1, padding=k1 // 2) -> relu
          b = x -> conv(width, k2) -> relu
          return concat(a, b)
        }
        network N {
          input x: 16x32x32
          output y = x -> two(16, 3, 5) -> two(16, 5, 7)
        }
      `,
      first: 'b = x -> conv(width, k2, padding=k2 // 2) -> relu',
    },
    {
      name: 'by kernel and dilation',
      source: `
        block res(x: tensor, width, k, d) {
          y = x -> conv(width, k, dilation=d, padding=(k - 1) // 2 * d) -> relu -> conv(width, k, dilation=d)
          return add(x, y)
        }
        network N {
          input v: 16x56x56
          output y = v -> res(16, 3, 1) -> res(16, 5, 2)
        }
      `,
      first:
        'y = x -> conv(width, k, dilation=d, padding=(k - 1) // 2 * d) -> relu -> conv(width, k, dilation=d, padding=(k - 1) // 2 * d)',
    },
    {
      name: 'by the variable of a loop',
      source: `
        network N {
          input x: 32x64x64
          y = x
          for d in [1, 2, 4, 8] {
            y = add(y, y -> conv(32, 3, padding=d, dilation=d) -> relu -> conv(32, 3, dilation=d))
          }
          output z = y
        }
      `,
      first:
        'y = add(y, y -> conv(32, 3, padding=d, dilation=d) -> relu -> conv(32, 3, dilation=d, padding=d))',
    },
    {
      name: 'by a constant',
      source: `
        P = 1
        block res(x: tensor, width) {
          y = x -> conv(width, 3, padding=P) -> relu -> conv(width, 3)
          return add(x, y)
        }
        network N {
          input x: 64x64x64
          output y = x -> 2 * res(64)
        }
      `,
      first: 'y = x -> conv(width, 3, padding=P) -> relu -> conv(width, 3, padding=P)',
    },
    {
      name: 'with its mode',
      source: `
        block res(x: tensor, width) {
          y = x -> conv(width, 3, padding=1, padding_mode=reflect) -> relu -> conv(width, 3)
          return add(x, y)
        }
        network N {
          input x: 64x64x64
          output y = x -> 2 * res(64)
        }
      `,
      first:
        'y = x -> conv(width, 3, padding=1, padding_mode=reflect) -> relu -> conv(width, 3, padding=1, padding_mode=reflect)',
    },
    {
      name: 'as a layer of its own',
      source: `
        block res(x: tensor, width) {
          y = x -> pad(1, mode=reflect) -> conv(width, 3) -> instancenorm -> relu -> conv(width, 3) -> instancenorm
          return add(x, y)
        }
        network N {
          input x: 64x64x64
          output y = x -> 9 * res(64)
        }
      `,
      first:
        'y = x -> pad(1, mode=reflect) -> conv(width, 3) -> instancenorm -> relu -> pad(1, mode=reflect) -> conv(width, 3) -> instancenorm',
    },
    {
      name: 'at the begin alone',
      source: `
        block res(x: tensor, width, k, d) {
          y = x -> conv(width, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu -> conv(width, k, dilation=d)
          return add(x, y)
        }
        network N {
          input x: 32x1000
          output y = x -> res(32, 3, 1) -> res(32, 3, 2)
        }
      `,
      first:
        'y = x -> conv(width, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu -> conv(width, k, dilation=d, padding=[(k - 1) * d, 0])',
    },
  ])('$name', checkMistake)
})

describe('a mistake beside another one', () => {
  it.each<Mistake>([
    {
      name: 'another use lacks a projection',
      source: `
        block res(x: tensor, width) {
          y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3)
          return add(y, x) -> relu
        }
        network N {
          input image: 3x32x32
          x = image -> conv(16, 3, padding=1)
          output y = x -> res(16) -> res(32)
        }
      `,
      first: 'y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3, padding=1)',
    },
    {
      name: 'the same use lacks a projection',
      source: `
        block res(x: tensor, width) {
          y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3)
          return add(y, x) -> relu
        }
        network N {
          input image: 3x32x32
          output y = image -> res(16) -> res(16)
        }
      `,
      first: 'y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3, padding=1)',
    },
    {
      name: 'another use has a stride',
      source: `
        block res(x: tensor, width, stride=1) {
          y = x -> conv(width, 3, stride=stride, padding=1) -> relu -> conv(width, 3)
          return add(y, x) -> relu
        }
        network N {
          input image: 16x32x32
          output y = image -> res(16) -> res(16, stride=2)
        }
      `,
      first: 'y = x -> conv(width, 3, stride=stride, padding=1) -> relu -> conv(width, 3, padding=1)',
    },
    {
      name: 'another use has a stride, and both convolutions lack it',
      source: `
        block res(x: tensor, width, stride=1) {
          y = x -> conv(width, 3, stride=stride) -> relu -> conv(width, 3)
          return add(y, x) -> relu
        }
        network N {
          input image: 16x32x32
          output y = image -> res(16) -> res(16, stride=2)
        }
      `,
      first: 'y = x -> conv(width, 3, stride=stride, padding=1) -> relu -> conv(width, 3, padding=1)',
    },
    {
      name: 'another block lacks it too',
      source: `
        block res(x: tensor, width) {
          y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3)
          return add(y, x) -> relu
        }
        block branchy(x: tensor, width) {
          a = x -> conv(width, 1)
          b = x -> conv(width, 3, padding=1)
          c = x -> conv(width, 5)
          return concat(a, b, c)
        }
        network N {
          input image: 16x32x32
          output y = image -> res(16) -> branchy(8) -> conv(16, 1) -> res(16)
        }
      `,
      first: 'y = x -> conv(width, 3, padding=1) -> relu -> conv(width, 3, padding=1)',
    },
  ])('$name', checkMistake)
})
