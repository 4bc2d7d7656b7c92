/** Axes as other frameworks count them, the batch being axis 0. */
import type { Value } from '../../model/graph'
import { isList } from '../../model/value'

/**
 * An axis, or a list of axes, counted without the batch; negative ones count from the end and stay. A list may
 * begin with the batch, which is left out. Undefined where the batch itself is named, or no number.
 */
export function withoutBatch(value: Value): Value | undefined {
  if (typeof value === 'number') return value < 0 ? value : value > 0 ? value - 1 : undefined
  if (!isList(value)) return undefined
  const own = value[0] === 0 ? value.slice(1) : value
  const axes = own.map(withoutBatch)
  return axes.every((axis) => axis !== undefined) ? axes : undefined
}
