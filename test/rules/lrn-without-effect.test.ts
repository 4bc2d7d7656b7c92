import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('local response normalisation', () => {
  it('is found where it is written', () => {
    checkRule(
      'lrn-without-effect',
      `
      norm = lrn(size=3)
      #      ^^^ hint[lrn-without-effect]: Local response normalisation over 3 channels of 64×30×30
      network N {
        input image: [3, 32, 32]
        a = image -> conv(64, 3) -> relu -> norm
        output y = a -> conv(64, 3) -> relu -> lrn(5) -> maxpool(2)
        #                                      ^^^ hint[lrn-without-effect]: Local response normalisation over 5 channels of 64×28×28
      }
    `,
    )
  })

  it('is not found for other normalisations', () => {
    checkRule(
      'lrn-without-effect',
      `
      network N {
        input x: [64, 32, 32]
        output y = x -> batchnorm -> groupnorm(8) -> instancenorm -> layernorm -> l2norm
      }
    `,
    )
  })

  it('is removed', () => {
    checkFixes(
      'lrn-without-effect',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3) -> relu -> lrn(5) -> maxpool(2)
      }
      `,
      { 'Remove lrn': 'output y = image -> conv(64, 3) -> relu -> maxpool(2)' },
    )
  })

  it('is removed with its name', () => {
    checkFixes(
      'lrn-without-effect',
      `
      norm = lrn(5)
      network N {
        input image: [3, 32, 32]
        x = image -> conv(64, 3) -> relu -> norm -> maxpool(2)
        output y = x -> conv(64, 3) -> relu -> norm
      }
      `,
      {
        'Remove lrn': `
          network N {
            input image: [3, 32, 32]
            x = image -> conv(64, 3) -> relu -> maxpool(2)
            output y = x -> conv(64, 3) -> relu`,
      },
    )
  })
})
