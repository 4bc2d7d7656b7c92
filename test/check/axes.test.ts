import { expect, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { analyzeText } from './helper'

function axesOf(text: string, options = {}) {
  const [network] = analyzeText(text, options).networks
  return network?.inputs.map(({ node }) => [node?.tensor.shape.join('x'), node?.axes])
}

test('an input says what its two axes are, however its size is written', () => {
  const text = `
    SIZE = signal(12x500)
    network N(steps=196, wide=true) {
      input a: rows([steps, 768])
      input b: signal([1, 1000])
      input c: SIZE
      input d: if wide then rows([4, 8]) else signal([4, 8])
      input e: [4, 8]
      output y = a
    }
  `
  expect(axesOf(text)).toEqual([
    ['196x768', 'rows'],
    ['1x1000', 'signal'],
    ['12x500', 'signal'],
    ['4x8', 'rows'],
    ['4x8', undefined],
  ])
})

test('another size from outside keeps them, unless it has other axes', () => {
  const text = 'network N { input a: rows([196, 768]) output y = a }'
  expect(axesOf(text, { inputs: { a: '50x768' } })).toEqual([['50x768', 'rows']])
  expect(axesOf(text, { inputs: { a: '3x8x8' } })).toEqual([['3x8x8', undefined]])
})

test('they are of two integers', () => {
  checkProblems(`
    network N {
      input a: rows([196])
      #        ^^^^^^^^^^^ error[wrong-kind]: \`rows\` does not take the list [196]. It is called as \`rows([steps, features])\`
      input b: signal(1, 1000)
      #        ^^^^^^^^^^^^^^^ error[wrong-kind]: It is called as \`signal([channels, length])\`
      input c: rows([0, 8])
      #        ^^^^^^^^^^^^ error[input-shape]
      output y = a
    }
  `)
})

test('their names are free for all else', () => {
  checkProblems(`
    rows = 3
    network N {
      input signal: signal([1, 1000])
      x = signal -> conv(8, rows)
      output y = x -> permute([1, 0]) -> lstm(8)
    }
    network M {
      input rows: [10, 20]
      output y = rows -> lstm(8)
    }
  `)
})
