import type { LineIndex } from '../../../../grammar/positions'
import type { Expression, Identifier, Input, Range, SourceFile, SyntaxNode } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { sizeWithin } from '../../check/language/functions'

/** What a line of the text comes to at its end. */
export interface ShapeLine {
  readonly line: number
  /** Where the line ends, so that it does not stand in the way of who writes there; before a comment, where the code does. */
  readonly at: number
  /** The text that may be at fault: what ends on the line, and the line itself. */
  readonly text: Range
  /** The last stage or call that ends on the line, or the name of an input whose size is not written out. */
  readonly site: Expression | Identifier
  /** The first stage of the same flow that ends on the line; absent for a call and an input. */
  readonly first?: Expression
  /** The same line without its last stage, where another one ends on it. */
  readonly before?: ShapeLine
}

/** The lines in a range on which a stage, or a call, ends: that is where a shape can be shown. */
export function shapeLines(file: SourceFile, lines: LineIndex, range: Range): readonly ShapeLine[] {
  const found = new Map<number, ShapeLine & { readonly end: number }>()
  const add = (site: ShapeLine['site'], whole: Range, flow: FlowPlace = {}) => {
    const { line } = lines.position(whole.end)
    const known = found.get(line)
    const start = Math.min(whole.start, known?.text.start ?? whole.start, lines.line(line).start)
    // Of those that end at one place the one around the others comes first.
    if (known !== undefined && known.end >= whole.end) {
      found.set(line, { ...known, text: { start, end: known.text.end } })
      return
    }
    const { first, isFollowed, isSecond } = flow
    // What is being written behind an arrow goes on behind the hint, and nothing moves.
    const at = isFollowed ? whole.end : endOfCode(file, lines, line, whole.end)
    found.set(line, {
      line,
      at,
      end: whole.end,
      text: { start, end: at },
      site,
      ...(first === undefined ? {} : { first }),
      ...(isSecond && known !== undefined ? { before: { ...known, ...endingAt(known.end, start) } } : {}),
    })
  }
  const visit = (node: SyntaxNode): void => {
    // What an `expect` applies is not the network's.
    if (node.end < range.start || node.start > range.end || node.kind === 'expect') return
    if (node.kind === 'call') add(node, node)
    else if (node.kind === 'input' && !isWritten(node)) add(node.name, node)
    else if (node.kind === 'flow') {
      let first: Expression | undefined
      let line = -1
      for (const [i, stage] of node.stages.entries()) {
        // Behind an arrow that nothing follows yet the line comes to what it came to before.
        if (stage.value.kind === 'missing') continue
        const end = lines.position(stage.end).line
        const isSecond = end === line
        if (!isSecond) first = stage.value
        line = end
        const isFollowed = node.stages[i + 1]?.value.kind === 'missing'
        add(stage.value, stage, { ...(first && { first }), isFollowed, isSecond })
      }
    }
    eachChild(node, visit)
  }
  visit(file)
  return [...found.values()]
    .filter(({ at }) => range.start <= at && at <= range.end)
    .sort((a, b) => a.line - b.line)
}

/** Where a stage stands in its flow. */
interface FlowPlace {
  readonly first?: Expression
  /** An arrow without a stage comes next. */
  readonly isFollowed?: boolean
  /** The stage before it ends on the same line. */
  readonly isSecond?: boolean
}

function endingAt(end: number, start: number): Pick<ShapeLine, 'at' | 'text'> {
  return { at: end, text: { start, end } }
}

/** An input's size that is written out is no news. */
function isWritten({ shape: given }: Input): boolean {
  const shape = sizeWithin(given)
  if (shape.kind === 'list') return shape.items.every(({ kind }) => kind === 'number')
  return shape.kind === 'size' || shape.kind === 'missing'
}

/** Where a line's code ends that reaches at least to `from`. */
function endOfCode({ text, comments }: SourceFile, lines: LineIndex, line: number, from: number): number {
  const { end } = lines.line(line)
  // Comments are sorted by their places: the first behind `from` is found by halving.
  let [low, high] = [0, comments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((comments[middle]?.start ?? 0) < from) low = middle + 1
    else high = middle
  }
  const comment = comments[low]?.start ?? end
  return comment < end ? from + text.slice(from, comment).trimEnd().length : end
}
