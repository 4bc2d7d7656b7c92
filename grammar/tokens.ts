import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain'

/**
 * The token types of the language.
 *
 * Words are all lexed as {@link Name}; `words.ts` turns those that are keywords where they stand into the keyword
 * types below, which therefore have no pattern of their own. {@link EndOfStatement} and closers of zero width
 * are put in by the pre-pass.
 */

/** A set of token types that looks at their numbers: the pre-pass asks several for every token of a text. */
export class TypeSet {
  private readonly numbers: boolean[] = []

  constructor(types: Iterable<TokenType>) {
    for (const { tokenTypeIdx } of types) this.numbers[tokenTypeIdx as number] = true
  }

  has(type: TokenType): boolean {
    return this.numbers[type.tokenTypeIdx as number] === true
  }
}

/** A token; one that the pre-pass put in has an empty image and stands at the end of the token before it. */
export type Token = IToken

export const start = (token: Token): number => token.startOffset
export const end = (token: Token): number => token.startOffset + token.image.length
export const line = (token: Token): number => token.startLine as number
export const column = (token: Token): number => token.startColumn as number

/**
 * Chevrotain sorts the patterns by the first character they can match. A custom pattern has to name these
 * itself: here all above ASCII, one for each of the lexer's buckets of 255 characters.
 */
const ABOVE_ASCII = [
  ...Array.from({ length: 128 }, (_, i) => 128 + i),
  ...Array.from({ length: 256 }, (_, i) => 256 + 255 * i),
]
const codes = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0))
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'

const asciiName = /[A-Za-z_]\w*/y
const unicodeName = /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/uy
const asciiNumber = /\.?\d(?:[eE][+-](?=\d)|[\w.])*/y
const unicodeNumber = /\.?\d(?:[eE][+-](?=\d)|[\p{L}\p{M}\p{Nd}_.])*/uy

/** What Chevrotain takes from a custom pattern. It reads the image at once, so one array serves all matches. */
const match: [string] = ['']

/** Matches without the array, groups and input that `exec` makes for every word of a text. */
function matchAt(pattern: RegExp, text: string, offset: number): [string] | null {
  pattern.lastIndex = offset
  if (!pattern.test(text)) return null
  match[0] = text.slice(offset, pattern.lastIndex)
  return match
}

/** Tries the pattern for ASCII first and the slower one only where a character above ASCII follows. */
function unicodeAware(ascii: RegExp, unicode: RegExp) {
  return (text: string, offset: number): [string] | null => {
    const found = matchAt(ascii, text, offset)
    const next = text.charCodeAt(found ? ascii.lastIndex : offset)
    return next > 127 ? matchAt(unicode, text, offset) : found
  }
}

const anyCharacter = /[\s\S]/uy
const unknownCharacter = (text: string, offset: number) => matchAt(anyCharacter, text, offset)

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[\s\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
})
export const COMMENTS = 'comments'
const Comment = createToken({ name: 'Comment', pattern: /#[^\n\r]*/, group: COMMENTS })

export const Name = createToken({
  name: 'Name',
  label: 'NAME',
  pattern: unicodeAware(asciiName, unicodeName),
  start_chars_hint: [...codes(LETTERS), ...ABOVE_ASCII],
  line_breaks: false,
})
/** Everything that begins like a number, malformed ones included; `lexer.ts` tells them apart. */
export const NumberToken = createToken({
  name: 'Number',
  label: 'NUMBER',
  pattern: unicodeAware(asciiNumber, unicodeNumber),
  start_chars_hint: codes(`${DIGITS}.`),
  line_breaks: false,
})
export const Size = createToken({ name: 'Size', label: 'SIZE', pattern: Lexer.NA })
export const StringToken = createToken({
  name: 'String',
  label: 'STRING',
  pattern: /"(?:\\[^\n\r]|[^"\\\n\r])*"/,
})
export const UnclosedString = createToken({ name: 'UnclosedString', pattern: /"[^\n\r]*/ })
export const ForeignString = createToken({
  name: 'ForeignString',
  pattern: /'(?:\\[^\n\r]|[^'\\\n\r])*'|[“”„][^“”„\n\r]*[“”]/,
})

/** Operators of other languages; `foreign.ts` knows what is meant by each. */
export const ForeignOperator = createToken({
  name: 'ForeignOperator',
  pattern: /&&|\|\||=>|\|>|===|!==|<>|:=|(?:\*\*|\/\/|[-+*/%])=|!(?!=)|[;^→≠≤≥]/,
})
export const UnknownCharacter = createToken({
  name: 'UnknownCharacter',
  pattern: unknownCharacter,
  start_chars_hint: [...Array.from({ length: 128 }, (_, i) => i), ...ABOVE_ASCII],
  line_breaks: false,
})

/** Any operator that stands between two operands; `operators.ts` knows how tightly each binds. */
export const InfixOperator = createToken({ name: 'InfixOperator', label: 'operator', pattern: Lexer.NA })
export const PrefixOperator = createToken({ name: 'PrefixOperator', label: 'prefix', pattern: Lexer.NA })

const symbol = (name: string, text: string, ...categories: TokenType[]) =>
  createToken({ name, pattern: text, label: text, categories })

export const Arrow = symbol('Arrow', '->')
export const Equal = symbol('Equal', '==', InfixOperator)
export const NotEqual = symbol('NotEqual', '!=', InfixOperator)
export const LessEqual = symbol('LessEqual', '<=', InfixOperator)
export const GreaterEqual = symbol('GreaterEqual', '>=', InfixOperator)
export const About = symbol('About', '~=', InfixOperator)
export const Less = symbol('Less', '<', InfixOperator)
export const Greater = symbol('Greater', '>', InfixOperator)
export const Power = symbol('Power', '**', InfixOperator)
export const FloorDivide = symbol('FloorDivide', '//', InfixOperator)
export const Plus = symbol('Plus', '+', InfixOperator)
export const Minus = symbol('Minus', '-', InfixOperator, PrefixOperator)
export const Times = symbol('Times', '*', InfixOperator)
export const Divide = symbol('Divide', '/', InfixOperator)
export const Modulo = symbol('Modulo', '%', InfixOperator)
export const Assign = symbol('Assign', '=')
export const LeftParen = symbol('LeftParen', '(')
export const RightParen = symbol('RightParen', ')')
export const LeftSquare = symbol('LeftSquare', '[')
export const RightSquare = symbol('RightSquare', ']')
export const LeftCurly = symbol('LeftCurly', '{')
export const RightCurly = symbol('RightCurly', '}')
export const Comma = symbol('Comma', ',')
export const Dot = symbol('Dot', '.')
export const Colon = symbol('Colon', ':')

const keyword = (name: string, word: string, ...categories: TokenType[]) =>
  createToken({ name, label: word, pattern: Lexer.NA, categories })

export const From = keyword('From', 'from')
export const Import = keyword('Import', 'import')
export const Block = keyword('Block', 'block')
export const Network = keyword('Network', 'network')
export const Input = keyword('Input', 'input')
export const Output = keyword('Output', 'output')
export const Shared = keyword('Shared', 'shared')
export const Return = keyword('Return', 'return')
export const Expect = keyword('Expect', 'expect')
export const For = keyword('For', 'for')
export const In = keyword('In', 'in')
/** The `if` of a statement. */
export const If = keyword('If', 'if')
/** The `if` of `if … then … else …`. */
export const IfExpression = keyword('IfExpression', 'if')
/** The `if` of Python's `a if c else b`, which is understood and reported. */
export const IfAfterwards = keyword('IfAfterwards', 'if')
export const Then = keyword('Then', 'then')
/** The `else` of a statement. */
export const Else = keyword('Else', 'else')
/** The `else` of `if … then … else …`. */
export const ElseExpression = keyword('ElseExpression', 'else')
export const As = keyword('As', 'as')
export const And = keyword('And', 'and', InfixOperator)
export const Or = keyword('Or', 'or', InfixOperator)
export const Not = keyword('Not', 'not', PrefixOperator)
export const True = keyword('True', 'true')
export const False = keyword('False', 'false')
export const None = keyword('None', 'none')

/** Of zero width; stands before every statement but the first of a body. */
export const EndOfStatement = createToken({ name: 'EndOfStatement', label: '⏎', pattern: Lexer.NA })

/** Reserved everywhere but after `.` and before `=`. */
export const RESERVED: ReadonlyMap<string, TokenType> = new Map(
  [Return, Expect, For, In, If, Then, Else, As, And, Or, Not, True, False, None].map((type) => [
    type.LABEL as string,
    type,
  ]),
)
/** Keywords only where they introduce a name (`from`: a string) on the same line. */
export const CONTEXTUAL: ReadonlyMap<string, TokenType> = new Map(
  [Input, Output, Shared, Block, Network, Import, From].map((type) => [type.LABEL as string, type]),
)

const SYMBOLS = [
  Arrow,
  Equal,
  NotEqual,
  LessEqual,
  GreaterEqual,
  About,
  Less,
  Greater,
  Power,
  FloorDivide,
  Plus,
  Minus,
  Times,
  Divide,
  Modulo,
  Assign,
  LeftParen,
  RightParen,
  LeftSquare,
  RightSquare,
  LeftCurly,
  RightCurly,
  Comma,
  Dot,
  Colon,
]

/** Those that are no words. */
export const INFIX_OPERATORS: readonly TokenType[] = SYMBOLS.filter(({ CATEGORIES }) =>
  CATEGORIES?.includes(InfixOperator),
)

/** Tokens that say, where they begin a line, that it goes on with the line before. */
export const CONTINUING = new TypeSet([
  ...INFIX_OPERATORS,
  Arrow,
  And,
  Or,
  As,
  Then,
  ElseExpression,
  In,
  Comma,
  Dot,
])

/** What an expression can end with. */
export const OPERAND_ENDS = new TypeSet([
  Name,
  NumberToken,
  Size,
  StringToken,
  True,
  False,
  None,
  RightParen,
  RightSquare,
])

/** What the lexer matches, first match first. */
export const LEXED: TokenType[] = [
  WhiteSpace,
  Comment,
  Name,
  NumberToken,
  StringToken,
  UnclosedString,
  ForeignString,
  ForeignOperator,
  ...SYMBOLS,
  UnknownCharacter,
]

/** What the parser can meet. */
export const VOCABULARY: TokenType[] = [
  Name,
  NumberToken,
  Size,
  StringToken,
  ...SYMBOLS,
  ...RESERVED.values(),
  ...CONTEXTUAL.values(),
  IfExpression,
  IfAfterwards,
  ElseExpression,
  EndOfStatement,
  InfixOperator,
  PrefixOperator,
]

/** A token of zero width right after `before`, on the same line. */
export function virtualToken(type: TokenType, before: Token | undefined): Token {
  return {
    image: '',
    startOffset: before ? end(before) : 0,
    startLine: before ? line(before) : 1,
    startColumn: before ? column(before) + before.image.length : 1,
    tokenTypeIdx: type.tokenTypeIdx as number,
    tokenType: type,
  }
}

export function retype(token: Token, type: TokenType): Token {
  token.tokenType = type
  token.tokenTypeIdx = type.tokenTypeIdx as number
  return token
}
