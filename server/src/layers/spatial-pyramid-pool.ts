import { adaptiveMap, SAME } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { emptyList } from './constraints/lists'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { ints, layer, word } from './declare'
import { unlike } from './foreign'

export const spatialPyramidPool = layer({
  name: 'spatial_pyramid_pool',
  aliases: ['spp'],
  foreign: ['SpatialPyramidPooling', 'SPPLayer', ...unlike('SPP', 'YOLO’s joins max pools of one size')],
  category: 'Pooling',
  traits: {
    range: 'kept',
    reads: 'signal',
    channelwise: true,
    pools: { by: 'either', over: 'cells' },
  },
  summary: 'Pools the map into grids of several sizes and joins all cells in one vector.',
  details: 'Each grid is an adaptive pooling; the length does not depend on the map’s size.',
  source: 'He et al. 2014 (SPP-net), §2.2',
  output: '[C·∑binsⁿ]; n being the number of spatial axes',
  sees: 'a window of its grid, counted as one of the coarsest; everything where that has one cell',
  byPlace: ['bins'],
  options: {
    bins: ints({
      documentation: 'how many cells each grid has along an axis',
      default: '[4, 2, 1]',
      min: 1,
      foreign: ['levels', 'pool_list', 'out_pool_size'],
    }),
    mode: word(['max', 'avg'], {
      documentation: 'what is taken of each cell',
      default: 'max',
      foreign: ['pool_type'],
    }),
  },
  constraints: [needsSpatialAxes, emptyList],
  use: 'Before linear layers where images come in several sizes: the vector has the same length for all, and keeps coarse and fine arrangement.',
  inPyTorch: 'torch.cat([F.adaptive_max_pool2d(x, n).flatten(1) for n in (4, 2, 1)], dim=1)',
  example: `network Pyramid {
  input x: [256, 13, 13]
  output y = x -> spatial_pyramid_pool
  expect y.shape == [5_376]
}`,
  infer: ({ shapes, options: { bins } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    if (bins.length === 0) return emptyList.violated({ option: 'bins' }, 'bins')
    const [channels, ...sizes] = x as [number, ...number[]]
    const positions = bins.reduce((sum, bin) => sum + bin ** sizes.length, 0)
    // The coarsest grid has the largest windows; in the vector the order of the positions is lost.
    const coarsest = Math.min(...bins)
    return {
      shapes: [[channels * positions]],
      field: {
        kind: 'maps',
        maps: [SAME, ...sizes.map((size) => adaptiveMap(size, coarsest))],
        to: x.map(() => null),
      },
    }
  },
  formula: ({ shapes, options: { bins } }, result) => {
    const [channels, ...sizes] = shapes[0] as [number, ...number[]]
    const power = ['', '', '²', '³'][sizes.length]
    const terms = bins.map((bin) => `${bin}${power}`).join(' + ')
    return [`${channels}·(${terms}) = ${(result.shapes[0] as Shape)[0]}`]
  },
})
