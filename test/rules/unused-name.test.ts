import { expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { checkRule, onlyRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const CODE = 'unused-name'

it('finds tensors, layers, numbers and inputs that nothing reads', () => {
  checkRule(
    CODE,
    `
    block b(x: tensor) {
      k = 3
    # ^ warning[unused-name]: \`k\` is never used
      shared head = conv(8, 1)
      #      ^^^^ warning[unused-name]
      return x -> relu as named -> tanh
      #                   ^^^^^ warning[unused-name]
    }
    network N {
      input image: [3, 8, 8]
      input mask: [1, 8, 8]
      #     ^^^^ warning[unused-name]: The input \`mask\` is never used
      y = image -> b
      y = y -> relu
      output z = y
      y = z -> tanh
    # ^ warning[unused-name]
    }
    `,
  )
})

it('finds none that anything may read', () => {
  checkRule(
    CODE,
    `
    block b(x: tensor, deep=false) {
      y = x
      half = 8
      for i in range(3) {
        z = y
        y = z -> conv(half, 3, padding=half)
      }
      if deep { y = y -> relu as act } else { act = y }
      measured = y
      expect measured.channels == 8
      _spare = y -> tanh
      levels = [x -> conv(8, 1) for r in [1, 2]]
      return add(levels, act)
    }
    network N {
      input image: [3, 8, 8]
      output y = image -> b
      output z = y -> relu
    }
    `,
  )
})

it('finds none where something is wrong that may be the cause', () => {
  for (const line of [
    'output y = scroes -> relu',
    'output y = ',
    'y = add(image, scores',
    'image -> scores',
  ]) {
    const { analysis } = analyzed(`network N {\n  input image: [3, 8, 8]\n  scores = image\n  ${line}\n}\n`)
    expect(findings(analysis, { settings: onlyRule(CODE) }).filter(({ code }) => code === CODE)).toEqual([])
  }
})

const network = (lines: string) => `network N {\n  input image: [3, 8, 8]\n${lines}\n}\n`

it('takes the statement away', () => {
  checkFixes(CODE, network('  k = 3\n  output y = image -> relu'), { 'Remove k': '' })
})

it('takes the name of a stage away', () => {
  checkFixes(CODE, network('  output y = image -> relu as a -> tanh'), {
    'Remove the name a': 'output y = image -> relu -> tanh',
  })
  checkFixes(CODE, network('  output y = image as a -> tanh'), {
    'Remove the name a': 'output y = image -> tanh',
  })
})

it('keeps what names inside are read', () => {
  checkFixes(CODE, network('  a = image -> conv(4, 1) as b -> relu as c -> tanh\n  output y = add(b, c)'), {
    'Remove a': 'c = image -> conv(4, 1) as b -> relu',
  })
  checkFixes(CODE, network('  a = add(image -> conv(3, 1) as b, image)\n  output y = b'), {})
})

it('breaks no expectation', () => {
  checkFixes(
    CODE,
    network('  a = image -> conv(4, 1)\n  output y = image -> relu\n  expect params == 16'),
    {},
  )
})
