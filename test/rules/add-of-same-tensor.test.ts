import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('adding a tensor to itself', () => {
  it('is found where the branch is not applied', () => {
    checkRule(
      'add-of-same-tensor',
      `
      block residual(x: tensor, width) {
        y = x
        branch = x -> conv(width, 3, padding=1) -> relu
        return add(y, x) -> relu
        #      ^^^ warning[add-of-same-tensor]: Both operands of \`add\` are the same tensor. The sum is twice what comes in: no branch is added
      }
      network N {
        input image: [8, 16, 16]
        a = image -> 2 * residual(8)
        b = sub(a, a)
        #   ^^^ warning[add-of-same-tensor]: A value less itself is 0
        c = a -> maximum(a)
        #        ^^^^^^^ warning[add-of-same-tensor]: that value
        d = add([a, b, a])
        #   ^^^ warning[add-of-same-tensor]: Operands 1 and 3 of \`add\` are the same tensor. What stands there twice counts twice
        output y = d
      }
    `,
    )
  })

  it('is not found for squares, repeated channels and different results of one layer', () => {
    checkRule(
      'add-of-same-tensor',
      `
      network N {
        input image: [8, 16, 16]
        square = mul(image, image)
        colours = concat(image, image, image)
        shared head = conv(8, 1)
        sum = add(image -> head, square -> head)
        output y = add(image, image -> dropout)
      }
    `,
    )
  })

  it('is not found in a block that is mostly given two tensors', () => {
    checkRule(
      'add-of-same-tensor',
      `
      block around(x: tensor, n) { return add(x, x -> n * conv(8, 1)) }
      network N {
        input image: [8, 16, 16]
        output y = image -> around(0) -> around(2)
      }
    `,
    )
  })
})
