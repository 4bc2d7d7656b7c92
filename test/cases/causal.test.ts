/** Convolutions on signals that were meant to see nothing ahead. */
import { describe, it } from 'vitest'
import { checkMistake, type Mistake } from '../helpers/fixes'

describe('a causal convolution is padded at the begin alone', () => {
  it.each<Mistake>([
    {
      name: 'by the expression that was padded on both sides',
      source: `
        block t(x: tensor, w, k, i) {
          y = x -> conv(w, k, dilation=2 ** i, padding=2 ** i * (k - 1)) -> batchnorm -> relu -> dropout(0.2)
          return add(y, x)
        }
        network N {
          input s: 8x64
          output y = s -> t(8, 3, 0) -> t(8, 3, 1)
        }
      `,
      first:
        'y = x -> conv(w, k, dilation=2 ** i, padding=[2 ** i * (k - 1), 0]) -> batchnorm -> relu -> dropout(0.2)',
    },
    {
      name: 'in a list',
      source: `
        network N {
          input s: 8x64
          output y = add(s, s -> conv(8, 3, padding=[2, 2]))
        }
      `,
      first: 'output y = add(s, s -> conv(8, 3, padding=[2, 0]))',
    },
    {
      name: 'in place of a name',
      source: `
        block t(x: tensor, w, k, d) {
          return add(x, x -> conv(w, k, dilation=d, padding=full) -> relu)
        }
        network N {
          input s: 8x64
          output y = s -> t(8, 3, 1) -> t(8, 3, 2)
        }
      `,
      first: 'return add(x, x -> conv(w, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu)',
    },
    {
      name: 'in a loop',
      source: `
        network N {
          input s: 8x64
          x = s
          for d in [1, 2, 4] { x = add(x, x -> conv(8, 2, dilation=d, padding=d) -> relu) }
          output y = x
        }
      `,
      first: 'for d in [1, 2, 4] { x = add(x, x -> conv(8, 2, dilation=d, padding=[d, 0]) -> relu) }',
    },
    {
      name: 'where maps are joined',
      source: `
        block t(x: tensor, w, k, d) {
          return concat(x, x -> conv(w, k, dilation=d, padding=(k - 1) * d) -> relu)
        }
        network N {
          input s: 8x64
          output y = s -> t(8, 3, 1) -> t(8, 3, 2)
        }
      `,
      first: 'return concat(x, x -> conv(w, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu)',
    },
    {
      name: 'two in a row',
      source: `
        block temporal(x: tensor, width, k, d) {
          p = (k - 1) * d
          y = x -> conv(width, k, dilation=d, padding=p) -> relu -> conv(width, k, dilation=d, padding=p) -> relu
          return add(y, x)
        }
        network TCN {
          input s: 32x100
          output y = s -> temporal(32, 3, 1) -> temporal(32, 3, 2)
        }
      `,
      first:
        'y = x -> conv(width, k, dilation=d, padding=[p, 0]) -> relu -> conv(width, k, dilation=d, padding=[p, 0]) -> relu',
    },
    {
      name: 'in two branches that are multiplied',
      source: `
        block unit(x: tensor, channels, k, d) {
          f = x -> conv(channels, k, dilation=d, padding=(k - 1) * d) -> tanh
          g = x -> conv(channels, k, dilation=d, padding=(k - 1) * d) -> sigmoid
          return add(x, mul(f, g) -> conv(channels, 1))
        }
        network W {
          input s: 16x1000
          x = s
          for i in range(4) { x = x -> unit(16, 2, 2 ** i) }
          output y = x
        }
      `,
      first: `
        f = x -> conv(channels, k, dilation=d, padding=[(k - 1) * d, 0]) -> tanh
        g = x -> conv(channels, k, dilation=d, padding=[(k - 1) * d, 0]) -> sigmoid
      `,
    },
    {
      name: 'where the amount is a parameter',
      source: `
        block temporal(x: tensor, width, k, d, padding) {
          y = x -> conv(width, k, dilation=d, padding=padding) -> relu
          return add(y, x)
        }
        network TCN {
          input s: 32x100
          output y = s -> temporal(32, 3, 1, padding=2) -> temporal(32, 3, 2, padding=4)
        }
      `,
      first: 'y = x -> conv(width, k, dilation=d, padding=[padding, 0]) -> relu',
    },
    {
      name: 'or cut at the end, as the one beside it',
      source: `
        block temporal(x: tensor, width, k, d) {
          y = x -> conv(width, k, dilation=d, padding=(k - 1) * d) -> crop(x) -> relu
            -> conv(width, k, dilation=d, padding=(k - 1) * d) -> relu
          return add(y, x)
        }
        network TCN {
          input s: 32x100
          output y = s -> temporal(32, 3, 1) -> temporal(32, 3, 2)
        }
      `,
      first: '-> conv(width, k, dilation=d, padding=(k - 1) * d) -> crop(x) -> relu',
    },
    {
      name: 'by a layer of its own',
      source: `
        block t(x: tensor, width, k, d) {
          y = x -> pad((k - 1) * d) -> conv(width, k, dilation=d) -> relu
          return add(x, y)
        }
        network N {
          input image: 8x64
          output y = image -> t(8, 3, 1) -> t(8, 3, 2)
        }
      `,
      first: 'y = x -> pad([(k - 1) * d, 0]) -> conv(width, k, dilation=d) -> relu',
    },
    {
      name: 'beside channels that differ',
      source: `
        block temporal(x: tensor, width, k, d) {
          y = x -> conv(width, k, dilation=d, padding=(k - 1) * d) -> relu
          return add(y, x)
        }
        network TCN {
          input s: 1x100
          output y = s -> temporal(16, 3, 1) -> temporal(16, 3, 2)
        }
      `,
      first: 'y = x -> conv(width, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu',
    },
    {
      name: 'along the one axis of a map',
      source: `
        network N {
          input x: 8x100x32
          output y = add(x, x -> conv(8, 3x1, padding=[2, 0]))
        }
      `,
      first: 'output y = add(x, x -> conv(8, 3x1, padding=[2, 0, 0, 0]))',
    },
    {
      name: 'along one of two axes that are padded',
      source: `
        network N {
          input x: 8x100x32
          output y = add(x, x -> conv(8, 3, padding=[2, 1]))
        }
      `,
      first: 'output y = add(x, x -> conv(8, 3, padding=[2, 0, 1, 1]))',
    },
  ])('$name', checkMistake)
})
