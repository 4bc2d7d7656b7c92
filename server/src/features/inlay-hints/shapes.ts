import type { Range } from '../../../../grammar/tree'
import { passagesOf, tensorsOf, valuesOf } from '../../check/semantics/runs'
import type { Tensor, Value } from '../../model/graph'
import { axisNames } from '../../model/shape'
import { hasUnknown, isList, isTensor } from '../../model/value'
import { countFitting, shapeOf, shortened } from '../support/shapes'
import type { View } from '../support/view'
import type { ShapeLine } from './lines'

/** Stands where the shape would be, for a line with a mistake. */
const FAULT = '✗'

/** What is shown at the end of a line: pieces of text, each with the tensor whose shape it is. */
export interface ShapeHint {
  readonly pieces: readonly Piece[]
  /** The names of the axes that the line changed, in the first run. */
  readonly changed: readonly string[]
  /** A mistake is marked. */
  readonly isAtFault: boolean
  /** Some of it rests on a fault. */
  readonly isUncertain: boolean
}

interface Piece {
  /** What stands before it: runs are told from each other, and from the tensors of a list. */
  readonly before: string
  readonly text: string
  readonly tensor?: Tensor
}

/** What a line came to in each of its runs; undefined where nothing is known and nothing is wrong. */
export function shapeHint(view: View, line: ShapeLine, errors: readonly Range[]): ShapeHint | undefined {
  const values = valuesAt(view, line)
  const shapes = new Map<string, Value>()
  for (const value of values) {
    const shape = shapeOf(value)
    if (shape !== undefined && !shapes.has(shape)) shapes.set(shape, value)
  }
  const isOpen = values.length === 0 || values.some(hasUnknown)
  const isAtFault = isOpen && errors.some((error) => touches(line, error))
  const pieces: Piece[] = [...runPieces([...shapes])]
  if (isAtFault) pieces.push({ before: pieces.length === 0 ? '' : ', ', text: FAULT })
  return pieces.length === 0
    ? undefined
    : { pieces, changed: changedAxes(view, line), isAtFault, isUncertain: isOpen }
}

/**
 * `10×8×8 | 11×8×8`: what differs between the runs; where there is no room for all, `9 shapes: 10×8×8 … 18×8×8`, and of
 * lists only that they differ.
 */
function runPieces(shapes: readonly (readonly [string, Value])[]): readonly Piece[] {
  const pieceOf = (before: string, [shape, value]: readonly [string, Value]): Piece => {
    const [first] = tensorsOf([value])
    return { before, text: shortened(shape), ...(first === undefined ? {} : { tensor: first.tensor }) }
  }
  const [first] = shapes
  const last = shapes.at(-1)
  if (first === undefined || last === undefined) return []
  if (countFitting(shapes.map(([shape]) => shape)) >= shapes.length) {
    return shapes.map((shape, i) => pieceOf(i === 0 ? '' : ' | ', shape))
  }
  if (isList(first[1]) || isList(last[1])) return [{ before: '', text: `${shapes.length} lists of tensors` }]
  return [pieceOf(`${shapes.length} shapes: `, first), pieceOf(' … ', last)]
}

/** Whether a mistake stands in the text that a line ends. */
export function touches({ text }: ShapeLine, { start, end }: Range): boolean {
  return start <= text.end && text.start <= end
}

function valuesAt(view: View, { site }: ShapeLine): readonly Value[] {
  if (site.kind === 'identifier') return valuesOf(view, site).map(({ value }) => value)
  return passagesOf(view, site).map(({ passage }) => passage.value)
}

/** The axes whose sizes differ between what the line's first stage gets and what its last one gives. */
function changedAxes(view: View, { site, first }: ShapeLine): readonly string[] {
  if (site.kind === 'identifier' || first === undefined) return []
  const [before] = passagesOf(view, first)
  const [after] = passagesOf(view, site)
  const [from, to] = [before?.passage.before, after?.passage.value]
  if (from === undefined || to === undefined || !isTensor(from) || !isTensor(to)) return []
  const [old, now] = [from.tensor.shape, to.tensor.shape]
  if (old.length !== now.length) return []
  const names = now.length === 1 ? ['features'] : ['channels', ...axisNames(now.length - 1)]
  return names.filter((_, axis) => old[axis] !== now[axis])
}

/** The errors in a view's file, those that files which import it run into there too. */
export function errorPlaces({ analysis, importers }: View): readonly Range[] {
  const own = analysis.problems.filter(({ severity, file }) => severity === 'error' && file === analysis.uri)
  const led = importers.flatMap(({ problems }) =>
    problems.flatMap(({ origin }) => (origin?.file === analysis.uri ? [origin.range] : [])),
  )
  return [...own.map(({ range }) => range), ...led]
}
