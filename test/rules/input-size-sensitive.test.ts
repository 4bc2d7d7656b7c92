import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { checkRule } from '../helpers/findings'

/** A network whose encoder makes the map smaller twice by `down`, and whose decoder enlarges it by `up`. */
function network(down: string, up: string, height: number, output = 'u2'): string {
  return `network N {
  input image: [3, ${height}, 72]
  d1 = image -> conv(8, 3, padding=1)
  d2 = d1 -> ${down} -> conv(8, 3, padding=1)
  d3 = d2 -> ${down} -> conv(8, 3, padding=1)
  u2 = concat(d3 -> ${up}, d2) -> conv(8, 3, padding=1)
  output y = ${output}
}
`
}

describe('an encoder and a decoder that fit only for some sizes', () => {
  it('are found where the first maps would not fit, once', () => {
    checkRule(
      'input-size-sensitive',
      `
      network N {
        input image: [3, 64, 64]
        d1 = image -> conv(8, 3, padding=1)
        d2 = d1 -> maxpool(2) -> conv(8, 3, padding=1)
        d3 = d2 -> maxpool(2) -> conv(8, 3, padding=1)
        u2 = concat(d3 -> upsample(2), d2) -> conv(8, 3, padding=1)
        #    ^^^^^^ info[input-size-sensitive]: The height and width must be multiples of 4: 64 fits, 66 does not. For 66 the maps that meet here are 32 and 33 long
        output y = concat(u2 -> upsample(2), d1) -> conv(2, 1)
      }
    `,
    )
  })

  it('are told apart by axis', () => {
    checkRule(
      'input-size-sensitive',
      `
      network N {
        input image: [3, 64, 50]
        fine = image -> conv(8, 3, padding=1)
        coarse = fine -> maxpool([2, 1])
        output y = add(coarse -> upsample([2, 1]), fine)
        #          ^^^ info[input-size-sensitive]: The height must be a multiple of 2: 64 fits, 65 does not
      }
    `,
    )
  })

  it('are not found where the maps are brought together, or nothing is enlarged', () => {
    checkRule(
      'input-size-sensitive',
      `
      network Cropped {
        input image: [3, 64, 64]
        fine = image -> conv(8, 3)
        up = fine -> maxpool(2) -> conv_transpose(8, 2, stride=2)
        output y = concat(fine -> center_crop(up), up)
      }
      network Resized {
        input image: [3, 64, 64]
        fine = image -> conv(8, 3)
        output y = add(fine -> maxpool(2) -> upsample(2) -> resize(fine), fine)
      }
      network Unpooled {
        input image: [3, 64, 64]
        fine = image -> conv(8, 3, padding=1)
        pooled = fine -> maxpool(2)
        output y = add(pooled -> max_unpool(pooled), fine)
      }
      network Classifier {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, padding=1)
        output y = add(x, x -> conv(8, 3, padding=1)) -> maxpool(2) -> flatten -> linear(10)
      }
      network Gated {
        input image: [3, 64, 64]
        x = image -> conv(8, 3, padding=1) -> maxpool(2) -> upsample(2)
        output y = mul(x, image -> conv(8, 1) -> global_avgpool)
      }
    `,
    )
  })

  it('are not found where the sizes are written into the network', () => {
    checkRule(
      'input-size-sensitive',
      `
      network N {
        input image: [3, 64, 64]
        fine = image -> maxpool(2) -> upsample(2)
        output y = add(fine, image -> resize([64, 64]))
      }
    `,
    )
  })

  it('are shown by steps where proving which sizes fit would take long', () => {
    checkRule(
      'input-size-sensitive',
      `
      network N {
        input image: [3, 64, 64]
        half = concat([image -> maxpool(2) for i in range(40)])
        small = half -> maxpool(2) -> maxpool(2) -> maxpool(2) -> maxpool(2)
        output y = concat(small -> upsample(16), half)
        #          ^^^^^^ info[input-size-sensitive]: The height and width fit in steps of 32, not at every size between: 64 fits, 66 does not
      }
    `,
    )
  })

  // What the rule works out from few layers is compared with an analysis of the whole network for every size.
  it.each([
    ['maxpool(2)', 'upsample(2)', 'u2', [0, 1]],
    ['maxpool(2)', 'upsample(2)', 'concat(u2 -> upsample(2), d1)', [0]],
    ['maxpool(2, ceil=true)', 'upsample(2)', 'u2', [0, 3]],
    ['conv(8, 3, stride=2, padding=1)', 'conv_transpose(8, 4, stride=2, padding=1)', 'u2', [0, 3]],
    ['avgpool(3)', 'upsample(3)', 'u2', [0, 1, 2]],
  ])('%s, %s, %s: the sizes that are said to fit are those that do', (down, up, output, expected) => {
    const analysed = (height: number) =>
      analyze('a.cnn', memoryHost({ 'a.cnn': network(down, up, height, output) }))
    const found = findings(analysed(72)).find(({ code }) => code === 'input-size-sensitive')
    if (found === undefined) throw new Error('There is no finding.')
    const { period, remainders } = found.data as { period: number; remainders: readonly number[] }
    expect(remainders).toEqual(expected)
    for (let height = 72; height < 72 + 2 * period; height++) {
      const fits = analysed(height).problems.every(({ severity }) => severity !== 'error')
      expect([height, fits]).toEqual([height, remainders.includes(height % period)])
    }
  })
})
