import { it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'channels-last-input'

it('is found at three sizes whose last could be channels and whose others are larger', () => {
  checkRule(
    CODE,
    `
    network N {
      input image: 224x224x3
      #     ^^^^^ warning[channels-last-input]: 224×224×3 is a map of 224 channels that is 3 wide. Channels are the first axis. Put the channels first: 3x224x224
      input grey: [28, 28, 1]
      #     ^^^^ warning[channels-last-input]
      input wide: [8, 32, 4]
      #     ^^^^ warning[channels-last-input]
      output y = image -> conv(64, 3, padding=1)
      output z = grey -> conv(64, 3, padding=1)
      output w = wide
    }
    `,
  )
})

it('is not found at maps, nor where the axes are moved', () => {
  checkRule(
    CODE,
    `
    network N {
      input image: 3x224x224
      input square: 3x3x3
      input narrow: 512x7x3
      input strip: 64x32x2
      input moved: 224x224x3
      input merged: 28x28x1
      output a = image -> conv(64, 3)
      output b = square -> conv(64, 3)
      output c = narrow -> conv(64, 1)
      output d = strip -> conv(64, 1)
      output e = moved -> permute([2, 0, 1]) -> conv(64, 3)
      output f = merged -> reshape([1, 28, 28]) -> conv(8, 3)
    }
    `,
  )
})

it('is fixed by putting the channels first, however the size is written', () => {
  checkFixes(
    CODE,
    `
    network N {
      input image: 96x128x3
      output y = image -> conv(64, 3, padding=1) -> relu -> maxpool(2)
    }
    `,
    { 'Put the channels first: 3x96x128': 'input image: 3x96x128' },
  )
  checkFixes(
    CODE,
    `
    network N(size=64, channels=1) {
      input image: [size, 2 * size, channels]
      output y = image -> conv(64, 3, padding=1) -> relu -> maxpool(2)
    }
    `,
    { 'Put the channels first: 1x64x128': 'input image: [channels, size, 2 * size]' },
  )
})
