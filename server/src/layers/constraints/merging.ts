/** Constraints on tensors that meet. */
import { axisNames, type Shape, showShape } from '../../model/shape'
import { constraint, faulty } from '../declare'

/** The name of an axis of a tensor of some rank: `channels`, `height`, … */
export function axisName(axis: number, rank: number): string {
  if (axis === 0) return rank === 1 ? 'features' : 'channels'
  return axisNames(rank - 1)[axis - 1] as string
}

export interface MeetingData {
  readonly shapes: readonly Shape[]
  /** The two tensors that do not agree. */
  readonly tensors: readonly [number, number]
  /** The axis in which they differ; null where their ranks do. */
  readonly axis: number | null
}

export interface ConcatData extends MeetingData {
  /** The axis along which they are joined, which may differ. */
  readonly along: number
}

/** The names of the axes in which tensors that are to meet differ; none where their ranks do, or where `data` is of something else. */
export function differingAxes(data: unknown): readonly string[] {
  if (!isMeetingData(data)) return []
  const { shapes, along } = data
  const [first = []] = shapes
  if (shapes.some(({ length }) => length !== first.length)) return []
  return first.flatMap((_, axis) => {
    const sizes = new Set(shapes.map((shape) => shape[axis]))
    // Where values meet, a size of 1 is stretched.
    if (along === undefined) sizes.delete(1)
    return axis === along || sizes.size < 2 ? [] : [axisName(axis, first.length)]
  })
}

function isMeetingData(data: unknown): data is MeetingData & { readonly along?: number } {
  return typeof data === 'object' && data !== null && 'shapes' in data && 'tensors' in data && 'axis' in data
}

function differing({ shapes, tensors, axis }: MeetingData) {
  const [a, b] = tensors.map((i) => shapes[i] as Shape) as [Shape, Shape]
  const name = axis === null ? 'rank' : axisName(axis, a.length)
  const sizes = axis === null ? [a.length, b.length] : [a[axis] as number, b[axis] as number]
  return {
    what: `${showShape(a)} and ${showShape(b)} differ in ${name}: ${sizes[0]} and ${sizes[1]}`,
    a,
    b,
    sizes,
  }
}

function remedy(data: MeetingData): string {
  const { sizes } = differing(data)
  if (data.axis === null) return 'reshape one of them to the other’s axes'
  if (data.axis === 0)
    return `give both ${sizes[0]} channels, for instance by conv(${sizes[0]}, 1) on the other`
  return 'pad the convolutions of the smaller branch (padding=half), or center_crop the larger map to the smaller'
}

export const shapesDiffer = constraint<MeetingData>({
  code: 'shapes-differ',
  example: faulty('add(x, x -> conv(64, 3))', '[64, 56, 56]'),
  text: 'The tensors’ shapes are equal, or one has size 1 along an axis in which they differ.',
  words: (data) => ({
    what: differing(data).what,
    why: 'the tensors meet value by value: along every axis the sizes are equal, or one of them is 1',
    todo: remedy(data),
  }),
})

export const stackShapesDiffer = constraint<MeetingData>({
  code: 'stack-shapes-differ',
  example: faulty('stack(x, x -> conv(64, 3))', '[64, 56, 56]'),
  text: 'The tensors’ shapes are equal.',
  words: (data) => ({
    what: differing(data).what,
    why: 'tensors that are stacked become slices of one tensor, which are all alike',
    todo: remedy(data),
  }),
})

export const concatSizesDiffer = constraint<ConcatData>({
  code: 'concat-sizes-differ',
  example: faulty('concat(x, x -> conv(64, 3))', '[64, 56, 56]'),
  text: 'The tensors agree in rank and in every axis but the one along which they are joined.',
  words: (data) => ({
    what: differing(data).what,
    why: `tensors that are joined along axis ${data.along} agree in all others`,
    todo: remedy(data),
  }),
})

/** The shape in which the tensors meet, an axis of size 1 stretching; or the violation. */
export function meet(shapes: readonly Shape[]) {
  const [first] = shapes as [Shape]
  const result = [...first]
  const giver = first.map(() => 0)
  for (const [i, shape] of shapes.entries()) {
    if (shape.length !== first.length)
      return shapesDiffer.violated({ shapes, tensors: [0, i], axis: null }, i)
    for (const [axis, size] of shape.entries()) {
      if (size === 1 || size === result[axis]) continue
      if (result[axis] !== 1) {
        return shapesDiffer.violated({ shapes, tensors: [giver[axis] as number, i], axis }, i)
      }
      result[axis] = size
      giver[axis] = i
    }
  }
  return result
}
