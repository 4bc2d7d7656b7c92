import { arrangedSizes } from '../fixes/size-texts'
import type { InputNode, LayerNode } from '../model/graph'
import { type Shape, showShape } from '../model/shape'
import { rule } from './frame/rule'
import { firstReaders, inputsOfRank, isChannelCount, type SizedInput, sizesWritten } from './read/inputs'

interface Batched {
  readonly input: InputNode
  readonly shape: Shape
}

export const batchInInput = rule<Batched>({
  code: 'batch-in-input',
  category: 'Axes and inputs',
  severity: 'warning',
  doubts: 'inputs',
  title: 'An input has a batch axis',
  explanation: [
    'Tensors have no batch axis here: `[32, 3, 224, 224]` is a volume of 32 channels, 3 deep, and a convolution on it',
    'is one over three axes. Most often an image was meant, with its batch first, as in PyTorch.',
    '',
    'The rule finds four sizes if the second could be the channels of an image (1, 3 or 4) and the first could not:',
    '`3x16x112x112` is a video clip. What a `permute` or a `reshape` reads, and what a window of three axes reads',
    '(`conv(64, [3, 7, 7])`), is ignored.',
  ].join('\n'),
  source: 'PyTorch and Caffe: (N, C, H, W); a volume is [C, D, H, W], as in Tran et al. 2015 (C3D), §3',
  example: file('32x3x224x224'),
  instead: file('3x224x224'),
  words: ({ shape }) => ({
    what: `${showShape(shape)} is a volume of ${shape[0]} channels that is ${shape[1]} deep`,
    why: 'inputs have no batch axis, and the first size is their channels',
    todo: `leave the batch out: ${shape.slice(1).join('x')}`,
  }),
  check({ analysis, survey }, report) {
    for (const input of inputsOfRank(analysis, survey, 4)) {
      const { node, shape } = input
      if (!isChannelCount(shape[1]) || isChannelCount(shape[0]) || isReadAsVolume(input)) continue
      report({ place: { file: node.file, range: node.name }, data: { input: node, shape } })
    }
  },
  fix: function* ({ analysis }, { input, shape }) {
    const edits = arrangedSizes(analysis, input, [1, 2, 3])
    const action = `Leave the batch out: ${shape.slice(1).join('x')}`
    if (edits) yield { action, file: input.file, edits, shows: null }
  },
})

function file(size: string): string {
  return `network N {\n  input image: ${size}\n  output y = image -> conv(64, 1) -> relu\n}\n`
}

/** Whether a text gives a layer that reads the input sizes along three axes. */
function isReadAsVolume({ network, node }: SizedInput): boolean {
  const isOfThree = ({ written }: LayerNode) =>
    written.options.some(({ argument: { value } }) => sizesWritten(value) === 3)
  return firstReaders(network, node).some(isOfThree)
}
