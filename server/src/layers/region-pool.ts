import type { ForeignArgument, ForeignLayer } from '../model/foreign'
import type { Inference, LayerCall, TensorParameter, Violation } from '../model/layer'
import { GLOBAL } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { levelsDiffer, needsMap, needsRegions, regionsMisfit } from './constraints/regions'
import { int, layer, size } from './declare'
import { caffe, parts, pytorch, unlike } from './foreign'

export const sizeOption = size({
  documentation: 'the size that each region is brought to',
  foreign: ['output_size', 'pooled_size', 'pool_size', 'crop_size'],
})

const LEVELS: readonly TensorParameter[] = [
  {
    name: 'features',
    documentation:
      'one feature map, or several levels with the same number of channels; the regions, [count, 4], come last',
    rest: { min: 2 },
  },
]

/** Where the regions lie in the map is known from the map. */
const REGIONS: Readonly<Record<string, ForeignArgument>> = {
  spatial_scale: 'ignored',
  sampling_ratio: 'ignored',
  aligned: 'ignored',
  featmap_names: 'ignored',
}

const OUTPUT = 'as many items as regions, each [C, size …]'

interface RegionPool {
  readonly name: string
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly details?: string
  readonly source: string
  readonly linear?: true
}

/** Takes regions out of one or several maps. */
function levelPool({ linear, ...declared }: RegionPool) {
  return layer({
    ...declared,
    category: 'Regions',
    traits: { range: 'kept', reads: 'maps', ...(linear && { linear }), channelwise: true, regions: true },
    output: OUTPUT,
    sees: 'everything, as the image decides where a region lies',
    tensors: LEVELS,
    options: { size: sizeOption },
    constraints: [needsMap, needsRegions, levelsDiffer],
    example: exampleOf(declared.name),
    infer: taken,
  })
}

/** Each region becomes an item; where it lies, and so what it sees, depends on the image. */
export function taken({
  shapes,
  items,
  options,
}: LayerCall<{ size: readonly number[] }>): Inference | Violation {
  const misfit = regionsMisfit(shapes)
  if (misfit) return misfit
  const [map] = shapes as [Shape]
  const regions = shapes[shapes.length - 1] as Shape
  return {
    shapes: [[map[0] as number, ...options.size]],
    items: (regions[0] as number) * (items[items.length - 1] ?? 1),
    field: GLOBAL,
  }
}

function exampleOf(name: string): string {
  return `network Regions {
  input image: [3, 224, 224]
  features = image -> conv(64, 16, stride=16)
  output y = ${name}(features, image -> selective_search(100), 7)
  expect y.shape == [64, 7, 7]
  expect y.items == 100
}`
}

export const roiPool = levelPool({
  name: 'roi_pool',
  foreign: [
    ...pytorch('RoIPool', { order: ['size', 'spatial_scale'], args: REGIONS }),
    ...caffe('ROIPooling', { args: { ...REGIONS, ...parts('size', 'pooled_h', 'pooled_w') } }),
    'RoIPooling',
    ...unlike('PSRoIPool', 'takes all channels for each cell here'),
  ],
  summary: 'Lays a grid over each region and takes the largest value of each cell.',
  use: 'To rebuild Fast and Faster R-CNN. It rounds the borders of regions and cells to whole positions; `roi_align` does not, and is better for masks and small objects.',
  inPyTorch: 'torchvision.ops.roi_pool(features[0], list(features[1]), 7, spatial_scale=1 / 16)',
  source: 'Girshick 2015 (Fast R-CNN), §2.1',
})

export const roiAlign = levelPool({
  name: 'roi_align',
  linear: true,
  foreign: [
    ...pytorch('RoIAlign', { order: ['size', 'spatial_scale', 'sampling_ratio', 'aligned'], args: REGIONS }),
    'ROIAlign',
    ...pytorch('MultiScaleRoIAlign', { order: ['featmap_names', 'size', 'sampling_ratio'], args: REGIONS }),
  ],
  summary: 'Samples each region on a grid of points; values between positions are interpolated (bilinear).',
  use: 'For the second stage of a detector, above all for masks: no position is rounded, so that the result lies exactly where the region does.',
  inPyTorch: 'torchvision.ops.roi_align(features[0], list(features[1]), 7, spatial_scale=1 / 16)',
  details:
    'With several levels (the finest first, each half as large as the one before) a region of w×h pixels is taken from level ⌊4 + log₂(√(w·h)/224)⌋, where level 2 has a quarter of the image’s height and width (Lin et al. 2017, §4.2).',
  source: 'He et al. 2017 (Mask R-CNN), §3',
})

export const deformPool = layer({
  name: 'deform_pool',
  foreign: [
    'DeformRoIPool',
    'DeformRoIPooling',
    ...unlike('DeformPSROIPool', 'takes all channels for each cell here'),
  ],
  category: 'Regions',
  traits: { range: 'kept', reads: 'maps', regions: true },
  summary: 'Lays a grid over each region and pools its cells, each shifted by a learned offset.',
  details: 'The layers that compute the offsets are not part of it, and their parameters are not counted.',
  source: 'Dai et al. 2017 (deformable convolutional networks), §2.2',
  output: OUTPUT,
  sees: 'everything, as the image decides where a region lies',
  tensors: [
    { name: 'features', documentation: 'the feature map' },
    { name: 'rois', documentation: 'the regions, [count, 4]' },
  ],
  options: { size: sizeOption },
  constraints: [needsMap, needsRegions],
  use: 'As `roi_pool`, where the parts of an object move against each other: each cell of the grid follows its part.',
  inPyTorch: null,
  example: exampleOf('deform_pool'),
  infer: taken,
})

export const roiWarp = layer({
  name: 'roi_warp',
  foreign: ['RoIWarp', 'crop_and_resize'],
  category: 'Regions',
  traits: { range: 'kept', reads: 'maps', linear: true, channelwise: true, regions: true },
  summary: 'Cuts each region out of the image and resizes it to one size.',
  source: 'Girshick et al. 2014 (R-CNN), §2.1 and appendix A',
  output: OUTPUT,
  sees: 'everything, as the image decides where a region lies',
  tensors: [
    { name: 'image', documentation: 'the image' },
    { name: 'rois', documentation: 'the regions, [count, 4]' },
  ],
  options: {
    size: sizeOption,
    context: int({
      documentation: 'how many pixels of the result lie outside of the region, on each side',
      min: 0,
      default: '0',
    }),
  },
  constraints: [needsMap, needsRegions],
  use: 'To rebuild R-CNN, where each region of the image goes through the whole network by itself. `roi_pool` shares the convolutions among all regions.',
  inPyTorch: null,
  example: `network Crops {
  input image: [3, 500, 500]
  output y = roi_warp(image, image -> selective_search, 227, context=16)
  expect y.shape == [3, 227, 227]
  expect y.items == 2000
}`,
  infer: taken,
})
