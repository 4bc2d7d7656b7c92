import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('an operation that stands for something', () => {
  it('is found wherever it is applied', () => {
    checkRule(
      'opaque-layer',
      `
      block sampled(x: tensor, count) {
        return x -> opaque([count, 3])
        #           ^^^^^^ warning[opaque-layer]: What makes 512×3 here is not described
      }

      network N {
        input points: [1024, 3]
        input features: [1024, 16]
        a = points -> sampled(512)
        output y = opaque(a, features, [512, 19]) -> linear(8)
        #          ^^^^^^ warning[opaque-layer]: Its parameters and multiply–accumulates are missing in the totals
      }
    `,
    )
  })

  it('is not found in a network that is described', () => {
    checkRule(
      'opaque-layer',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1) -> relu
      }
    `,
    )
  })
})
