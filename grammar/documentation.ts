import * as t from './tokens'
import type { Documentation } from './tree'

export interface Documentations {
  /** The documentation of what starts at an offset. */
  readonly at: ReadonlyMap<number, Documentation>
  readonly file?: Documentation
}

interface Run {
  readonly lines: t.Token[]
}

/**
 * Finds the `##` lines and what they document: the next token of the text. Ordinary comments may stand between.
 * Lines at the top of a file that an empty line sets off from what follows document the file.
 */
export function findDocumentation(tokens: readonly t.Token[], comments: readonly t.Token[]): Documentations {
  const at = new Map<number, Documentation>()
  let file: Documentation | undefined
  let run: Run = { lines: [] }
  let next = 0
  for (let i = 0; i < comments.length; i++) {
    const comment = comments[i] as t.Token
    while (next < tokens.length && t.start(tokens[next] as t.Token) < t.start(comment)) {
      next++
      run = { lines: [] }
    }
    const before = tokens[next - 1]
    const beginsLine = before === undefined || t.line(before) !== t.line(comment)
    if (!comment.image.startsWith('##') || !beginsLine) continue
    const last = run.lines.at(-1)
    if (last && t.line(comment) !== t.line(last) + 1) run = { lines: [] }
    run.lines.push(comment)
    const following = comments[i + 1]
    if (following?.image.startsWith('##') && t.line(following) === t.line(comment) + 1) continue
    const documented = tokens[next]
    const heads = [documented, following].filter((token) => token !== undefined)
    const isSetOff = heads.every((token) => t.line(token) > t.line(comment) + 1)
    if (next === 0 && file === undefined && at.size === 0 && isSetOff) {
      file = documentation(run)
      run = { lines: [] }
    } else if (documented) {
      at.set(t.start(documented), documentation(run))
    }
  }
  return file ? { at, file } : { at }
}

function documentation({ lines }: Run): Documentation {
  const text = lines.map((line) => line.image.replace(/^##\s?/, '').trimEnd()).join('\n')
  return { start: t.start(lines[0] as t.Token), end: t.end(lines.at(-1) as t.Token), text }
}
