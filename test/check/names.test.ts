import { expect, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { analyzeText, holdsIn } from './helper'

test('a half-written statement is unknown, and leads to no second problem', () => {
  for (const line of [
    'b = a -> conv(8 3)',
    'b = a -> conv(8, 3 padding=1)',
    'b = a -> conv(8, ',
    'b = a -> conv(8, 3',
    'b = a -> ',
    'b = ',
    'b = a -> conv(8, kernel=)',
    'b = concat(a, ',
    'b = a -> conv(8, "3)',
  ]) {
    const { problems, networks } = analyzeText(`
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, padding=1)
        ${line}
        c = add(a, b) -> relu
        d = a -> relu
        output y = c
        expect y.shape == [4, 8, 8]
      }
    `)
    expect(problems.map(({ code, range }) => [code, line, range.start > 0])).toHaveLength(1)
    const known = networks[0]?.bindings.find(({ name }) => name.name === 'd')?.value
    expect(known).toMatchObject({ kind: 'tensor', tensor: { shape: [4, 8, 8] } })
  }
})

test('the names of a comprehension are its own', () => {
  holdsIn(`
    r = 7
    xs = [image -> conv(r, 1) as last for r in [1, 2]]
    expect r == 7 and last.channels == 2 and len(xs) == 2
    output y = last
  `)
})

test('two parameters of one name', () => {
  checkProblems(`
    block f(x: tensor, k, k=3) {
      #                   ^ error[duplicate-name]
      return x -> conv(k, 1)
    }
  `)
})
