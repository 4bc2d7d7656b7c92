import type { TextEdit } from 'vscode-languageserver-types'
import { formatEdits } from '../../../grammar/format'
import type { LineIndex } from '../../../grammar/positions'
import type { Range } from '../../../grammar/tree'
import { toRange } from './support/view'

/** The edits that give a text, or the statements that a range of it touches, the canonical form. */
export function format(text: string, lines: LineIndex, range?: Range): TextEdit[] {
  const edits = formatEdits(text, range === undefined ? {} : { range })
  return edits.map((edit) => ({ range: toRange(lines, edit), newText: edit.text }))
}
