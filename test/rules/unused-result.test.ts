import { it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const SOURCE = `
  block backbone(x: tensor) {
    c1 = x -> relu
    c2 = c1 -> tanh
    return c1, c2, add(c1, c2)
  }
  network N {
    input image: [3, 8, 8]
    c1, c2, c3 = image -> backbone
    #       ^^ warning[unused-result]: \`c3\` is never used
    output y = c2
  }
`

it('finds a result behind the last that is used', () => {
  checkRule('unused-result', SOURCE)
})

it('finds those before it when asked', () => {
  checkRule(
    'unused-result',
    SOURCE.replace('  output', '# ^^ warning[unused-result]\n    output').replace(
      /( +# {6} \^\^.*\n)( +# \^\^.*\n)/,
      (_, last, first) => first + last,
    ),
    { everyPlace: true },
  )
})

it('finds none that is read, meant to be unused, or the name of a loop', () => {
  checkRule(
    'unused-result',
    `
    block b(x: tensor) { return x -> relu, x -> tanh }
    network N {
      input image: [3, 8, 8]
      a, _b = image -> b
      for c, d in [[a, 1], [a, 2]] { a = c }
      output y = a
    }
    `,
  )
})

it('marks the name, or takes the statement away where nothing of it is read', () => {
  checkFixes('unused-result', SOURCE, { 'Name it _c3': 'c1, c2, _c3 = image -> backbone' })
  checkFixes(
    'unused-result',
    'network N {\n  input image: [4, 8, 8]\n  a, b = image -> split(2)\n  output y = image -> relu\n}\n',
    { 'Remove a, b': '' },
  )
})
