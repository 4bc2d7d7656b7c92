/** Brings the text that a refactoring writes into the form that the formatter gives it. */

import { formatEdits } from '../../../../../grammar/format'
import { memo } from '../../../../../grammar/memo'
import type { Range, SourceFile } from '../../../../../grammar/tree'
import { applyEdits, type TextEdit } from '../../../model/problem'

/**
 * The edits with the layout of what they write: the whole file's where it was laid out before, otherwise that of
 * the statements that they touch.
 */
export function laidOut(tree: SourceFile, edits: readonly TextEdit[]): readonly TextEdit[] {
  const { text } = tree
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  const changed = applyEdits(text, sorted)
  return composed(text, sorted, layoutEdits(tree, changed, sorted))
}

const isLaidOut = memo((tree: SourceFile) => formatEdits(tree.text).length === 0)

function layoutEdits(tree: SourceFile, changed: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  if (isLaidOut(tree)) return formatEdits(changed)
  const found = new Map<number, TextEdit>()
  for (const range of written(edits)) {
    for (const edit of formatEdits(changed, { range })) found.set(edit.start, edit)
  }
  return [...found.values()].sort((a, b) => a.start - b.start)
}

/**
 * Where the texts of the edits stand once they are applied, without the white space around them and without their
 * last letter: the statement behind begins where the text ends.
 */
function written(edits: readonly TextEdit[]): readonly Range[] {
  let shift = 0
  return edits.map(({ start, end, text }) => {
    const lead = text.length - text.trimStart().length
    const from = start + shift + Math.min(lead, text.trimEnd().length)
    shift += text.length - (end - start)
    return { start: from, end: from + Math.max(0, text.trim().length - 1) }
  })
}

/** A piece of a changed text: kept from the text before, or newly written. */
type Piece = Range | { readonly text: string }

/** The edits that do at once what the first ones do and then the second ones, which both are in order. */
export function composed(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const pieces = replaced([{ start: 0, end: text.length }], first)
  return editsTo(replaced(pieces, second), text.length)
}

function replaced(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = []
  let at = 0
  for (const { start, end, text } of edits) {
    result.push(...slice(pieces, at, start), { text })
    at = end
  }
  return [...result, ...slice(pieces, at, Number.POSITIVE_INFINITY)]
}

function slice(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const result: Piece[] = []
  let at = 0
  for (const piece of pieces) {
    const length = lengthOf(piece)
    const start = Math.max(0, from - at)
    const end = Math.min(length, to - at)
    if (start < end) result.push(part(piece, start, end))
    at += length
  }
  return result
}

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.end - piece.start
}

function part(piece: Piece, start: number, end: number): Piece {
  if ('text' in piece) return { text: piece.text.slice(start, end) }
  return { start: piece.start + start, end: piece.start + end }
}

function editsTo(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = []
  let at = 0
  let text = ''
  const close = (start: number) => {
    if (start > at || text !== '') edits.push({ start: at, end: start, text })
    text = ''
  }
  for (const piece of pieces) {
    if ('text' in piece) text += piece.text
    else {
      close(piece.start)
      at = piece.end
    }
  }
  close(length)
  return edits
}
