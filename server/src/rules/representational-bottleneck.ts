import type { LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { product } from '../model/shape'
import { showCount, showTensor } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { channelsOf, isMap } from './read/convolutions'

interface Narrow {
  readonly before: Tensor
  readonly after: Tensor
  /** The number of the layer with weights in which it happens, or that reads it, and how many there are. */
  readonly at: number
  readonly of: number
}

export const representationalBottleneck = rule({
  code: 'representational-bottleneck',
  category: 'Width, depth and cost',
  severity: 'info',
  title: 'The representation shrinks abruptly early on',
  explanation: [
    'What a network knows of its image must pass through every cut between input and output. The representation',
    'should shrink slowly on the way; if one layer throws most of it away at once, and early, no later layer brings',
    'it back. The rule counts channels times positions of the maps through which everything passes: where a skip',
    'connection, another branch or a dense connection leads past a layer, nothing is lost. Halving height and width',
    'alone shrinks a map to a quarter, as in the VGG networks, and is not found; nor is a layer that embeds the',
    'channels of the input at every position, such as one-hot symbols in WaveNet: nothing was learned before it.',
  ].join('\n'),
  source: 'Szegedy et al. 2016 (Rethinking the Inception Architecture), §2, principle 1, and §5',
  example: network('conv(64, 4, stride=4, bias=false)', 'conv(8, 4, stride=2, padding=1, bias=false)'),
  instead: network('conv(64, 4, stride=4, bias=false)', 'conv(128, 4, stride=2, padding=1, bias=false)'),
  options: {
    factor: {
      type: 'number',
      // A pooling by 2 on each axis makes 4, a little more where the size is odd; the strongest squeeze layers
      // of SqueezeNet make 8.
      default: 8,
      min: 1,
      documentation: 'a layer may leave one value of this many; more is a finding',
    },
    early: {
      type: 'number',
      default: 0.5,
      min: 0,
      documentation: 'how far into the network a layer counts as early, as a part of its layers with weights',
    },
  },
  words: ({ before, after, at, of }: Narrow) => ({
    what: `the representation shrinks from ${showTensor(before)} (${showCount(sizeOf(before))} values) to ${showTensor(after)} (${showCount(sizeOf(after))}): ${showCount(Math.round((10 * sizeOf(before)) / sizeOf(after)) / 10)} times fewer`,
    why: `all that the network knows passes through here, at layer ${at} of ${of} with weights`,
    todo: 'shrink it in smaller steps, or with more channels',
  }),
  check({ survey, options }, report) {
    for (const network of survey.networks) {
      for (const { node, data } of narrows(network, options.factor, options.early)) {
        report({ node, data })
      }
    }
  },
})

function network(first: string, second: string): string {
  return [
    'network N {',
    '  input image: [3, 128, 128]',
    '  output y = image',
    `    -> ${first} -> batchnorm -> relu`,
    `    -> ${second} -> batchnorm -> relu`,
    '    -> conv(128, 3, padding=1, bias=false) -> batchnorm -> relu',
    '    -> conv(128, 3, padding=1, bias=false) -> batchnorm -> relu',
    '}',
    '',
  ].join('\n')
}

function sizeOf({ items, shape }: Tensor): number {
  return items * product(shape)
}

/** Layers that decide how much goes on; resizing and cropping choose pixels. */
function decides({ traits }: AnyLayer): boolean {
  return traits.window === 'slides' || traits.pools !== undefined
}

/**
 * The layers after which much less is left than there was, in the first part of the network. A tensor is a cut
 * when nothing that was made before it is read after it.
 */
function* narrows(
  network: SurveyedNetwork,
  factor: number,
  early: number,
): Generator<{ readonly node: LayerNode; readonly data: Narrow }> {
  const suspects = shrinking(network, factor)
  const { layers, inputs, totals } = network.graph
  if (suspects.size === 0 || totals === undefined) return
  const of = totals.weightLayers
  // The last layer that reads any of the tensors so far, and how many layers have had weights.
  let read = -1
  let weighing = 0
  for (const { node } of inputs) if (node) read = Math.max(read, lastReader(network, node.tensor))
  for (const node of layers) {
    const at = weighing + 1
    if (at > early * of) return
    const [before] = node.inputs
    const [after] = node.outputs
    if (suspects.has(node) && read <= node.id && before && after)
      yield { node, data: { before, after, at, of } }
    for (const output of node.outputs) read = Math.max(read, lastReader(network, output))
    if (node.sharedWith === undefined) weighing += node.layer.weightLayers ?? 0
  }
}

function shrinking(network: SurveyedNetwork, factor: number): ReadonlySet<LayerNode> {
  const found = new Set<LayerNode>()
  for (const node of network.having(decides)) {
    const [before] = node.inputs
    const [after] = node.outputs
    if (!before || !after || sizeOf(before) <= factor * sizeOf(after) || !isMap(after)) continue
    if (!isEmbedding(before, after)) found.add(node)
  }
  return found
}

/** Whether most positions of a network's input keep a value, and nothing with weights has read it before. */
function isEmbedding(before: Tensor, after: Tensor): boolean {
  if (sizeOf(before) / channelsOf(before) > 2 * (sizeOf(after) / channelsOf(after))) return false
  let { source } = before
  while (source.kind === 'layer' && source.weights.length === 0 && source.inputs.length === 1)
    source = (source.inputs[0] as Tensor).source
  return source.kind === 'input'
}

function lastReader(network: SurveyedNetwork, tensor: Tensor): number {
  return network.isOutput(tensor) ? Number.POSITIVE_INFINITY : (network.readers(tensor).at(-1)?.id ?? -1)
}
