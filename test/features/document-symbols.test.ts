import { expect, test } from 'vitest'
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types'
import { documentSymbols } from '../../server/src/features/document-symbols'
import { type Sources, viewed } from './view'

const kinds = Object.fromEntries(Object.entries(SymbolKind).map(([name, value]) => [value, name]))

/** One line per symbol, indented below the one that it is in. */
function outline(sources: Sources): string {
  const { view } = viewed(sources)
  const show = (symbols: readonly DocumentSymbol[], indent: string): string =>
    symbols
      .map(({ name, kind, detail, children = [] }) => {
        const line = `${indent}${kinds[kind]} ${name}${detail === '' ? '' : `: ${detail}`}\n`
        return line + show(children, `${indent}  `)
      })
      .join('')
  return show(documentSymbols(view), '')
}

const BLOCK = `
  block unit(x: tensor, width, stride=1) {
    y = x -> conv(width, 3, stride=stride, padding=1) as c -> relu
    return y
  }
`

test('networks, blocks, constants and what they bind, with shapes', () => {
  expect(
    outline(`
      SIZE = [3, 8, 8]
      plain = conv(padding=half)
      ${BLOCK}
      network N {
        input image: SIZE
        act = relu
        shared head = conv(2, 1)
        a, b = image -> unit(8) -> split(2)
        n = 4 + 5
        y = add(a, b) -> head
        output y
        output z = b -> unit(16, stride=2)
      }
    `),
  ).toBe(`Constant SIZE: [3, 8, 8]
Constant plain: conv(padding=half)
Function unit: 3×8×8 → 8×8×8, 4×8×8 → 16×4×4
  Variable y: 8×8×8, 16×4×4
  Variable c: 8×8×8, 16×4×4
Class N: 3×8×8 → 2×8×8, 16×4×4
  Field image: 3×8×8
  Function act: relu
  Object head: conv(2, 1)
  Variable a: 4×8×8
  Variable b: 4×8×8
  Variable n: 9
  Variable y: 2×8×8
  Property y: 2×8×8
  Property z: 16×4×4
`)
})

test('a block that only other files apply has the shapes that they give it', () => {
  const main = 'from "./b.cnn" import unit\nnetwork N {\n  input i: [3, 8, 8]\n  output y = i -> unit(4)\n}\n'
  expect(outline({ 'b.cnn': BLOCK, 'main.cnn': main })).toMatch(/^Function unit: 3×8×8 → 4×8×8\n/)
})

test('what has no name yet is left out, what has no shape has no detail', () => {
  expect(
    outline('network N {\n  input image: [3, 8, 8]\n  y = image -> conv(\n  = 3\n}\nblock (x: tensor) {}\n'),
  ).toBe('Class N: 3×8×8\n  Field image: 3×8×8\n  Variable y\n')
  expect(outline('block b(x: tensor) {\n  y = x -> relu\n  return y\n}\n')).toBe('Function b\n  Variable y\n')
})

test('shapes that rest on a mistake, as far as they are known', () => {
  expect(
    outline(`
      network N {
        input image: [3, 8, 8]
        a = image -> conv(4, 3, groups=3)
        b = image -> conv(4, [3, 9])
        c = image -> convv(3)
        output y = b
      }
    `),
  ).toBe(
    [
      'Class N: 3×8×8 → 4×6×?\n',
      '  Field image: 3×8×8\n',
      '  Variable a: 4×6×6 ?\n',
      '  Variable b: 4×6×?\n',
      '  Variable c\n',
      '  Property y: 4×6×?\n',
    ].join(''),
  )
})
