import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('inline-block', sources, expected)

const UNIT =
  'block unit(x: tensor, width, stride=1) { return x -> conv(width, 3, stride=stride, padding=1) -> relu }\n'
const RESIDUAL = `
block residual(x: tensor, width, norm: layer = batchnorm) {
  y = x -> conv(width, 3, padding=1) -> norm -> relu
  # The way around.
  return add(y, x) -> relu
}
`

describe('inline-block', () => {
  it('writes the layers of a block that only pipes, with its options', () => {
    check(
      `${UNIT}network N {\n  input image: [3, 8, 8]\n  output y = image -> un$0it(4, stride=2) -> maxpool(2)\n}\n`,
      {
        'Inline unit': 'output y = image -> conv(4, 3, stride=2, padding=1) -> relu -> maxpool(2)',
      },
    )
  })

  it('writes them in parentheses where they are repeated, and as they are where they wait', () => {
    check(`${UNIT}network N {\n  input image: [3, 8, 8]\n  output y = image -> 2 * un$0it(2 + 2)\n}\n`, {
      'Inline unit': 'output y = image -> 2 * (conv(2 + 2, 3, stride=1, padding=1) -> relu)',
    })
    check(
      `${UNIT}network N {\n  input image: [3, 8, 8]\n  stem = un$0it(4)\n  output y = image -> stem\n}\n`,
      {
        'Inline unit': 'stem = conv(4, 3, stride=1, padding=1) -> relu',
      },
    )
  })

  it('puts statements before, with new names where they clash', () => {
    check(
      `${RESIDUAL}network N(width=3) {\n  input image: [3, 8, 8]\n  y = image\n  output z = y -> maxpool(2) -> resid$0ual(width) -> flatten\n}\n`,
      {
        'Inline residual': `
          x = y -> maxpool(2)
          y2 = x -> conv(width, 3, padding=1) -> batchnorm -> relu
          # The way around.
          output z = add(y2, x) -> relu -> flatten
        `,
      },
    )
  })

  it('replaces a call on tensors inside of another', () => {
    check(
      `${RESIDUAL}network N {\n  input image: [3, 8, 8]\n  output z = add(image, resid$0ual(image, 3, norm=identity))\n}\n`,
      {
        'Inline residual': `
          y = image -> conv(3, 3, padding=1) -> identity -> relu
          # The way around.
          output z = add(image, add(y, image) -> relu)
        `,
      },
    )
  })

  it('makes a name of a parameter that is bound again', () => {
    check(
      `
      block deep(x: tensor, n) {
        for i in range(n) { x = x -> conv(4, 3, padding=1) }
        return x
      }
      network N {
        input image: [3, 8, 8]
        output y = image -> de$0ep(2) -> relu
      }
      `,
      {
        'Inline deep': `
          x = image
          for i in range(2) { x = x -> conv(4, 3, padding=1) }
          output y = x -> relu
        `,
      },
    )
  })

  it('takes several results and a list of tensors', () => {
    check(
      `
      block heads(levels: tensors, k=3) {
        return [p -> conv(k, 1) for p in levels], levels[0]
      }
      network N {
        input image: [3, 8, 8]
        small = image -> maxpool(2)
        a, b = he$0ads(image, small)
        output y = a[0]
        output z = b
      }
      `,
      {
        'Inline heads': 'a, b = [[p -> conv(3, 1) for p in [image, small]], [image, small][0]]',
      },
    )
  })

  it('inlines a block of another file where its names mean the same here', () => {
    const blocks = 'from "./more.cnn" import act\nblock unit(x: tensor) { return x -> conv(4, 3) -> act }\n'
    const more = 'act = relu\n'
    const network = 'network N {\n  input image: [3, 8, 8]\n  output y = image -> un$0it\n}\n'
    check(
      {
        'blocks.cnn': blocks,
        'more.cnn': more,
        'n.cnn': `from "./blocks.cnn" import unit\nfrom "./more.cnn" import act\n${network}`,
      },
      { 'Inline unit': 'output y = image -> conv(4, 3) -> act' },
    )
    check(
      { 'blocks.cnn': blocks, 'more.cnn': more, 'n.cnn': `from "./blocks.cnn" import unit\n${network}` },
      {},
    )
  })

  it.each([
    [
      'an early return',
      'block f(x: tensor) {\n  if x.channels == 3 { return x }\n  return x -> relu\n}',
      'image -> f$0',
    ],
    [
      'totals of its own',
      'block f(x: tensor) {\n  y = x -> conv(3, 1)\n  expect params == 12\n  return y\n}',
      'image -> f$0',
    ],
    ['statements in a repetition', RESIDUAL, 'image -> 2 * residual$0(3)'],
    ['statements in a comprehension', RESIDUAL, 'concat([image -> residual$0(3) for i in range(2)])'],
    [
      'a name that means another thing here',
      'K = 3\nblock f(x: tensor) { return x -> conv(K, 1) }',
      'image -> conv(3, 1) as K -> f$0',
    ],
    ['half-written text', UNIT, 'image -> unit$0(4) -> conv(8,'],
    ['a built-in layer', UNIT, 'image -> unit(4) -> re$0lu'],
  ])('refuses %s', (_, block, flow) => {
    check(`${block}\nnetwork N {\n  input image: [3, 8, 8]\n  output y = ${flow}\n}\n`, {})
  })
})
