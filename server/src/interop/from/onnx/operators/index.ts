import { AXES } from './axes'
import { DENSE } from './dense'
import { ELEMENTWISE } from './elementwise'
import { NORMALISING } from './normalising'
import type { Operators } from './operator'
import { RECURRENT } from './recurrent'
import { WINDOWS } from './windows'

/** All operators of ONNX that are read, by their names. */
export const OPERATORS: Operators = {
  ...WINDOWS,
  ...DENSE,
  ...ELEMENTWISE,
  ...AXES,
  ...NORMALISING,
  ...RECURRENT,
}
