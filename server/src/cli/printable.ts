/** Texts of files, which say what they like, on their way to a terminal. */
import { displayWidth } from './width'

const TAB = 4

/** Terminals and build servers obey some characters, and bidirectional marks show a text in another order. */
const OBEYED = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** A text on one line in which every character that a terminal would obey is visible instead. */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) => (character === '\t' ? ' ' : '\uFFFD'))
}

/** The same with tabs as spaces, for a line of a file. */
export function printableLine(text: string): string {
  const [first = '', ...rest] = text.split('\t')
  let line = printable(first)
  let width = displayWidth(line)
  for (const part of rest) {
    const spaces = TAB - (width % TAB)
    const shown = printable(part)
    line += ' '.repeat(spaces) + shown
    width += spaces + displayWidth(shown)
  }
  return line
}
