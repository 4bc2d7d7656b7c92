import { SAME, shiftMap } from '../model/axis-map'
import type { Inference, Violation } from '../model/layer'
import { NONE } from '../model/receptive-field'
import { axisNames, type Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { constraint, layer, networkText, size } from './declare'
import { caffe, keras, parts, pytorch } from './foreign'
import { SAME_SIZE } from './identities'
import { optionalSizeOption, referenceRank, sizeOrReference, TENSORS, wantedSize } from './reference'
import { axisLines } from './spell'

interface CropData {
  readonly shape: Shape
  readonly size: readonly number[]
  readonly offset: readonly number[]
  /** The first spatial axis in which the crop leaves the input. */
  readonly axis: number
}

const cropExceedsInput = constraint<CropData>({
  code: 'crop-exceeds-input',
  title: 'A crop that is larger than the map',
  explanation:
    'A crop only takes positions away. Along each axis its offset and its size together are at most the size of the input. Often the two maps of a skip connection are in the wrong order.',
  example: networkText('x -> center_crop(64)', '[8, 56, 56]'),
  text: 'Along every axis offset and size together are at most the input.',
  words: ({ shape, size, offset, axis }) => {
    const [input, wanted, start] = [shape[axis + 1] as number, size[axis] as number, offset[axis] as number]
    const name = axisNames(shape.length - 1)[axis]
    return {
      what: `a crop of ${wanted}${start > 0 ? ` at offset ${start}` : ''} does not fit into the ${name} ${input}`,
      why: 'a crop only takes positions away',
      todo:
        wanted > input
          ? 'crop the larger of the two maps, or pad or resize this one'
          : `use an offset of at most ${input - wanted}`,
    }
  },
})

const CONSTRAINTS = [needsSpatialAxes, sizeOrReference, referenceRank, cropExceedsInput]

export const crop = layer({
  name: 'crop',
  foreign: [...caffe('Crop', { args: { axis: { only: [2] } }, requires: ['axis', 'offset', 'offsets'] })],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    cuts: 'part',
    identity: SAME_SIZE,
  },
  summary:
    'Takes a part of the map that begins at an offset and has a given size, or the size of a second tensor.',
  source: 'Long et al. 2015 (FCN), the reference implementation',
  output: '[C, size …]',
  sees: 'its own place, counted from where the part begins; nothing of the second tensor',
  tensors: TENSORS,
  byPlace: ['size'],
  options: {
    size: optionalSizeOption,
    offset: size({
      documentation: 'how many positions are left out before the part',
      default: '0',
      min: 0,
      foreign: ['offsets'],
    }),
  },
  constraints: CONSTRAINTS,
  use: 'To take a part that begins at a known offset, as FCN does after it has padded the image by 100 pixels. For the middle use `center_crop`.',
  inPyTorch: 'torchvision.transforms.functional.crop(x, 5, 5, 34, 34)',
  example: `network Cropped {
  input scores: [21, 40, 40]
  output y = scores -> crop(34, offset=5)
  expect y.shape == [21, 34, 34]
}`,
  infer: ({ shapes, options }) => taken(shapes, options.size, () => options.offset),
})

export const centerCrop = layer({
  name: 'center_crop',
  foreign: [
    ...pytorch('CenterCrop'),
    ...keras('CenterCrop', {
      order: ['height', 'width'],
      args: parts('size', 'height', 'width'),
      requires: ['width'],
    }),
  ],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    cuts: 'part',
    identity: SAME_SIZE,
  },
  summary: 'Takes the middle of the map, with a given size or the size of a second tensor.',
  details: 'Where an odd number of positions is left out, one more is left out at the end than at the begin.',
  source: 'Ronneberger et al. 2015 (U-Net), §2',
  output: '[C, size …]',
  sees: 'its own place, counted from where the part begins; nothing of the second tensor',
  tensors: TENSORS,
  byPlace: ['size'],
  options: { size: optionalSizeOption },
  constraints: CONSTRAINTS,
  use: 'Where unpadded convolutions have made one map smaller than the other, as in the skip connections of the original U-Net: the middles of both show the same part of the image.',
  inPyTorch: 'torchvision.transforms.functional.center_crop(x, reference.shape[2:])',
  example: `network Copied {
  input skip: [64, 64, 64]
  input up: [64, 56, 56]
  output y = concat(skip -> center_crop(up), up)
  expect y.shape == [128, 56, 56]
}`,
  infer: ({ shapes, options }) =>
    taken(shapes, options.size, (wanted, sizes) =>
      wanted.map((size, i) => Math.max(0, Math.floor(((sizes[i] as number) - size) / 2))),
    ),
  formula: ({ shapes }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    const begins = x.slice(1).map((size, i) => Math.floor((size - (output[i + 1] as number)) / 2))
    return axisLines(output, (i) => {
      const [size, begin] = [x[i + 1] as number, begins[i] as number]
      return `${size} − ${begin} − ${size - begin - (output[i + 1] as number)}`
    })
  },
})

type Offset = (wanted: readonly number[], sizes: readonly number[]) => readonly number[]

function taken(
  shapes: readonly Shape[],
  size: readonly number[] | undefined,
  offsetOf: Offset,
): Inference | Violation {
  const [x] = shapes as [Shape]
  const wanted = spatialMisfit(x) ?? wantedSize(shapes, size)
  if (isMisfit(wanted)) return wanted
  const [channels, ...sizes] = x as [number, ...number[]]
  const offset = offsetOf(wanted, sizes)
  const end = wanted.map((length, i) => length + (offset[i] ?? 0))
  const axis = end.findIndex((last, i) => last > (sizes[i] as number))
  if (axis >= 0) {
    const at = (wanted[axis] as number) <= (sizes[axis] as number) ? 'offset' : shapes.length > 1 ? 1 : 'size'
    return cropExceedsInput.violated({ shape: x, size: wanted, offset, axis }, at)
  }
  const shifts = offset.map((start) => shiftMap(-start))
  const field = [{ kind: 'maps', maps: [SAME, ...shifts] } as const, NONE]
  return { shapes: [[channels, ...wanted]], field: field.slice(0, shapes.length) }
}
