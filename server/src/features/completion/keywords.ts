/** Keywords and the statements that begin with them. */
import { CompletionItemKind } from 'vscode-languageserver-types'
import { TYPE_NAMES } from '../../../../grammar/tree'
import { TOTALS } from '../../check/language/totals'
import type { Proposal } from './item'

interface Phrase {
  readonly snippet: string
  readonly documentation: string
  readonly followUp?: Proposal['followUp']
}

const ITEMS: Readonly<Record<string, Phrase>> = {
  network: {
    snippet: `network \${1:Name} {\n\tinput \${2:image}: [\${3:3, 224, 224}]\n\toutput \${4:y} = $2 -> $0\n}`,
    documentation: 'A network: its inputs, what flows through which layers, its outputs.',
  },
  block: {
    snippet: `block \${1:name}(\${2:x}: tensor) {\n\treturn $2 -> $0\n}`,
    documentation: 'A part of networks that is applied like a layer.',
  },
  from: {
    snippet: 'from "$1" import $0',
    documentation: 'Takes blocks, networks and constants from another file.',
    followUp: 'values',
  },
}

const STATEMENTS: Readonly<Record<string, Phrase & { readonly only?: 'block' | 'network' }>> = {
  input: {
    snippet: `input \${1:image}: [\${0:3, 224, 224}]`,
    documentation: 'An input with its shape: channels first, no batch.',
    only: 'network',
  },
  output: {
    snippet: `output \${1:y} = $0`,
    documentation: 'An output of the network.',
    only: 'network',
  },
  return: {
    snippet: 'return $0',
    documentation: 'Ends the block with its results.',
    only: 'block',
  },
  for: {
    snippet: `for \${1:i} in \${2:range(3)} {\n\t$0\n}`,
    documentation: 'Runs the body for each item of a list.',
  },
  if: {
    snippet: `if \${1:condition} {\n\t$0\n}`,
    documentation: 'Runs the body where the condition holds.',
  },
  shared: {
    snippet: `shared \${1:head} = $0`,
    documentation: 'A layer of which every use has the same weights.',
  },
  expect: {
    snippet: `expect \${1:params} == $0`,
    documentation: 'States what must hold: a figure of the paper, a budget.',
  },
}

const ELSE: Phrase = { snippet: 'else {\n\t$0\n}', documentation: 'Runs where the condition does not hold.' }

export function itemKeywords(): readonly Proposal[] {
  return Object.entries(ITEMS).map(phrase)
}

export function statementKeywords(of: 'block' | 'network', afterIf: boolean): readonly Proposal[] {
  const statements = Object.entries(STATEMENTS).filter(([, { only }]) => only === undefined || only === of)
  return [...(afterIf ? [phrase(['else', ELSE])] : []), ...statements.map(phrase)]
}

function phrase([word, { snippet, documentation, followUp }]: [string, Phrase]): Proposal {
  return { label: word, kind: CompletionItemKind.Keyword, snippet, text: `${word} `, documentation, followUp }
}

export function keyword(word: string): Proposal {
  return { label: word, kind: CompletionItemKind.Keyword }
}

/** What an expression may begin with besides names. */
export const EXPRESSION_KEYWORDS: readonly Proposal[] = [
  {
    label: 'if',
    kind: CompletionItemKind.Keyword,
    snippet: `if \${1:condition} then \${2:a} else \${0:b}`,
    text: 'if ',
    documentation: 'One of two values.',
  },
  keyword('not'),
  keyword('true'),
  keyword('false'),
  keyword('none'),
]

/** Shapes of inputs, to be filled in. */
export const SHAPES: readonly Proposal[] = [
  ['[channels, height, width]', `[\${1:3}, \${2:224}, \${3:224}]`],
  ['[channels, length]', `[\${1:1}, \${2:16000}]`],
  ['[features]', `[\${1:784}]`],
  ['signal([channels, length])', `signal([\${1:1}, \${2:16000}])`, 'signal'],
  ['rows([steps, features])', `rows([\${1:196}, \${2:768}])`, 'rows'],
].map(([label = '', snippet, text = '[']) => ({ label, kind: CompletionItemKind.Snippet, snippet, text }))

const TYPES: Readonly<Record<(typeof TYPE_NAMES)[number], string>> = {
  tensor: 'One tensor.',
  tensors: 'All the tensors that remain, as a list.',
  layer: 'A layer that waits for its tensor: `relu`, `conv(64, 3)`.',
  int: 'An integer.',
  float: 'A number.',
  bool: '`true` or `false`.',
  size: 'A size: `3`, `3x3`, `[1, 7]`.',
  string: 'A text in double quotes.',
}

export function typeNames(): readonly Proposal[] {
  return TYPE_NAMES.map((label) => ({
    label,
    kind: CompletionItemKind.TypeParameter,
    documentation: TYPES[label],
  }))
}

const TOTALS_TEXTS: Readonly<Record<string, string>> = {
  params: 'The trainable parameters.',
  macs: 'The multiply–accumulates for one image.',
  layers: 'The weight layers, shared ones once.',
  depth: 'The most weight layers on one path.',
}

/** The totals that an `expect` may compare. */
export function totals(): readonly Proposal[] {
  return Object.keys(TOTALS).map((label) => ({
    label,
    kind: CompletionItemKind.Field,
    detail: 'total',
    documentation: TOTALS_TEXTS[label],
  }))
}
