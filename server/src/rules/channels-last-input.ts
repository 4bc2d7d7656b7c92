import { arrangedSizes } from '../fixes/size-texts'
import type { InputNode } from '../model/graph'
import { type Shape, showShape } from '../model/shape'
import { rule } from './frame/rule'
import { inputsOfRank, isChannelCount } from './read/inputs'

interface ChannelsLast {
  readonly input: InputNode
  readonly shape: Shape
}

/** Axes that are shorter are those of a small map whose width is that of an image's channels by chance. */
const LEAST = 8

export const channelsLastInput = rule<ChannelsLast>({
  code: 'channels-last-input',
  category: 'Axes and inputs',
  severity: 'warning',
  doubts: 'inputs',
  title: 'An input has its channels last',
  explanation: [
    'Channels are the first axis here: `[224, 224, 3]` is a map of 224 channels, 224 high and 3 wide. TensorFlow and',
    'most programs that read images have them last.',
    '',
    'The rule finds three sizes if the last could be the channels of an image (1, 3 or 4) and the others are larger and at',
    'least 8. It ignores what a `permute` or a `reshape` reads.',
  ].join('\n'),
  source: 'Keras and TensorFlow: (N, H, W, C); PyTorch and Caffe: (N, C, H, W)',
  example: file('224x224x3'),
  instead: file('3x224x224'),
  words: ({ shape }) => ({
    what: `${showShape(shape)} is a map of ${shape[0]} channels that is ${shape[2]} wide`,
    why: 'channels are the first axis',
    todo: `put the channels first: ${firstOf(shape).join('x')}`,
  }),
  check({ analysis, survey }, report) {
    for (const { node, shape } of inputsOfRank(analysis, survey, 3)) {
      const [height = 0, width = 0, channels = 0] = shape
      const isImage = isChannelCount(channels) && Math.min(height, width) >= LEAST
      if (isImage) report({ place: { file: node.file, range: node.name }, data: { input: node, shape } })
    }
  },
  fix: function* ({ analysis }, { input, shape }) {
    const edits = arrangedSizes(analysis, input, [2, 0, 1])
    const action = `Put the channels first: ${firstOf(shape).join('x')}`
    if (edits) yield { action, file: input.file, edits, shows: null }
  },
})

function firstOf([height = 0, width = 0, channels = 0]: Shape): Shape {
  return [channels, height, width]
}

function file(size: string): string {
  return `network N {\n  input image: ${size}\n  output y = image -> conv(64, 1) -> relu\n}\n`
}
