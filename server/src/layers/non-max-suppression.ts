import { GLOBAL } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { showCount, showCountOf } from '../model/show'
import { constraint, float, int, layer, networkText } from './declare'
import { unlike } from './foreign'

interface CandidatesData {
  readonly shape: Shape
  readonly items: number
  /** How many boxes there are; undefined when the tensor is neither rows nor a vector per item. */
  readonly boxes: number | undefined
}

const candidatesDiffer = constraint<CandidatesData>({
  code: 'candidates-differ',
  title: 'Tensors that do not have one row for each box',
  explanation:
    'A box is kept or dropped together with its scores and everything else that belongs to it. So every tensor needs one row, or one item, for each box.',
  example: networkText('nms(x, z, count=10) -> concat(axis=1)', '[8732, 4]', '[8700, 21]'),
  instead: networkText('nms(x, z, count=10) -> concat(axis=1)', '[8732, 4]', '[8732, 21]'),
  text: 'Every tensor has one row for each box, or is a vector for each of as many items.',
  words: ({ shape, items, boxes }) => ({
    what:
      boxes === undefined
        ? `${showShape(shape)} holds no rows of boxes`
        : `${showShape(shape)} gives ${showCountOf(boxCount(shape, items) ?? 0, 'row')} for ${showCountOf(boxes, 'box', 'boxes')}`,
    why: 'a box is kept or left out together with its scores and all else that belongs to it',
    todo:
      boxes === undefined
        ? 'bring a map to rows by anchors(fields) first'
        : `give ${showCountOf(boxes, 'row')}, or items, one for each box`,
  }),
})

interface BoxesData {
  readonly shape: Shape
}

const needsBoxes = constraint<BoxesData>({
  code: 'needs-boxes',
  title: 'Rows that do not hold boxes',
  explanation:
    'The first tensor holds the boxes: each row starts with four coordinates. They say how much two boxes overlap.',
  example: networkText('x -> nms(10)', '[8732, 3]'),
  instead: networkText('x -> nms(10)', '[8732, 4]'),
  text: 'The first tensor holds the boxes: four coordinates in each row, and whatever follows them.',
  words: ({ shape }) => ({
    what: `a row of ${showShape(shape)} has ${shape.at(-1)} numbers, and a box has 4`,
    why: 'how far boxes overlap is known by their four coordinates',
    todo: 'give the boxes first, the scores behind them',
  }),
})

interface CountData {
  readonly count: number
  readonly boxes: number
}

const countExceedsBoxes = constraint<CountData>({
  code: 'count-exceeds-boxes',
  title: 'More boxes to keep than there are',
  explanation: 'The layer drops boxes and adds none. So it cannot keep more boxes than it gets.',
  example: networkText('x -> nms(100)', '[98, 30]'),
  instead: networkText('x -> nms(20)', '[98, 30]'),
  text: '`count` is at most the number of boxes.',
  words: ({ count, boxes }) => ({
    what: `${showCount(count)} boxes cannot be kept of ${showCount(boxes)}`,
    why: 'the layer leaves boxes out and adds none',
    todo: `use a count of at most ${boxes}`,
  }),
})

export const nonMaxSuppression = layer({
  name: 'non_max_suppression',
  aliases: ['nms'],
  foreign: [
    'NonMaximumSuppression',
    ...unlike('batched_nms CombinedNMS DetectionOutput', 'keeps `count` boxes of all classes together here'),
  ],
  category: 'Regions',
  traits: { range: 'kept', reads: 'rows', regions: true },
  summary: 'Keeps the best boxes and drops each box that overlaps a better one too much.',
  details:
    'How many are left depends on the image: `count` says how many are used. Further tensors, such as scores or masks, lose the same rows as the boxes.',
  source: 'Girshick et al. 2014 (R-CNN), §2.2; Liu et al. 2016 (SSD), §3.7',
  output: '[count, F] for each of the tensors, given as rows [N, F] or as N items [F]',
  sees: 'everything',
  tensors: [
    {
      name: 'boxes',
      documentation:
        'the boxes, each row beginning with four coordinates; then further tensors that belong to them',
      rest: { min: 1 },
    },
  ],
  options: {
    count: int({
      documentation: 'the number of boxes that are kept',
      min: 1,
      foreign: ['max_output_size', 'keep_top_k', 'max_detections', 'detections_per_img', 'max_total_size'],
    }),
    overlap: float({
      documentation:
        'two boxes with a larger intersection over union than this are one object: the worse one is dropped',
      min: 0,
      max: 1,
      default: '0.5',
      foreign: ['iou_threshold', 'nms_threshold', 'nms_thresh', 'threshold'],
    }),
  },
  constraints: [candidatesDiffer, needsBoxes, countExceedsBoxes],
  use: 'As the last step of a detector, where many boxes lie on each object: the best is kept. A lower `overlap` leaves out more.',
  inPyTorch: 'boxes[0][:, torchvision.ops.nms(boxes[0][0], boxes[1][0].amax(dim=1), 0.5)[:200]]',
  example: `network Detections {
  input boxes: [8732, 4]
  input scores: [8732, 21]
  kept, labels = nms(boxes, scores, count=200)
  output y = concat(kept, labels, axis=1)
  expect kept.shape == [200, 4]
  expect y.shape == [200, 25]
}`,
  infer: ({ shapes, items, options: { count } }) => {
    const [first] = shapes as [Shape]
    const counts = shapes.map((shape, i) => boxCount(shape, items[i] as number))
    const [boxes] = counts
    const misfit = counts.findIndex((one) => one === undefined || one !== boxes)
    if (boxes === undefined || misfit >= 0) {
      const data = { shape: shapes[misfit] as Shape, items: items[misfit] as number }
      return candidatesDiffer.violated({ ...data, boxes: counts[misfit] && boxes }, misfit)
    }
    if ((first.at(-1) as number) < 4) return needsBoxes.violated({ shape: first }, 0)
    if (count > boxes) return countExceedsBoxes.violated({ count, boxes }, 'count')
    return { shapes: shapes.map((shape) => [count, shape.at(-1) as number]), items: 1, field: GLOBAL }
  },
})

/** How many boxes a tensor describes: its rows, or its items when each is a vector; undefined for other tensors. */
function boxCount(shape: Shape, items: number): number | undefined {
  if (shape.length === 1) return items
  return shape.length === 2 && items === 1 ? shape[0] : undefined
}
