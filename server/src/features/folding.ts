import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../grammar/positions'
import type { Comment, Range, SourceFile, SyntaxNode } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'

/** What an editor can fold away: bodies, flows, calls and lists of several lines, comments, imports, regions. */
export function foldingRanges(file: SourceFile, lines: LineIndex): FoldingRange[] {
  const found = [...syntaxFolds(file, lines), ...importFolds(file, lines), ...commentFolds(file, lines)]
  // An editor folds one range a line: of those that start on the same, the widest.
  const widest = new Map<number, FoldingRange>()
  for (const fold of found) {
    const known = widest.get(fold.startLine)
    if (known === undefined || known.endLine < fold.endLine) widest.set(fold.startLine, fold)
  }
  return [...widest.values()].sort((a, b) => a.startLine - b.startLine)
}

function syntaxFolds(file: SourceFile, lines: LineIndex): FoldingRange[] {
  const found: FoldingRange[] = []
  walk(file, (node) => {
    const range = foldedBy(node)
    if (range === undefined) return
    const fold = linesOf(range, lines)
    // What closes a bracket stays in sight when it stands first in its line.
    const line = lines.line(fold.endLine)
    if (/^\s*[)\]}]/.test(file.text.slice(line.start, range.end))) fold.endLine--
    if (fold.startLine < fold.endLine) found.push(fold)
  })
  return found
}

/** The text that folds when a node does, if it may. */
function foldedBy(node: SyntaxNode): Range | undefined {
  switch (node.kind) {
    case 'body':
    case 'list':
    case 'comprehension':
    case 'parenthesized':
    case 'import':
      return node
    case 'call':
      return node.argsRange
    // The line that a statement starts on is where its flow is folded, though the flow may start below.
    case 'assign':
    case 'output':
    case 'return':
    case 'shared':
    case 'constant':
    case 'expect':
      return node
    // Parameters that take several lines; the body folds by itself.
    case 'block':
    case 'network':
      return { start: node.name.start, end: node.body.start }
    default:
      return undefined
  }
}

function linesOf({ start, end }: Range, lines: LineIndex): FoldingRange {
  return { startLine: lines.position(start).line, endLine: lines.position(end).line }
}

/** Imports that follow each other fold as one. */
function importFolds({ items }: SourceFile, lines: LineIndex): FoldingRange[] {
  const runs = consecutive(items, (item, before) => item.kind === 'import' && before?.kind === 'import')
  return runs.flatMap((run): FoldingRange[] => {
    const [first, last] = [run[0], run.at(-1)]
    if (first?.kind !== 'import' || last === undefined) return []
    const fold = linesOf({ start: first.start, end: last.end }, lines)
    return fold.startLine < fold.endLine ? [{ ...fold, kind: FoldingRangeKind.Imports }] : []
  })
}

const REGION = /^#\s*region\b/
const END_OF_REGION = /^#\s*endregion\b/

/** Comments that stand alone on lines that follow each other, and what stands between `# region` and `# endregion`. */
function commentFolds({ text, comments }: SourceFile, lines: LineIndex): FoldingRange[] {
  const lineOf = (comment: Comment) => lines.position(comment.start).line
  const alone = comments.filter(({ start }) => {
    const line = lines.line(lines.position(start).line)
    return text.slice(line.start, start).trim() === ''
  })
  const found: FoldingRange[] = []
  const open: number[] = []
  for (const comment of alone) {
    if (REGION.test(comment.text)) open.push(lineOf(comment))
    const startLine = END_OF_REGION.test(comment.text) ? open.pop() : undefined
    if (startLine !== undefined) {
      found.push({ startLine, endLine: lineOf(comment), kind: FoldingRangeKind.Region })
    }
  }
  const isMarker = ({ text }: Comment) => REGION.test(text) || END_OF_REGION.test(text)
  const runs = consecutive(
    alone,
    (comment, before) =>
      before !== undefined &&
      !isMarker(comment) &&
      !isMarker(before) &&
      lineOf(comment) === lineOf(before) + 1,
  )
  for (const run of runs) {
    const [first, last] = [run[0], run.at(-1)]
    if (first === undefined || last === undefined || run.length < 2) continue
    found.push({ startLine: lineOf(first), endLine: lineOf(last), kind: FoldingRangeKind.Comment })
  }
  return found
}

/** Items in groups: each item that `follows` the one before joins its group. */
function consecutive<T>(items: readonly T[], follows: (item: T, before: T | undefined) => boolean): T[][] {
  const groups: T[][] = []
  for (const [i, item] of items.entries()) {
    const group = groups.at(-1)
    if (group !== undefined && follows(item, items[i - 1])) group.push(item)
    else groups.push([item])
  }
  return groups
}
