/**
 * Comments that silence rules: `# cnnlint-disable-next-line RULE[, RULE]` and, for a file, `# cnnlint-disable RULE`;
 * behind ` -- ` they may say why.
 */
import { memo } from '../../../../grammar/memo'
import { linesOf } from '../../../../grammar/positions'
import type { Range, SourceFile } from '../../../../grammar/tree'

const DIRECTIVE = /^#+\s*cnnlint-disable(-next-line)?(?:\s+(.*))?$/
const REASON = /(^|\s)--(\s.*)?$/

/** One comment that silences rules. */
export interface Directive extends Range {
  /** The rules by their codes, each where it is written; none at all means every rule. */
  readonly codes: readonly (Range & { readonly code: string })[]
  /** The line that it is for, from 0; absent where it is for the file. */
  readonly line?: number
}

/** The comments of a file that silence rules. */
export function directivesOf(tree: SourceFile): readonly Directive[] {
  return silencesOf(tree).directives
}

/** The comments that silence a rule at an offset of their file. */
export function directivesFor(tree: SourceFile, code: string, offset: number): readonly Directive[] {
  const { directives, ofFile, byLine } = silencesOf(tree)
  if (directives.length === 0) return directives
  const here = byLine.get(linesOf(tree).position(offset).line) ?? []
  return [...ofFile, ...here].filter(({ codes }) =>
    // A comment for every rule would hide that it silences none.
    codes.length === 0 ? code !== 'unused-silence' : codes.some((each) => each.code === code),
  )
}

const silencesOf = memo((tree: SourceFile) => {
  // Most files silence nothing, and need no lines for it.
  const written = tree.comments.filter(({ text }) => text.includes('cnnlint-disable'))
  const below = new Map<number, number>()
  // From the end, so that of many comments below each other each knows the line that the next is for.
  const directives = written.toReversed().flatMap((comment) => directive(comment, tree, below) ?? [])
  directives.reverse()
  const ofFile: Directive[] = []
  const byLine = new Map<number, Directive[]>()
  for (const each of directives) {
    if (each.line === undefined) ofFile.push(each)
    else if (byLine.get(each.line)?.push(each) === undefined) byLine.set(each.line, [each])
  }
  return { directives, ofFile, byLine }
})

function directive(
  { start, end, text }: SourceFile['comments'][number],
  tree: SourceFile,
  below: Map<number, number>,
): Directive | undefined {
  const written = text.trimEnd()
  const match = DIRECTIVE.exec(written)
  if (match === null) return undefined
  const list = match[2] ?? ''
  const codes = codesIn(list, start + written.length - list.length)
  return { start, end, codes, ...(match[1] === undefined ? {} : { line: lineBelow(start, tree, below) }) }
}

/** Comments may stand between a directive and the line that it is for; `known` tells it for directives below. */
function lineBelow(offset: number, tree: SourceFile, known: Map<number, number>): number {
  const lines = linesOf(tree)
  const own = lines.position(offset).line
  let line = own + 1
  while (line < lines.lineCount) {
    const { start, end } = lines.line(line)
    if (!/^\s*#/.test(tree.text.slice(start, end))) break
    line = known.get(line) ?? line + 1
  }
  known.set(own, line)
  return line
}

function codesIn(list: string, start: number): Directive['codes'] {
  return [...list.replace(REASON, '').matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => ({
    code,
    start: start + index,
    end: start + index + code.length,
  }))
}
