import { NONE } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { layer } from './declare'
import { SAME_SIZE } from './identities'
import { optionalSizeOption, referenceRank, sizeOrReference, TENSORS, wantedSize } from './reference'
import {
  alignCorners,
  alignedMisfit,
  alignedNearest,
  bicubicMisfit,
  bicubicNeedsTwoAxes,
  modeOption,
  sampledRange,
  samplingField,
} from './sampling'

export const resize = layer({
  name: 'resize',
  foreign: ['Resizing', 'interpolate', 'Interp', 'ResizeBilinear'],
  category: 'Resampling',
  traits: {
    range: sampledRange,
    reads: 'signal',
    linear: true,
    channelwise: true,
    interpolates: true,
    enlarges: 'to size',
    identity: SAME_SIZE,
  },
  summary: 'Samples the map at a given size, or at the size of a second tensor.',
  details: 'Positions are sampled at half-pixel centres, unless corners are aligned.',
  output: '[C, size …]',
  sees: 'one position (nearest), 2 (bilinear) or 4 (bicubic), moving by i/o; nothing of the second tensor',
  tensors: TENSORS,
  byPlace: ['size'],
  options: { size: optionalSizeOption, mode: modeOption('bilinear'), align_corners: alignCorners },
  constraints: [needsSpatialAxes, sizeOrReference, referenceRank, bicubicNeedsTwoAxes, alignedNearest],
  example: `network Up {
  input coarse: [256, 25, 25]
  input fine: [512, 50, 50]
  output y = coarse -> resize(fine, mode=nearest)
  expect y.shape == [256, 50, 50]
}`,
  infer: ({ shapes, options: { size, mode, align_corners: aligned } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x) ?? bicubicMisfit(x, mode) ?? alignedMisfit(mode, aligned)
    const wanted = misfit ?? wantedSize(shapes, size)
    if (isMisfit(wanted)) return wanted
    const [channels, ...sizes] = x as [number, ...number[]]
    const axes = sizes.map((from, i) => ({ from, to: wanted[i] as number }))
    return {
      shapes: [[channels, ...wanted]],
      field: [samplingField(axes, mode, aligned), NONE].slice(0, shapes.length),
    }
  },
})
