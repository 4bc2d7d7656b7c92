import { writeFile } from './format/bodies'
import { readSource } from './format/source'
import { createWriter, type Edit } from './format/writer'
import { parse } from './parse'
import type { Range } from './tree'

export type { Edit } from './format/writer'

/**
 * The text in its canonical form.
 *
 * Only white space changes, and the commas that end broken lists. What the parser could not read stays as it is.
 * Formatting twice is formatting once.
 */
export function format(text: string): string {
  let formatted = ''
  let from = 0
  for (const edit of formatEdits(text)) {
    formatted += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return formatted + text.slice(from)
}

/**
 * The edits that bring a text into its canonical form, in order and apart from each other, each as small as it
 * can be.
 * @param options.range limits them to the statements that it touches
 */
export function formatEdits(text: string, options: { readonly range?: Range } = {}): Edit[] {
  const writer = createWriter(text, text.startsWith('\uFEFF') ? 1 : 0)
  const units = writeFile(readSource(text), parse(text), writer)
  const edits = writer.finish()
  const { range } = options
  return range
    ? editsWithin(
        edits,
        units.filter((unit) => touches(unit, range)),
      )
    : edits
}

const touches = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end

/** Both lists are in order, and an edit that lies in one of the extents lies in it whole. */
function editsWithin(edits: readonly Edit[], extents: readonly Range[]): Edit[] {
  let index = 0
  return edits.filter((edit) => {
    while (index < extents.length && (extents[index] as Range).end < edit.end) index++
    return index < extents.length && (extents[index] as Range).start <= edit.start
  })
}
