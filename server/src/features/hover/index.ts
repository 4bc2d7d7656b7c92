import { type Hover, MarkupKind } from 'vscode-languageserver-types'
import { nodesAt } from '../../../../grammar/walk'
import { paragraphs } from '../support/markdown'
import type { Settings } from '../support/settings'
import { toRange, type View } from '../support/view'
import { contentAt } from './at'
import { type HoverContent, render } from './content'
import { findingNotes } from './finding'
import { withMark, withSizes } from './input'

/** What is known about the text at an offset; undefined where there is nothing to show. */
export function hover(view: View, offset: number, settings: Settings['hover']): Hover | undefined {
  const path = nodesAt(view.analysis.file, offset)
  const known = withFindings(view, offset, contentAt(view, path))
  if (known === undefined) return undefined
  const content = withMark(view, path, withSizes(view, path, known))
  return {
    contents: { kind: MarkupKind.Markdown, value: render(content, settings) },
    range: toRange(view.lines(view.analysis.uri), content.range),
  }
}

/** What is known of a place, and why the rules find something there. */
function withFindings(
  view: View,
  offset: number,
  content: HoverContent | undefined,
): HoverContent | undefined {
  const found = findingNotes(view, offset)
  if (found === undefined || content === undefined) return content
  return { ...content, notes: paragraphs(content.notes, found.text) }
}
