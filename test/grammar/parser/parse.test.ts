import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import { CnnParser } from '../../../grammar/parser'
import { sexpr } from '../sexpr'
import { allSources } from './sources'

/** The tree of a correct text. */
function tree(text: string): string {
  const file = parse(text)
  expect(file.problems).toEqual([])
  return sexpr(file)
}

/** The tree of the value of a constant. */
const value = (text: string): string => tree(`A = ${text}`).slice('(= A '.length, -1)

/** The trees of the statements of a body. */
const statements = (text: string): string =>
  tree(`block b() {\n${text}\n}`).slice('(block b [] (do '.length, -2)

test('the grammar is free of ambiguities and doubled indices', () => {
  expect(() => new CnnParser({ skipValidations: false })).not.toThrow()
})

describe('sources parse without problems', () => {
  test.each(allSources())('$name', ({ text }) => {
    expect(parse(text).problems).toEqual([])
  })
})

describe('precedence is that of Python', () => {
  test.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['8 / 4 // 2 % 3', '(% (// (/ 8 4) 2) 3)'],
    ['2 ** 3 ** 2', '(** 2 (** 3 2))'],
    ['-2 ** 2', '(- (** 2 2))'],
    ['2 ** -1', '(** 2 (- 1))'],
    ['2 ** -1 * 3', '(* (** 2 (- 1)) 3)'],
    ['2 ** -3 ** 2', '(** 2 (- (** 3 2)))'],
    ['-a * -b', '(* (- a) (- b))'],
    ['- - a', '(- (- a))'],
    ['a - -b', '(- a (- b))'],
    ['not a == b', '(not (== a b))'],
    ['not not a and b', '(and (not (not a)) b)'],
    ['a or b and c or d', '(or (or a (and b c)) d)'],
    ['a + b == c * d', '(== (+ a b) (* c d))'],
    ['1 < 2 <= 3 != 4', '(< <= != 1 2 3 4)'],
    ['a == b and b == c', '(and (== a b) (== b c))'],
    ['a ~= 61.1M', '(~= a 61100000)'],
    ['(a < b) < c', '(< ( (< a b)) c)'],
    ['-a.b[0](1)', '(- (call (at a.b 0) 1))'],
    ['a ** b.c(d)', '(** a (call b.c d))'],
    ['2 * conv(64)(stride=2)', '(* 2 (call (call conv 64) stride=2))'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })
})

describe('flows', () => {
  test.each([
    ['x -> conv(64, 3) -> relu', '(flow x (call conv 64 3) relu)'],
    ['x as a -> f as b -> g', '(flow (as x a) (as f b) g)'],
    ['x as a', '(flow (as x a))'],
    ['x -> 3 * f(2) -> g', '(flow x (* 3 (call f 2)) g)'],
    ['add(x -> f, y)', '(call add (flow x f) y)'],
    ['f(act=relu -> g)', '(call f act=(flow relu g))'],
    ['[x -> f, y]', '[(flow x f) y]'],
    ['x -> (if a then f else g) -> h', '(flow x ( (choose a f g)) h)'],
    ['if a then x -> f else y -> g -> h', '(choose a (flow x f) (flow y g h))'],
    ['if a then b else if c then d else e', '(choose a b (choose c d e))'],
    ['if (if a then b else c) then d else e', '(choose ( (choose a b c)) d e)'],
    ['if a then f(if b then c else d) else e', '(choose a (call f (choose b c d)) e)'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })
})

describe('literals, lists and names', () => {
  test.each([
    ['[1, 2, 3,]', '[1 2 3]'],
    ['[]', '[]'],
    ['[i * 2 for i in range(3)]', '[(* i 2) for i (call range 3)]'],
    ['[[i, j] for i, j in zip(a, b)]', '[[i j] for i,j (call zip a b)]'],
    ['[x -> f for x in xs -> g]', '[(flow x f) for x (flow xs g)]'],
    ['3x224x224', '3x224x224'],
    ['0x10', '0x10'],
    ['"a \\"b\\" \\\\ c"', '"a \\"b\\" \\\\ c"'],
    ['[true, false, none]', '[true false none]'],
    ['größe * ширина + 宽', '(+ (* größe ширина) 宽)'],
    ['𝑥 + _a1', '(+ 𝑥 _a1)'],
    ['f(if=1, for=2, in=3, input=4)', '(call f if=1 for=2 in=3 input=4)'],
    ['a.return.in.block', 'a.return.in.block'],
    ['input + output -> network', '(flow (+ input output) network)'],
    ['f()', '(call f)'],
    ['f(1,)', '(call f 1)'],
    ['xs[-1][0]', '(at (at xs (- 1)) 0)'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })
})

describe('statements', () => {
  test.each([
    ['input x: 3x8x8', '(input x 3x8x8)'],
    ['output y', '(output y)'],
    ['output y = x -> f', '(output y (flow x f))'],
    ['return x, y -> f', '(return x (flow y f))'],
    ['a, b = x -> split(2)', '(= a,b (flow x (call split 2)))'],
    ['shared head = conv(3)', '(shared head (call conv 3))'],
    ['for i, x in zip(a, b) { y = i }', '(for i,x (call zip a b) (do (= y i)))'],
    ['for x in y -> f { }', '(for x (flow y f) (do))'],
    ['if a { } else if b { y = 1 } else { y = 2 }', '(if a (do) (if b (do (= y 1)) (do (= y 2))))'],
    ['if if a then b else c { y = 1 }', '(if (choose a b c) (do (= y 1)))'],
    ['if f([x for x in xs]) { y = 1 }', '(if (call f [x for x xs]) (do (= y 1)))'],
    ['expect a == 3, "why"', '(expect (== a 3) "why")'],
    ['y = a z = b return z', '(= y a) (= z b) (return z)'],
    ['y = x\n  -> f\n  -> g\nz = y', '(= y (flow x f g)) (= z y)'],
    ['y =\n  a\n  + b\nz = y', '(= y (+ a b)) (= z y)'],
    ['y = f(\na = 3,\nb = 4\n)\nz = y', '(= y (call f a=3 b=4)) (= z y)'],
    ['y = if a\nthen b\nelse c\nz = y', '(= y (choose a b c)) (= z y)'],
    ['input = 3\noutput = input\nshared = output', '(= input 3) (= output input) (= shared output)'],
    ['input input: 3\noutput output = input', '(input input 3) (output output input)'],
  ])('%s', (text, expected) => {
    expect(statements(text)).toBe(expected)
  })
})

describe('declarations', () => {
  test.each([
    ['from "./a.cnn" import b, c as d', '(from "./a.cnn" b (as c d))'],
    [
      'block b(x: tensor, w=3, k: size = 3x3, act: layer = relu,) { }',
      '(block b [x:tensor w=3 k:size=3x3 act:layer=relu] (do))',
    ],
    ['network N { }', '(network N [] (do))'],
    ['network N(a=1) { input x: a }', '(network N [a=1] (do (input x a)))'],
    ['A = 3 block b() { } B = A', '(= A 3) (block b [] (do)) (= B A)'],
    ['block = 3\nnetwork = block\nfrom = network', '(= block 3) (= network block) (= from network)'],
    ['block block(network) { return network }', '(block block [network] (do (return network)))'],
    ['', ''],
    ['# only a comment', ''],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected)
  })
})
