import { expect, test } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost, resolvePath } from '../../server/src/check/host'
import { checkProblems } from '../helpers/problems'

test('what is wrong with an import is said at the import', () => {
  checkProblems({
    'main.cnn': `
      from "./blocks.cnn" import unit, unti as other
      #                                ^^^^ error[import-unknown-name]: Did you mean \`unit\`?
      from "./none.cnn" import a
      #    ^^^^^^^^^^^^ error[import-not-found]
      from "./round.cnn" import b

      network N {
        input image: [3, 8, 8]
        output y = image -> unit -> other -> a
      }
    `,
    'blocks.cnn': `
      from "./deep/more.cnn" import inner
      block unit(x: tensor) { return x -> inner(4) }
    `,
    'deep/more.cnn': 'block inner(x: tensor, width) { return x -> conv(width, 3) }\n',
    'round.cnn': 'from "./main.cnn" import N\nblock b(x: tensor) { return x }\n',
  })
})

test('a circle of imports is said where it closes', () => {
  checkProblems({
    'a.cnn': `
      from "./a.cnn" import f
      #    ^^^^^^^^^ error[import-cycle]: a.cnn → a.cnn
      block g(x: tensor) { return x }
    `,
  })
})

test('what a file imports can not be imported from it', () => {
  checkProblems({
    'main.cnn': `
      from "./blocks.cnn" import inner
      #                          ^^^^^ error[import-unknown-name]
    `,
    'blocks.cnn': 'from "./more.cnn" import inner\n',
    'more.cnn': 'block inner(x: tensor) { return x }\n',
  })
})

test('a fault in another file is said at the call that led there', () => {
  const files = {
    'main.cnn':
      'from "./b.cnn" import f as g, C\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> relu -> g(9) -> conv(C, 1)\n}\n',
    'b.cnn': 'C = 1 // 0\nblock f(x: tensor, k) {\n  return x -> conv(4, k)\n}\n',
  }
  const { problems } = analyze('main.cnn', memoryHost(files))
  expect(problems.map(({ code, range }) => [code, files['main.cnn'].slice(range.start, range.end)])).toEqual([
    ['window-exceeds-input', 'g(9)'],
    ['import-has-errors', 'C'],
  ])
  expect(problems[0]?.related[0]).toMatchObject({ file: 'b.cnn', message: 'the fault is here: k' })
})

test('an imported declaration with a fault of its text', () => {
  checkProblems({
    'main.cnn': `
      from "./b.cnn" import f
      #                     ^ error[import-has-errors]: "./b.cnn", line 1
    `,
    'b.cnn': 'block f(x: tensor) { return x -> conv(4, }\n',
  })
})

test('paths are resolved against the importing file', () => {
  expect(resolvePath('file:///a/b/c.cnn', './d.cnn')).toBe('file:///a/b/d.cnn')
  expect(resolvePath('file:///a/b/c.cnn', '../d/e.cnn')).toBe('file:///a/d/e.cnn')
  expect(resolvePath('a/b.cnn', '../../c.cnn')).toBe('../c.cnn')
  expect(resolvePath('/a/b.cnn', '/c.cnn')).toBe('/c.cnn')
  expect(resolvePath('vscode-vfs://github/x/y.cnn', 'z.cnn')).toBe('vscode-vfs://github/x/z.cnn')
})
