import { it } from 'vitest'
import { checkFindings, checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'image-without-channels'

it('is found at two equal sizes that convolution and pooling read as an image', () => {
  checkRule(
    CODE,
    `
    block unit(x: tensor, n) { return x -> conv(n, 3, padding=1) -> relu }
    network N {
      input image: 28x28
      #     ^^^^^ warning[image-without-channels]: 28×28 is a signal of 28 channels with one spatial axis. The first size is the channels, of which a grey image has one. Write 1x28x28 for an image, signal([28, 28]) for a signal
      input other: [32, 32]
      #     ^^^^^ warning[image-without-channels]
      output y = image -> unit(8) -> unit(8) -> maxpool(2) -> flatten -> linear(10)
      output z = other -> conv(8, 5) -> avgpool(2)
    }
    `,
  )
})

it('is found at two equal sizes that a window of two axes reads', () => {
  checkFindings(
    `
    network N {
      input image: 28x28
      #     ^^^^^ warning[image-without-channels]
      output y = image -> relu -> conv(8, 3x3) -> relu -> flatten -> linear(10)
      #                                   ^^^ error[option-value]
    }
    network Called {
      input image: 28x28
      #     ^^^^^ warning[image-without-channels]
      output y = conv(image, 8, [3, 3])
      #                         ^^^^^^ error[option-value]
    }
    network M {
      input image: 28x28
      #     ^^^^^ warning[image-without-channels]
      output y = image -> maxpool([2, 2]) -> flatten
      #                           ^^^^^^ error[option-value]
    }
    `,
  )
})

it('is not found at signals, rows, matrices and unequal sizes', () => {
  checkRule(
    CODE,
    `
    network N {
      input said: signal([28, 28])
      input words: rows([32, 32])
      input matrix: [16, 16]
      input vector: [16, 16]
      input unequal: [28, 30]
      input convolved: [28, 28]
      input moved: [28, 28]
      output a = said -> conv(8, 3) -> relu -> maxpool(2)
      output b = words -> lstm(8)
      output c = matmul(matrix, matrix)
      output d = vector -> flatten -> linear(8)
      output e = unequal -> conv(8, 3) -> maxpool(2)
      output f = convolved -> conv(8, 3) -> relu -> conv(8, 3) -> flatten -> linear(2)
      output g = moved -> reshape([1, 28, 28]) -> conv(8, 3) -> maxpool(2)
    }
    `,
  )
})

it('is fixed by a channel', () => {
  checkFixes(
    CODE,
    `
    network N {
      input image: 28x28
      output y = image -> conv(8, 3, padding=1) -> relu -> maxpool(2) -> flatten -> linear(10)
    }
    `,
    { 'Write 1x28x28': 'input image: 1x28x28' },
  )
  checkFixes(
    CODE,
    `
    network N(size=28) {
      input image: [size, size]
      output y = image -> conv(8, [3, 3]) -> relu -> flatten -> linear(10)
    }
    `,
    { 'Write 1x28x28': 'input image: [1, size, size]' },
  )
})
