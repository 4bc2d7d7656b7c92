import { SAME, WHOLE } from '../model/axis-map'
import { type Shape, showShape } from '../model/shape'
import { bool, constraint, layer, networkText, word } from './declare'
import { onnx, unlike, words } from './foreign'
import { bicubicMisfit, bicubicNeedsTwoAxes, modeOption, sampledRange } from './sampling'

interface SampledData {
  readonly shape: Shape
}

const needsPlaneOrVolume = constraint<SampledData>({
  code: 'needs-plane-or-volume',
  title: 'Sampling from a tensor that is neither a plane nor a volume',
  explanation:
    'A grid names places in a plane or in a volume. So the tensor that is sampled is a map `[C, H, W]` or `[C, D, H, W]`.',
  example: networkText('grid_sample(x, z)', '[64, 100]', '[50, 50, 2]'),
  instead: networkText('grid_sample(x, z)', '[64, 100, 100]', '[50, 50, 2]'),
  text: 'What is sampled is a map `[C, H, W]` or `[C, D, H, W]`.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} has ${shape.length < 2 ? 'no spatial axis' : shape.length === 2 ? 'one spatial axis' : `${shape.length - 1} spatial axes`}`,
    why: 'a grid names places in a plane or in a volume',
    todo: 'give a map [C, H, W] or [C, D, H, W]',
  }),
})

interface GridData {
  readonly shape: Shape
  readonly grid: Shape
}

const gridMisfit = constraint<GridData>({
  code: 'grid-does-not-fit',
  title: 'A sampling grid of the wrong shape',
  explanation:
    'The grid says for each position of the output where to read: `[H, W, 2]` for a plane, `[D, H, W, 3]` for a volume. The coordinates are its last axis.',
  example: networkText('grid_sample(x, z)', '[64, 28, 28]', '[2, 14, 14]'),
  instead: networkText('grid_sample(x, z)', '[64, 28, 28]', '[14, 14, 2]'),
  text: 'The grid is `[H, W, 2]` for a plane and `[D, H, W, 3]` for a volume: one place for each output position.',
  words: ({ shape, grid }) => {
    const axes = shape.length - 1
    const first = grid.length === shape.length && grid[0] === axes
    const order = [...Array.from({ length: axes }, (_, i) => i + 1), 0]
    return {
      what: `${showShape(grid)} is no grid for ${showShape(shape)}`,
      why: `a grid has the output’s positions first and the ${axes} coordinates of a place last`,
      todo: first
        ? `bring the coordinates to the end, permute([${order.join(', ')}])`
        : `give a grid [${axes === 2 ? '' : 'D, '}H, W, ${axes}]`,
    }
  },
})

export const gridSample = layer({
  name: 'grid_sample',
  foreign: [
    ...onnx('GridSample', {
      args: {
        padding_mode: {
          option: 'outside',
          value: words({ zeros: 'zeros', border: 'nearest', reflection: 'reflect' }),
        },
      },
    }),
    ...unlike(
      'warp dense_image_warp remap SpatialTransformer',
      'its grid is a tensor of its own here, from −1 to 1',
    ),
  ],
  category: 'Resampling',
  traits: { range: sampledRange, reads: 'maps', channelwise: true },
  summary: 'Samples a map at the places that a second tensor names.',
  details: 'A place is given as x, y (and z), each from −1 to 1 across the map.',
  source: 'Jaderberg et al. 2015 (spatial transformer networks), §3.3',
  output: '[C, H, W] or [C, D, H, W], with the sizes of the grid',
  sees: 'everything, as the grid may name any place; its own place in the grid',
  tensors: [
    { name: 'x', documentation: 'the map that is sampled' },
    { name: 'grid', documentation: 'the places, [H, W, 2], or [D, H, W, 3] in a volume' },
  ],
  options: {
    mode: modeOption('bilinear'),
    outside: word(['zeros', 'nearest', 'reflect'], {
      documentation: 'the values outside of the map',
      default: 'zeros',
      foreign: ['padding_mode'],
      foreignWords: { border: 'nearest', reflection: 'reflect' },
    }),
    align_corners: bool({
      documentation:
        'whether −1 and 1 mean the centres of the positions at the border (true) or the outer edges of the map (false)',
      default: 'false',
    }),
  },
  constraints: [needsPlaneOrVolume, gridMisfit, bicubicNeedsTwoAxes],
  use: 'To warp a map differentiably: spatial transformers, optical flow, stereo, registration of medical images.',
  inPyTorch: 'F.grid_sample(x, grid, align_corners=False)',
  example: `network Transformer {
  input image: [1, 28, 28]
  input grid: [28, 28, 2]
  output y = grid_sample(image, grid)
  expect y.shape == [1, 28, 28]
}`,
  infer: ({ shapes, options: { mode } }) => {
    const [x, grid] = shapes as [Shape, Shape]
    if (x.length !== 3 && x.length !== 4) return needsPlaneOrVolume.violated({ shape: x }, 0)
    const misfit = bicubicMisfit(x, mode)
    if (misfit) return misfit
    if (grid.length !== x.length || grid.at(-1) !== x.length - 1) {
      return gridMisfit.violated({ shape: x, grid }, 1)
    }
    const places = grid.slice(0, -1)
    return {
      shapes: [[x[0] as number, ...places]],
      field: [
        { kind: 'maps', maps: [SAME, ...places.map(() => WHOLE)] },
        // The grid's positions become the output's, behind its channels.
        {
          kind: 'maps',
          maps: [...places.map(() => SAME), WHOLE],
          to: [...places.map((_, i) => i + 1), null],
        },
      ],
    }
  },
})
