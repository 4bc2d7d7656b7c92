/** Fixes for operators that are written as in another language. */
import type { Binary, Expression, Range, SourceFile } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Candidate, FixMaker } from './fix'

/** The binary expression that a problem is about: its range is the expression's or its operator's. */
function binaryAt(tree: SourceFile | undefined, { start, end }: Range): Binary | undefined {
  if (tree === undefined) return undefined
  const around = nodesAt(tree, start).filter((node) => node.kind === 'binary')
  const same = (range: Range) => range.start === start && range.end === end
  return around.find((node) => same(node) || same(node.operatorRange))
}

/** `layer * 3` → `3 * layer`. */
export const layerTimesNumber: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem.origin ?? problem
  const tree = analysis.files.get(file)
  const binary = binaryAt(tree, range)
  if (tree === undefined || binary === undefined) return
  const text = ({ start, end }: Range) => tree.text.slice(start, end)
  const swapped = `${text(binary.right)} * ${text(binary.left)}`
  yield {
    action: `Write ${swapped.length > 40 ? 'the count first' : swapped}`,
    file,
    edits: [{ start: binary.start, end: binary.end, text: swapped }],
    class: 'certain',
  }
}

/** `x + y` on tensors → `add(x, y)`, a whole sum at once. */
export const tensorArithmetic: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem.origin ?? problem
  const { layer } = problem.data as { layer: string }
  const tree = analysis.files.get(file)
  const found = binaryAt(tree, range)
  if (tree === undefined || found === undefined || layer === '') return
  const path = nodesAt(tree, found.start)
  const sum = path.find((node) => node.kind === 'binary' && operands(node).includes(found.left))
  const whole = sum?.kind === 'binary' ? sum : found
  const parts = operands(whole).map(({ start, end }) => tree.text.slice(start, end))
  yield {
    action: `Write ${layer}(${parts.length > 2 ? '…' : parts.join(', ')})`,
    file,
    edits: [{ start: whole.start, end: whole.end, text: `${layer}(${parts.join(', ')})` }],
    class: 'certain',
  }
}

/** The operands of a chain of one operator. */
function operands(binary: Binary): readonly Expression[] {
  const { left, right, operator } = binary
  if (left.kind === 'binary' && left.operator === operator) return [...operands(left), right]
  return [left, right]
}
