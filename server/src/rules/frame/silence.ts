/** Comments that silence rules: `# cnnlint-disable-next-line RULE[, RULE]` and, for a file, `# cnnlint-disable RULE`. */
import { lineIndex } from '../../../../grammar/positions'
import type { SourceFile } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import type { Place, Problem, TextEdit } from '../../model/problem'

const DIRECTIVE = /^#+\s*cnnlint-disable(-next-line)?(?:\s+(.*))?$/

/** What the comments of one file silence. */
interface Silence {
  /** Whether a rule is silenced at an offset. */
  covers(code: string, offset: number): boolean
}

/** Whether a comment silences the rule that found a problem, at the problem's place or at its origin. */
export function silencer({ files }: Analysis): (problem: Problem) => boolean {
  const read = new Map<string, Silence>()
  const silenceOf = (file: string) => {
    const known = read.get(file) ?? silence(files.get(file))
    read.set(file, known)
    return known
  }
  return ({ code, file, range, origin }) => {
    const covers = (place: Place) => silenceOf(place.file).covers(code, place.range.start)
    return covers({ file, range }) || (origin !== undefined && covers(origin))
  }
}

function silence(tree: SourceFile | undefined): Silence {
  const directives = (tree?.comments ?? []).flatMap(({ start, text }) => {
    const match = DIRECTIVE.exec(text.trimEnd())
    return match ? [{ start, next: match[1] !== undefined, codes: codesOf(match[2] ?? '') }] : []
  })
  if (tree === undefined || directives.length === 0) return { covers: () => false }
  const lines = lineIndex(tree.text)
  const lineBelow = (offset: number) => {
    let line = lines.position(offset).line + 1
    // Comments may stand between a directive and the line that it is for.
    while (line < lines.lineCount && /^\s*#/.test(textOfLine(line))) line++
    return line
  }
  const textOfLine = (line: number) => {
    const { start, end } = lines.line(line)
    return tree.text.slice(start, end)
  }
  const scoped = directives.map((directive) => ({
    ...directive,
    line: directive.next ? lineBelow(directive.start) : undefined,
  }))
  return {
    covers(code, offset) {
      const { line } = lines.position(offset)
      return scoped.some(
        (each) => (each.codes.length === 0 || each.codes.includes(code)) && (each.line ?? line) === line,
      )
    },
  }
}

/** The edit that silences a rule at a place: a comment on the line above, or the code added to one that stands there. */
export function silencingEdit({ text }: SourceFile, code: string, offset: number): TextEdit {
  const lines = lineIndex(text)
  const { line } = lines.position(offset)
  const own = lines.line(line)
  const above = lines.line(Math.max(0, line - 1))
  const directive = DIRECTIVE.exec(text.slice(above.start, above.end).trim())
  if (line > 0 && directive?.[1] !== undefined && directive[2] !== undefined) {
    return { start: above.end, end: above.end, text: `, ${code}` }
  }
  const indentation = /^\s*/.exec(text.slice(own.start, own.end))?.[0] ?? ''
  return { start: own.start, end: own.start, text: `${indentation}# cnnlint-disable-next-line ${code}\n` }
}

/** No code at all means every rule. */
function codesOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((code) => code !== '')
}
