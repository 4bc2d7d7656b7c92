import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('extract-statements', sources, expected)

describe('extract-statements', () => {
  it('returns what is read after the selection', () => {
    check(
      `
      network N(width=8) {
        input image: [3, 32, 32]
        «a = image -> conv(width, 3)
        # Half the size.
        b = a -> maxpool(2)
        c = b -> relu»
        output y = c
        output z = a -> add(image -> conv(width, 3))
      }
      `,
      {
        'Extract block unit': `
          block unit(image: tensor, width) {
            a = image -> conv(width, 3)
            # Half the size.
            b = a -> maxpool(2)
            c = b -> relu
            return a, c
          }

          network N(width=8) {
            input image: [3, 32, 32]
            a, c = image -> unit(width)
        `,
      },
    )
  })

  it('returns what the next round of a loop reads', () => {
    check(
      `
      block f(x: tensor, y: tensor, n) {
        for i in range(n) {
          «x = x -> conv(x.channels, 3, padding=1)
          x = add(x, y)»
        }
        return y
      }
      network N {
        input image: [3, 32, 32]
        output y = f(image, image, 2)
      }
      `,
      {
        'Extract block unit': `
          block unit(x: tensor, y: tensor) {
            x = x -> conv(x.channels, 3, padding=1)
            x = add(x, y)
            return x
          }

          block f(x: tensor, y: tensor, n) {
            for i in range(n) {
              x = unit(x, y)
        `,
      },
    )
  })

  it('takes lists of tensors and values', () => {
    check(
      `
      network N {
        input image: [3, 32, 32]
        levels = [image, image -> maxpool(2)]
        n = 4
        «heads = [p -> conv(n, 1) for p in levels]»
        output y = heads[0]
        output z = heads[1]
      }
      `,
      {
        'Extract block unit': `
          block unit(levels: tensors, n) {
            heads = [p -> conv(n, 1) for p in levels]
            return heads
          }

          network N {
            input image: [3, 32, 32]
            levels = [image, image -> maxpool(2)]
            n = 4
            heads = unit(levels, n)
        `,
      },
    )
  })

  it.each([
    ['a return', 'block f(x: tensor) {\n  «y = x -> relu\n  return y»\n}'],
    [
      'a return inside',
      'block f(x: tensor) {\n  «y = x -> relu\n  if y.channels == 3 { return x }»\n  return y\n}',
    ],
    ['an output', 'network N {\n  input x: [3, 8, 8]\n  «y = x -> relu\n  output z = y»\n}'],
    ['nothing that is read', 'block f(x: tensor) {\n  «y = x -> relu»\n  return x\n}'],
    ['a part of a statement', 'block f(x: tensor) {\n  y =« x -> relu\n  z = y -> relu»\n  return z\n}'],
    ['half-written text', 'block f(x: tensor) {\n  «y = x ->\n  z = x -> relu»\n  return z\n}'],
  ])('refuses %s', (_, text) => {
    check(`${text}\n`, {})
  })
})
