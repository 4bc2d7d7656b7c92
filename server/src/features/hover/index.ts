import { type Hover, MarkupKind } from 'vscode-languageserver-types'
import { nodesAt } from '../../../../grammar/walk'
import type { Settings } from '../settings'
import { toRange, type View } from '../view'
import { contentAt } from './at'
import { render } from './content'

/** What is known about the text at an offset; undefined where there is nothing to tell. */
export function hover(view: View, offset: number, settings: Settings['hover']): Hover | undefined {
  const content = contentAt(view, nodesAt(view.analysis.file, offset))
  if (content === undefined) return undefined
  return {
    contents: { kind: MarkupKind.Markdown, value: render(content, settings) },
    range: toRange(view.lines(view.analysis.uri), content.range),
  }
}
