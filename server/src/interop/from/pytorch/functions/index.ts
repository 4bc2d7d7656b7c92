import type { CallReader } from '../call'
import { ARITHMETIC } from './arithmetic'
import { AXES } from './axes'
import { VALUES } from './values'
import { WINDOWS } from './windows'

/**
 * Functions of torch and torch.nn.functional, and methods of tensors, by the last part of their names. Each also
 * stands for its variant in place, `relu_`.
 */
export const FUNCTIONS: Readonly<Record<string, CallReader>> = {
  ...VALUES,
  ...ARITHMETIC,
  ...WINDOWS,
  ...AXES,
}
