import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import type { SyntaxProblem } from '../../../grammar/tree'
import { sexpr } from '../sexpr'

/** Problems as `code: text it underlines`. */
const shown = (text: string) =>
  parse(text).problems.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`)

function apply(text: string, problem: SyntaxProblem | undefined): string {
  const edits = (problem?.fix?.edits ?? []).toSorted((a, b) => b.start - a.start)
  return edits.reduce(
    (edited, edit) => edited.slice(0, edit.start) + edit.text + edited.slice(edit.end),
    text,
  )
}

/** Applies all fixes, first ones first, until none is left. */
function fixAll(text: string): string {
  let fixed = text
  for (let round = 0; round < 20; round++) {
    const problem = parse(fixed).problems.find(({ fix }) => fix)
    if (!problem) return fixed
    fixed = apply(fixed, problem)
  }
  return fixed
}

const BEFORE = 'block b(x: tensor) {\n  '
const inBody = (text: string) => `${BEFORE}${text}\n}`
const outOfBody = (text: string) => text.slice(BEFORE.length, -2)

describe('one fault is one problem, as narrow as its cause', () => {
  test.each([
    ['y = x -> conv(64, 3', 'unclosed-bracket: ('],
    ['y = [1, 2', 'unclosed-bracket: ['],
    ['y = add(x -> conv(64, [3', 'unclosed-bracket: ['],
    ['y = conv(64))', 'unmatched-bracket: )'],
    ['y = conv(64]', 'unmatched-bracket: ]'],
    ['y = x ->', 'syntax-error: ->'],
    ['y = x -> -> relu', 'syntax-error: ->'],
    ['y =', 'syntax-error: ='],
    ['y = 3 *', 'syntax-error: *'],
    ['y = f(1 2)', 'syntax-error: 2'],
    ['y = f(,1)', 'syntax-error: ,'],
    ['y = f(a=)', 'syntax-error: )'],
    ['y = x.', 'syntax-error: .'],
    ['y = x as', 'syntax-error: as'],
    ['y = a b', 'syntax-error: b'],
    ['y = a\n  b', 'syntax-error: b'],
    ['y = "abc', 'unclosed-string: "abc'],
    ['y = f("abc)', 'unclosed-string: "abc)'],
    ['y = "a\\nb"', 'syntax-error: \\n'],
    ['y = x @ z', 'invalid-character: @'],
    ['y = x 😀', 'invalid-character: 😀'],
    ['y = 3x', 'invalid-number: 3x'],
    ['y = {a', 'unmatched-bracket: {'],
    ['for i range(3) { }', 'syntax-error: range'],
    ['for in range(3) { }', 'syntax-error: in'],
    ['for i in range(3)', 'syntax-error: )'],
    ['if { }', 'syntax-error: if'],
    ['if a { y = 1', 'unclosed-brace: {'],
    ['else { y = 1 }', 'syntax-error: else'],
    ['input', 'syntax-error: input'],
    ['input x', 'syntax-error: x'],
    ['shared y', 'syntax-error: y'],
    ['return', 'syntax-error: return'],
    ['expect a == ', 'syntax-error: =='],
    ['expect a, b', 'syntax-error: b'],
    ['x -> conv(3)', 'syntax-error: x -> conv(3)'],
    ['x == 3', 'syntax-error: x == 3'],
    ['y = if a then b', 'syntax-error: b'],
    ['y = if a b else c', 'syntax-error: b'],
    ['y = a == not b', 'syntax-error: not'],
    ['y = [a, b for a in c]', 'syntax-error: for'],
    ['true = 3', 'syntax-error: true'],
    ['from "a" import b', 'syntax-error: from'],
    ['expect x -> f', 'syntax-error: ->'],
    ['= 3', 'syntax-error: ='],
    [', 3', 'syntax-error: ,'],
  ])('%s', (text, expected) => {
    expect(shown(inBody(text))).toEqual([expected])
  })

  test.each([
    ['x = 3 4', 'syntax-error: 4'],
    ['return 3', 'syntax-error: return'],
    ['x -> relu', 'syntax-error: x'],
    ['import torch', 'syntax-error: import'],
    ['from "a" import', 'syntax-error: import'],
    ['from "a', 'unclosed-string: "a'],
    ['block', 'syntax-error: block'],
    ['block f', 'syntax-error: f'],
    ['block f { }', 'syntax-error: f'],
    ['block (x) { }', 'syntax-error: ('],
    ['block f(x', 'unclosed-bracket: ('],
    ['block f(x)', 'syntax-error: )'],
    ['block f(x) {', 'unclosed-brace: {'],
    ['block f(x: thing) { }', 'syntax-error: thing'],
    ['block f(x:) { }', 'syntax-error: )'],
    ['block f(a=) { }', 'syntax-error: )'],
    ['f(x) { return x }', 'syntax-error: f'],
    ['}', 'unmatched-bracket: }'],
    ['block f() { } }', 'unmatched-bracket: }'],
    ['network N { input x: 3', 'unclosed-brace: {'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual([expected])
  })
})

describe('a message says what, why and what to do', () => {
  test.each([
    [
      'y = x -> conv(64',
      '`conv(` is not closed. Every `(` needs its `)`; write `)` after the last argument.',
    ],
    [
      'y = x ->',
      'Nothing follows `->`. An arrow passes a tensor on to a layer; write the layer after it, as in `-> relu`.',
    ],
    ['y = (1', '`(` is not closed. Every `(` needs its `)`; write `)` where it ends.'],
  ])('%s', (text, message) => {
    expect(parse(inBody(text)).problems.map((problem) => problem.message)).toEqual([message])
  })
})

describe('what is half-written stays in the tree', () => {
  test.each([
    ['y = x -> conv(64, ', '(= y (flow x (call conv 64)))'],
    ['y = x -> conv(64, kernel=', '(= y (flow x (call conv 64 kernel=?)))'],
    ['y = x ->', '(= y (flow x ?))'],
    ['y = x -> 3 *', '(= y (flow x (* 3 ?)))'],
    ['y = x.', '(= y x._)'],
    ['y = xs[', '(= y (at xs ?))'],
    ['x -> conv(', '(= _ (flow x (call conv)))'],
    ['y = if a then', '(= y (choose a ? ?))'],
    ['for i in', '(for i ? (do))'],
    ['if a ==', '(if (== a ?) (do))'],
    ['input x:', '(input x ?)'],
    ['expect a ==', '(expect (== a ?))'],
    ['y, z', '(= y,z ?)'],
    ['shared', '(= _ shared)'],
    ['y += 1', '(= y (+ ? 1))'],
  ])('%s', (text, expected) => {
    expect(sexpr(parse(inBody(`${text}\n  z = 1`)))).toBe(`(block b [x:tensor] (do ${expected} (= z 1)))`)
  })
})

describe('statements of another place keep their nodes', () => {
  test.each([
    ['block b() { input x: 3 output x }', '(block b [] (do (input x 3) (output x)))'],
    ['network N { return 3 }', '(network N [] (do (return 3)))'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual([])
    expect(sexpr(parse(text))).toBe(expected)
  })
})

describe('what other languages write is understood, reported and fixed', () => {
  test.each([
    ['if a { y = 1 } elif b { y = 2 }', 'foreign-syntax: elif', 'if a { y = 1 } else if b { y = 2 }'],
    ['let y = x -> relu', 'foreign-syntax: let', 'y = x -> relu'],
    ['const y, z = x', 'foreign-syntax: const', 'y, z = x'],
    ['y = a if c else b', 'foreign-syntax: if', 'y = if c then a else b'],
    ['y = x -> f if c else g -> h', 'foreign-syntax: if', 'y = x -> (if c then f else g) -> h'],
    ['y = f(a if c else b, 3)', 'foreign-syntax: if', 'y = f(if c then a else b, 3)'],
    ['y = x => relu', 'foreign-syntax: =>', 'y = x -> relu'],
    ['y = x |> relu', 'foreign-syntax: |>', 'y = x -> relu'],
    ['y = a && b', 'foreign-syntax: &&', 'y = a and b'],
    ['y = a || b', 'foreign-syntax: ||', 'y = a or b'],
    ['y = !a', 'foreign-syntax: !', 'y = not a'],
    ['y = a === b', 'foreign-syntax: ===', 'y = a == b'],
    ['y = 2 ^ 3', 'foreign-syntax: ^', 'y = 2 ** 3'],
    ['y = True', 'foreign-syntax: True', 'y = true'],
    ['y = None', 'foreign-syntax: None', 'y = none'],
    ["y = 'it\\'s'", "foreign-syntax: 'it\\'s'", 'y = "it\'s"'],
    ['y = “a”', 'foreign-syntax: “a”', 'y = "a"'],
    ['y = 1;', 'foreign-syntax: ;', 'y = 1'],
    ['y = (3, 224, 224)', 'foreign-syntax: (3, 224, 224)', 'y = [3, 224, 224]'],
    [
      'y = x -> conv(8, (3, 3), padding=(1, (1)))',
      'foreign-syntax: (3, 3)',
      'y = x -> conv(8, [3, 3], padding=[1, (1)])',
    ],
    ['y = ((1, 2), (3, 4))', 'foreign-syntax: (1, 2)', 'y = [[1, 2], [3, 4]]'],
    ['y = (3,)', 'foreign-syntax: (3,)', 'y = [3,]'],
    ['y = x -> conv(8, kernel=(3, 3))', 'foreign-syntax: (3, 3)', 'y = x -> conv(8, kernel=[3, 3])'],
    ['y = concat((a, b -> relu))', 'foreign-syntax: (a, b -> relu)', 'y = concat([a, b -> relu])'],
    ['for a in (1, 2) { }', 'foreign-syntax: (1, 2)', 'for a in [1, 2] { }'],
    ['y = (\n    1,\n    2,\n  )', 'foreign-syntax: (\n    1,\n    2,\n  )', 'y = [\n    1,\n    2,\n  ]'],
    ['y = 1 // the first one', 'foreign-syntax: // the first one', 'y = 1 # the first one'],
    ['if a: { y = 1 }', 'foreign-syntax: :', 'if a { y = 1 }'],
    ['if a:\n    y = 1\n  z = 2', 'foreign-syntax: :', 'if a {\n    y = 1\n  }\n  z = 2'],
    ['expect a = 3', 'foreign-syntax: =', 'expect a == 3'],
    ['if a = 3 { }', 'foreign-syntax: =', 'if a == 3 { }'],
  ])('%s', (text, problem, fixed) => {
    expect(shown(inBody(text))).toEqual([problem])
    const result = apply(inBody(text), parse(inBody(text)).problems[0])
    expect(outOfBody(result)).toBe(fixed)
    expect(parse(result).problems).toEqual([])
    const withoutParentheses = (tree: string) => tree.replace(/\( (\(choose [^)]*\))\)/, '$1')
    expect(sexpr(parse(inBody(text)))).toBe(withoutParentheses(sexpr(parse(result))))
  })

  test('a whole Python function becomes a block', () => {
    const text = `def unit(x, w=3):
    y = x -> conv(w)
    for i in range(3):
        if i == 0:
            y = y -> relu
        elif not y:
            y = None
        else:
            y = y -> gelu
    return y

A = 3
`
    expect(fixAll(text)).toBe(`block unit(x, w=3) {
    y = x -> conv(w)
    for i in range(3) {
        if i == 0 {
            y = y -> relu
        }
        else if not y {
            y = none
        }
        else {
            y = y -> gelu
        }
    }
    return y
}

A = 3
`)
  })

  test('`//` between operands divides', () => {
    expect(shown(inBody('y = a // b\n  z = a\n  // b // c'))).toEqual([])
    expect(shown(inBody('y = a // b z = 3 w, v = y'))).toEqual([])
  })
})
