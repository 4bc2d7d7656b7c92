const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
const NARROWLESS = /^[\p{Mn}\p{Me}\p{Cf}]/u

/** How many columns a terminal uses for a text without control characters. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (character <= '~') width++
    else if (WIDE.test(character)) width += 2
    else if (!NARROWLESS.test(character)) width++
  }
  return width
}

/** Fills up with spaces on the right; `right` puts them on the left. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + space : space + text
}

/** Cuts a text that needs more columns, with an ellipsis in the last one. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let result = ''
  let used = 1
  for (const character of text) {
    used += displayWidth(character)
    if (used > width) break
    result += character
  }
  return `${result}…`
}

/**
 * Wraps at spaces so that no line is longer than `width`, words that are longer apart. Of the first line so many
 * columns may be `taken`; it is empty where the first word does not fit any more.
 */
export function wrap(text: string, width: number, taken = 0): string[] {
  const lines: string[] = []
  let line = ''
  let used = taken
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const length = displayWidth(word)
    const space = line === '' ? 0 : 1
    if (used > 0 && used + space + length > width) {
      lines.push(line)
      line = word
      used = length
    } else {
      line += ' '.repeat(space) + word
      used += space + length
    }
  }
  if (line !== '') lines.push(line)
  return lines
}
