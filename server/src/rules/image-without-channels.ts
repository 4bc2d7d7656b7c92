import { callChain } from '../../../grammar/calls'
import type { Argument, Call } from '../../../grammar/tree'
import { arrangedSizes } from '../fixes/size-texts'
import { findLayer } from '../layers'
import { isConvolution } from '../layers/traits'
import type { Frame, InputNode, LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { type Shape, showShape } from '../model/shape'
import { isTensor, isUnknown } from '../model/value'
import { rule } from './frame/rule'
import { keepsAxes } from './read/axes'
import { firstReaders, inputsOfRank, type SizedInput, sizesWritten } from './read/inputs'

interface Grey {
  readonly input: InputNode
  readonly shape: Shape
}

export const imageWithoutChannels = rule<Grey>({
  code: 'image-without-channels',
  category: 'Axes and inputs',
  severity: 'warning',
  doubts: 'inputs',
  title: 'An image has no channels',
  explanation: [
    'Two sizes are the channels and the length of a signal: `28x28` has 28 channels, and its convolutions slide along',
    'one axis. A grey image has one channel, `1x28x28`.',
    '',
    'Two equal sizes are found where a layer with a kernel of two axes reads them, or where convolution and pooling',
    'follow as they would on an image. A signal that is as long as it has channels says so: `signal([28, 28])`.',
  ].join('\n'),
  source: 'by definition: [C, L] has one spatial axis; LeCun et al. 1998 (LeNet-5) read 1×32×32',
  example: file('28x28'),
  instead: file('1x28x28'),
  words: ({ shape }) => ({
    what: `${showShape(shape)} is a signal of ${shape[0]} channels with one spatial axis`,
    why: 'the first size is the channels, of which a grey image has one',
    todo: `write 1x${shape.join('x')} for an image, signal([${shape.join(', ')}]) for a signal`,
  }),
  check({ analysis, survey }, report) {
    for (const input of inputsOfRank(analysis, survey, 2)) {
      const { node, shape } = input
      if (shape[0] !== shape[1] || shape[0] === 1 || node.axes !== undefined) continue
      if (!isPooledLikeAnImage(input) && !meetsFlatKernel(input)) continue
      report({ place: { file: node.file, range: node.name }, data: { input: node, shape } })
    }
  },
  fix: function* ({ analysis }, { input, shape }) {
    const image = arrangedSizes(analysis, input, ['1', 0, 1])
    const { file } = input
    if (image) yield { action: `Write 1x${shape.join('x')}`, file, edits: image, shows: null }
  },
})

function file(size: string): string {
  return `network N {\n  input image: ${size}\n  output y = image -> conv(32, 3, padding=1) -> relu -> maxpool(2) -> flatten -> linear(10)\n}\n`
}

function poolsWindows({ traits }: AnyLayer): boolean {
  return traits.pools?.over === 'windows'
}

/** Whether convolutions read the input, and a pooling what they make. */
function isPooledLikeAnImage({ network, node }: SizedInput): boolean {
  const convolutions = firstReaders(network, node).filter(({ layer }) => isConvolution(layer))
  const seen = new Set<LayerNode>(convolutions)
  for (const from of seen) {
    for (const reader of from.outputs.flatMap((output) => network.readers(output))) {
      if (poolsWindows(reader.layer)) return true
      if (isConvolution(reader.layer) || keepsAxes(reader)) seen.add(reader)
    }
  }
  return false
}

/** Whether a layer that is at fault with the input has a window of two axes. */
function meetsFlatKernel({ network, node }: SizedInput): boolean {
  return network.graph.passages.some(({ site, frame, before, value }) => {
    if (!isUnknown(value)) return false
    const calls = callChain(site)
    const reads = before ? isTensor(before) && comesFrom(before.tensor, node) : isNamed(calls, frame, node)
    return reads && calls.some(hasFlatWindow)
  })
}

/** Whether a call in the network's own body is written with the input's name. */
function isNamed(calls: readonly Call[], { call }: Frame, { name }: InputNode): boolean {
  const isName = ({ value }: Argument) => value.kind === 'name' && value.name === name.name
  return call === undefined && calls.some(({ args }) => args.some(isName))
}

/** Whether a tensor is the input, or made of it by layers that leave its axes what they are. */
function comesFrom({ source }: Tensor, input: InputNode): boolean {
  let at = source
  while (at.kind === 'layer') {
    const [first] = at.inputs
    if (!keepsAxes(at) || first === undefined) return false
    at = first.source
  }
  return at === input
}

function hasFlatWindow({ callee, args }: Call): boolean {
  const layer = callee.kind === 'name' ? findLayer(callee.name) : undefined
  const hasWindow = layer !== undefined && (isConvolution(layer) || poolsWindows(layer))
  return hasWindow && args.some(({ value }) => sizesWritten(value) === 2)
}
