import { it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'rebound-without-use'

it('finds a value that is replaced before anything reads it', () => {
  checkRule(
    CODE,
    `
    block b(x: tensor, k) {
      y = x -> conv(8, 1)
    # ^ warning[rebound-without-use]: Line 4 binds \`y\` again before anything reads it
      if k == 1 {
        y = x -> relu
      } else {
        y = x -> tanh
      }
      z, w = y -> split(2)
      #  ^ warning[rebound-without-use]
      w = z
      return w
    }
    `,
  )
})

it('finds none where a path leaves the value as it is', () => {
  checkRule(
    CODE,
    `
    block b(x: tensor, k) {
      shortcut = x
      if k != 1 { shortcut = x -> conv(8, 1) }
      y = x
      for i in range(k) {
        z = y
        y = z -> relu
      }
      if k == 2 {
        w = y
        return w
      } else {
        w = y -> tanh
      }
      x = x -> relu
      return add(w, x, shortcut)
    }
    `,
  )
})

it('leaves a name that nothing reads at all to the other rule', () => {
  checkRule(CODE, 'block b(x: tensor) {\n  y = x -> relu\n  y = x -> tanh\n  return x\n}\n')
})

it('takes the first statement away', () => {
  checkFixes(
    CODE,
    'network N {\n  input image: [3, 8, 8]\n  y = image -> relu\n  y = image -> tanh\n  output z = y\n}\n',
    { 'Remove y': '' },
  )
})
