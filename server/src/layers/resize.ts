import type { ForeignArgument, ForeignLayer } from '../model/foreign'
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

/** PyTorch's upsampling to a size; one that stands first may be meant for the factor. */
function upsamplings(
  names: string,
  behind: readonly string[],
  gives: Readonly<Record<string, string>>,
): readonly ForeignLayer[] {
  const args: Readonly<Record<string, ForeignArgument>> = {
    scale_factor: { only: ['none'] },
    recompute_scale_factor: 'ignored',
  }
  const requires = ['size']
  return [
    ...pytorch(names, { order: [], requires, args, gives }),
    ...pytorch(names, {
      order: ['size', 'scale_factor', ...behind],
      requires,
      args,
      gives,
      remark: 'to this size, which stands first in PyTorch',
    }),
  ]
}

export const resize = layer({
  name: 'resize',
  foreign: [
    ...upsamplings('interpolate Upsample', ['mode', 'align_corners'], { mode: 'nearest' }),
    ...upsamplings('UpsamplingNearest2d', [], { mode: 'nearest' }),
    ...upsamplings('UpsamplingBilinear2d', [], { align_corners: 'true' }),
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
  summary: 'Brings the map to a given size, or to the size of a second tensor, by sampling it anew.',
  details:
    'Output position n lies at (n + ½)·i/o − ½ of the input; with `align_corners=true` at n·(i − 1)/(o − 1).',
  output: '[C, size …]',
  sees: 'one position (`nearest`), at most 2 (`bilinear`) or at most 4 (`bicubic`), moving by i/o; nothing of the second tensor',
  tensors: TENSORS,
  byPlace: ['size'],
  options: { size: optionalSizeOption, mode: modeOption('bilinear'), align_corners: alignCorners },
  constraints: [needsSpatialAxes, sizeOrReference, referenceRank, bicubicNeedsTwoAxes, alignedNearest],
  use: 'To bring a map to the size of another before they are added or joined, as in feature pyramids and decoders. It works for odd sizes, where doubling misses by one.',
  inPyTorch: 'F.interpolate(x, size=reference.shape[2:], mode="nearest")',
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
