import { expect, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes, offered } from '../helpers/fixes'

const CODE = 'batch-in-input'

it('is found at four sizes whose second could be channels and whose first could not', () => {
  checkRule(
    CODE,
    `
    network N {
      input image: 32x3x224x224
      #     ^^^^^ warning[batch-in-input]: 32×3×224×224 is a volume of 32 channels that is 3 deep. Inputs have no batch axis, and the first size is their channels. Leave the batch out: 3x224x224
      input grey: [16, 1, 28, 28]
      #     ^^^^ warning[batch-in-input]
      input other: [2, 4, 8, 8]
      #     ^^^^^ warning[batch-in-input]
      output y = image -> conv(64, 7, stride=2, padding=3)
      output z = grey -> relu -> conv(64, 1)
      output w = other
    }
    `,
  )
})

it('is not found at volumes, nor where something shows that a volume is meant', () => {
  checkRule(
    CODE,
    `
    network N {
      input clip: 3x16x112x112
      input scan: 1x64x128x128
      input pair: 1x3x64x64
      input features: 64x8x28x28
      input window: 64x4x28x28
      input moved: 32x3x64x64
      input merged: 8x3x4x4
      input map: 32x3x224
      output a = clip -> conv(64, 3)
      output b = scan -> conv(64, 3)
      output c = pair -> conv(64, 3, padding=1)
      output d = features -> conv(64, 3)
      output e = window -> relu -> conv(64, [3, 1, 1])
      output f = moved -> permute([1, 0, 2, 3]) -> conv(8, 3)
      output g = merged -> reshape([24, 4, 4])
      output h = map -> conv(64, 3)
    }
    `,
  )
})

it('is fixed by leaving the batch out, however the size is written', () => {
  checkFixes(
    CODE,
    `
    network N {
      input image: 32x3x224x224
      output y = image -> conv(64, 7, stride=2, padding=3) -> relu
    }
    `,
    { 'Leave the batch out: 3x224x224': 'input image: 3x224x224' },
  )
  checkFixes(
    CODE,
    `
    network N(batch=32, size=64) {
      input image: [batch, 3, size, 2 * size]
      output y = image -> conv(64, 7, stride=2, padding=3) -> relu
    }
    `,
    { 'Leave the batch out: 3x64x128': 'input image: [3, size, 2 * size]' },
  )
})

it('has no fix where the sizes stand elsewhere', () => {
  const text = `
    SIZE = 32x3x64x64
    network N {
      input image: SIZE
      output y = image -> conv(64, 3)
    }
  `
  expect(offered(CODE, text)).toEqual([])
})
