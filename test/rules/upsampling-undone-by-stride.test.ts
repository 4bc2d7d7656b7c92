import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('a stride that undoes the upsampling before it', () => {
  it('is found at the stride', () => {
    checkRule(
      'upsampling-undone-by-stride',
      `
      network N {
        input x: [8, 16, 16]
        a = x -> upsample(2) -> conv(8, 3, stride=2, padding=1)
        #                                         ^ warning[upsampling-undone-by-stride]: Stride 2 along the height undoes upsample, which has just enlarged the map 2 times
        b = x -> conv_transpose(8, 4, stride=2, padding=1) -> conv(8, 1, bias=false) -> batchnorm -> relu -> maxpool(2)
        #                                                                                                    ^^^^^^^ warning[upsampling-undone-by-stride]: undoes conv_transpose
        c = x -> upsample([1, 4]) -> avgpool(2)
        #                            ^^^^^^^ warning[upsampling-undone-by-stride]: Stride 2 along the width undoes upsample, which has just enlarged the map 4 times
        d = x -> resize([32, 32]) -> relu -> maxpool(2)
        #                                    ^^^^^^^ warning[upsampling-undone-by-stride]: undoes resize
        output y = a
      }
    `,
    )
  })

  it('is not found where a layer between looks around, where the map has another use, or for a rational factor', () => {
    checkRule(
      'upsampling-undone-by-stride',
      `
      network N {
        input x: [8, 16, 16]
        a = x -> upsample(2) -> conv(8, 3, padding=1) -> maxpool(2)
        b = x -> upsample(2)
        down = b -> maxpool(2)
        c = x -> upsample(3) -> conv(8, 3, stride=2, padding=1)
        d = x -> conv_transpose(8, 3, padding=1) -> maxpool(2)
        e = concat(x -> upsample(2), x -> upsample(2)) -> maxpool(2)
        output y = b
      }
    `,
    )
  })
})
