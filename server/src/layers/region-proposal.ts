import { GLOBAL } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { channelsDoNotDivide } from './constraints/channels'
import { needsMap } from './constraints/regions'
import { constraint, int, layer, networkText } from './declare'
import { unlike } from './foreign'

export const selectiveSearch = layer({
  name: 'selective_search',
  foreign: ['SelectiveSearch', 'EdgeBoxes'],
  category: 'Regions',
  traits: { range: 'any', reads: 'maps', regions: true },
  summary: 'Finds regions in the image that may show objects, by grouping similar pixels; it learns nothing.',
  details: 'How many it finds depends on the image: `count` says how many are used.',
  source: 'Uijlings et al. 2013, §3; Girshick et al. 2014 (R-CNN), §2.1',
  output: '[count, 4]',
  sees: 'everything',
  tensors: [{ name: 'image', documentation: 'the image' }],
  byPlace: ['count'],
  options: {
    count: int({
      documentation: 'the number of regions',
      min: 1,
      default: '2000',
      foreign: ['num_rois', 'num_boxes', 'max_regions'],
    }),
  },
  constraints: [needsMap],
  use: 'To rebuild R-CNN and Fast R-CNN, whose regions come from outside of the network.',
  inPyTorch: null,
  example: `network Regions {
  input image: [3, 500, 500]
  output regions = image -> selective_search
  expect regions.shape == [2000, 4]
}`,
  infer: ({ shapes, options: { count } }) => {
    const [image] = shapes as [Shape]
    if (image.length !== 3) return needsMap.violated({ shape: image }, 0)
    return { shapes: [[count, 4]], field: GLOBAL }
  },
})

interface ScoresData {
  readonly scores: Shape
  readonly boxes: Shape
  readonly items: readonly number[]
}

const proposalsDiffer = constraint<ScoresData>({
  code: 'proposals-differ',
  title: 'Scores and boxes that do not fit together',
  explanation:
    'Each candidate has its scores in `cls` and its box in `reg`, four numbers. So both are maps of the same size, or have equally many rows or items.',
  example: networkText('proposals(x, z)', '[18, 38, 50]', '[36, 38, 48]'),
  instead: networkText('proposals(x, z)', '[18, 38, 50]', '[36, 38, 50]'),
  text: '`cls` and `reg` are maps of one size, or equally many rows or items; the boxes of `reg` have four numbers each.',
  words: ({ scores, boxes }) => ({
    what: `scores ${showShape(scores)} do not fit boxes ${showShape(boxes)}`,
    why: 'each candidate has its scores in the first and four coordinates in the second tensor',
    todo: 'give maps of the same size, or as many rows of scores as of boxes, with a multiple of 4 coordinates',
  }),
})

export const proposals = layer({
  name: 'proposals',
  foreign: ['RPNProposal', 'ProposalLayer', 'GenerateProposals'],
  category: 'Regions',
  traits: { range: 'any', reads: 'rows', regions: true },
  summary: 'Keeps the regions with the best scores and drops each that overlaps a better one too much.',
  details:
    'How many are kept depends on the image: `count` says how many are used. Scores and boxes come as maps of anchors, as rows, or as items.',
  source: 'Ren et al. 2015 (Faster R-CNN), §3.3',
  output: '[count, 4]',
  sees: 'everything',
  tensors: [
    { name: 'cls', documentation: 'the scores: a map, rows, or a vector per item' },
    { name: 'reg', documentation: 'the boxes: as the scores, four numbers for each box' },
  ],
  byPlace: ['count'],
  options: {
    count: int({
      documentation: 'the number of regions',
      min: 1,
      default: '300',
      foreign: ['num_rois', 'post_nms_top_n', 'rpn_post_nms_top_n'],
    }),
  },
  constraints: [proposalsDiffer],
  use: 'Between the two stages of a Faster R-CNN: the first stage scores boxes, the best become the regions of the second.',
  inPyTorch: null,
  example: `network Proposals {
  input features: [512, 38, 50]
  hidden = features -> conv(512, 3, padding=1) -> relu
  output regions = proposals(hidden -> conv(18, 1), hidden -> conv(36, 1))
  expect regions.shape == [300, 4]
}`,
  infer: ({ shapes, items, options: { count } }) => {
    const [scores, boxes] = shapes as [Shape, Shape]
    const rows = boxes.length === 2
    const coordinates = boxes[rows ? 1 : 0] as number
    const positions = (shape: Shape) => (rows ? shape.slice(0, 1) : shape.slice(1)).join()
    const fits = scores.length === boxes.length && boxes.length <= 3 && positions(scores) === positions(boxes)
    if (!fits || coordinates % 4 !== 0) return proposalsDiffer.violated({ scores, boxes, items }, 1)
    return { shapes: [[count, 4]], items: 1, field: GLOBAL }
  },
})

export const anchors = layer({
  name: 'anchors',
  foreign: unlike('AnchorGenerator PriorBox', 'give how many numbers there are for each box'),
  category: 'Regions',
  traits: { range: 'kept', reads: 'maps', linear: true, rearranges: 'places', regions: true },
  summary: 'Makes rows of the map of a detection head: one row for each anchor at each position.',
  details: '`concat(…)` of such rows joins several levels.',
  source: 'Liu et al. 2016 (SSD), §2.1; Redmon & Farhadi 2018 (YOLOv3), §2.1',
  output: '[C/fields·∏i, fields]',
  sees: 'its own place',
  options: {
    fields: int({
      documentation: 'how many numbers each anchor has: coordinates, scores',
      min: 1,
      foreign: ['num_classes', 'box_dim'],
    }),
  },
  constraints: [needsMap, channelsDoNotDivide],
  use: 'At the end of a one-stage detector, where each position of a map predicts K boxes: the rows of all levels can then be joined and filtered together.',
  inPyTorch: 'x.permute(0, 2, 3, 1).reshape(len(x), -1, 85)',
  example: `network Head {
  input x: [255, 13, 13]
  output y = x -> anchors(85)
  expect y.shape == [507, 85]
}`,
  infer: ({ shapes, options: { fields } }) => {
    const [x] = shapes as [Shape]
    if (x.length !== 3) return needsMap.violated({ shape: x }, 0)
    const [channels, height, width] = x as [number, number, number]
    if (channels % fields !== 0) {
      const data = { what: 'channels', count: channels, divisor: fields, spelled: 'fields' }
      return channelsDoNotDivide.violated(data, 'fields')
    }
    const rows = [(channels / fields) * height * width, fields]
    return {
      shapes: [rows],
      field: { kind: 'regroup', order: [1, 2, 0], from: [height, width, channels], to: rows },
    }
  },
  formula: ({ shapes, options: { fields } }, result) => {
    const [channels, height, width] = shapes[0] as [number, number, number]
    return [`${height}·${width}·${channels}/${fields} = ${(result.shapes[0] as Shape)[0]}`]
  },
})
