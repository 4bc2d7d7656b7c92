import type { SyntaxCode } from '../../../../grammar/tree'
import type { ProblemKind } from './declare'

/** What the documentation says of a fault of the text itself; the words of its message are the parser's. */
export type SyntaxKind = Omit<ProblemKind<never>, 'words'>

const declared: Readonly<
  Record<SyntaxCode, Pick<SyntaxKind, 'title' | 'explanation' | 'example' | 'instead'>>
> = {
  'foreign-syntax': {
    title: 'A word or operator of another language',
    explanation:
      'Some words and operators of Python, JavaScript and similar languages are written in another way here: `let`, `elif`, `&&`, `=>`, `True`, `a if c else b`, `(3, 3)` for a list. The message says how, and an editor can replace them.',
    example:
      'network N(deep=false) {\n  input image: [3, 8, 8]\n  let width = if deep then 16 else 8\n  output y = image -> conv(width, 3)\n}\n',
  },
  'invalid-character': {
    title: 'A character that has no meaning here',
    explanation: 'Outside strings and comments only names, numbers, operators and brackets can stand.',
    example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3) ?\n}\n',
    instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3)\n}\n',
  },
  'invalid-number': {
    title: 'A number that is written in a wrong way',
    explanation:
      'Digits may be separated by a single `_`; a float has digits on both sides of its point; `K`, `M`, `G` and `T` multiply by a power of a thousand; `3x3` is a size. No letter, digit or `_` may follow directly.',
    example: 'WIDTH = 2Kb\n',
    instead: 'WIDTH = 2K\n',
  },
  'nesting-too-deep': {
    title: 'Brackets, conditions or blocks nested too deeply',
    explanation:
      'The depth of nesting is bounded so that every text can be read. Give names to parts, or declare blocks.',
    example: `X = ${'('.repeat(110)}1${')'.repeat(110)}\n`,
    instead: 'X = 1\n',
  },
  'syntax-error': {
    title: 'A text that cannot be read',
    explanation:
      'The statement ends too early, or goes on in a way that the grammar does not know. Only this statement is left out of the analysis; everything before and after it keeps its meaning.',
    example: 'network N {\n  input image: [3, 8, 8]\n  output y = image ->\n}\n',
    instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n',
  },
  'unclosed-brace': {
    title: 'A body without its closing brace',
    explanation:
      'Every `{` needs a `}`. Where it is missing, the body is taken to end where the indentation says so.',
    example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n',
    instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n',
  },
  'unclosed-bracket': {
    title: 'A bracket that is not closed',
    explanation:
      'Every `(` needs a `)` and every `[` a `]`. Where one is missing, it is taken to close at the end of its statement.',
    example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3\n}\n',
    instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3)\n}\n',
  },
  'unclosed-string': {
    title: 'A string that does not end on its line',
    explanation:
      'A string stands in double quotes on one line. Inside, `\\"` is a quote and `\\\\` a backslash.',
    example:
      'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n  expect params == 0, "nothing to learn\n}\n',
    instead:
      'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n  expect params == 0, "nothing to learn"\n}\n',
  },
  'unmatched-bracket': {
    title: 'A bracket that closes nothing',
    explanation:
      'A `)`, `]` or `}` stands here without the bracket that it would close. Remove it, or open it before.',
    example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3))\n}\n',
  },
}

/** Every kind of fault that the lexer and the parser report, for the documentation and the tests. */
export const SYNTAX_KINDS: readonly SyntaxKind[] = Object.entries(declared).map(([code, kind]) => ({
  code,
  severity: 'error',
  ...kind,
}))
