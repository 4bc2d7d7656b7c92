/** From what is proposed to the protocol's items. */
import {
  type CompletionItem,
  type CompletionItemKind,
  type InsertReplaceEdit,
  InsertTextFormat,
  MarkupKind,
  type TextEdit,
} from 'vscode-languageserver-types'
import type { LineIndex } from '../../../../grammar/positions'
import type { Range } from '../../../../grammar/tree'
import { toRange } from '../support/view'

/** What the client can do with an item. */
export interface CompletionSupport {
  readonly snippets: boolean
  readonly insertReplace: boolean
  readonly labelDetails: boolean
  readonly commitCharacters: boolean
  /** It knows VS Code's commands that show the parameters, and what can be written next. */
  readonly editorCommands: boolean
}

/** What is shown when an item was taken: the parameters of the call, or the next list. */
const FOLLOW_UPS = {
  parameters: { title: 'Show the parameters', command: 'editor.action.triggerParameterHints' },
  values: { title: 'Show the values', command: 'editor.action.triggerSuggest' },
} as const

/** The documentation of an item, sent when the item is looked at; the name is the one that the file sees. */
export type Documented =
  | { readonly kind: 'layer' | 'declared' | 'function'; readonly name: string }
  /** A declaration of a file that is imported. */
  | { readonly kind: 'imported'; readonly name: string; readonly file: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'option'; readonly layer: string; readonly name: string }

export interface Proposal {
  readonly label: string
  readonly kind: CompletionItemKind
  /** Right behind the label: a call's parameters. */
  readonly signature?: string | undefined
  /** At the right: a shape, a value, where it comes from. */
  readonly detail?: string | undefined
  /** In Markdown. */
  readonly documentation?: string | undefined
  readonly documented?: Documented
  /** The text that it writes, if that is not the label. */
  readonly text?: string
  /** The same with places to fill in, for clients that know snippets. */
  readonly snippet?: string | undefined
  /** Other words that it is found by. */
  readonly alsoFoundBy?: readonly string[]
  readonly commitCharacters?: readonly string[]
  readonly followUp?: keyof typeof FOLLOW_UPS | undefined
  /** What it takes the place of, if that is not the word at the cursor. */
  readonly range?: Range
}

interface CompletionPlace {
  readonly uri: string
  readonly lines: LineIndex
  readonly offset: number
  readonly word: Range
  readonly support: CompletionSupport
}

/** Items in the order of the proposals; of several with one label the first stays. */
export function toItems(proposals: Iterable<Proposal>, place: CompletionPlace): CompletionItem[] {
  const items = new Map<string, CompletionItem>()
  for (const proposal of proposals) {
    if (!items.has(proposal.label)) items.set(proposal.label, toItem(proposal, items.size, place))
  }
  return [...items.values()]
}

function toItem(proposal: Proposal, index: number, place: CompletionPlace): CompletionItem {
  const { label, kind, signature, detail, documentation, documented, alsoFoundBy = [] } = proposal
  const { support } = place
  const isSnippet = support.snippets && proposal.snippet !== undefined
  const text = isSnippet ? (proposal.snippet as string) : (proposal.text ?? label)
  const details = {
    ...(signature === undefined ? {} : { detail: signature }),
    ...(detail === undefined ? {} : { description: detail }),
  }
  const words = [label.replace(/=$/, ''), ...alsoFoundBy].join(' ')
  const command =
    support.editorCommands && proposal.followUp !== undefined ? FOLLOW_UPS[proposal.followUp] : undefined
  const commit = support.commitCharacters ? proposal.commitCharacters : undefined
  return {
    label,
    kind,
    ...(support.labelDetails && Object.keys(details).length > 0 ? { labelDetails: details } : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    sortText: String(index).padStart(4, '0'),
    ...(words === label ? {} : { filterText: words }),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    textEdit: editOf(text, proposal.range ?? place.word, place),
    ...(commit === undefined ? {} : { commitCharacters: [...commit] }),
    ...(command === undefined ? {} : { command }),
    ...(documented === undefined ? {} : { data: { uri: place.uri, ...documented } }),
  }
}

/** What is behind the cursor stays, unless the client asks the user whether it should be replaced. */
function editOf(
  newText: string,
  range: Range,
  { lines, offset, support }: CompletionPlace,
): InsertReplaceEdit | TextEdit {
  const insert = toRange(lines, { start: range.start, end: offset })
  const edit: TextEdit = { range: insert, newText }
  return support.insertReplace ? { newText, insert, replace: toRange(lines, range) } : edit
}

/** A place to fill in, number `index` from 1, in a snippet. */
export function placeholder(index: number, text: string): string {
  return `\${${index}:${escapeSnippet(text)}}`
}

/** Text that stands for itself in a snippet. */
function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&')
}
