/** What the normalisations have in common. */
import type { Weight } from '../model/layer'
import type { Shape } from '../model/shape'
import { bool, float } from './declare'

export const affine = bool({
  documentation: 'whether the layer learns a scale and a shift',
  default: 'true',
  foreign: ['elementwise_affine'],
})

export const eps = float({
  documentation: 'a small number added to the variance, so that nothing is divided by 0',
  default: '1e-5',
  min: 0,
  max: 1,
  foreign: ['epsilon', 'variance_epsilon'],
})

/** The weights that scale and shift what was normalised; none when they are not learned. */
export function scaleAndShift(shape: Shape, learned: boolean): readonly Weight[] {
  if (!learned) return []
  return [
    { name: 'scale', shape },
    { name: 'shift', shape },
  ]
}
