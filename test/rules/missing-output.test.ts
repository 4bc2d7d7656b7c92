import { describe, expect, it, test } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { checkFindings, checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const CODE = 'missing-output'

describe('finds networks without an output', () => {
  it('at their names, once, whatever their names stand for', () => {
    checkFindings(`
      network N {
      #       ^ warning[missing-output]: The network \`N\` has no output. What a network gives is its outputs, and nothing depends on the layers of one that has none. Make \`y\` an output.
        input image: [3, 8, 8]
        y = image -> conv(8, 3)
      }
    `)
  })

  it('without any line, and with inputs alone', () => {
    checkRule(
      CODE,
      `
      network N {
      #       ^ warning[missing-output]: Add a line such as \`output y = …\`.
      }
      network M {
      #       ^ warning[missing-output]: Add a line such as \`output y = …\`.
        input image: [3, 8, 8]
      }
      `,
    )
  })

  it('also behind a mistake', () => {
    checkRule(
      CODE,
      `
      network N {
      #       ^ warning[missing-output]: Make \`y\` an output.
        input image: [3, 8, 8]
        y = image -> conv(8, 3, groups=2)
        #                              ^ error[groups-do-not-divide]
      }
      `,
    )
  })
})

it('finds none where there is one, on whatever path, and while the text is not whole', () => {
  checkRule(
    CODE,
    `
    network N(deep=false) {
      input image: [3, 8, 8]
      y = image -> conv(8, 3)
      if deep { output z = y } else { output y }
    }
    network Half {
      input image: [3, 8, 8]
      y = image -> conv(8, 3) ->
      #                       ^^ error[syntax-error]
    }
    block b(x: tensor) { return x -> relu }
    `,
  )
})

describe('makes the last tensor that nothing reads an output', () => {
  const fixed = (statements: string, name: string, lines: string) =>
    checkFixes(CODE, `network N {\n  input image: [3, 8, 8]\n${statements}\n}\n`, {
      [`Make \`${name}\` an output`]: lines,
    })

  test.each([
    ['where it is bound', '  y = image -> relu', 'y', 'output y = image -> relu'],
    [
      'whatever an expect says of it',
      '  y = image -> relu\n  expect y.channels == 3',
      'y',
      'output y = image -> relu',
    ],
    [
      'that is no number and no layer',
      '  y = image -> relu\n  k = 3\n  f = conv(8, 3)',
      'y',
      'output y = image -> relu',
    ],
    ['that stands among others', '  a, b = image -> conv(8, 1) -> split(2)', 'b', 'output b'],
    [
      'in the middle of a flow',
      '  a = image -> conv(8, 1) as b -> relu\n  c = b -> add(a)',
      'c',
      'output c = b -> add(a)',
    ],
    ['of several', '  a = image -> relu\n  b = image -> tanh', 'b', 'output b = image -> tanh'],
    ['in a loop', '  y = image\n  for i in range(2) {\n    y = y -> conv(8, 1)\n  }', 'y', 'output y'],
  ])('%s', (_, statements, name, lines) => {
    fixed(statements, name, lines)
  })
})

it('says nothing of what nothing reads beside it', () => {
  const { analysis } = analyzed(`
    network N {
      input image: [3, 8, 8]
      a, b = image -> conv(8, 1) -> split(2)
      c = image -> relu
    }
  `)
  expect(findings(analysis, {}).map(({ code }) => code)).toEqual([CODE])
})
