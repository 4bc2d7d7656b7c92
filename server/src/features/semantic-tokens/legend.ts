import type { SemanticTokensLegend } from 'vscode-languageserver-types'

/**
 * The kinds of names, in the order of their numbers. What the protocol has a name for has that name, so that
 * every editor colours it; `package.json` describes the others and the scopes that themes colour them by.
 */
const TYPES = [
  /** A layer of the catalogue, a function on values, a block, or a name that a layer was bound to. */
  'function',
  'class',
  'variable',
  'parameter',
  'property',
  'enumMember',
  'type',
  /** A name that stands for a tensor. */
  'tensor',
  /** A name that stands for a layer whose weights every use shares. */
  'sharedLayer',
  /** The name of an option in a call. */
  'option',
  /** A name that stands for nothing. */
  'unresolvedReference',
] as const

const MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const

export type TokenType = (typeof TYPES)[number]
export type TokenModifier = (typeof MODIFIERS)[number]

export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] }

/** What a name is, as numbers of the legend. */
export interface TokenKind {
  readonly type: number
  readonly modifiers: number
}

export function kind(type: TokenType, ...modifiers: readonly TokenModifier[]): TokenKind {
  return {
    type: TYPES.indexOf(type),
    modifiers: modifiers.reduce((bits, modifier) => bits | (1 << MODIFIERS.indexOf(modifier)), 0),
  }
}

/** The same kind where it is declared. */
export function declaring({ type, modifiers }: TokenKind): TokenKind {
  return { type, modifiers: modifiers | kind('variable', 'declaration').modifiers }
}
