import type { Analysis } from '../check/analysis'
import { setOptionOf } from '../fixes/set-option'
import { type OptionTarget, optionTargets } from '../fixes/targets'
import { isLearnedLinear } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { product } from '../model/shape'
import { showCountOf } from '../model/show'
import { rule } from './frame/rule'
import { type Survey, type SurveyedNetwork, surveyOf } from './frame/survey'
import { flattens } from './read/chains'
import { subtractsMeans } from './read/normalisations'

interface Cancelled {
  readonly node: LayerNode
  readonly norm: LayerNode
  readonly values: number
}

/**
 * Layers whose bias is one value for each channel. A separable convolution has two, and the first reaches the
 * output through a 1×1 convolution, as one value for each channel too.
 */
function isBiased(layer: AnyLayer): boolean {
  return isLearnedLinear(layer) && layer.options.bias !== undefined && !layer.traits.perPosition
}

/**
 * What is added to all values of a channel alike is added to what these give as well. A mean that counts zeros of
 * a padding is none of them, and where values of several channels come together in one their sums differ.
 */
function carriesSums(node: LayerNode): boolean {
  const { traits, options } = node.layer
  const { pools, interpolates } = traits
  if (interpolates) return true
  if (pools) return pools.by === 'largest' || (pools.by === 'average' && options.padding === undefined)
  return flattens(node)
}

export const biasBeforeBatchnorm = rule<Cancelled>({
  code: 'bias-before-batchnorm',
  category: 'Order and redundancy',
  severity: 'hint',
  title: 'A bias that the normalisation after it cancels',
  explanation: [
    'Batch normalisation subtracts the mean of each channel, and with it the bias that was added to the channel.',
    'The bias changes nothing, but it is stored, trained and counted; the shift that the normalisation learns does',
    'its work. The same holds for instance normalisation and for group normalisation with one channel per group.',
    'Layer normalisation takes its mean over the channels together and does not cancel a bias.',
  ].join('\n'),
  source: 'Ioffe & Szegedy 2015, §3.2: “the bias b can be ignored since its effect will be canceled”',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3) -> batchnorm -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, bias=false) -> batchnorm -> relu\n}\n',
  everywhere: true,
  words: ({ norm, values }) => ({
    what: `the bias (${showCountOf(values, 'parameter')}) has no effect: \`${norm.layer.name}\` cancels it`,
    why: 'each channel loses its mean there, and with it what was added to all of the channel',
    todo: 'set bias=false',
  }),
  check({ survey }, report) {
    for (const data of cancelled(survey)) {
      const { node, norm } = data
      const message = `${norm.layer.name} subtracts the mean here`
      report({ node, option: 'bias', data, related: [{ file: norm.file, range: norm.site, message }] })
    }
  },
  fixes: ['same-function'],
  fix: (context, { node }) => {
    const { analysis } = context
    const isExact = exactly(analysis, node)
    // The layer's own call is exact: all that it stands for is at fault.
    const keep = (target: OptionTarget) => target.site === node.site || isExact(target)
    return setOptionOf(context, node, 'bias', 'false', { own: node.site, shows: null, keep })
  },
})

/**
 * Tells whether a text (an argument in a caller, a default, a layer with a name) gives its bias to all that the
 * layer's own text stands for, and to nothing that needs it.
 */
function exactly(analysis: Analysis, { site }: LayerNode): (target: OptionTarget) => boolean {
  let texts: { readonly isOwn: boolean; readonly keys: ReadonlySet<string> }[] | undefined
  const read = () => {
    const survey = surveyOf(analysis)
    const atFault = new Set([...cancelled(survey)].map(({ node }) => node))
    const nodes = survey.networks.flatMap((network) => network.having(isBiased))
    return nodes
      .filter((node) => node.site === site || !atFault.has(node))
      .map((node) => ({
        isOwn: node.site === site,
        keys: new Set(optionTargets(analysis, node, 'bias').map(({ key }) => key)),
      }))
  }
  return ({ key }) => {
    texts ??= read()
    return texts.every(({ isOwn, keys }) => keys.has(key) === isOwn)
  }
}

function* cancelled(survey: Survey): Generator<Cancelled> {
  for (const network of survey.networks) {
    for (const node of network.having(isBiased)) {
      const [output] = node.outputs
      if (node.options.bias !== true || output === undefined || isRows(node)) continue
      const norm = cancelling(output, network)
      if (norm) yield { node, norm, values: biasesOf(node) }
    }
  }
}

/** On rows a linear layer has one bias for each feature, and what follows takes the rows for channels. */
function isRows({ layer, outputs }: LayerNode): boolean {
  return layer.traits.reads === 'rows' && outputs[0]?.shape.length !== 1
}

/** A normalisation that subtracts the channels' means, where every reader of the tensor is one. */
function cancelling(tensor: Tensor, network: SurveyedNetwork): LayerNode | undefined {
  let norm: LayerNode | undefined
  const open = [tensor]
  for (let at = open.pop(); at; at = open.pop()) {
    const readers = network.readers(at)
    if (readers.length === 0 || network.isOutput(at)) return undefined
    for (const reader of readers) {
      if (reader.inputs[0] === at && carriesSums(reader)) open.push(reader.outputs[0] as Tensor)
      else if (subtractsMeans(reader)) norm = reader
      else return undefined
    }
  }
  return norm
}

function biasesOf({ weights }: LayerNode): number {
  let sum = 0
  for (const { name, shape } of weights) if (name.endsWith('bias')) sum += product(shape)
  return sum
}
