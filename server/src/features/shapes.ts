/** Shapes in little room: what several runs came to, side by side. */
import { isTensors } from '../check/evaluate/values'
import type { Value } from '../model/graph'
import { showTensor } from '../model/show'
import { tensorsOf } from './runs'

/** More letters than these are cut: an editor shows no more than 43 letters of hints in a line. */
const MAX_LETTERS = 36

/** The shape of a tensor, or the shapes of several; undefined for any other value. */
export function shapeOf(value: Value): string | undefined {
  if (!isTensors(value)) return undefined
  const shapes = tensorsOf([value]).map(({ tensor }) => showTensor(tensor))
  const [first] = shapes
  // Many levels of one shape need no list.
  const same = shapes.length > 2 && shapes.every((shape) => shape === first)
  return same ? `${shapes.length} tensors of ${first}` : shapes.join(', ')
}

/** The distinct texts that have room, in order, and `…` for those that have none. */
export function inLittleRoom(texts: readonly string[], letters = MAX_LETTERS): string {
  const [first = '', ...others] = new Set(texts)
  let shown = first.length > letters ? `${first.slice(0, letters - 1)}…` : first
  for (const text of others) {
    if (shown.length + text.length + ', , …'.length > letters) return `${shown}, …`
    shown += `, ${text}`
  }
  return shown
}
