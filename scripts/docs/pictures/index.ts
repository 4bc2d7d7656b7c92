/** The pictures in the pages of the layers: one for each layer that is easier to see than to read. */
import type { AnyLayer } from '../../../server/src/model/layer'
import { depthwise, NORMALISED, normalised, pixelShuffled, separable, shuffled } from './channels'
import { CURVES, curve } from './curves'
import { cropped, dropped, enlarged, flipped, paddingModes, rolled } from './places'
import { drawing, type Piece } from './svg'
import {
  adaptive,
  convolution,
  crissCross,
  deformed,
  largestOfWindows,
  meanOfWindows,
  pyramid,
  regionAligned,
  regionPooled,
  transposed,
  unfolded,
  unpooled,
} from './windows'

export interface Picture {
  /** What it shows, for those who do not see it. */
  readonly caption: string
  readonly svg: string
}

type Shown = readonly [caption: string, piece: () => Piece]

const ADAPTIVE: Shown = [
  'Seven positions pooled to three: windows of three positions, the middle one overlapping both others',
  adaptive,
]
const CRISS_CROSS: Shown = ['A position of a map, and its row and column', crissCross]
const DROPPED: Shown = [
  'A map in training: dropout sets single values to 0, dropblock a square of them',
  dropped,
]
const ENLARGED: Shown = [
  'A map of two by two values at twice its size: copied from the nearest position, or interpolated',
  enlarged,
]

const SHOWN: Readonly<Record<string, Shown>> = {
  adaptive_avgpool: ADAPTIVE,
  adaptive_maxpool: ADAPTIVE,
  affinity: CRISS_CROSS,
  aggregation: CRISS_CROSS,
  avgpool: ['Four by four values become the means of four windows of two by two', meanOfWindows],
  center_crop: ['The middle three by three positions of a map', () => cropped(2, 2, 3, 'center_crop(3)')],
  channel_shuffle: ['Nine channels in three groups: afterwards each group has one channel of each', shuffled],
  conv: [
    'What one output position reads: with padding, with a stride (two outputs), with dilation',
    convolution,
  ],
  conv_transpose: [
    'Each input position spreads over a window; windows of a kernel that is no multiple of the stride overlap unevenly',
    transposed,
  ],
  crop: ['Three by three positions from an offset on', () => cropped(1, 1, 3, 'crop(3, offset=1)')],
  deform_conv: [
    'The nine positions that a window reads, and the places to which offsets move them',
    deformed,
  ],
  depthwise_conv: [
    'Which input channels an output channel reads: all, those of its group, or its own',
    depthwise,
  ],
  dropblock: DROPPED,
  dropout: DROPPED,
  flip: ['Five values in the reverse order', flipped],
  max_unpool: ['The largest values of four windows go back to where they were, all others are 0', unpooled],
  maxpool: ['Four by four values become the largest values of four windows of two by two', largestOfWindows],
  pad: ['Four values padded by two on each side, in each mode', paddingModes],
  pixel_shuffle: [
    'Four channels of two by two positions become one of four by four',
    () => pixelShuffled(false),
  ],
  resize: ENLARGED,
  roi_align: [
    'A region of a map; each of its four cells is the mean of points between the positions',
    regionAligned,
  ],
  roi_pool: [
    'A region of a map; its borders are rounded to positions, and each of its four cells gives its largest value',
    regionPooled,
  ],
  roll: ['Five values shifted by two; the last two come first', rolled],
  separable_conv: ['First each channel by itself, then all channels at each position', separable],
  space_to_depth: [
    'One channel of four by four positions becomes four of two by two',
    () => pixelShuffled(true),
  ],
  spatial_pyramid_pool: ['The same map pooled to sixteen cells, four and one', pyramid],
  unfold: ['Four windows of two by two values become four columns', unfolded],
  upsample: ENLARGED,
}

/** The layers that have a picture. */
export const PICTURED: readonly string[] = [CURVES, NORMALISED, SHOWN].flatMap(Object.keys)

/** The picture of a layer's page; undefined where words say it as well. */
export function pictureOf({ name }: AnyLayer): Picture | undefined {
  const [caption, piece] = shownOf(name) ?? []
  return caption === undefined || piece === undefined
    ? undefined
    : { caption, svg: drawing(piece(), caption) }
}

function shownOf(name: string): Shown | undefined {
  const activation = CURVES[name]
  if (activation) return [`${name} of x, from −8 to 8`, () => curve(activation)]
  const together = NORMALISED[name]
  if (together) return ['Values that are normalised together, of two images', () => normalised(together)]
  return SHOWN[name]
}
