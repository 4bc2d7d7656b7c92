import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('what is not there is created', () => {
  it('a block with the parameters of its call', () => {
    checkFixes(
      'unknown-layer',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> residual(64, stride=2)
      }
      `,
      {
        'Create block `residual(x: tensor, width, stride)`': `
          block residual(x: tensor, width, stride) {
            return x -> conv(width, 3, stride=stride, padding=half)
          }`,
      },
    )
  })

  it('a block of several tensors, a layer and several results', () => {
    checkFixes(
      'unknown-layer',
      `
      network N {
        input image: [3, 32, 32]
        skip = image -> relu
        a, b = fuse(image, skip, act=relu)
        output y = add(a, b)
      }
      `,
      {
        'Create block `fuse(image: tensor, skip: tensor, act: layer)`': `
          block fuse(image: tensor, skip: tensor, act: layer) {
            return image, image
          }`,
      },
    )
  })

  it('a constant with a value that its option often has', () => {
    checkFixes(
      'unknown-name',
      `
      ## A small network.
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(breadth, 3)
      }
      `,
      { 'Declare `breadth = 64`': 'breadth = 64\n' },
    )
  })

  it('an input where a tensor is needed', () => {
    checkFixes(
      'unknown-name',
      `
      network N {
        output y = photograph -> conv(8, 3)
      }
      `,
      { 'Declare `input photograph: [3, 224, 224]`': 'input photograph: [3, 224, 224]' },
    )
  })

  it('the arrow before a stage on a line of its own', () => {
    checkFixes(
      'syntax-error',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3)
          relu
      }
      `,
      { 'Insert the arrow before it': '-> relu' },
    )
  })

  it('a name, or an output, for a flow that has none', () => {
    checkFixes(
      'syntax-error',
      `
      network N {
        input image: [3, 32, 32]
        image -> conv(8, 3)
      }
      `,
      {
        'Make it an output': 'output y = image -> conv(8, 3)',
        'Bind it to image': 'image = image -> conv(8, 3)',
      },
    )
  })

  it('an output of the last tensor', () => {
    checkFixes(
      'missing-output',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3)
        b = a -> relu
      }
      `,
      { 'Make `b` an output': 'output b = a -> relu' },
    )
  })
})
