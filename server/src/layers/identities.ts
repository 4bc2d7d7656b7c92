/** What several layers have in common of when they give their tensor back as it is. */
import { type Shape, sameShape } from '../model/shape'
import type { Application, IdentityCondition } from '../model/traits'

/** A window that reads single positions, each of them. */
export const ONE_POSITION: IdentityCondition = {
  holds: ({ options }) => areAll(options.kernel, 1) && areAll(options.stride, 1),
  why: 'a window of one position that moves by one returns each value',
  by: 'options',
  options: ['kernel', 'stride'],
}

/** A layer that brings maps of all sizes to a given one. */
export const SAME_SIZE: IdentityCondition = {
  holds: keepsShape,
  why: 'the map has this size already',
  by: 'adapts',
}

/** A layer that merges the tensors of a list. */
export const ONE_TENSOR: IdentityCondition = {
  holds: ({ inputs }) => inputs.length === 1,
  why: 'there is nothing that one tensor could be merged with',
  by: 'number',
}

export function keepsShape({ inputs, outputs }: Application): boolean {
  return sameShape(inputs[0]?.shape as Shape, outputs[0]?.shape as Shape)
}

/** Whether an option that has an entry for each axis has this number on all of them. */
export function areAll(values: unknown, wanted: number): boolean {
  return (values as readonly number[]).every((value) => value === wanted)
}
