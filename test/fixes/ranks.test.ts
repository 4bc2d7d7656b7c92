import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('tensors of the wrong rank', () => {
  it('are flattened or averaged before a linear layer', () => {
    checkFixes(
      'linear-on-feature-map',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> relu -> linear(10)
      }
      `,
      {
        'Insert flatten → 10 (7.7K parameters)': 'output y = image -> relu -> flatten -> linear(10)',
        'Insert global_avgpool, flatten → 10 (130)':
          'output y = image -> relu -> global_avgpool -> flatten -> linear(10)',
      },
    )
  })

  it('are flattened where they are written in the call', () => {
    checkFixes(
      'linear-on-feature-map',
      `
      network N {
        input image: [12, 8, 8]
        output y = linear(image, 10)
      }
      `,
      {
        'Insert flatten → 10 (7.7K parameters)': 'output y = linear(image -> flatten, 10)',
        'Insert global_avgpool, flatten → 10 (130)':
          'output y = linear(image -> global_avgpool -> flatten, 10)',
      },
    )
  })

  it('are flattened before a repetition, not in it', () => {
    checkFixes(
      'linear-on-feature-map',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> 2 * linear(10)
      }
      `,
      {
        'Insert flatten → 10 (7.7K parameters)': 'output y = image -> flatten -> 2 * linear(10)',
        'Insert global_avgpool, flatten → 10 (130)':
          'output y = image -> global_avgpool -> flatten -> 2 * linear(10)',
      },
    )
  })

  it('are flattened in the layer that a name stands for', () => {
    checkFixes(
      'linear-on-feature-map',
      `
      network N {
        input image: [12, 8, 8]
        head = linear(10)
        output y = image -> head
      }
      `,
      {
        'Insert flatten → 10 (7.7K parameters)': 'head = flatten -> linear(10)',
        'Insert global_avgpool, flatten → 10 (130)': 'head = global_avgpool -> flatten -> linear(10)',
      },
    )
  })

  it('are not flattened before a convolution', () => {
    checkFixes(
      'needs-spatial-axes',
      `
      network N {
        input image: [12, 8, 8]
        output y = image -> flatten -> conv(8, 3)
      }
      `,
      {
        'Remove flatten → 8×6×6': 'output y = image -> conv(8, 3)',
      },
    )
  })

  it('get spatial axes by a reshape', () => {
    checkFixes(
      'needs-spatial-axes',
      `
      network N {
        input z: [100]
        output y = z -> conv_transpose(8, 4)
      }
      `,
      {
        'Insert reshape([100, 1, 1]) → 8×4×4': 'output y = z -> reshape([100, 1, 1]) -> conv_transpose(8, 4)',
      },
    )
  })
})
