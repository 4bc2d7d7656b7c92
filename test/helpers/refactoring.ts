import { expect } from 'vitest'
import type { CodeAction } from 'vscode-languageserver-types'
import { lineIndex } from '../../grammar/positions'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { offered } from '../../server/src/features/refactor/frame/offer'
import { REFACTORINGS } from '../../server/src/features/refactor/index'
import { toRange, type View } from '../../server/src/features/view'
import { applyEdits } from '../../server/src/model/problem'
import { dedent } from './annotations'
import { changedLines } from './fixes'

/** Files by name; one has a selection between `«` and `»`, or a cursor `$0`. A single text is the file `test.cnn`. */
export type Sources = string | Readonly<Record<string, string>>

/**
 * Fails unless a refactoring is offered at the selection with exactly these titles, in this order, and each
 * changes exactly these lines (see {@link changedLines}).
 */
export function checkRefactoring(
  name: string,
  sources: Sources,
  expected: Readonly<Record<string, string>>,
): void {
  const found = refactored(name, sources)
  expect(Object.keys(found)).toEqual(Object.keys(expected))
  expect(found).toEqual(
    Object.fromEntries(Object.entries(expected).map(([title, lines]) => [title, dedent(lines).trim()])),
  )
}

/** By title, the lines that one refactoring changes at the selection. */
function refactored(name: string, sources: Sources): Readonly<Record<string, string>> {
  const { view, host, range, text } = selected(sources)
  const wanted = REFACTORINGS.filter((each) => each.name === name)
  if (wanted.length === 0) throw new Error(`There is no refactoring ${name}.`)
  const actions = [...offered(wanted, view, host, { range }, () => true)]
  return Object.fromEntries(
    actions.map((action) => [action.title, changedLines(text, applied(action, text, view.analysis.uri))]),
  )
}

/** The text of a file with the edit of an action applied. */
export function applied({ edit }: CodeAction, text: string, file: string): string {
  const lines = lineIndex(text)
  const edits = (edit?.changes?.[file] ?? []).map(({ range, newText }) => ({
    start: lines.offset(range.start),
    end: lines.offset(range.end),
    text: newText,
  }))
  return applyEdits(text, edits)
}

/** The view of the file with the selection, which is taken out of its text. */
export function selected(sources: Sources) {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const texts = Object.entries(written).map(([name, text]) => [name, dedent(text)] as const)
  const [file, source] = texts.find(([, text]) => /[«$]/.test(text)) ?? []
  if (file === undefined || source === undefined) throw new Error('No file has a selection.')
  const plain = (text: string) => text.replace(/[«»]|\$0/g, '')
  const host = memoryHost(Object.fromEntries(texts.map(([name, text]) => [name, plain(text)])))
  const analysis = analyze(file, host)
  const importers = texts
    .map(([name]) => name)
    .filter((name) => name !== file)
    .map((name) => analyze(name, host))
    .filter(({ files }) => files.has(file))
  const lines = (name: string) => lineIndex(host.file(name)?.text ?? '')
  const view: View = { analysis, importers, lines, resolve: host.resolve }
  const start = source.search(/«|\$0/)
  const end = source.includes('»') ? source.indexOf('»') - 1 : start
  return { view, host, text: analysis.file.text, range: toRange(lines(file), { start, end }) }
}
