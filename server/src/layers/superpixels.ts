import { GLOBAL } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { NON_NEGATIVE } from '../model/traits'
import { needsMap } from './constraints/regions'
import { bool, constraint, int, layer, networkText } from './declare'
import { unlike } from './foreign'

export const superpixels = layer({
  name: 'superpixels',
  foreign: ['SLIC', 'slic', ...unlike('felzenszwalb', 'how many there are, its scale tells')],
  category: 'Regions',
  traits: { range: NON_NEGATIVE, reads: 'maps', regions: true },
  summary: 'Divides the image into small regions of similar pixels; it learns nothing.',
  details:
    'The output tells for each pixel the number of its region. How many regions there are depends on the image: `count` says about how many are wanted.',
  source: 'Achanta et al. 2012 (SLIC), §3',
  output: '[1, i …]',
  sees: 'everything',
  tensors: [{ name: 'image', documentation: 'the image' }],
  byPlace: ['count'],
  options: {
    count: int({
      documentation: 'about how many regions',
      min: 1,
      default: '500',
      foreign: ['n_segments', 'num_superpixels'],
    }),
  },
  constraints: [needsMap],
  use: 'To find small regions of similar colour, which later layers use as units. It is no part of training.',
  inPyTorch: null,
  example: `network Regions {
  input image: [3, 512, 512]
  output regions = image -> superpixels(1000)
  expect regions.shape == [1, 512, 512]
}`,
  infer: ({ shapes }) => {
    const [image] = shapes as [Shape]
    if (image.length !== 3) return needsMap.violated({ shape: image }, 0)
    const [, height, width] = image as [number, number, number]
    return { shapes: [[1, height, width]], field: GLOBAL }
  },
})

const needsSuperpixels = constraint<{ readonly shape: Shape }>({
  code: 'needs-superpixels',
  title: 'A tensor that does not hold superpixels',
  explanation:
    'Superpixels are a map `[1, H, W]`: the number at each pixel says which superpixel the pixel belongs to. `superpixels` makes such a map.',
  example: networkText('superpixel_sum(x, z)', '[256, 64, 64]', '[3, 512, 512]'),
  instead: networkText('superpixel_sum(x, z)', '[256, 64, 64]', '[1, 512, 512]'),
  text: 'The superpixels are `[1, H, W]`.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} are no superpixels`,
    why: 'superpixels are a map with one number for each pixel, [1, H, W]',
    todo: 'give the output of superpixels as the last tensor',
  }),
})

export const superpixelSum = layer({
  name: 'superpixel_sum',
  foreign: ['SuperpixelPooling'],
  category: 'Regions',
  traits: { range: 'any', reads: 'maps', linear: true, channelwise: true, regions: true },
  summary: 'Gives each position the sum of the values in its superpixel, or in the superpixels around it.',
  details:
    'The map of superpixels may have another size than the features: a position belongs to the superpixel at the same place of the image.',
  source: 'Lin et al. 2018 (multi-scale context intertwining), §3',
  output: 'the map’s shape',
  sees: 'everything',
  tensors: [
    { name: 'x', documentation: 'the map, [C, H, W]' },
    { name: 'regions', documentation: 'the superpixels, [1, H, W]' },
  ],
  options: {
    neighbours: bool({
      documentation: 'whether to sum over the superpixels that touch its own, in place of its own',
      default: 'false',
    }),
  },
  constraints: [needsMap, needsSuperpixels],
  use: 'To let information flow inside regions that follow the edges of the image, in segmentation.',
  inPyTorch: null,
  example: `network Context {
  input image: [3, 512, 512]
  x = image -> conv(64, 7, stride=2, padding=3)
  output y = x -> superpixel_sum(image -> superpixels)
  expect y.shape == [64, 256, 256]
}`,
  infer: ({ shapes }) => {
    const [x, regions] = shapes as [Shape, Shape]
    if (x.length !== 3) return needsMap.violated({ shape: x }, 0)
    if (regions.length !== 3 || regions[0] !== 1) return needsSuperpixels.violated({ shape: regions }, 1)
    return { shapes: [x], field: GLOBAL }
  },
})
