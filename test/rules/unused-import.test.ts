import { it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'unused-import'
const BLOCKS = `
  block a(x: tensor) { return x -> relu }
  block b(x: tensor) { return x -> tanh }
  SIZE = 3
`
const NETWORK = `
  network N {
    input image: [3, 8, 8]
    output y = image -> a
  }
`

it('finds imported names that the file never uses', () => {
  checkRule(CODE, {
    'test.cnn': `
  from "./blocks.cnn" import a, b as c, SIZE
  #                             ^^^^^^ warning[unused-import]: \`c\` is imported and never used
  #                                     ^^^^ warning[unused-import]
${NETWORK}`,
    'blocks.cnn': BLOCKS,
  })
})

it('finds none in a library’s own names, and none where the import fails', () => {
  checkRule(CODE, {
    'test.cnn': `
      from "./blocks.cnn" import a, missing
      #                             ^^^^^^^ error[import-unknown-name]
      block twice(x: tensor) { return x -> 2 * a }
    `,
    'blocks.cnn': BLOCKS,
  })
})

it('takes the name away, or the import with its last one', () => {
  const files = (names: string) => ({
    'test.cnn': `from "./blocks.cnn" import ${names}\n${NETWORK.replaceAll('  ', ' ')}`,
    'blocks.cnn': BLOCKS,
  })
  checkFixes(CODE, files('a, b as c, SIZE'), {
    'Remove the import of c': 'from "./blocks.cnn" import a, SIZE',
  })
  checkFixes(CODE, files('a, SIZE'), { 'Remove the import of SIZE': 'from "./blocks.cnn" import a' })
  checkFixes(
    CODE,
    {
      'test.cnn': 'from "./blocks.cnn" import b\nblock c(x: tensor) { return x -> relu }\n',
      'blocks.cnn': BLOCKS,
    },
    { 'Remove the import of b': '' },
  )
})
