import type { Output, Paint } from '../terminal'

const MAX_WIDTH = 100

/** How wide running text is set. */
export function textWidth({ columns }: Output): number {
  return Math.min(columns ?? MAX_WIDTH, MAX_WIDTH)
}

/** A heading with its lines and an empty line after them; nothing when there are no lines. */
export function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint('bold', title), ...lines, '']
}

/** The lines of a text that keeps its own layout, set in. */
export function indented(text: string | undefined): string[] {
  if (text === undefined) return []
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
}
