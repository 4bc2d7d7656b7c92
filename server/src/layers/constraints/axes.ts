/** The names of axes in messages. */
import { axisNames } from '../../model/shape'

/** The name of an axis of a tensor of some rank: `channels`, `height`, … */
export function axisName(axis: number, rank: number): string {
  if (axis === 0) return rank === 1 ? 'features' : 'channels'
  return axisNames(rank - 1)[axis - 1] as string
}
