import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('normalising one value per channel', () => {
  it('is found in the image pooling of ASPP, at the one use of a block that meets it', () => {
    checkRule(
      'normalisation-over-one-value',
      `
      block conv_bn(x: tensor, width, kernel) {
        return x -> conv(width, kernel, padding=half, bias=false) -> batchnorm -> relu
      }
      network N {
        input image: [16, 32, 32]
        context = image -> global_avgpool -> conv_bn(8, 1) -> resize(image)
        #                                    ^^^^^^^^^^^^^ info[normalisation-over-one-value]: At batch size 1 each of the 8 channels of 8×1×1 is a single value to normalise
        output y = concat(image -> conv_bn(8, 3), context)
      }
    `,
    )
  })

  it('is found in the coarsest level of a pyramid', () => {
    checkRule(
      'normalisation-over-one-value',
      `
      network N {
        input image: [16, 32, 32]
        levels = [image -> adaptive_avgpool(n) -> conv(4, 1, bias=false) -> batchnorm for n in [1, 2, 4]]
        #                                                                   ^^^^^^^^^ info[normalisation-over-one-value]: use groupnorm
        output y = concat([level -> resize(image) for level in levels])
      }
    `,
    )
  })

  it('is found once for all layers after one pooling', () => {
    checkRule(
      'normalisation-over-one-value',
      `
      network N {
        input image: [16, 4, 4]
        a = image -> conv(16, 4, bias=false) -> batchnorm -> relu
        #                                       ^^^^^^^^^ info[normalisation-over-one-value]
        b = a -> conv(16, 1, bias=false) -> batchnorm
        output y = add(a, b) -> batchnorm
        c = image -> global_maxpool -> batchnorm
        #                              ^^^^^^^^^ info[normalisation-over-one-value]
      }
    `,
    )
  })

  it('is not found for larger maps, vectors, rows, regions and frozen layers', () => {
    checkRule(
      'normalisation-over-one-value',
      `
      network N {
        input image: [16, 32, 32]
        input column: [16, 4, 1]
        input regions: [100, 4]
        a = image -> global_avgpool -> flatten -> linear(8, bias=false) -> batchnorm
        b = column -> batchnorm
        c = roi_pool(image, regions, 1) -> batchnorm
        d = image -> global_avgpool -> batchnorm(trainable=false)
        e = image -> global_avgpool -> groupnorm(4)
        output y = image -> batchnorm
      }
    `,
    )
  })
})
