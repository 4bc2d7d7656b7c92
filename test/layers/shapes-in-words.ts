/** What the pages say in words of an output's shape, as a reader would compute it. */
import type { Shape } from '../../server/src/model/shape'
import type { AppliedLayer } from '../helpers/formula'

type Compute = (applied: AppliedLayer) => readonly Shape[]

const first = ({ inputs }: AppliedLayer): Shape => inputs[0] as Shape

/** An axis counted from 0; `standard` where none is given. */
function axisOf({ options }: AppliedLayer, shape: Shape, standard = 0): number {
  const axis = (options.axis as number | undefined) ?? standard
  return axis < 0 ? axis + shape.length : axis
}

/** A shape with another size along an axis. */
function resized(shape: Shape, at: number, size: number): Shape {
  return shape.map((each, axis) => (axis === at ? size : each))
}

function listed(value: unknown): readonly number[] {
  return Array.isArray(value) ? value : [value as number]
}

export const IN_WORDS: Readonly<Record<string, Compute>> = {
  'the input’s shape': (applied) => [first(applied)],
  'the scores’ shape': (applied) => [first(applied)],
  'the map’s shape': (applied) => [first(applied)],
  'the index’s shape': ({ inputs }) => [inputs[1] as Shape],
  'the shape of `v`': ({ inputs }) => [inputs[1] as Shape],
  'the shape before the maxpool': ({ before }) => [before ?? []],
  'the given `shape`': (applied) => {
    const shape = applied.options.shape as Shape
    const [input = []] = applied.inputs
    const known = shape.filter((size) => size !== -1).reduce((total, size) => total * size, 1)
    return [
      shape.map((size) => (size === -1 ? input.reduce((total, each) => total * each, 1) / known : size)),
    ]
  },
  'the tensors’ shape, along each axis the largest size': ({ inputs }) => [
    first({ inputs } as AppliedLayer).map((_, axis) =>
      Math.max(...inputs.map((shape) => shape[axis] as number)),
    ),
  ],
  'the tensors’ shape, with the sum of their sizes along `axis`: [∑C, i …] along the channels': (applied) => {
    const axis = axisOf(applied, first(applied))
    const total = applied.inputs.reduce((sum, shape) => sum + (shape[axis] as number), 0)
    return [resized(first(applied), axis, total)]
  },
  'the tensors’ shape with one axis more, at `axis`, of as many positions as there are tensors': (
    applied,
  ) => {
    const shape = first(applied)
    const axis = axisOf(applied, [...shape, 1])
    return [[...shape.slice(0, axis), applied.inputs.length, ...shape.slice(axis)]]
  },
  'the input’s shape without these axes, or with size 1 there; [1] where none is left': (applied) => {
    const shape = first(applied)
    const { axis, keep } = applied.options
    const reduced =
      axis === undefined ? [...shape.keys()] : listed(axis).map((one) => (one < 0 ? one + shape.length : one))
    if (keep === true) return [shape.map((size, i) => (reduced.includes(i) ? 1 : size))]
    const left = shape.filter((_, i) => !reduced.includes(i))
    return [left.length === 0 ? [1] : left]
  },
  'the input’s shape, half as large along `axis`': (applied) => {
    const shape = first(applied)
    const axis = axisOf(applied, shape, shape.length === 2 ? 1 : 0)
    return [resized(shape, axis, (shape[axis] as number) / 2)]
  },
  'the input’s shape, ⌈(stop − start)/step⌉ along `axis`': (applied) => {
    const shape = first(applied)
    const axis = axisOf(applied, shape)
    const fromFront = (position: unknown) =>
      (position as number) < 0 ? (position as number) + (shape[axis] as number) : (position as number)
    const { start, stop, step } = applied.options
    return [resized(shape, axis, Math.ceil((fromFront(stop) - fromFront(start)) / (step as number)))]
  },
  'the input’s shape, begin + end more along that axis': (applied) => {
    const shape = first(applied)
    const axis = axisOf(applied, shape)
    const [begin = 0, end = begin] = applied.options.amounts as readonly number[]
    return [resized(shape, axis, (shape[axis] as number) + begin + end)]
  },
  'the input’s shape with `features` behind it: [T, features] for a vector': (applied) => [
    [...first(applied), applied.options.features as number],
  ],
  'the input’s sizes in that order': (applied) => [
    (applied.options.order as readonly number[]).map((axis) => first(applied)[axis] as number),
  ],
  'each size times its count': (applied) => {
    const shape = first(applied)
    const { counts, axis } = applied.options
    const axes =
      axis === undefined ? [...shape.keys()] : listed(axis).map((one) => (one < 0 ? one + shape.length : one))
    return [
      shape.map((size, i) => size * (axes.includes(i) ? (listed(counts)[axes.indexOf(i)] as number) : 1)),
    ]
  },
  'one axis in place of those from `start` to `end`, its size their product: [C·∏i] for a map': (applied) => {
    const shape = first(applied)
    const [start, end] = [applied.options.start, applied.options.end].map((axis) =>
      (axis as number) < 0 ? (axis as number) + shape.length : (axis as number),
    ) as [number, number]
    const merged = shape.slice(start, end + 1).reduce((total, size) => total * size, 1)
    return [[...shape.slice(0, start), merged, ...shape.slice(end + 1)]]
  },
  'one tensor for each part: the input’s shape, the part’s size along `axis`': (applied) => {
    const shape = first(applied)
    const axis = axisOf(applied, shape)
    const parts = listed(applied.options.parts)
    const [count = 1] = parts
    const sizes =
      parts.length > 1 ? parts : Array.from({ length: count }, () => (shape[axis] as number) / count)
    return sizes.map((size) => resized(shape, axis, size))
  },
  '[C, H, W] or [C, D, H, W], with the sizes of the grid': ({ inputs: [x, grid] }) => [
    [x?.[0] as number, ...(grid as Shape).slice(0, -1)],
  ],
  '[…, m, n] of […, m, k] and […, k, n]': ({ inputs: [a = [], b = []], options }) => {
    const m = (options.transpose_a ? a.at(-1) : a.at(-2)) as number
    const n = (options.transpose_b ? b.at(-2) : b.at(-1)) as number
    const [more, fewer] = a.length >= b.length ? [a, b] : [b, a]
    const before = more.slice(0, -2).map((size, i) => {
      const other = fewer.slice(0, -2)[i - (more.length - fewer.length)] ?? 1
      return Math.max(size, other)
    })
    return [[...before, m, n]]
  },
  'the query’s shape': (applied) => [first(applied)],
  'with the value’s features': ({ inputs: [query = [], key = query, value = key] }) => [
    [...query.slice(0, -1), value.at(-1) as number],
  ],
  '[count, F] for each of the tensors, given as rows [N, F] or as N items [F]': ({ inputs, options }) =>
    inputs.map((shape) => [options.count as number, shape.at(-1) as number]),
}
