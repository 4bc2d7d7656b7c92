import { GLOBAL, POINTWISE } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import { channelsDoNotDivide } from './constraints/channels'
import { constraint, layer, networkText } from './declare'

interface ScoresShapeData {
  readonly shape: Shape
  /** The items of what is selected from. */
  readonly items: number
}

const needsScores = constraint<ScoresShapeData>({
  code: 'needs-scores',
  title: 'A tensor that does not hold one row of scores for each item',
  explanation:
    'One class is chosen for each item: the one with the largest score. So the scores are a vector `[classes]`, or rows `[items, classes]` with one row for each item.',
  example: networkText('select_class(x, z)', '[81, 28, 28]', '[81, 1, 1]'),
  instead: networkText('select_class(x, z)', '[81, 28, 28]', '[81]'),
  text: 'The scores are a vector `[classes]`, or rows `[items, classes]` with one for each item.',
  words: ({ shape, items }) => ({
    what: `${showShape(shape)} are no scores for ${showCountOf(items, 'item')}`,
    why: 'one class is chosen for each item, by the largest of its scores',
    todo: `give a vector [classes], or ${items === 1 ? 'one row' : `${items} rows`} of scores`,
  }),
})

export const selectClass = layer({
  name: 'select_class',
  foreign: ['select_by_class', 'gather_class', 'class_select'],
  category: 'Regions',
  traits: { range: 'kept', reads: 'signal', linear: true, regions: true },
  summary: 'Takes, of the channels that belong to each class, those of the class with the best score.',
  details:
    'The channels of a class lie together: of C channels for K classes, class k has those from k·C/K up to, not including, (k + 1)·C/K.',
  source: 'He et al. 2017 (Mask R-CNN), §3; Chen et al. 2018 (MaskLab), §3.1',
  output: '[C/classes, i …]; classes being the number of scores',
  sees: 'its own place; all of the scores',
  tensors: [
    { name: 'x', documentation: 'a map or a vector with equally many channels for each class' },
    { name: 'scores', documentation: 'the scores, [classes], or a row of them for each item' },
  ],
  constraints: [needsScores, channelsDoNotDivide],
  use: 'Behind a head that predicts one mask or one box for every class: the one of the class that was recognised is used.',
  inPyTorch: 'x[range(len(x)), scores.argmax(dim=1)].unsqueeze(1)',
  example: `network Mask {
  input masks: [80, 28, 28]
  input scores: [80]
  output y = select_class(masks, scores)
  expect y.shape == [1, 28, 28]
}`,
  infer: ({ shapes, items: [own = 1, others = 1] }) => {
    const [x, scores] = shapes as [Shape, Shape]
    const rows = scores.length === 2 && others === 1 && scores[0] === own
    if (scores.length !== 1 && !rows) return needsScores.violated({ shape: scores, items: own }, 1)
    const [channels, ...positions] = x as [number, ...number[]]
    const classes = scores.at(-1) as number
    if (channels % classes !== 0) {
      const data = { what: 'channels', count: channels, divisor: classes, spelled: 'classes' }
      return channelsDoNotDivide.violated(data, 0)
    }
    return { shapes: [[channels / classes, ...positions]], field: [POINTWISE, GLOBAL] }
  },
  formula: ({ shapes }, result) => {
    const [x, scores] = shapes as [Shape, Shape]
    return [`channels ${x[0]}/${scores.at(-1)} = ${(result.shapes[0] as Shape)[0]}`]
  },
})
