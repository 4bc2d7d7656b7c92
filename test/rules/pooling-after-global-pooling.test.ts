import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('pooling a map of one position', () => {
  it('is found, whichever pooling it is', () => {
    checkRule(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 16, 16]
        pooled = image -> global_avgpool
        a = pooled -> global_maxpool
        #             ^^^^^^^^^^^^^^ warning[pooling-after-global-pooling]: \`global_maxpool\` pools a map of 8×1×1. There is one position along every axis
        b = pooled -> adaptive_avgpool(1)
        #             ^^^^^^^^^^^^^^^^ warning[pooling-after-global-pooling]
        c = image -> conv(8, 16) -> relu -> maxpool(3, padding=1)
        #                                   ^^^^^^^ warning[pooling-after-global-pooling]: \`maxpool(3, padding=1)\` pools a map of 8×1×1
        output y = a
      }
    `,
    )
  })

  it('is not found for larger maps, nor where a value is spread or scaled', () => {
    checkRule(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 16, 16]
        input column: [8, 16, 1]
        a = image -> maxpool(16)
        b = column -> global_avgpool
        c = a -> adaptive_avgpool(4)
        d = a -> avgpool(3, stride=1, padding=1)
        output y = a -> conv(8, 1)
      }
    `,
    )
  })

  it('is not found where strides made the map so small at this size of the input', () => {
    checkRule(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 8, 8]
        x = image -> 3 * conv(8, 3, stride=2, padding=1)
        output y = x -> global_avgpool -> flatten
      }
    `,
    )
  })

  it('is not found for a window of one, which is the identity everywhere', () => {
    checkRule(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 16, 16]
        output y = image -> global_avgpool -> maxpool(1)
      }
    `,
    )
  })

  it('is not found in a gate that larger maps pass too', () => {
    checkRule(
      'pooling-after-global-pooling',
      `
      block gated(x: tensor) { return mul(x, x -> global_avgpool -> conv(x.channels, 1) -> sigmoid) }
      network N {
        input image: [8, 2, 2]
        output y = image -> gated -> maxpool(2) -> gated
      }
    `,
    )
  })

  it('is fixed by leaving it out', () => {
    checkFixes(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 16, 16]
        output y = image -> global_avgpool -> global_avgpool -> flatten
      }
      `,
      { 'Remove global_avgpool': 'output y = image -> global_avgpool -> flatten' },
    )
    checkFixes(
      'pooling-after-global-pooling',
      `
      network N {
        input image: [8, 16, 16]
        output y = global_maxpool(image -> global_avgpool) -> flatten
      }
      `,
      { 'Remove global_maxpool': 'output y = image -> global_avgpool -> flatten' },
    )
  })
})
