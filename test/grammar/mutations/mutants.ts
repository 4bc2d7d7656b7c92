import { lex } from '../../../grammar/lexer'
import { end, start } from '../../../grammar/tokens'
import type { Unit } from './units'

export interface Mutant {
  readonly text: string
  /** The unit that the fault is in; none when the fault is a line of its own. */
  readonly unit?: Unit
  /** Where the fault is. */
  readonly start: number
  readonly end: number
}

/** Lines as they stand while they are typed in a body. */
export const HALF_LINES = [
  'y',
  'y =',
  'y = x',
  'y = x -',
  'y = x ->',
  'y = x -> conv',
  'y = x -> conv(',
  'y = x -> conv(64',
  'y = x -> conv(64,',
  'y = x -> conv(64, 3',
  'y = x -> conv(64, 3,',
  'y = x -> conv(64, kernel',
  'y = x -> conv(64, kernel=',
  'y = x -> conv(64, kernel=(',
  'y = x -> conv(64, kernel=[3,',
  'y = x -> conv(64, 3) ->',
  'y = x -> conv(64, 3) as',
  'y = x -> conv(64, 3) -> b',
  'y = add(',
  'y = add(x',
  'y = add(x,',
  'y = add(x -> conv(',
  'y = add(x -> conv(3), [',
  'y = concat([',
  'y = concat([x',
  'y = concat([x,',
  'y = [',
  'y = [x for',
  'y = [x for i',
  'y = [x for i in',
  'y = [x for i in range(',
  'y = (',
  'y = (x ->',
  'y = 3 *',
  'y = 3 * (',
  'y = 3 * conv(',
  'y = -',
  'y = not',
  'y = x.',
  'y = x.shape[',
  'y = x.shape[0',
  'y = if',
  'y = if a',
  'y = if a then',
  'y = if a then b',
  'y = if a then b else',
  'y,',
  'y, z',
  'y, z =',
  'y, z = x -> split(',
  'x ->',
  'x -> relu',
  'x -> conv(',
  'conv(64,',
  'f(x)',
  'return',
  'return x ->',
  'return x,',
  'return add(',
  'output',
  'output y =',
  'output y = x ->',
  'input',
  'input x',
  'input x:',
  'input x: [3,',
  'shared',
  'shared y',
  'shared y =',
  'shared y = conv(',
  'expect',
  'expect y.',
  'expect y.shape ==',
  'expect y.shape == [',
  'expect params == 3,',
  'expect params == 3, "abc',
  'for',
  'for i',
  'for i in',
  'for i in range',
  'for i in range(',
  'for i in range(3)',
  'for i, j in zip(',
  'if',
  'if a',
  'if a ==',
  'if not',
  'if (a',
  'if a == b and',
  'if a {}',
  'else',
  'y = "abc',
  "y = 'abc'",
  "y = 'abc",
  'y = 3x',
  'y = 1.',
  'y = x @',
  'y = x;',
  'y = x -> relu)',
  'y = x -> relu]',
  ')',
]

/** Lines as they stand while they are typed outside all bodies. */
export const HALF_DECLARATIONS = [
  'from',
  'from "',
  'from "./a.cnn',
  'from "./a.cnn"',
  'from "./a.cnn" import',
  'from "./a.cnn" import a,',
  'A',
  'A =',
  'A = [',
  'A = [1,',
  'A = 3 +',
  'block',
  'block f',
  'block f(',
  'block f(x',
  'block f(x:',
  'block f(x: tensor',
  'block f(x: tensor,',
  'block f(x: tensor, a=',
  'block f(x: tensor, a=[',
  'block f(x: tensor)',
  'network',
  'network N',
  'network N(',
  'network N(a=',
  'import',
  'def f(x):',
  'x -> relu',
]

const INSERTED = [
  'x',
  '3',
  '"s"',
  '(',
  ')',
  '[',
  ']',
  ',',
  '=',
  '->',
  '.',
  ':',
  '+',
  '-',
  '*',
  '**',
  '==',
  'not',
  'and',
  'as',
  'in',
  'if',
  'then',
  'else',
  'for',
  'return',
  'expect',
  '&&',
  '@',
]

interface Line {
  readonly start: number
  readonly indentation: string
  readonly inBody: boolean
}

/** The lines before which a line may be put: those that begin with a statement, or end a body. */
function places(text: string, units: readonly Unit[]): Line[] {
  const at = new Map<number, Unit>(
    units.filter((unit) => unit.tree !== '(else)').map((unit) => [unit.range.start, unit]),
  )
  const lines: Line[] = []
  for (const { 0: line, index } of text.matchAll(/[^\n]*\n?/g)) {
    const indentation = /^[ \t]*/.exec(line)?.[0] as string
    const first = index + indentation.length
    const unit = at.get(first)
    if (unit && !/else\s*$/.test(text.slice(0, first))) {
      lines.push({ start: index, indentation, inBody: unit.around.length > 0 })
    } else if (
      text[first] === '}' &&
      !units.some(({ range, isHead }) => !isHead && range.start < first && first < range.end)
    ) {
      lines.push({ start: index, indentation: `${indentation}  `, inBody: true })
    }
  }
  return lines
}

/** Puts each line before each statement that begins its line. */
export function* withLines(
  text: string,
  units: readonly Unit[],
  bodyLines: readonly string[],
  fileLines: readonly string[],
): Generator<Mutant> {
  for (const place of places(text, units)) {
    for (const line of place.inBody ? bodyLines : fileLines) {
      const inserted = `${place.indentation}${line}\n`
      const mutant = text.slice(0, place.start) + inserted + text.slice(place.start)
      yield { text: mutant, start: place.start, end: place.start + inserted.length }
    }
  }
}

/** Cuts every statement, and every head before its `{`, after each of its tokens but the last. */
export function* withCuts(text: string, units: readonly Unit[]): Generator<Mutant> {
  const tokens = lex(text).tokens
  for (const unit of units) {
    const inside = tokens.filter((token) => start(token) >= unit.range.start && end(token) <= unit.range.end)
    for (const token of inside.slice(0, -1)) {
      const last = end(inside.at(-1) as (typeof inside)[number])
      yield {
        text: text.slice(0, end(token)) + text.slice(last),
        unit,
        start: unit.range.start,
        end: end(token),
      }
    }
  }
}

const isBrace = (image: string) => image === '{' || image === '}'

function unitAt(units: readonly Unit[], offset: number): Unit | undefined {
  return units.findLast(({ range }) => range.start <= offset && offset <= range.end)
}

export function* withoutToken(text: string, units: readonly Unit[]): Generator<Mutant> {
  for (const token of lex(text).tokens) {
    if (isBrace(token.image)) continue
    const at = start(token)
    const unit = unitAt(units, at)
    if (unit)
      yield {
        text: `${text.slice(0, at)} ${text.slice(end(token))}`,
        unit,
        start: unit.range.start,
        end: unit.range.end,
      }
  }
}

export function* withToken(text: string, units: readonly Unit[]): Generator<Mutant> {
  for (const token of lex(text).tokens) {
    const unit = unitAt(units, start(token))
    if (!unit || start(token) === unit.range.start) continue
    for (const inserted of INSERTED) {
      const at = start(token)
      const mutant = `${text.slice(0, at)} ${inserted} ${text.slice(at)}`
      yield { text: mutant, unit, start: unit.range.start, end: unit.range.end + inserted.length + 2 }
    }
  }
}

export function* withoutBrace(text: string, units: readonly Unit[]): Generator<Mutant> {
  for (const token of lex(text).tokens) {
    if (!isBrace(token.image)) continue
    const at = start(token)
    yield mutant(`${text.slice(0, at)} ${text.slice(end(token))}`, unitAt(units, at), at, at + 1)
  }
}

export function* withBrace(text: string, units: readonly Unit[]): Generator<Mutant> {
  for (const token of lex(text).tokens) {
    const at = start(token)
    const unit = unitAt(units, at)
    for (const brace of ['{', '}']) {
      yield mutant(`${text.slice(0, at)} ${brace} ${text.slice(at)}`, unit, at, at + 3)
    }
  }
}

function mutant(text: string, unit: Unit | undefined, start: number, end: number): Mutant {
  return unit ? { text, unit, start, end } : { text, start, end }
}

export const OPENED_BODIES = ['for i in range(3) {', 'if a == 3 {', 'for i, j in zip(x, y) {', 'if not a {']
export const OPENED_DECLARATIONS = ['block f(x: tensor) {', 'network N {', 'network N(a=3) {']
