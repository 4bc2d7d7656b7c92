import type { TokenType } from 'chevrotain'
import * as t from './tokens'

/** How an operator of another language is read here. */
export interface ForeignOperator {
  /** The types that are meant; none when the operator is to be left out. */
  readonly types: readonly TokenType[]
  /** What to write for it. Without one no fix is certain. */
  readonly write?: string
  readonly why: string
}

const arrow: ForeignOperator = {
  types: [t.Arrow],
  write: '->',
  why: 'A tensor is passed on to a layer by `->`',
}
/** `y += x` is read as a binding of an operation whose left side is missing, so that its value stays unknown. */
const augmented = (operator: TokenType): ForeignOperator => ({
  types: [t.Assign, operator],
  why: 'A name is bound by `=` alone',
})

export const FOREIGN_OPERATORS: ReadonlyMap<string, ForeignOperator> = new Map([
  ['&&', { types: [t.And], write: 'and', why: 'Conditions are joined by `and`' }],
  ['||', { types: [t.Or], write: 'or', why: 'Conditions are joined by `or`' }],
  ['!', { types: [t.Not], write: 'not ', why: 'A condition is negated by `not`' }],
  ['=>', arrow],
  ['|>', arrow],
  ['→', arrow],
  ['===', { types: [t.Equal], write: '==', why: 'Values are compared by `==`' }],
  ['!==', { types: [t.NotEqual], write: '!=', why: 'Values are compared by `!=`' }],
  ['<>', { types: [t.NotEqual], write: '!=', why: 'Values are compared by `!=`' }],
  ['≠', { types: [t.NotEqual], write: '!=', why: 'Values are compared by `!=`' }],
  ['≤', { types: [t.LessEqual], write: '<=', why: 'Values are compared by `<=`' }],
  ['≥', { types: [t.GreaterEqual], write: '>=', why: 'Values are compared by `>=`' }],
  [':=', { types: [t.Assign], write: '=', why: 'A name is bound by `=`' }],
  ['^', { types: [t.Power], write: '**', why: 'A power is written with `**`' }],
  [';', { types: [], write: '', why: 'Statements need no separator' }],
  ...[t.Plus, t.Minus, t.Times, t.Divide, t.Modulo, t.Power, t.FloorDivide].map(
    (operator) => [`${operator.LABEL}=`, augmented(operator)] as const,
  ),
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
