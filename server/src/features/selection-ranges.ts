import type { SelectionRange } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../grammar/positions'
import type { Range, SourceFile, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { toRange } from './support/view'

/** What is selected when a selection at an offset grows step by step, from the word to the file. */
export function selectionRange(file: SourceFile, lines: LineIndex, offset: number): SelectionRange {
  const ranges: Range[] = [file]
  const add = (range: Range | undefined) => {
    const outer = ranges.at(-1) as Range
    if (range === undefined || range.start > offset || range.end < offset) return
    // Each step must be inside the one before, and smaller.
    if (range.start < outer.start || range.end > outer.end) return
    if (range.start !== outer.start || range.end !== outer.end) ranges.push(range)
  }
  for (const node of nodesAt(file, offset)) for (const range of stepsOf(node, offset)) add(range)
  const comment = file.comments.find(({ start, end }) => start <= offset && offset <= end)
  add(comment)
  if (comment !== undefined) add({ start: comment.start + marks(comment.text), end: comment.end })
  const [outermost, ...inner] = ranges.map((range) => toRange(lines, range))
  return inner.reduce<SelectionRange>((parent, range) => ({ range, parent }), {
    range: outermost as NonNullable<typeof outermost>,
  })
}

/** The steps that a node adds, from the outside: itself, and what is inside its brackets or quotes. */
function stepsOf(node: SyntaxNode, offset: number): readonly Range[] {
  switch (node.kind) {
    case 'block':
    case 'network':
    case 'constant':
    case 'input':
      return node.doc === undefined ? [node] : [{ start: node.doc.start, end: node.end }, node]
    case 'body':
    case 'list':
    case 'parenthesized':
    case 'comprehension':
    case 'string':
      return [node, inside(node)]
    case 'call':
      return [node, node.argsRange, inside(node.argsRange)]
    // A flow grows from its stages to what it has come to there.
    case 'flow':
      return [node, { start: node.start, end: node.stages.find(({ end }) => offset <= end)?.end ?? node.end }]
    default:
      return [node]
  }
}

function inside({ start, end }: Range): Range {
  return { start: Math.min(start + 1, end), end: Math.max(end - 1, start) }
}

function marks(text: string): number {
  return /^#+\s*/.exec(text)?.[0].length ?? 0
}
