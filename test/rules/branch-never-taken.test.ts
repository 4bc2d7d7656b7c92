import { expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { findings } from '../../server/src/lint/findings'
import { checkRule, onlyRule } from '../helpers/findings'
import { analyzed } from '../helpers/problems'

const CODE = 'branch-never-taken'

it('finds conditions that come out the same in every call', () => {
  checkRule(
    CODE,
    `
    DEEP = false
    block unit(x: tensor, width, stride=1, act: layer = relu) {
      if stride != 1 {
        #^^^^^^^^^^^ info[branch-never-taken]: in every known call of \`unit\`
        if width == 8 { x = x -> tanh }
        x = x -> maxpool(stride)
      } else if width == 16 {
        x = x -> act
      } else if width >= 8 {
        #       ^^^^^^^^^^ info[branch-never-taken]: the \`else\` never runs
        x = x -> tanh
      } else { x = x -> elu }
      y = if DEEP then (if width == 8 then x -> relu else x) else x -> conv(width, 1)
      #      ^^^^ info[branch-never-taken]: never true
      return y
    }
    network N(depth=0) {
      input image: [3, 8, 8]
      y = image
      for i in range(0) { y = y -> unit(8) }
      #        ^^^^^^^^ info[branch-never-taken]: There is never anything to go through
      zs = [y -> unit(k) for k in [8, 16]]
      ws = [y -> relu for k in []]
      #                        ^^ info[branch-never-taken]
      output z = concat(zs + ws)
    }
    `,
  )
})

it('finds none that depends on what is set from outside', () => {
  checkRule(
    CODE,
    `
    block unit(x: tensor, deep, wide=deep) {
      if x.height > 100 { x = x -> maxpool(2) }
      if wide { x = x -> relu }
      return x
    }
    network N(deep=false) {
      input image: [3, 8, 8]
      also = not deep
      output y = image -> unit(not also)
      if deep { output z = image -> relu }
    }
    `,
  )
})

it('finds none where an error leaves a condition open', () => {
  const { analysis } = analyzed(
    'network N {\n  input image: [3, 8, 8]\n  y = image -> conv(8, 9)\n  if y.channels == 8 { z = y }\n  if false { z = image }\n  output image\n}\n',
  )
  expect(findings(analysis, { settings: onlyRule(CODE) }).map(({ code }) => code)).toEqual([
    'window-exceeds-input',
  ])
})

it('leaves the options of a library to others, and counts the runs of those that are known', () => {
  const block =
    'block unit(x: tensor, deep=false) {\n  if deep { x = x -> relu }\n  if 1 > 2 { x = x -> tanh }\n  return x\n}\n'
  const network = (deep: string) => `network N { input image: [3, 8, 8]  output y = image -> unit${deep} }\n`
  const { analysis, host } = analyzed({
    'test.cnn': block,
    'other.cnn': `from "./test.cnn" import unit\n${network('')}`,
    'own.cnn': `${block}${network('')}`,
    'third.cnn': `from "./own.cnn" import unit\n${network('(deep=true)')}`,
  })
  const settings = onlyRule(CODE)
  const found = (name: string, importers: readonly string[]) =>
    findings(name === 'test.cnn' ? analysis : analyze(name, host), {
      settings,
      importers: importers.map((other) => analyze(other, host)),
    }).map(({ range }) => block.slice(range.start, range.end))
  expect(found('test.cnn', [])).toEqual([])
  expect(found('test.cnn', ['other.cnn'])).toEqual(['1 > 2'])
  expect(found('own.cnn', [])).toEqual(['deep', '1 > 2'])
  expect(found('own.cnn', ['third.cnn'])).toEqual(['1 > 2'])
})
