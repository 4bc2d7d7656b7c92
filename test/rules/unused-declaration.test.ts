import { expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { findings } from '../../server/src/lint/findings'
import { checkRule, onlyRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const CODE = 'unused-declaration'
const SOURCE = `
  WIDTH = 8
  DEPTH = 3
  #<^^^ warning[unused-declaration]: The constant \`DEPTH\` is never used
  ## Is left over.
  block wide(x: tensor) { return x -> conv(WIDTH, 3) }
  #     ^^^^ warning[unused-declaration]: The block \`wide\` is never used

  network N {
    input image: [3, 8, 8]
    output y = image -> relu
  }
`

it('finds blocks and constants that nothing uses', () => {
  checkRule(CODE, SOURCE)
})

it('finds none with an example', () => {
  checkRule(
    CODE,
    `
    ## @example [3, 8, 8] -> wide
    block wide(x: tensor) { return x -> conv(8, 3) }
    network N {
      input image: [3, 8, 8]
      output y = image -> relu
    }
    `,
  )
})

it('finds none in a library', () => {
  checkRule(CODE, 'WIDTH = 8\nblock wide(x: tensor) { return x -> conv(WIDTH, 3) }\n')
})

it('finds none that a known file imports', () => {
  const { analysis, host } = analyzed({
    'test.cnn': SOURCE.replace('DEPTH = 3', 'DEPTH = WIDTH'),
    'other.cnn': 'from "./test.cnn" import wide as broad, DEPTH\n',
  })
  const importers = [analyze('other.cnn', host)]
  const found = findings(analysis, { settings: onlyRule(CODE), importers })
  expect(found).toEqual([])
})

it('takes the declaration away with its documentation', () => {
  checkFixes(
    CODE,
    SOURCE.replace('image -> relu', 'image -> relu -> conv(DEPTH, 1)').replace(/ +#<.*\n/, ''),
    {
      'Remove wide': '',
    },
  )
})
