import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('paths that merge out of line', () => {
  it('are found where one is padded on one side, with the offset in input pixels', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, stride=2, padding=1)
        y = x -> conv(8, 3, padding=[2, 0, 1, 1])
        output z = add(x, y)
        #          ^^^ warning[misaligned-merge]: Values that meet here lie 2 pixels of the input’s height apart. The region of one path’s first value is centred at 0, that of another at −2
      }
    `,
    )
  })

  it('are found where a crop takes a corner instead of the centre', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [3, 64, 64]
        x = image -> conv(8, 5) -> conv(8, 5)
        corner = image -> crop(x)
        centre = image -> center_crop(x)
        bad = concat(x, corner)
        #     ^^^^^^ warning[misaligned-merge]: lie 4 pixels
        output y = concat(x, centre)
      }
    `,
    )
  })

  it('are found where the strides differ', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [3, 64, 64]
        pooled = image -> maxpool(2)
        cropped = image -> center_crop([32, 32])
        output y = concat(pooled, cropped)
        #          ^^^^^^ warning[misaligned-merge]: One path moves 2 pixels from value to value, another 1
      }
    `,
    )
  })

  it('are not found in residual units, inception modules, or with gates', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [8, 64, 64]
        long = image -> conv(8, 1) -> conv(8, 3, stride=2, padding=1)
        x = add(long, image -> conv(8, 1, stride=2))
        y = concat(x -> conv(8, 1), x -> conv(8, 5, padding=2), x -> maxpool(3, stride=1, padding=1))
        output z = mul(y, y -> global_avgpool -> conv(24, 1))
      }
    `,
    )
  })

  it('are not found in a decoder, whose offset stays below half the coarsest stride', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [3, 64, 64]
        c1 = image -> conv(8, 3, stride=2, padding=1)
        c2 = c1 -> conv(8, 3, stride=2, padding=1)
        c3 = c2 -> conv(8, 3, stride=2, padding=1)
        p2 = add(c2, c3 -> upsample(2))
        output p1 = add(c1, p2 -> upsample(2))
      }
    `,
    )
  })

  it('are found from a smaller offset on when the option asks for it', () => {
    checkRule(
      'misaligned-merge',
      `
      network N {
        input image: [3, 64, 64]
        c1 = image -> conv(8, 3, stride=2, padding=1)
        c2 = c1 -> conv(8, 3, stride=2, padding=1)
        output p1 = add(c1, c2 -> upsample(2))
        #           ^^^ warning[misaligned-merge]: lie 1 pixel of
      }
    `,
      { offset: 0.1 },
    )
  })

  it('are not found along time where convolutions are causal', () => {
    checkRule(
      'misaligned-merge',
      `
      block causal(x: tensor, rate) {
        y = x -> pad([2 * rate, 0]) -> conv(16, 3, dilation=rate) -> relu
        return add(x -> conv(16, 1), y)
      }
      network WaveNet {
        input audio: [1, 512]
        output y = audio -> causal(1) -> causal(2) -> causal(4)
      }
      network Video {
        input clip: [3, 8, 32, 32]
        x = clip -> conv(8, 3, padding=1)
        output y = add(x, x -> conv(8, 5x3x3, padding=[4, 0, 1, 1, 1, 1]))
      }
      network Anticausal {
        input audio: [1, 512]
        output y = concat(audio, audio -> conv(16, 7, padding=[0, 6]))
        #          ^^^^^^ warning[misaligned-merge]: lie 3 pixels
      }
    `,
    )
  })

  it('are not found in correlations, whose maps are shifted on purpose', () => {
    checkRule(
      'misaligned-merge',
      `
      block tower(x: tensor) { return x -> conv(16, 7, stride=2, padding=3) -> relu -> conv(32, 5, stride=2, padding=2) }
      block shifted(x: tensor, dy, dx) {
        return x -> pad([4, 4, 4, 4]) -> slice(4 + dy, 4 + dy + 16, axis=1) -> slice(4 + dx, 4 + dx + 16, axis=2)
      }
      network FlowNetC {
        input first: [3, 64, 64]
        input second: [3, 64, 64]
        shared features = tower
        a = first -> features
        b = second -> features
        costs = [mul(a, shifted(b, dy, dx)) -> mean(axis=0) -> reshape([1, 16, 16]) for dy, dx in zip([-4, 0, 4], [4, 0, -4])]
        output flow = concat(costs + [a -> conv(8, 1)]) -> leaky_relu -> conv(8, 3, padding=1)
      }
      network Itself {
        input image: [3, 64, 64]
        a = image -> tower
        products = [mul(a, shifted(a, dy, 0)) -> conv(1, 1) -> relu for dy in [-4, -2, 2, 4]]
        output y = concat(products) -> conv(8, 3, padding=1)
      }
    `,
    )
  })

  it('are found in products with gates, and behind a correlation that a window has mixed', () => {
    checkRule(
      'misaligned-merge',
      `
      network Gated {
        input image: [8, 64, 64]
        gate = image -> conv(8, 5, padding=[4, 0, 2, 2]) -> sigmoid
        output y = mul(image, gate)
        #          ^^^ warning[misaligned-merge]: lie 2 pixels
      }
      network Behind {
        input image: [8, 64, 64]
        shifted = image -> pad([4, 0, 0, 0]) -> slice(0, 64, axis=1)
        x = mul(image, shifted) -> conv(8, 3, padding=1)
        output y = add(x, x -> conv(8, 5, padding=[4, 0, 2, 2]))
        #          ^^^ warning[misaligned-merge]: lie 2 pixels
      }
    `,
    )
  })
})
