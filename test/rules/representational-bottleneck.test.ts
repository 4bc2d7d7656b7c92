import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

const RULE = 'representational-bottleneck'

/** Four more layers with weights, so that what stands before them is early. */
const REST = 'block rest(x: tensor) { return x -> 4 * (conv(64, 3, padding=1) -> relu) }'

describe('a representation that shrinks abruptly', () => {
  it('is found at the layer, a pooling or a convolution', () => {
    checkRule(
      RULE,
      `
      ${REST}
      network N {
        input image: [3, 128, 128]
        a = image -> conv(64, 3, padding=1) -> relu
        output y = a -> maxpool(4) -> rest
        #               ^^^^^^^ info[representational-bottleneck]: The representation shrinks from 64×128×128 (1,048,576 values) to 64×32×32 (65,536): 16 times fewer. All that the network knows passes through here, at layer 2 of 5 with weights
      }
      network M {
        input image: [3, 128, 128]
        output y = image -> conv(8, 8, stride=8) -> relu -> rest
        #                   ^^^^ info[representational-bottleneck]: The representation shrinks from 3×128×128 (49,152 values) to 8×16×16 (2,048): 24 times fewer
      }
      network Squeezed {
        input image: [3, 64, 64]
        output y = image -> conv(64, 3) -> relu -> conv(4, 1) -> relu -> rest
        #                                          ^^^^ info[representational-bottleneck]: The representation shrinks from 64×62×62 (246,016 values) to 4×62×62
      }
    `,
    )
  })

  it('is not found where it shrinks gently, as in the stems of ResNet and AlexNet', () => {
    checkRule(
      RULE,
      `
      ${REST}
      network ResNet {
        input image: [3, 224, 224]
        output y = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1) -> rest
      }
      network AlexNet {
        input image: [3, 227, 227]
        output y = image -> conv(96, 11, stride=4) -> relu -> maxpool(3, stride=2) -> rest
      }
      network Patches {
        input image: [3, 224, 224]
        output y = image -> conv(768, 16, stride=16) -> 4 * (conv(768, 3, padding=1) -> relu)
      }
    `,
    )
  })

  it('is not found where something leads past the layer', () => {
    checkRule(
      RULE,
      `
      ${REST}
      network Residual {
        input image: [3, 64, 64]
        x = image -> conv(64, 3, padding=1) -> relu
        y = x -> conv(4, 1) -> relu -> conv(64, 3, padding=1)
        output z = add(x, y) -> rest
      }
      network UNet {
        input image: [3, 64, 64]
        x = image -> conv(64, 3, padding=1) -> relu
        y = x -> maxpool(4) -> rest -> upsample(4)
        output z = concat(x, y) -> rest
      }
      network SideOutput {
        input image: [3, 64, 64]
        output x = image -> conv(64, 3, padding=1) -> relu
        output z = x -> maxpool(4) -> rest
      }
    `,
    )
  })

  it('is not found late in the network, nor when nothing spatial is left', () => {
    checkRule(
      RULE,
      `
      ${REST}
      network Late {
        input image: [3, 64, 64]
        output y = image -> conv(64, 3, padding=1) -> relu -> rest -> maxpool(8) -> conv(10, 1)
      }
      network Head {
        input x: [512, 7, 7]
        output y = x -> global_avgpool -> flatten -> linear(64) -> relu -> linear(64) -> relu -> linear(64)
      }
    `,
    )
  })

  it('is as abrupt and as early as the options say', () => {
    const pooled = (factor: number, mark: string) => `
      ${REST}
      network N {
        input image: [3, 64, 64]
        x = image -> conv(64, 3, padding=1) -> relu
        output y = x -> maxpool(${factor}) -> rest
        ${mark}
      }
    `
    const mark = '#               ^^^^^^^ info[representational-bottleneck]'
    checkRule(RULE, pooled(2, mark), { factor: 3 })
    checkRule(RULE, pooled(4, ''), { factor: 16 })
    checkRule(RULE, pooled(4, ''), { early: 0.3 })
  })

  it('is not found where the symbols of the input are embedded, position by position', () => {
    checkRule(
      RULE,
      `
      ${REST}
      network WaveNet {
        input audio: [256, 4096]
        output y = audio -> pad([1, 0]) -> conv(16, 2) -> rest1
      }
      block rest1(x: tensor) { return x -> 4 * (conv(16, 3, padding=1) -> relu) }
      network Strided {
        input image: [3, 64, 64]
        output y = image -> conv(4, 8, stride=8) -> rest
        #                   ^^^^ info[representational-bottleneck]
      }
    `,
    )
  })
})
