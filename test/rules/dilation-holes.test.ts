import { describe, expect, it } from 'vitest'
import { holes, OWN, type Taps, throughWindow } from '../../server/src/rules/read/taps'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const stack = (dilations: readonly number[], input = '[3, 65, 65]') => {
  const layers = dilations.map((d) => `-> conv(8, 3, dilation=${d}, padding=${d})`)
  return `network N {\n  input image: ${input}\n  output y = image ${layers.join(' ')}\n}\n`
}

describe('the taps of stacked layers', () => {
  const compose = (dilations: readonly number[]) =>
    dilations.reduce<Taps>(
      (taps, d) => throughWindow(taps, { kernel: 3, dilation: d, begin: d }) as Taps,
      OWN,
    )

  it('are the sums of what each reads', () => {
    for (const dilations of [
      [2, 2, 2],
      [1, 2, 9],
      [3, 4, 5],
      [2, 3],
      [1, 2, 5],
      [5, 1, 1],
      [7, 2, 3, 1],
    ]) {
      let sums = new Set([0])
      for (const d of dilations) sums = new Set([...sums].flatMap((sum) => [sum - d, sum, sum + d]))
      const reach = dilations.reduce((sum, d) => sum + d, 0)
      const unread = Array.from({ length: 2 * reach + 1 }, (_, n) => n - reach).filter((n) => !sums.has(n))
      expect(holes(compose(dilations))).toEqual(unread)
    }
  })
})

describe('holes left by dilation', () => {
  it('are found at the layer that opens them', () => {
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [3, 64, 64]
        output y = image
          -> conv(8, 3, dilation=2, padding=2) -> batchnorm -> relu
          #                      ^ warning[dilation-holes]: Of the 13 positions of the height from the first to the last that an output reads, 6 are never read: dilations 2, 2, 2
          -> conv(8, 3, dilation=2, padding=2) -> batchnorm -> relu
          -> conv(8, 3, dilation=2, padding=2) -> batchnorm -> relu
      }
    `,
    )
  })

  it('are found where the rates grow too fast (Wang et al. 2018, §3.2)', () => {
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [3, 64, 64]
        output y = image
          -> conv(8, 3, padding=1)
          -> conv(8, 3, dilation=2, padding=2)
          -> conv(8, 3, dilation=9, padding=9)
          #                      ^ warning[dilation-holes]: 4 are never read: dilations 1, 2, 9. A dilation of 9 leaves holes where only 7 positions in a row are read before it
      }
    `,
    )
  })

  it('are none in the schedules of the literature', () => {
    checkRule('dilation-holes', stack([1, 1, 2, 4, 8, 16, 1]))
    checkRule('dilation-holes', stack([1, 2, 5]))
    checkRule('dilation-holes', stack([1, 2, 3, 4, 5, 9]))
  })

  it('are filled by layers without dilation before or after, and by residual connections', () => {
    checkRule('dilation-holes', stack([1, 1, 2, 2, 2]))
    checkRule('dilation-holes', stack([2, 2, 2, 1]))
    checkRule(
      'dilation-holes',
      `
      block unit(x: tensor, d) { return add(x, x -> conv(8, 3, dilation=d, padding=d)) }
      network N {
        input image: [8, 64, 64]
        output y = image -> unit(1) -> 3 * unit(3)
      }
    `,
    )
  })

  it('are not filled by a shortcut alone, nor across a stride', () => {
    checkRule(
      'dilation-holes',
      `
      block unit(x: tensor, d) { return add(x, x -> conv(8, 3, dilation=d, padding=d)) }
      #                                                                 ^ warning[dilation-holes]
      network N {
        input image: [3, 64, 64]
        output y = image -> conv(8, 3, padding=1) -> conv(8, 3, stride=2, padding=1) -> 2 * unit(2)
      }
    `,
    )
  })

  it('are none in one layer, in parallel branches that are read together, or in a gate', () => {
    checkRule('dilation-holes', stack([4]))
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [8, 64, 64]
        a = image -> conv(8, 3, dilation=2, padding=2)
        b = image -> conv(8, 3, padding=1)
        x = concat(a, b) -> conv(8, 3, dilation=2, padding=2)
        y = mul(x, x -> global_avgpool -> conv(8, 1) -> sigmoid)
        output z = y -> conv(8, 3, padding=1)
      }
    `,
    )
  })

  it('are fixed by a schedule that sees as far, or by lower dilations', () => {
    checkFixes('dilation-holes', stack([4, 4, 4]), {
      'Set the dilations to 1, 3, 8':
        'output y = image -> conv(8, 3, dilation=1, padding=1) -> conv(8, 3, dilation=3, padding=3) -> conv(8, 3, dilation=8, padding=8)',
      'Set the dilations to 1, 3, 4':
        'output y = image -> conv(8, 3, dilation=1, padding=1) -> conv(8, 3, dilation=3, padding=3) -> conv(8, 3, dilation=4, padding=4)',
    })
  })

  it('are fixed in a repetition, where one text gives all dilations', () => {
    checkFixes(
      'dilation-holes',
      `
      network N {
        input image: [8, 64, 64]
        output y = image -> 3 * conv(8, 3, dilation=2, padding=half)
      }
    `,
      { 'Set dilation=1': 'output y = image -> 3 * conv(8, 3, dilation=1, padding=half)' },
    )
  })

  it('are not found in pyramids of dilations side by side', () => {
    checkRule(
      'dilation-holes',
      `
      block esp(x: tensor) {
        r = x -> conv(16, 1)
        near = r -> conv(16, 3, padding=1)
        far = [r -> conv(16, 3, padding=d, dilation=d) for d in [2, 4, 8]]
        first = far[0]
        second = add(first, far[1])
        return add(concat(near, first, second, add(second, far[2])), x) -> prelu
      }
      network ESPNet {
        input image: [64, 64, 64]
        output y = image -> 3 * esp
      }
      network ASPP {
        input image: [16, 64, 64]
        x = image -> conv(16, 3, padding=1) -> relu
        output y = concat([x -> conv(8, 3, padding=d, dilation=d) for d in [6, 12, 18]]) -> conv(8, 1)
      }
    `,
    )
  })

  it('are not found in a pyramid that a pooling of the map, or of its parts, is beside', () => {
    checkRule(
      'dilation-holes',
      `
      block aspp(x: tensor) {
        branches = [x -> conv(8, 3, padding=d, dilation=d) -> relu for d in [6, 12, 18]]
        context = x -> global_avgpool -> conv(8, 1) -> relu -> resize(x)
        return concat(branches + [x -> conv(8, 1), context]) -> conv(8, 1) -> relu
      }
      network Pooled {
        input image: [16, 64, 64]
        output y = image -> conv(16, 3, padding=1) -> aspp -> conv(8, 3, padding=2, dilation=2) -> relu -> conv(8, 3, padding=1)
      }
      network Tiled {
        input image: [16, 64, 64]
        x = image -> conv(16, 3, padding=1)
        context = x -> global_avgpool -> upsample(64)
        parts = x -> adaptive_avgpool(2) -> conv(8, 1) -> resize(x)
        far = [x -> conv(8, 3, padding=d, dilation=d) for d in [8, 16]]
        output y = concat(parts, context, far[0], far[1]) -> conv(8, 1)
      }
    `,
    )
  })

  it('are found in a stack beside which a pooling of the map is', () => {
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [16, 64, 64]
        context = image -> global_avgpool -> conv(8, 1) -> resize(image)
        x = image -> conv(8, 3, padding=2, dilation=2) -> conv(8, 3, padding=2, dilation=2)
        #                                           ^ warning[dilation-holes]: dilations 2, 2
        output y = concat(x, context) -> conv(8, 1)
      }
    `,
    )
  })

  it('are filled behind a stride and behind a merge with other maps', () => {
    checkRule(
      'dilation-holes',
      `
      network Strided {
        input image: [8, 64, 64]
        x = image -> conv(8, 3, padding=1) -> conv(8, 3, padding=4, dilation=4)
        output y = x -> conv(8, 3, padding=1, stride=2) -> conv(8, 3, padding=1)
      }
      network Merged {
        input image: [8, 64, 64]
        skip = image -> conv(8, 3, padding=1, stride=2)
        x = image -> maxpool(2) -> conv(8, 3, padding=2, dilation=2) -> conv(8, 3, padding=2, dilation=2)
        output y = concat(x, skip) -> conv(8, 3, padding=1)
      }
      network Open {
        input image: [8, 64, 64]
        skip = image -> conv(8, 3, padding=1, stride=2)
        x = image -> maxpool(2) -> conv(8, 3, padding=2, dilation=2) -> conv(8, 3, padding=2, dilation=2)
        #                                                         ^ warning[dilation-holes]: dilations 2, 2
        output y = concat(x, skip) -> conv(8, 1)
      }
    `,
    )
  })

  it('name the axis on which they are left, and the layer that left them there', () => {
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [8, 64, 64]
        output y = image
          -> conv(8, 3, padding=[2, 1], dilation=[2, 1])
          -> conv(8, 3, padding=1)
          -> conv(8, 3, padding=[1, 9], dilation=[1, 9])
          #                                      ^^^^^^ warning[dilation-holes]: positions of the width from the first to the last that an output reads, 8 are never read: dilations 1, 1, 9. A dilation of 9 leaves holes where only 5 positions in a row are read before it
      }
    `,
    )
  })

  it('show the dilations of the path that has them', () => {
    checkRule(
      'dilation-holes',
      `
      network N {
        input image: [8, 64, 64]
        gap = image -> conv(8, 3, padding=8, dilation=8)
        #                                             ^ warning[dilation-holes]: dilations 8, 1. A dilation of 8
        dense = image -> conv(8, 3, padding=1) -> conv(8, 3, padding=1)
        output y = add(gap -> conv(8, 1), dense) -> conv(8, 3, padding=1)
      }
    `,
    )
  })
})
