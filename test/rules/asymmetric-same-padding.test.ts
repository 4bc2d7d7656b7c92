import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('`same` under a stride', () => {
  it('is found where the two sides get different amounts', () => {
    checkRule(
      'asymmetric-same-padding',
      `
      network N {
        input image: [3, 32, 33]
        a = image -> conv(4, 3, stride=2, padding=same)
        #                                         ^^^^ info[asymmetric-same-padding]: \`same\` pads the height 32 by 0 before and 1 after
        b = image -> maxpool(4x3, stride=[1, 4], padding=same)
        c = image -> conv(4, 7, stride=[1, 4], padding=same)
        d = image -> avgpool(4, stride=2, padding=same)
        #                                         ^^^^ info[asymmetric-same-padding]: \`same\` pads the width 33 by 1 before and 2 after
        output y = a
      }
    `,
    )
  })

  it('is not found where they get the same, without a stride, or where the padding is written out', () => {
    checkRule(
      'asymmetric-same-padding',
      `
      network N {
        input image: [3, 33, 33]
        a = image -> conv(4, 3, stride=2, padding=same)
        b = image -> conv(4, 4, padding=same)
        c = image -> conv(4, 2, stride=3, padding=same)
        d = image -> conv(4, 3, stride=2, padding=[0, 1, 0, 1])
        e = image -> conv_transpose(4, 3, stride=2, padding=same)
        output y = a
      }
    `,
    )
  })

  it('is fixed by equal amounts, or by writing the amounts out', () => {
    checkFixes(
      'asymmetric-same-padding',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(4, 3, stride=2, padding=same)
      }
      `,
      {
        'Set padding=1 → 4×16×16': 'output y = image -> conv(4, 3, stride=2, padding=1)',
        'Set padding=[0, 1, 0, 1] → 4×16×16':
          'output y = image -> conv(4, 3, stride=2, padding=[0, 1, 0, 1])',
      },
    )
  })
})
