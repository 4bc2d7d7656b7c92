/**
 * Comments that silence rules: `# cnnlint-disable-next-line RULE[, RULE]` and, for a file, `# cnnlint-disable RULE`;
 * behind ` -- ` they may say why.
 */
import { memo } from '../../../../grammar/memo'
import { type LineIndex, lineIndex } from '../../../../grammar/positions'
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

/** Whether a comment silences a rule at an offset of its file. */
export function covers(directive: Directive, tree: SourceFile, code: string, offset: number): boolean {
  const { codes } = directive
  // A comment for every rule would hide that it silences none.
  const named = codes.length === 0 ? code !== 'unused-silence' : codes.some((each) => each.code === code)
  if (!named || directive.line === undefined) return named
  return silencesOf(tree).lines.position(offset).line === directive.line
}

const silencesOf = memo((tree: SourceFile) => {
  // Most files silence nothing, and need no lines for it.
  const written = tree.comments.filter(({ text }) => text.includes('cnnlint-disable'))
  const lines = lineIndex(written.length === 0 ? '' : tree.text)
  return { directives: written.flatMap((comment) => directive(comment, tree, lines) ?? []), lines }
})

function directive(
  { start, end, text }: SourceFile['comments'][number],
  tree: SourceFile,
  lines: LineIndex,
): Directive | undefined {
  const written = text.trimEnd()
  const match = DIRECTIVE.exec(written)
  if (match === null) return undefined
  const list = match[2] ?? ''
  const codes = codesIn(list, start + written.length - list.length)
  return { start, end, codes, ...(match[1] === undefined ? {} : { line: lineBelow(start, tree, lines) }) }
}

/** Comments may stand between a directive and the line that it is for. */
function lineBelow(offset: number, { text }: SourceFile, lines: LineIndex): number {
  let line = lines.position(offset).line + 1
  while (line < lines.lineCount && /^\s*#/.test(text.slice(lines.line(line).start, lines.line(line).end)))
    line++
  return line
}

function codesIn(list: string, start: number): Directive['codes'] {
  return [...list.replace(REASON, '').matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => ({
    code,
    start: start + index,
    end: start + index + code.length,
  }))
}
