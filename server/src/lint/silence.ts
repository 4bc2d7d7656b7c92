/** What a comment silences is left out; and the comment that an editor writes to silence a rule. */
import { lineIndex } from '../../../grammar/positions'
import type { SourceFile } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import type { Place, Problem, TextEdit } from '../model/problem'
import { directivesFor, directivesOf } from '../rules/read/directives'

/** Whether a comment silences the rule that found a problem, at the problem's place or at its origin. */
export function silencer({ files }: Analysis): (problem: Problem) => boolean {
  const isCovered = (code: string, { file, range }: Place) => {
    const tree = files.get(file)
    return tree !== undefined && directivesFor(tree, code, range.start).length > 0
  }
  return ({ code, file, range, origin }) =>
    isCovered(code, { file, range }) || (origin !== undefined && isCovered(code, origin))
}

/** The edit that silences a rule at a place: a comment on the line above, or the code added to one that stands there. */
export function silencingEdit(tree: SourceFile, code: string, offset: number): TextEdit {
  const lines = lineIndex(tree.text)
  const { line } = lines.position(offset)
  const own = lines.line(line)
  const above = directivesOf(tree).find(
    (each) => each.line === line && lines.position(each.start).line === line - 1,
  )
  const last = above?.codes.at(-1)
  if (last) return { start: last.end, end: last.end, text: `, ${code}` }
  const indentation = /^\s*/.exec(tree.text.slice(own.start, own.end))?.[0] ?? ''
  return { start: own.start, end: own.start, text: `${indentation}# cnnlint-disable-next-line ${code}\n` }
}
