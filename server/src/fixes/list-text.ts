/** Edits of lists in the text whose items stand between commas. */
import type { Range } from '../../../grammar/tree'
import type { TextEdit } from '../model/problem'

/** Takes an item out of a list with one of the commas beside it. */
export function removeItem(items: readonly Range[], item: Range): TextEdit {
  const at = items.indexOf(item)
  const [before, after] = [items[at - 1], items[at + 1]]
  if (after) return { start: item.start, end: after.start, text: '' }
  return { start: before?.end ?? item.start, end: item.end, text: '' }
}
