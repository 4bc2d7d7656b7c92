import { describe, it } from 'vitest'
import { checkFirstFix } from '../helpers/fixes'

describe('a padding is set where it is given', () => {
  it('in the call', () => {
    checkFirstFix(
      'shapes-differ',
      `
      network N {
        input image: [8, 32, 32]
        output y = image -> conv(8, 3, padding=0) -> add(image)
      }
      `,
      'Set padding=1 on conv(8, 3, padding=0), line 3 → 8×32×32',
      'output y = image -> conv(8, 3, padding=1) -> add(image)',
    )
  })

  it('in the constant that holds the layer', () => {
    checkFirstFix(
      'shapes-differ',
      `
      filter = conv(8, 3)
      network N {
        input image: [8, 32, 32]
        output y = add(image -> filter, image)
      }
      `,
      'Set padding=1 on conv(8, 3), line 1 → 8×32×32',
      'filter = conv(8, 3, padding=1)',
    )
  })

  it('in the constant that holds a block with its option', () => {
    checkFirstFix(
      'shapes-differ',
      `
      block unit(x: tensor, width, pad=1) { return x -> conv(width, 3, padding=pad) -> relu }
      bare = unit(pad=0)
      block twice(x: tensor, layer: layer) { return x -> 2 * layer(8) }
      network N {
        input image: [8, 32, 32]
        output y = add(image -> twice(bare), image -> twice(unit))
      }
      `,
      'Set pad=1 on unit(pad=0), line 2 → 8×32×32',
      'bare = unit(pad=1)',
    )
  })

  it('in the call that gives a block the parameter', () => {
    checkFirstFix(
      'shapes-differ',
      `
      block unit(x: tensor, width, k, pad=0) { return x -> conv(width, k, padding=pad) -> relu }
      network N {
        input image: [8, 32, 32]
        output y = add(image -> unit(8, 1), image -> unit(8, 3, 2))
      }
      `,
      'Set pad=1 on unit(8, 3, 2), line 4 → 8×32×32',
      'output y = add(image -> unit(8, 1), image -> unit(8, 3, 1))',
    )
  })

  it('in the default of the parameter, when all calls rely on it', () => {
    checkFirstFix(
      'shapes-differ',
      `
      block unit(x: tensor, width, pad=0) { return x -> conv(width, 3, padding=pad) -> relu }
      network N {
        input image: [8, 32, 32]
        y = image -> unit(8) -> unit(8)
        output sum = add(image, y)
      }
      `,
      'Set the default pad=1 in block unit → 8×32×32',
      'block unit(x: tensor, width, pad=1) { return x -> conv(width, 3, padding=pad) -> relu }',
    )
  })

  it('by the parameter that was meant for it', () => {
    checkFirstFix(
      'shapes-differ',
      `
      block unit(x: tensor, width, k, padding=0) { return x -> conv(width, k) -> relu }
      network N {
        input image: [8, 32, 32]
        a = image -> unit(8, 3, padding=1)
        b = image -> unit(8, 5, padding=1)
        output y = add(a, b -> unit(8, 1, padding=1), image)
      }
      `,
      'Set padding=padding on conv(width, k), line 1, in block unit → 8×32×32',
      'block unit(x: tensor, width, k, padding=0) { return x -> conv(width, k, padding=padding) -> relu }',
    )
  })

  it('in the caller, where the parameter gets another value only after it was read', () => {
    checkFirstFix(
      'shapes-differ',
      `
      block unit(x: tensor, width, pad) {
        y = x -> conv(width, 3, padding=pad)
        pad = 2
        return y -> conv(width, 5, padding=pad)
      }
      network N {
        input image: [8, 32, 32]
        output y = add(image, image -> unit(8, pad=0))
      }
      `,
      'Set pad=1 on unit(8, pad=0), line 8 → 8×32×32',
      'output y = add(image, image -> unit(8, pad=1))',
    )
  })
})
