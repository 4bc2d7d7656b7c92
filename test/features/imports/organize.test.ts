import { expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import { resolvePath } from '../../../server/src/check/host'
import { organizeImports } from '../../../server/src/features/imports/organize'
import { applyEdits } from '../../../server/src/model/problem'
import { dedent } from '../../helpers/annotations'

function checkOrganized(source: string, expected: string): void {
  const text = dedent(source)
  const organize = (before: string) =>
    applyEdits(
      before,
      organizeImports(parse(before), (path) => resolvePath('folder/test.cnn', path)),
    )
  expect(organize(text)).toBe(dedent(expected))
  expect(organize(organize(text))).toBe(dedent(expected))
}

test('imports are sorted by path and name, and those of one file are one', () => {
  checkOrganized(
    `
      ## A file.

      from "./heads.cnn" import fpn
      from "./blocks.cnn" import unit, WIDTH,  bottleneck as neck
      from "../data.cnn" import CLASSES
      from "../folder/blocks.cnn" import Big
      block b(x: tensor) { return x -> fpn -> unit(WIDTH) -> neck -> Big(CLASSES) }
    `,
    `
      ## A file.

      from "../data.cnn" import CLASSES
      from "./blocks.cnn" import Big, WIDTH, bottleneck as neck, unit
      from "./heads.cnn" import fpn
      block b(x: tensor) { return x -> fpn -> unit(WIDTH) -> neck -> Big(CLASSES) }
    `,
  )
})

test('what nothing reads is removed, and an import of which nothing is left', () => {
  checkOrganized(
    `
      from "./a.cnn" import one, two as three, four
      from "./b.cnn" import five, one   # as before
      from "./c.cnn" import six
      six_times = four(one) -> three
    `,
    `
      from "./a.cnn" import four, one, two as three
      six_times = four(one) -> three
    `,
  )
  checkOrganized('from "./a.cnn" import one\n\nB = 1\n', 'B = 1\n')
  checkOrganized('from "./a.cnn" import one\n', '')
})

test('comments go with the import that they belong to', () => {
  checkOrganized(
    `
      # Licence.
      from "./b.cnn" import b   # the blocks
      # What is
      # classified.
      from "./a.cnn" import a
      from "./b.cnn" import c   # and more
      from "./a.cnn" import d   # last
      x = a(b, c, d)
    `,
    `
      # Licence.
      # What is
      # classified.
      from "./a.cnn" import a, d   # last
      # and more
      from "./b.cnn" import b, c   # the blocks
      x = a(b, c, d)
    `,
  )
})

test('imports with declarations between them stay apart', () => {
  checkOrganized(
    `
      from "./b.cnn" import b
      from "./a.cnn" import a
      C = 1
      from "./a.cnn" import d, c
      x = a(b, c, d)
    `,
    `
      from "./a.cnn" import a
      from "./b.cnn" import b
      C = 1
      from "./a.cnn" import c, d
      x = a(b, c, d)
    `,
  )
})

test('nothing is removed while a line cannot be read, and faulty imports are left alone', () => {
  checkOrganized(
    'from "./b.cnn" import b\nfrom "./a.cnn" import a\nx = (\n',
    'from "./a.cnn" import a\nfrom "./b.cnn" import b\nx = (\n',
  )
  const half = 'from "./b.cnn" import b\nfrom "./a.cnn" import\nx = b\n'
  checkOrganized(half, half)
})

test('long lists are broken as the formatter does', () => {
  const names = Array.from({ length: 12 }, (_, i) => `a_long_name_${String.fromCharCode(97 + i)}`)
  const text = `from "./b.cnn" import ${names.join(', ')}\nx = [${names.join(', ')}]\n`
  const edits = organizeImports(parse(text), (path) => path)
  const organized = applyEdits(text, edits)
  expect(
    Math.max(
      ...organized
        .slice(0, organized.indexOf('x ='))
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThan(111)
})

test('the line ends of the file are kept', () => {
  const text = 'from "./b.cnn" import b\r\nfrom "./a.cnn" import a\r\nx = a(b)\r\n'
  const edits = organizeImports(parse(text), (path) => path)
  expect(applyEdits(text, edits)).toBe('from "./a.cnn" import a\r\nfrom "./b.cnn" import b\r\nx = a(b)\r\n')
})
