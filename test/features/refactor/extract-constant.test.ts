import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('extract-constant', sources, expected)

describe('extract-constant', () => {
  it('names a number by what it gives, and offers the equal ones', () => {
    check(
      `
      ## A network.
      network N(classes=8) {
        input image: [3, 32, 32]
        a = image -> conv(8$0, 3) -> conv(channels=8, kernel=8)
        output y = a -> conv(16, 1)
        expect a.channels == 8
      }
      `,
      {
        'Extract constant CHANNELS = 8': `
          CHANNELS = 8

          ## A network.
          network N(classes=8) {
            input image: [3, 32, 32]
            a = image -> conv(CHANNELS, 3) -> conv(channels=8, kernel=8)
        `,
        'Extract constant CHANNELS = 8 and use it for 1 other as channels': `
          CHANNELS = 8

          ## A network.
          network N(classes=8) {
            input image: [3, 32, 32]
            a = image -> conv(CHANNELS, 3) -> conv(channels=CHANNELS, kernel=8)
        `,
        'Extract constant CHANNELS = 8 and use it for 3 others': `
          CHANNELS = 8

          ## A network.
          network N(classes=CHANNELS) {
            input image: [3, 32, 32]
            a = image -> conv(CHANNELS, 3) -> conv(channels=CHANNELS, kernel=CHANNELS)
        `,
      },
    )
  })

  it('stands after the constants and imports that are there', () => {
    check(
      {
        'test.cnn': `
          from "./blocks.cnn" import unit
          network N(classes=1$0000) {
            input image: [3, 32, 32]
            output y = image -> unit -> conv(classes, 1)
          }
        `,
        'blocks.cnn': 'block unit(x: tensor) { return x -> relu }\n',
      },
      {
        'Extract constant CLASSES = 1000': `
          CLASSES = 1000

          network N(classes=CLASSES) {
        `,
      },
    )
    check(
      `
      CHANNELS = 3  # Colours.

      network N {
        input image: «3x32x32»
        output y = image -> conv(CHANNELS, 1)
      }
      `,
      {
        'Extract constant SIZE = 3x32x32': `
          SIZE = 3x32x32

          network N {
            input image: SIZE
        `,
      },
    )
  })

  it.each([
    ['a constant already', 'K = $03\nblock f(x: tensor) { return x -> conv(K, 1) }'],
    ['what must come out', 'block f(x: tensor) {\n  expect x.channels == $03\n  return x\n}'],
    ['a part of a number', 'block f(x: tensor) { return x -> conv(1«2»8, 1) }'],
    ['a name', 'block f(x: tensor, wid$0th) { return x -> conv(width, 1) }'],
    ['half-written text', 'block f(x: tensor) { return x -> conv($08, }'],
  ])('is not offered for %s', (_, text) => {
    check(`${text}\n`, {})
  })
})
