import { expect, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { analyzeText, holds } from './helper'

test('a network is applied like a block, and its own expectations rest', () => {
  holds(`
    network Backbone(width=4) {
      input image: [3, 32, 32]
      a = image -> conv(width, 3, stride=2, padding=1)
      output low = a
      output high = a -> conv(2 * width, 3, stride=2, padding=1)
      expect params == 112 + 296
    }
    network N {
      input photo: [3, 64, 48]
      low, high = photo -> Backbone(width=8)
      expect low.shape == [8, 32, 24] and high.shape == [16, 16, 12]
      expect params == 224 + 1168
      expect layers == 2
    }
  `)
})

test('what comes in must fit the input', () => {
  checkProblems(`
    network A {
      input image: [3, 8, 8]
      output y = image -> conv(4, 3)
    }
    network B {
      input image: [1, 8, 8]
      output y = image -> A
      #                   ^ error[input-mismatch]: The input \`image\` of A is 3×8×8, and 1×8×8 comes in
    }
  `)
})

test('rows that come in must have the features of the input, and may be more or fewer', () => {
  checkProblems(`
    network A {
      input tokens: rows([196, 768])
      output y = tokens -> linear(10)
    }
    network B {
      input few: rows([49, 768])
      input narrow: rows([196, 512])
      output y = few -> A
      output z = narrow -> A
      #                    ^ error[input-mismatch]: The input \`tokens\` of A is 196×768, and 196×512 comes in. The rank and the features of a row must agree; only the number of rows may differ. Bring the tensor to these features first
    }
  `)
})

test('parameters and inputs from outside; expectations speak of the network as declared', () => {
  const source = `
    network N(classes=10, act: layer = relu) {
      input image: [3, 8, 8]
      output y = image -> conv(classes, 3) -> act
      expect params == 280
    }
  `
  const changed = analyzeText(source, { set: { classes: '4' }, inputs: { image: '3x16x16' } })
  expect(changed.problems).toEqual([])
  expect(changed.networks[0]?.totals?.params).toBe(112)
  expect(changed.networks[0]?.outputs[0]?.tensor?.shape).toEqual([4, 14, 14])
  expect(analyzeText(source, { set: { classes: 'ten' } }).problems.map(({ code }) => code)).toEqual([
    'option-value',
  ])
})

test('a network with a parameter without default is known as far as that goes', () => {
  const { problems, networks } = analyzeText(`
    network N(classes) {
      input image: [3, 8, 8]
      a = image -> conv(4, 3)
      output y = a -> conv(classes, 3)
    }
  `)
  expect(problems).toEqual([])
  expect(networks[0]?.layers).toHaveLength(1)
  expect(networks[0]?.totals).toBeUndefined()
})

test('inputs and outputs that are none', () => {
  checkProblems(`
    network N {
      input a: [3, 0, 8]
      #        ^^^^^^^^^ error[input-shape]: can’t be [3, 0, 8]
      input b: "3x8"
      #        ^^^^^ error[input-shape]
      input c: [3, 100M, 100M]
      #        ^^^^^^^^^^^^^^^ error[shape-too-large]
      input d: 10
      output e = 3
      #          ^ error[output-not-a-tensor]
      output f = d -> linear(3)
      output g = nothing
      #          ^^^^^^^ error[unknown-name]
    }
  `)
})

test('an output that already has a name', () => {
  holds(`
    network N {
      input image: [3, 8, 8]
      y = image -> conv(2, 3)
      output y
      output z = image -> split(1)
      if y.channels == 2 {
        output extra = y -> relu
      }
      expect y.shape == [2, 6, 6]
    }
  `)
})

test('several inputs of several ranks', () => {
  holds(`
    network N {
      input signal: [2, 64]
      input volume: [1, 8, 16, 16]
      input vector: 10
      a = signal -> conv(4, 3, padding=same, stride=2)
      b = volume -> conv(4, 3, padding=half) -> maxpool(2)
      c = vector -> linear(4)
      expect a.shape == [4, 32] and a.length == 32 and a.rank == 2
      expect b.shape == [4, 4, 8, 8] and b.depth == 4 and b.spatial == [4, 8, 8]
      expect c.shape == [4] and c.items == 1
      expect a.rf == 3 and a.stride == 2
      expect b.rf == none and c.rf == none
    }
  `)
})
