/** Constraints on tensors that meet. */
import { type Shape, showShape } from '../../model/shape'
import type { Words } from '../../model/words'
import { constraint, networkText } from '../declare'
import { axisName } from './axes'
import { borderCause, borderRemedy, type ChangedBorder } from './borders'
import { type RoundedSize, roundingCause, roundingRemedy } from './rounding'

export interface MeetingData {
  readonly shapes: readonly Shape[]
  /** The two tensors that do not agree. */
  readonly tensors: readonly [number, number]
  /** The first axis in which they differ; null where their ranks do. */
  readonly axis: number | null
  /** Where nothing but rounding on the way makes them differ: one entry for each axis in which they do. */
  readonly rounded?: readonly RoundedSize[]
  /** Where a few stages on the way changed the size by a border. */
  readonly borders?: readonly ChangedBorder[]
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

export function isMeetingData(data: unknown): data is MeetingData & { readonly along?: number } {
  return typeof data === 'object' && data !== null && 'shapes' in data && 'tensors' in data && 'axis' in data
}

function pairOf({ shapes, tensors }: MeetingData) {
  return tensors.map((i) => shapes[i] as Shape) as [Shape, Shape]
}

/** What is wrong: every axis in which the two differ, but the one along which they are joined. */
function differing(data: MeetingData, along?: number): string {
  const [a, b] = pairOf(data)
  const start = `${showShape(a)} and ${showShape(b)} differ in`
  if (data.axis === null) return `${start} rank: ${a.length} and ${b.length}`
  const groups = new Map<string, string[]>()
  for (const [axis, size] of a.entries()) {
    const other = b[axis] as number
    // A size that is not known (NaN) differs from nothing.
    if (axis === along || size === other || Number.isNaN(size - other)) continue
    // Maps of one position stretch on purpose; a single channel seldom does.
    const stretches = size === 1 || other === 1
    if (axis !== data.axis && (axis === 0 ? !stretches : stretches || axis < data.axis)) continue
    const sizes = `${size} and ${other}`
    groups.set(sizes, [...(groups.get(sizes) ?? []), axisName(axis, a.length)])
  }
  const [[sizes, names] = ['', []]] = groups
  if (groups.size === 1) return `${start} ${listed(names)}: ${sizes}`
  return `${start} ${listed([...groups].map(([each, axes]) => `${listed(axes)} (${each})`))}`
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}

function remedy(data: MeetingData): string {
  const [a] = pairOf(data)
  if (data.axis === null) return 'reshape one of them to the other’s axes'
  if (data.axis === 0) return `give both ${a[0]} channels, for instance by conv(${a[0]}, 1) on the other`
  if (data.rounded) return roundingRemedy(data.rounded, a.length)
  if (data.borders) return borderRemedy(data.borders)
  return 'pad the convolutions of the smaller branch (padding=half), or center_crop the larger map to the smaller'
}

/** The words for tensors that differ: what changed a size says more than that they must agree. */
function meeting(data: MeetingData, why: string, along?: number): Words {
  const cause = data.rounded ? roundingCause(data.rounded) : data.borders && borderCause(data.borders)
  return { what: differing(data, along), why: cause ?? why, todo: remedy(data) }
}

/** What tensors that meet value by value have in common, however they meet. */
const SHAPES_DIFFER = {
  code: 'shapes-differ',
  title: 'Tensors that are combined but differ in shape',
  explanation:
    'Each value of one tensor is combined with the value at the same place of the other. So the sizes are equal along each axis; `add`, `mul` and their like also stretch an axis of size 1. Often one branch has lost its border in a convolution without padding, or a stride has rounded its size down.',
}

export const shapesDiffer = constraint<MeetingData>({
  ...SHAPES_DIFFER,
  example: networkText('add(x, x -> conv(64, 3))', '[64, 56, 56]'),
  text: 'The tensors’ shapes are equal, or one has size 1 along an axis in which they differ.',
  words: (data) =>
    meeting(
      data,
      'the tensors meet value by value: along every axis the sizes are equal, or one of them is 1',
    ),
})

const SAME_PLACE = 'each position of one tensor belongs to the position at the same place of the other'

/** As {@link shapesDiffer}, where no axis is stretched. */
export const shapesUnequal = constraint<MeetingData>({
  ...SHAPES_DIFFER,
  example: networkText('affinity(x, z)', '[64, 97, 97]', '[32, 97, 97]'),
  instead: networkText('affinity(x, z)', '[64, 97, 97]', '[64, 97, 97]'),
  text: 'The two tensors have the same shape.',
  words: (data) => meeting(data, SAME_PLACE),
})

/** As {@link shapesUnequal}, of the spatial axes alone. */
export const sizesUnequal = constraint<MeetingData>({
  ...SHAPES_DIFFER,
  example: networkText('crf(x, z)', '[21, 64, 64]', '[3, 128, 128]'),
  instead: networkText('crf(x, z)', '[21, 64, 64]', '[3, 64, 64]'),
  text: 'The two tensors have the same spatial size; their channels may differ.',
  words: (data) => meeting(data, SAME_PLACE, 0),
})

export const stackShapesDiffer = constraint<MeetingData>({
  code: 'stack-shapes-differ',
  title: 'Tensors of different shapes in a stack',
  explanation:
    'Tensors that are stacked become slices of one new tensor. So all of them have the same shape.',
  example: networkText('stack(x, x -> conv(64, 3))', '[64, 56, 56]'),
  instead: networkText('stack(x, x -> conv(64, 3, padding=1))', '[64, 56, 56]'),
  text: 'The tensors’ shapes are equal.',
  words: (data) => meeting(data, 'tensors that are stacked become slices of one tensor, which are all alike'),
})

export const concatSizesDiffer = constraint<ConcatData>({
  code: 'concat-sizes-differ',
  title: 'Tensors to join that differ in another axis',
  explanation:
    'Tensors that are joined along one axis have the same size along all other axes. Often one branch has lost its border in a convolution without padding, or a stride has rounded its size down.',
  example: networkText('concat(x, x -> conv(64, 3))', '[64, 56, 56]'),
  text: 'The tensors agree in rank and in every axis but the one along which they are joined.',
  words: (data) =>
    meeting(data, `tensors that are joined along axis ${data.along} agree in all others`, data.along),
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
