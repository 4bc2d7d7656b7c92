import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { importsIn, importsOf } from '../../grammar/imports'
import { parse } from '../../grammar/parse'

const ROOT = join(import.meta.dirname, '../..')
const FILES = globSync(['examples/**/*.cnn', 'test/**/*.cnn'], { cwd: ROOT }).sort()

test('the imports of all example files are those that a parse of the whole text finds', () => {
  for (const file of FILES) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    expect(importsIn(text), file).toEqual(importsOf(parse(text)))
  }
})

test.each([
  ['nothing', '', []],
  ['one', 'from "./a.cnn" import b', [{ path: './a.cnn', names: ['b'] }]],
  ['another name for it', 'from "./a.cnn" import b as c, d', [{ path: './a.cnn', names: ['b', 'd'] }]],
  ['behind a byte order mark', '\uFEFFfrom "a.cnn" import b\n', [{ path: 'a.cnn', names: ['b'] }]],
  ['other line ends', 'x = 1\r\nfrom "a.cnn" import b\r\nx = 2\r', [{ path: 'a.cnn', names: ['b'] }]],
  [
    'names on the next line',
    'from "a.cnn" import\n  b,\n  c\n\nx = 1',
    [{ path: 'a.cnn', names: ['b', 'c'] }],
  ],
  [
    'several, with declarations between them',
    'from "a.cnn" import a\nblock u(x: tensor) {\n  return x\n}\nfrom "b.cnn" import b',
    [
      { path: 'a.cnn', names: ['a'] },
      { path: 'b.cnn', names: ['b'] },
    ],
  ],
  ['a comment that reads like one', '# from "a.cnn" import b\n## from "a.cnn" import b\n', []],
])('imports: %s', (_, text, expected) => {
  expect(importsIn(text)).toEqual(expected)
  expect(importsOf(parse(text))).toEqual(expected)
})
