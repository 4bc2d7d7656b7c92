import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('a kernel that is larger than the map', () => {
  it('is found, with the taps that never meet a value', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input features: [8, 1, 1]
        a = features -> conv(8, 3, padding=1)
        #                       ^ info[kernel-covers-map]: 8 of the 9 taps of the 3×3 kernel never meet a value of the 1×1 map
        b = features -> separable_conv(8, 5, padding=half)
        #                                 ^ info[kernel-covers-map]: 24 of the 25 taps
        output y = add(a, b)
      }
    `,
    )
  })

  it('is found where every output reads the whole map', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input features: [8, 2, 2]
        output y = features -> conv(8, 3, padding=1)
        #                              ^ info[kernel-covers-map]: The 3×3 kernel covers the whole 2×2 map wherever it stands
      }
    `,
    )
  })

  it('is found where a dilation reaches beyond the map (Chen et al. 2017, §3.3)', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input features: [8, 20, 20]
        output y = features -> conv(8, 3, dilation=24, padding=half)
        #                                          ^^ info[kernel-covers-map]: 8 of the 9 taps of the dilated 3×3 kernel never meet a value of the 20×20 map
      }
    `,
    )
  })

  it('is found with a stride', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input features: [8, 2, 2]
        output y = features -> conv(8, 3, stride=2, padding=1)
        #                              ^ info[kernel-covers-map]: 5 of the 9 taps
      }
    `,
    )
  })

  it('is not found where it is a dense layer by intention, or the map is larger', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input features: [16, 5, 5]
        c5 = features -> conv(120, 5)
        x = features -> conv(8, 5, padding=2) -> conv(8, 3, padding=1) -> conv(8, 3, dilation=4, padding=4)
        y = x -> conv(8, [5, 1]) -> conv(8, [1, 5])
        output z = concat(c5, y)
      }
    `,
    )
  })

  it('is not found where the layer is unproductive anyway', () => {
    checkRule(
      'kernel-covers-map',
      `
      network N {
        input image: [3, 8, 8]
        x = image -> 3 * (conv(8, 3, padding=1) -> maxpool(2))
        output y = x -> conv(8, 3, padding=1) -> global_avgpool -> flatten -> linear(10)
      }
    `,
    )
  })
})
