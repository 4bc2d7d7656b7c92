import { NONE } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { layer } from './declare'
import { caffe, keras, parts, pytorch, tensorflow } from './foreign'
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
  foreign: [
    ...pytorch('interpolate Upsample', {
      order: ['size', 'scale_factor', 'mode', 'align_corners', 'recompute_scale_factor'],
      requires: ['size'],
      args: { scale_factor: { only: ['none'] }, recompute_scale_factor: 'ignored' },
      gives: { mode: 'nearest' },
    }),
    ...pytorch('UpsamplingNearest2d', {
      order: ['size', 'scale_factor'],
      requires: ['size'],
      args: { scale_factor: { only: ['none'] } },
      gives: { mode: 'nearest' },
    }),
    ...pytorch('UpsamplingBilinear2d', {
      order: ['size', 'scale_factor'],
      requires: ['size'],
      args: { scale_factor: { only: ['none'] } },
      gives: { align_corners: 'true' },
    }),
    ...keras('Resizing', {
      order: ['height', 'width', 'interpolation'],
      args: parts('size', 'height', 'width'),
    }),
    ...caffe('Interp', {
      requires: ['height'],
      args: parts('size', 'height', 'width'),
      gives: { align_corners: 'true' },
    }),
    ...tensorflow('ResizeBilinear resize_bilinear', { order: ['size', 'align_corners'] }),
  ],
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
