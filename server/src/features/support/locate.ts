import type { Range, SourceFile } from '../../../../grammar/tree'
import { shortened } from '../../check/words'

/** The text of a node on one line, shortened to `length`. */
export function textOf(file: SourceFile, { start, end }: Range, length = 80): string {
  return shortened(file.text.slice(start, end), length)
}
