import type { TextEdit } from '../model/problem'

/**
 * Where an offset of the text lies once the edits are applied. Text inserted at the offset itself comes
 * before it; an offset inside replaced text goes to the start of the replacement.
 */
export function mapOffset(offset: number, edits: readonly TextEdit[]): number {
  let shift = 0
  let inside = offset
  for (const { start, end, text } of edits) {
    const inserted = start === end
    if (inserted ? start <= offset : end <= offset) shift += text.length - (end - start)
    else if (start < offset) inside = start
  }
  return inside + shift
}
