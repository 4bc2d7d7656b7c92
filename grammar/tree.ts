/**
 * The syntax tree of a `.cnn` file.
 *
 * Every node carries the exact range of its own text, as UTF-16 offsets, end exclusive. What a half-written
 * text lacks stands in the tree as a {@link Missing} node or an identifier with an empty name and an empty
 * range, so that every reader finds the same shape of tree whatever state the text is in.
 */

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Identifier extends Range {
  readonly kind: 'identifier'
  /** Empty when the text lacks the name. */
  readonly name: string
}

/** The `##` lines that stand right before a declaration or a statement, without their marks. */
export interface Documentation extends Range {
  readonly text: string
}

export interface Comment extends Range {
  /** The text with its mark, up to the line's end. */
  readonly text: string
}

/** A fault of the text itself, found by the lexer, the pre-pass or the parser. */
export interface SyntaxProblem extends Range {
  readonly code: SyntaxCode
  readonly message: string
  /** A replacement that is certain to be meant, as for `elif` or `let`. */
  readonly fix?: { readonly title: string; readonly edits: readonly (Range & { readonly text: string })[] }
}

export type SyntaxCode =
  | 'syntax-error'
  | 'invalid-character'
  | 'invalid-number'
  | 'unclosed-string'
  | 'unclosed-bracket'
  | 'unclosed-brace'
  | 'unmatched-bracket'
  | 'foreign-syntax'
  | 'nesting-too-deep'

export interface SourceFile extends Range {
  readonly kind: 'file'
  readonly text: string
  /** The `##` lines at the top of the file that are set off from the first declaration by an empty line. */
  readonly doc?: Documentation
  readonly items: readonly Item[]
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
}

export type Item = Import | Constant | Block | Network

export interface Import extends Range {
  readonly kind: 'import'
  readonly path: StringLiteral
  readonly names: readonly ImportedName[]
}

export interface ImportedName extends Range {
  readonly kind: 'imported-name'
  readonly name: Identifier
  readonly alias?: Identifier
}

export interface Constant extends Range {
  readonly kind: 'constant'
  readonly name: Identifier
  readonly value: Expression
  readonly doc?: Documentation
}

export interface Block extends Range {
  readonly kind: 'block'
  readonly name: Identifier
  readonly params: readonly Parameter[]
  readonly body: Body
  readonly doc?: Documentation
}

export interface Network extends Range {
  readonly kind: 'network'
  readonly name: Identifier
  readonly params: readonly Parameter[]
  readonly body: Body
  readonly doc?: Documentation
}

export const TYPE_NAMES = ['tensor', 'tensors', 'layer', 'int', 'float', 'bool', 'size', 'string'] as const

export interface Parameter extends Range {
  readonly kind: 'parameter'
  readonly name: Identifier
  /** The name as written; a name outside {@link TYPE_NAMES} is a problem that the parser has reported. */
  readonly type?: Identifier
  readonly default?: Expression
}

/** The braces and what stands between them. */
export interface Body extends Range {
  readonly kind: 'body'
  readonly statements: readonly Statement[]
}

export type Statement = Input | Output | Return | Assign | Shared | For | If | Expect

export interface Input extends Range {
  readonly kind: 'input'
  readonly name: Identifier
  readonly shape: Expression
  readonly doc?: Documentation
}

/** `output name` (value absent) or `output name = flow`. */
export interface Output extends Range {
  readonly kind: 'output'
  readonly name: Identifier
  readonly value?: Expression
}

export interface Return extends Range {
  readonly kind: 'return'
  readonly values: readonly Expression[]
}

export interface Assign extends Range {
  readonly kind: 'assign'
  readonly names: readonly Identifier[]
  readonly value: Expression
}

export interface Shared extends Range {
  readonly kind: 'shared'
  readonly name: Identifier
  readonly value: Expression
}

export interface For extends Range {
  readonly kind: 'for'
  readonly names: readonly Identifier[]
  readonly iterable: Expression
  readonly body: Body
}

export interface If extends Range {
  readonly kind: 'if'
  readonly condition: Expression
  readonly then: Body
  readonly else?: Body | If
}

export interface Expect extends Range {
  readonly kind: 'expect'
  readonly condition: Expression
  readonly message?: StringLiteral
}

/** An expression; where the grammar says `flow`, a {@link Flow} may stand too. */
export type Expression =
  | Flow
  | Conditional
  | Binary
  | Comparison
  | Unary
  | Call
  | Index
  | Attribute
  | NumberLiteral
  | SizeLiteral
  | StringLiteral
  | BooleanLiteral
  | NoneLiteral
  | Name
  | List
  | Comprehension
  | Parenthesized
  | Missing

/** `head as a -> stage as b -> stage`; there is at least one stage or one `as`. */
export interface Flow extends Range {
  readonly kind: 'flow'
  readonly head: Expression
  readonly headAs?: Identifier
  readonly stages: readonly Stage[]
}

/** One `-> expression [as name]`; its range starts at the arrow. */
export interface Stage extends Range {
  readonly kind: 'stage'
  readonly arrow: Range
  readonly value: Expression
  readonly as?: Identifier
}

/** `if condition then a else b`. */
export interface Conditional extends Range {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly then: Expression
  readonly else: Expression
}

export type BinaryOperator = 'or' | 'and' | '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '~='

export interface Binary extends Range {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly operatorRange: Range
  readonly left: Expression
  readonly right: Expression
}

/** A chain `a < b <= c`: one more operand than operators. */
export interface Comparison extends Range {
  readonly kind: 'comparison'
  readonly operands: readonly Expression[]
  readonly operators: readonly ComparisonOperator[]
  readonly operatorRanges: readonly Range[]
}

interface Unary extends Range {
  readonly kind: 'unary'
  readonly operator: '-' | 'not'
  readonly operand: Expression
}

export interface Call extends Range {
  readonly kind: 'call'
  readonly callee: Expression
  readonly args: readonly Argument[]
  /** From the opening parenthesis to the closing one, both included; a virtual closer is empty. */
  readonly argsRange: Range
}

export interface Argument extends Range {
  readonly kind: 'argument'
  readonly name?: Identifier
  readonly value: Expression
}

export interface Index extends Range {
  readonly kind: 'index'
  readonly object: Expression
  readonly index: Expression
}

export interface Attribute extends Range {
  readonly kind: 'attribute'
  readonly object: Expression
  readonly name: Identifier
}

export interface NumberLiteral extends Range {
  readonly kind: 'number'
  /** Exact for suffixed numbers: `4.1G` is 4100000000. NaN when the literal is malformed. */
  readonly value: number
  /** One unit in the last digit written: 1e6 for `60M`, 0.1 for `2.5`, 1 for `25_557_032`. */
  readonly unit: number
}

/** `3x224x224`: the list of its integers. */
export interface SizeLiteral extends Range {
  readonly kind: 'size'
  readonly values: readonly number[]
}

export interface StringLiteral extends Range {
  readonly kind: 'string'
  readonly value: string
}

interface BooleanLiteral extends Range {
  readonly kind: 'boolean'
  readonly value: boolean
}

interface NoneLiteral extends Range {
  readonly kind: 'none'
}

export interface Name extends Range {
  readonly kind: 'name'
  readonly name: string
}

export interface List extends Range {
  readonly kind: 'list'
  readonly items: readonly Expression[]
}

/** `[element for names in iterable]`. */
export interface Comprehension extends Range {
  readonly kind: 'comprehension'
  readonly element: Expression
  readonly names: readonly Identifier[]
  readonly iterable: Expression
}

export interface Parenthesized extends Range {
  readonly kind: 'parenthesized'
  readonly value: Expression
}

/** Stands where an expression is needed and the text has none; its range is empty. */
export interface Missing extends Range {
  readonly kind: 'missing'
}

export type SyntaxNode =
  | SourceFile
  | Item
  | ImportedName
  | Parameter
  | Body
  | Statement
  | Expression
  | Stage
  | Argument
  | Identifier
