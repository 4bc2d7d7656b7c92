import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('a bottleneck that widens', () => {
  it('is found at the channels of its first 1×1 convolution', () => {
    checkRule(
      'bottleneck-widens',
      `
      block unit(x: tensor, width) {
        y = x
          -> conv(width, 1, bias=false) -> batchnorm -> relu
          #       ^^^^^ info[bottleneck-widens]: The bottleneck widens 64 channels to 256 for its 3×3 convolution, and ends in 64. That convolution takes 603,979,776 of the branch’s 637,534,208 multiply–accumulates (95 %)
          -> conv(width, 3, padding=1, bias=false) -> batchnorm -> relu
          -> conv(x.channels, 1, bias=false) -> batchnorm
        return add(x, y) -> relu
      }
      network N {
        input x: [64, 32, 32]
        output y = x -> unit(32) -> unit(256)
      }
    `,
    )
  })

  it('is found where the activation comes first', () => {
    checkRule(
      'bottleneck-widens',
      `
      network N {
        input x: [64, 32, 32]
        y = x -> batchnorm -> relu
          -> conv(128, 1) -> batchnorm -> relu
          #       ^^^ info[bottleneck-widens]
          -> conv(128, 3, padding=1) -> batchnorm -> relu
          -> conv(64, 1)
        output z = add(x, y)
      }
    `,
    )
  })

  it('is not found in the first unit of a stage, in inverted residuals, and with grouped convolutions', () => {
    checkRule(
      'bottleneck-widens',
      `
      block residual(x: tensor, width, middle: layer, channels) {
        y = x -> conv(width, 1) -> relu -> middle -> relu -> conv(channels, 1)
        return add(if x.channels == channels then x else x -> conv(channels, 1), y)
      }
      network N {
        input x: [64, 32, 32]
        a = x -> residual(128, conv(128, 3, padding=1), 256)
        b = x -> residual(384, depthwise_conv(3, padding=1), 64)
        c = x -> residual(384, conv(384, 3, padding=1, groups=384), 64)
        d = x -> residual(512, conv(512, 3, padding=1, groups=32), 256)
        output y = x -> residual(16, conv(16, 3, padding=1), 64)
      }
    `,
    )
  })

  it('is not found outside residual branches', () => {
    checkRule(
      'bottleneck-widens',
      `
      network N {
        input x: [64, 32, 32]
        output y = x -> conv(256, 1) -> relu -> conv(256, 3) -> relu -> conv(64, 1)
      }
    `,
    )
  })
})
