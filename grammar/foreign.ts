import type { TokenType } from 'chevrotain'
import * as t from './tokens'

/** How an operator of another language is read here. */
export interface ForeignOperator {
  /** The type that is meant; nothing is when the operator is to be left out. */
  readonly type?: TokenType
  /** What to write for it. Without one no fix is certain. */
  readonly write?: string
  readonly why: string
}

const arrow: ForeignOperator = { type: t.Arrow, write: '->', why: 'A tensor is passed on to a layer by `->`' }
const augmented: ForeignOperator = { type: t.Assign, why: 'A name is bound by `=` alone' }

export const FOREIGN_OPERATORS: ReadonlyMap<string, ForeignOperator> = new Map([
  ['&&', { type: t.And, write: 'and', why: 'Conditions are joined by `and`' }],
  ['||', { type: t.Or, write: 'or', why: 'Conditions are joined by `or`' }],
  ['!', { type: t.Not, write: 'not ', why: 'A condition is negated by `not`' }],
  ['=>', arrow],
  ['|>', arrow],
  ['→', arrow],
  ['===', { type: t.Equal, write: '==', why: 'Values are compared by `==`' }],
  ['!==', { type: t.NotEqual, write: '!=', why: 'Values are compared by `!=`' }],
  ['<>', { type: t.NotEqual, write: '!=', why: 'Values are compared by `!=`' }],
  ['≠', { type: t.NotEqual, write: '!=', why: 'Values are compared by `!=`' }],
  ['≤', { type: t.LessEqual, write: '<=', why: 'Values are compared by `<=`' }],
  ['≥', { type: t.GreaterEqual, write: '>=', why: 'Values are compared by `>=`' }],
  [':=', { type: t.Assign, write: '=', why: 'A name is bound by `=`' }],
  ['^', { type: t.Power, write: '**', why: 'A power is written with `**`' }],
  [';', { write: '', why: 'Statements need no separator' }],
  ...['+=', '-=', '*=', '/=', '%=', '**=', '//='].map((operator) => [operator, augmented] as const),
])

/** Words that other languages put before a name to bind it. */
export const BINDING_WORDS: ReadonlySet<string> = new Set(['let', 'var', 'const', 'val', 'auto'])

/** Words that other languages declare with. */
export const DECLARING_WORDS: ReadonlyMap<string, TokenType> = new Map([
  ['def', t.Block],
  ['fn', t.Block],
  ['func', t.Block],
  ['fun', t.Block],
  ['function', t.Block],
  ['class', t.Network],
  ['model', t.Network],
  ['net', t.Network],
])

export const ELSE_IF_WORDS: ReadonlySet<string> = new Set(['elif', 'elseif', 'elsif'])

export const FOREIGN_LITERALS: ReadonlyMap<string, TokenType> = new Map([
  ['True', t.True],
  ['False', t.False],
  ['None', t.None],
])
