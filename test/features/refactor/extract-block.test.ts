import { describe, it } from 'vitest'
import { checkRefactoring, type Sources } from '../../helpers/refactoring'

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

  it('infers tensors, layers and values, and offers the duplicates', () => {
    check(
      `
      network N(width=8, act: layer = relu) {
        input image: [3, 32, 32]
        skip = image -> conv(width, 1)
        a = skip «-> conv(width, 3, padding=1) -> act -> add(skip)» as first -> dropout
        output y = a -> conv(width,
            3, padding=1) -> act -> add(skip)
      }
      `,
      {
        'Extract block conv_act_add': `
          block conv_act_add(skip: tensor, width, act: layer) {
            return skip -> conv(width, 3, padding=1) -> act -> add(skip)
          }

          network N(width=8, act: layer = relu) {
            input image: [3, 32, 32]
            skip = image -> conv(width, 1)
            a = skip -> conv_act_add(width, act) as first -> dropout
        `,
      },
    )
  })
})
