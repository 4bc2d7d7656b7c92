import { TextDocument } from 'vscode-languageserver-textdocument'
import type { CompletionItem } from 'vscode-languageserver-types'
import {
  type CompletionRequest,
  type CompletionSupport,
  completion,
  resolveCompletion,
} from '../../server/src/features/completion'
import { marked, type Sources } from './view'

const ALL: CompletionSupport = {
  snippets: true,
  insertReplace: false,
  labelDetails: true,
  commitCharacters: true,
  editorCommands: false,
}

/** What is proposed at the mark `$0`, all files of the test being there to import. */
export function completionItems(
  sources: Sources,
  request: Partial<Omit<CompletionRequest, 'support'>> & {
    readonly support?: Partial<CompletionSupport>
  } = {},
): readonly CompletionItem[] {
  const { view, offset } = marked(sources)
  const files = Object.keys(typeof sources === 'string' ? {} : sources)
  const support = { ...ALL, ...request.support }
  return completion(view, { offset, files, ...request, support }).items
}

/** The labels, each with its detail behind a space. */
export function completions(sources: Sources, trigger?: string): readonly string[] {
  return completionItems(sources, { trigger }).map(({ label, detail }) =>
    detail === undefined ? label : `${label} ${detail}`,
  )
}

/** The item of a label; undefined where it is not proposed. */
export function itemOf(sources: Sources, label: string, support?: Partial<CompletionSupport>) {
  return completionItems(sources, support === undefined ? {} : { support }).find(
    (each) => each.label === label,
  )
}

/** The Markdown that is shown beside an item. */
export function documentationOf(sources: Sources, label: string): string | undefined {
  const { view } = marked(sources)
  const item = itemOf(sources, label)
  const documentation = item && resolveCompletion(view, item).documentation
  return typeof documentation === 'object' ? documentation.value : documentation
}

/** The text after the item of a label was taken; a snippet's places stay as they are. */
export function accepted(sources: Sources, label: string, support?: Partial<CompletionSupport>): string {
  const { text } = marked(sources)
  const edit = itemOf(sources, label, support)?.textEdit
  if (edit === undefined) throw new Error(`'${label}' is not proposed.`)
  const range = 'range' in edit ? edit.range : edit.replace
  return TextDocument.applyEdits(TextDocument.create('', 'cnn', 1, text), [{ range, newText: edit.newText }])
}
