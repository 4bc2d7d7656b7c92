import type { TextEdit } from 'vscode-languageserver-types'
import { formatEdits } from '../../../grammar/format'
import { parse } from '../../../grammar/parse'
import type { LineIndex } from '../../../grammar/positions'
import type { Range } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { toRange } from './support/view'

/** The characters after which a client asks. */
export const ON_TYPE = { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] }

/**
 * The edits after a character was typed right before `offset`: a closing brace lays out its body, a new line the
 * line that it ends. Nothing at or behind the cursor changes, so that one can go on typing.
 */
export function formatOnType(
  text: string,
  lines: LineIndex,
  offset: number,
  typed: string,
): readonly TextEdit[] {
  const range = typed === '}' ? bodyBefore(text, offset) : lineBefore(lines, offset)
  if (range === undefined) return []
  const edits = formatEdits(text, { range }).filter(
    ({ start, end }) => range.start <= start && end <= range.end,
  )
  return edits.map((edit) => ({ range: toRange(lines, edit), newText: edit.text }))
}

/** The declaration, or the statement, whose body ends right before an offset. */
function bodyBefore(text: string, offset: number): Range | undefined {
  const path = nodesAt(parse(text), Math.max(0, offset - 1))
  const body = path.findLastIndex((node) => node.kind === 'body' && node.end === offset)
  const owner = path[body - 1]
  return owner && { start: owner.start, end: offset }
}

/** The line above that of an offset. */
function lineBefore(lines: LineIndex, offset: number): Range | undefined {
  const { line } = lines.position(offset)
  return line === 0 ? undefined : lines.line(line - 1)
}
