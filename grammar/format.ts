import { writeFile } from './format/bodies'
import { findFaults, readingOf } from './format/faults'
import { readSource, type Source } from './format/source'
import { createWriter, type Edit } from './format/writer'
import { parse } from './parse'
import type { Range, SourceFile } from './tree'

export type { Edit } from './format/writer'

/**
 * The text in its canonical form.
 *
 * Only white space changes, and the commas that end broken lists. What the parser could not read stays as it is.
 * Formatting twice is formatting once.
 */
export function format(text: string): string {
  return apply(text, formatEdits(text))
}

/**
 * The edits that bring a text into its canonical form, in order and apart from each other, each as small as it
 * can be.
 * @param options.range limits them to the statements that it touches
 */
export function formatEdits(text: string, options: { readonly range?: Range } = {}): Edit[] {
  const file = parse(text)
  const source = readSource(text)
  let layout = layOut(source, file, false)
  if (file.problems.length > 0 && readingOf(parse(apply(text, layout.edits))) !== readingOf(file))
    layout = layOut(source, file, true)
  const { range } = options
  if (!range) return layout.edits
  const touched = layout.units.filter((unit) => unit.start <= range.end && range.start <= unit.end)
  return editsWithin(layout.edits, touched)
}

interface Layout {
  readonly edits: Edit[]
  /** The extents of statements, heads and closing braces, with what stands before them. */
  readonly units: Range[]
}

function layOut(source: Source, file: SourceFile, strict: boolean): Layout {
  const writer = createWriter(file.text)
  const units = writeFile(source, file, findFaults(file, strict), writer)
  return { edits: writer.finish(), units }
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}

/** Both lists are in order, and an edit that lies in one of the extents lies in it whole. */
function editsWithin(edits: readonly Edit[], extents: readonly Range[]): Edit[] {
  let index = 0
  return edits.filter((edit) => {
    while (index < extents.length && (extents[index] as Range).end < edit.end) index++
    return index < extents.length && (extents[index] as Range).start <= edit.start
  })
}
