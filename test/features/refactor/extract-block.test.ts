import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('extract-block', sources, expected)

describe('extract-block', () => {
  it('makes the selected stages a block', () => {
    check(
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> «conv(8, 3, padding=1, bias=false) -> batchnorm -> relu» -> maxpool(2)
      }
      `,
      {
        'Extract block conv_batchnorm_relu': `
          block conv_batchnorm_relu(x: tensor) {
            return x -> conv(8, 3, padding=1, bias=false) -> batchnorm -> relu
          }

          network N {
            input image: [3, 32, 32]
            output y = image -> conv_batchnorm_relu -> maxpool(2)
        `,
      },
    )
  })

  it('infers tensors, layers and values, and calls a tensor that is read too as it is called', () => {
    check(
      `
      # A network.
      network N(width=8, act: layer = relu) {
        input image: [3, 32, 32]
        skip = image -> conv(width, 1)
        deep = image -> conv(width, 3, padding=1)
        output y = skip «-> conv(width * skip.channels, 1) -> act -> conv(width, 1) -> add(skip, deep) as sum» -> relu
      }
      `,
      {
        'Extract block unit': `
          block unit(skip: tensor, deep: tensor, width, act: layer) {
            return skip -> conv(width * skip.channels, 1) -> act -> conv(width, 1) -> add(skip, deep)
          }

          # A network.
          network N(width=8, act: layer = relu) {
            input image: [3, 32, 32]
            skip = image -> conv(width, 1)
            deep = image -> conv(width, 3, padding=1)
            output y = skip -> unit(deep, width, act) as sum -> relu
        `,
      },
    )
  })

  it('offers to use the block for the duplicates too', () => {
    check(
      `
      WIDTH = 8

      block other(x: tensor, WIDTH) { return x -> conv(WIDTH, 3) -> relu }

      network N {
        input image: [3, 32, 32]
        a = image -> «conv(WIDTH, 3) -> relu»
        b = a -> conv( WIDTH,3 ) -> relu -> maxpool(2)
        output y = b -> 2 * (conv(WIDTH, 3) -> relu)
        output z = a -> other(4)
      }
      `,
      {
        'Extract block conv_relu': `
          block conv_relu(x: tensor) {
            return x -> conv(WIDTH, 3) -> relu
          }

          network N {
            input image: [3, 32, 32]
            a = image -> conv_relu
        `,
        'Extract block conv_relu and use it for 2 duplicates too': `
          block conv_relu(x: tensor) {
            return x -> conv(WIDTH, 3) -> relu
          }

          network N {
            input image: [3, 32, 32]
            a = image -> conv_relu
            b = a -> conv_relu -> maxpool(2)
            output y = b -> 2 * conv_relu
        `,
      },
    )
  })

  it('takes a flow from its tensors on', () => {
    check(
      `
      network N {
        input image: [3, 32, 32]
        output y = «add(image, image) -> relu» -> maxpool(2)
      }
      `,
      {
        'Extract block unit': `
          block unit(image: tensor) {
            return add(image, image) -> relu
          }

          network N {
            input image: [3, 32, 32]
            output y = unit(image) -> maxpool(2)
        `,
      },
    )
    check('network N {\n  input image: [3, 32, 32]\n  output y = «image -> flatten -> relu»\n}\n', {
      'Extract block flatten_relu': `
        block flatten_relu(x: tensor) {
          return x -> flatten -> relu
        }

        network N {
          input image: [3, 32, 32]
          output y = image -> flatten_relu
      `,
    })
  })

  it('keeps what is shared shared, and works in a block that nothing applies', () => {
    check(
      `
      block f(x: tensor) {
        shared head = conv(3, 1)
        y = x -> head
        return y -> «relu -> head»
      }
      `,
      {
        'Extract block relu_head': `
          block relu_head(x: tensor, head: layer) {
            return x -> relu -> head
          }

          block f(x: tensor) {
            shared head = conv(3, 1)
            y = x -> head
            return y -> relu_head(head)
        `,
      },
    )
  })

  it('finds a name that nothing bears', () => {
    check(
      'unit = 3\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> «relu -> relu -> relu -> relu»\n}\n',
      {
        'Extract block unit2': `
        block unit2(x: tensor) {
          return x -> relu -> relu -> relu -> relu
        }

        network N {
          input image: [3, 8, 8]
          output y = image -> unit2
      `,
      },
    )
  })

  it.each([
    ['in the middle of a word', 'image -> co«nv(8, 3) -> relu»'],
    ['that ends in the middle of a call', 'image -> «conv(8, 3) -> conv(8», 3)'],
    ['of one bare name', 'image -> «relu» -> conv(8, 3)'],
    ['of nothing', 'image -> conv$0(8, 3) -> relu'],
    ['of half-written text', 'image -> «conv(8, 3) -> relu» -> conv(8,'],
    ['that reads a name that nobody knows', 'image -> «conv(wide, 3) -> relu»'],
    ['with a name that is read outside', 'image -> «conv(8, 3) as a -> relu» -> add(a)'],
  ])('refuses a selection %s', (_, flow) => {
    check(`network N {\n  input image: [3, 8, 8]\n  output y = ${flow}\n}\n`, {})
  })
})
