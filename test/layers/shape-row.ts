import type { Shape } from '../../server/src/model/shape'

/** A call, its tensors, and what it makes of them: the outputs, parameters and MACs (0 when left out). */
export type ShapeRow = readonly [
  call: string,
  shapes: readonly Shape[],
  outs: readonly Shape[],
  params?: number,
  macs?: number,
]
