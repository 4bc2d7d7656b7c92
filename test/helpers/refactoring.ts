import { expect } from 'vitest'
import type { CodeAction } from 'vscode-languageserver-types'
import { lineIndex } from '../../grammar/positions'
import { offered } from '../../server/src/features/refactor/frame/offer'
import { REFACTORINGS } from '../../server/src/features/refactor/index'
import { toRange } from '../../server/src/features/support/view'
import { applyEdits } from '../../server/src/model/problem'
import { marked, type Sources } from '../features/view'
import { dedent } from './annotations'
import { changedLines } from './fixes'

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
  const { view, host, selection, text } = marked(sources)
  const range = toRange(view.lines(view.analysis.uri), selection)
  const wanted = REFACTORINGS.filter((each) => each.name === name)
  if (wanted.length === 0) throw new Error(`There is no refactoring ${name}.`)
  const actions = [...offered(wanted, view, host, { range }, () => true)]
  return Object.fromEntries(
    actions.map((action) => [action.title, changedLines(text, applied(action, text, view.analysis.uri))]),
  )
}

/** The text of a file with the edit of an action applied. */
function applied({ edit }: CodeAction, text: string, file: string): string {
  const lines = lineIndex(text)
  const edits = (edit?.changes?.[file] ?? []).map(({ range, newText }) => ({
    start: lines.offset(range.start),
    end: lines.offset(range.end),
    text: newText,
  }))
  return applyEdits(text, edits)
}
