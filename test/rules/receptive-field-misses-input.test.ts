import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

const CODE = 'receptive-field-misses-input'

describe('pooling over what has seen little', () => {
  it('is found at the pooling, with what its values see', () => {
    checkRule(
      CODE,
      `
      network Bag {
        input image: [3, 64, 96]
        x = image -> conv(8, 3, stride=2, padding=1) -> relu -> conv(8, 3, stride=2, padding=1) -> relu
        output y = x -> conv(8, 3, padding=1) -> global_avgpool -> flatten -> linear(10) -> softmax
        #                                        ^^^^^^^^^^^^^^ warning[receptive-field-misses-input]: What is pooled here has seen 15 of the input’s 64 pixels of height
      }
    `,
    )
  })

  it('is found for any layer that pools over all positions, and for several outputs', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, padding=1)
        output a = x -> adaptive_maxpool(1)
        #               ^^^^^^^^^^^^^^^^ warning[receptive-field-misses-input]: seen 3 of
        output b = x -> conv(8, 3, padding=1) -> global_maxpool -> flatten
        #                                        ^^^^^^^^^^^^^^ warning[receptive-field-misses-input]: seen 5 of
      }
    `,
    )
  })

  it('is not found where positions are told apart', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, padding=1)
        output y = x -> flatten -> linear(10)
      }
    `,
    )
  })

  it('is not found where the field reaches most of the input, or windows cover all of it', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [1, 32, 32]
        x = image -> conv(6, 5) -> maxpool(2) -> conv(16, 5) -> maxpool(2)
        output pooled = x -> conv(16, 3, padding=1) -> global_avgpool -> flatten -> linear(10)
        output windows = x -> conv(120, 5) -> flatten -> linear(10)
      }
    `,
    )
  })

  it('is not found for dense prediction, features, and values that know of the whole image', () => {
    checkRule(
      CODE,
      `
      network Dense {
        input image: [3, 64, 64]
        output y = image -> conv(8, 3, padding=1)
      }
      network Gated {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, padding=1)
        gate = x -> global_avgpool -> conv(8, 1) -> sigmoid
        output y = mul(x, gate) -> conv(8, 3, padding=1) -> global_avgpool -> flatten
      }
    `,
    )
  })

  it('asks for the share that the option sets', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(8, 5, padding=2) -> global_avgpool -> flatten
        #                                            ^^^^^^^^^^^^^^ warning[receptive-field-misses-input]: seen 5 of the input’s 8
      }
    `,
      { share: 1 },
    )
  })

  it('is not found over sequences and sets', () => {
    checkRule(
      CODE,
      `
      network TextCNN {
        input words: [300, 64]
        output y = words -> conv(96, 5) -> relu -> global_maxpool -> flatten -> linear(2)
      }
      network PointNet {
        input cloud: [3, 32, 32]
        output y = cloud -> conv(64, 1) -> relu -> conv(256, 1) -> relu -> global_maxpool -> flatten -> linear(10)
      }
    `,
    )
  })
})
