import { GLOBAL, POINTWISE } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { channelsDoNotDivide } from './constraints/channels'
import { constraint, faulty, layer } from './declare'

export interface ScoresShapeData {
  readonly shape: Shape
}

export const needsScores = constraint<ScoresShapeData>({
  code: 'needs-scores',
  example: faulty('select_class(x, z)', '[81, 28, 28]', '[81, 1, 1]'),
  text: 'The scores are a vector with one value for each class.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} is no vector of scores`,
    why: 'one class is chosen for each item, by the largest of its scores',
    todo: 'flatten the scores, one value for each class',
  }),
})

export const selectClass = layer({
  name: 'select_class',
  foreign: ['select_by_class', 'gather_class', 'class_select'],
  category: 'Regions',
  summary: 'Of the channels that belong to each class, those of the class with the best score.',
  details:
    'The channels of a class lie together: with K classes and C channels class k owns the channels from k·C/K up to (k + 1)·C/K.',
  source: 'He et al. 2017 (Mask R-CNN), §3; Chen et al. 2018 (MaskLab), §3.1',
  output: '[C/classes, i …]',
  sees: 'its own place, and everything that the scores see',
  tensors: [
    { name: 'x', documentation: 'a map or a vector with equally many channels for each class' },
    { name: 'scores', documentation: 'the scores, [classes]' },
  ],
  constraints: [needsScores, channelsDoNotDivide],
  example: `network Mask {
  input masks: [80, 28, 28]
  input scores: [80]
  output y = select_class(masks, scores)
  expect y.shape == [1, 28, 28]
}`,
  infer: ({ shapes }) => {
    const [x, scores] = shapes as [Shape, Shape]
    if (scores.length !== 1) return needsScores.violated({ shape: scores }, 1)
    const [channels, ...positions] = x as [number, ...number[]]
    const [classes] = scores as [number]
    if (channels % classes !== 0) {
      const data = { what: 'channels', count: channels, divisor: classes, spelled: 'classes' }
      return channelsDoNotDivide.violated(data, 0)
    }
    return { shapes: [[channels / classes, ...positions]], field: [POINTWISE, GLOBAL] }
  },
  formula: ({ shapes }, result) => {
    const [x, scores] = shapes as [Shape, Shape]
    return [`channels ${x[0]}/${scores[0]} = ${(result.shapes[0] as Shape)[0]}`]
  },
})
