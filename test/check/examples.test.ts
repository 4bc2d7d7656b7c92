import { expect, test } from 'vitest'
import { showShape } from '../../server/src/model/shape'
import { checkFixes } from '../helpers/fixes'
import { checkProblems } from '../helpers/problems'
import { analyzeText } from './helper'

test('an example runs a block that no network applies', () => {
  const { problems, networks, examples } = analyzeText(`
    ## Two convolutions.
    ## @example [64, 56, 56] -> unit(32)
    ## @example 3x8x8 -> unit(16, 5) -> relu
    block unit(x: tensor, width, kernel=3) {
      expect x.channels > 2
      return x -> conv(width, kernel)
    }
  `)
  expect(problems).toEqual([])
  expect(networks).toEqual([])
  expect(
    examples.map(({ layers }) => layers.map(({ outputs }) => outputs.map((each) => showShape(each.shape)))),
  ).toEqual([[['32×54×54']], [['16×4×4'], ['16×4×4']]])
})

test('a list of sizes stands for several tensors, and none for none', () => {
  const { problems, examples } = analyzeText(`
    ## @example [[64, 56, 56], 128x28x28] -> merge
    block merge(fine: tensor, coarse: tensor) { return fine, coarse -> conv(64, 1) -> resize(fine) }

    ## @example source(3)
    block source(size) { return parameter([size, 8, 8]) }
  `)
  expect(problems).toEqual([])
  expect(examples.map(({ inputs, layers }) => [inputs.length, layers.length])).toEqual([
    [2, 2],
    [0, 1],
  ])
})

test('a block that a network applies needs none', () => {
  const { examples } = analyzeText(`
    ## @example [3, 8, 8] -> unit
    block unit(x: tensor) { return x -> relu }
    network N {
      input image: [3, 8, 8]
      output y = image -> unit
    }
  `)
  expect(examples).toEqual([])
})

test('what is wrong with the call shows in the comment, what is wrong in the block at its place', () => {
  checkProblems(`
    ## @example [64, 8, 8] -> unit(32, stride=2)
    #                                  ^^^^^^ error[unknown-option]
    ## @example image -> unit(32)
    #           ^^^^^ error[unknown-name]
    ## @example [0, 8, 8] -> unit(32)
    #           ^^^^^^^^^ error[input-shape]
    ##   @example [64, 8, 8] -> unit(
    #                               ^ error[unclosed-bracket]
    ## @example
    #  ^^^^^^^^ error[syntax-error]: An example needs a call
    ## @example [64, 8, 8] -> unit(32)
    ## @examples are no example
    block unit(x: tensor, width) { return x -> conv(width, 9) }
    #                                                      ^ error[window-exceeds-input]
  `)
})

test('names mean what they mean in the file', () => {
  checkProblems({
    'test.cnn': `
      from "./other.cnn" import other
      WIDTH = 6
      ## @example [4, 8, 8] -> other -> unit(WIDTH)
      block unit(x: tensor, width) { return x -> conv(width, 3, groups=4) }
      #                                                                ^ error[groups-do-not-divide]
    `,
    'other.cnn': 'block other(x: tensor) { return x -> relu }\n',
  })
})

test('fixes are proven by what an example shows', () => {
  checkFixes(
    'window-exceeds-input',
    '## @example [3, 8, 8] -> unit\nblock unit(x: tensor) { return x -> conv(8, 9) -> relu }\n',
    {
      'Set padding=1 in block unit → 8×2×2':
        'block unit(x: tensor) { return x -> conv(8, 9, padding=1) -> relu }',
      'Set padding=half in block unit → 8×8×8':
        'block unit(x: tensor) { return x -> conv(8, 9, padding=half) -> relu }',
      'Set kernel=8 in block unit → 8×1×1': 'block unit(x: tensor) { return x -> conv(8, 8) -> relu }',
    },
  )
})
