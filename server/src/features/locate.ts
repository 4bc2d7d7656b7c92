import type { Range, SourceFile } from '../../../grammar/tree'

/** The text of a node on one line, shortened to `length`. */
export function textOf(file: SourceFile, { start, end }: Range, length = 80): string {
  const text = file.text.slice(start, end).replace(/\s+/g, ' ')
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
