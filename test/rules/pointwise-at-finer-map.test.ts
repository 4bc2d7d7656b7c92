import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const RULE = 'pointwise-at-finer-map'

describe('a 1×1 convolution on the larger side', () => {
  it('is found before average pooling and behind enlargements', () => {
    checkRule(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        a = x -> conv(32, 1) -> avgpool(2)
        #                       ^^^^^^^ hint[pointwise-at-finer-map]: The 1×1 convolution before \`avgpool\` takes 2,097,152 multiply–accumulates at 32×32 positions. The two give the same in the other order, where it takes 524,288 (75 % less). Put it after \`avgpool\`
        b = x -> conv(10, 1) -> global_avgpool
        #                       ^^^^^^^^^^^^^^ hint[pointwise-at-finer-map]
        c = x -> upsample(2, mode=bilinear) -> conv(32, 1)
        #        ^^^^^^^^ hint[pointwise-at-finer-map]: The 1×1 convolution after \`upsample\` takes 8,388,608 multiply–accumulates at 64×64 positions
        output y = x -> relu
      }
    `,
    )
  })

  it('is not found where the two do not commute, or something else reads what is between', () => {
    checkRule(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        a = x -> conv(32, 1) -> relu -> avgpool(2)
        b = x -> conv(32, 1) -> maxpool(2)
        c = x -> conv(32, 3, padding=1) -> avgpool(2)
        d = x -> conv(32, 1) -> avgpool(3, stride=2, padding=1)
        e = x -> conv(32, 1)
        f = add(e -> avgpool(2), e -> maxpool(2))
        g = x -> conv(32, 1, stride=2) -> avgpool(2)
        output y = x -> relu
      }
    `,
    )
  })

  it('is not found on the smaller side, nor where it widens before an enlargement', () => {
    checkRule(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        a = x -> avgpool(2) -> conv(32, 1)
        b = x -> conv(32, 1) -> upsample(2)
        c = x -> upsample(2) -> conv(128, 1)
        output y = x -> relu
      }
    `,
    )
  })

  it('changes places with the pooling', () => {
    checkFixes(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        output y = x -> relu -> conv(32, 1) -> avgpool(2) -> relu
      }
      `,
      {
        'Put avgpool before conv (saves 75 % of 2,097,152 multiply–accumulates) → 32×16×16 (old checkpoints no longer load)':
          'output y = x -> relu -> avgpool(2) -> conv(32, 1) -> relu',
      },
    )
  })

  it('stays where what is between has a name', () => {
    checkFixes(
      RULE,
      `
      network N {
        input x: [64, 32, 32]
        output y = x -> conv(32, 1) as z -> avgpool(2) -> relu
      }
      `,
      {},
    )
  })
})
