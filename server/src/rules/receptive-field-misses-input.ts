import type { LayerNode, Tensor } from '../model/graph'
import { extentAlong } from '../model/measure-field'
import { axisNames } from '../model/shape'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { isClassifier, spatialInput } from './read/classifier'

interface Local {
  readonly node: LayerNode
  readonly axis: string
  /** What a value sees along it before all are pooled, in input pixels, and the input's size. */
  readonly extent: number
  readonly pixels: number
}

export const receptiveFieldMissesInput = rule({
  code: 'receptive-field-misses-input',
  category: 'Receptive field',
  severity: 'warning',
  title: 'What is pooled over the image has seen little of it',
  explanation: [
    'Global pooling averages what each position has found, and forgets where. If a position sees a small part of the image,',
    'the network knows which parts occur, but not how they are arranged: it does not notice patterns larger than the receptive',
    'field. Such a network can classify well by texture (Brendel & Bethge 2019, BagNet), if that is what',
    'is wanted.',
    '',
    'The rule looks at classifiers, whose output is one vector per image. A linear layer on a flattened map tells',
    'positions apart and sees them all. Objects seldom fill the whole image, so that it is enough to see most of it:',
    'NIN pools over values that see 27 of 32 pixels. The rule is about images and volumes only: pooling features of',
    'short pieces over a whole text, sound or time series is how networks for them work (Kim 2014, M5). So does a',
    'network whose kernels are all 1 take its input for a set of points (PointNet).',
  ].join('\n'),
  source:
    'Richter et al. 2023, Receptive Field Analysis for Optimizing Convolutional Neural Network Architectures Without Training (feasible input resolutions); Brendel & Bethge 2019, Approximating CNNs with Bag-of-local-Features Models Works Surprisingly Well on ImageNet',
  example: file(64),
  instead: file(16),
  options: {
    share: {
      type: 'number',
      default: 0.5,
      min: 0,
      documentation: 'The least share of the input’s height and width that a pooled value should see.',
    },
  },
  words: ({ axis, extent, pixels }: Local) => ({
    what: `what is pooled here has seen ${extent} of the input’s ${pixels} pixels of ${axis}`,
    why: 'pooling over all positions does not relate what lies further apart',
    todo: 'add layers, strides or dilation before it, or use a smaller input',
  }),
  check({ survey, options }, report) {
    for (const network of survey.networks) {
      for (const data of local(network, options.share)) report({ node: data.node, data })
    }
  },
})

function file(size: number): string {
  return [
    'network N {',
    `  input image: [3, ${size}, ${size}]`,
    '  x = image -> conv(8, 3, padding=1) -> relu -> maxpool(2) -> conv(8, 3, padding=1) -> relu',
    '  output y = x -> global_avgpool -> flatten -> linear(10)',
    '}',
    '',
  ].join('\n')
}

/**
 * The maps whose values the outputs of a classifier put together without telling their positions apart, where they see
 * less than a share of the input; none where some layer tells positions apart.
 */
function local(network: SurveyedNetwork, share: number): readonly Local[] {
  if (!isClassifier(network)) return []
  const { graph } = network
  const input = spatialInput(graph)
  const found: Local[] = []
  const met = new Set<Tensor>()
  const open = graph.outputs.flatMap(({ tensor }) => tensor ?? [])
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    const field = tensor.fields[input]
    if (!field || met.has(tensor)) continue
    met.add(tensor)
    const { source } = tensor
    if (source.kind === 'layer' && field.axes.every(({ strips }) => strips.length === 0)) {
      if (source.layer.traits.pools === undefined) open.push(...source.inputs)
      else for (const before of source.inputs) found.push(...short(source, before, input, share))
      continue
    }
    const map = mapOf(tensor, input)
    if (map === undefined || map.shape.slice(1).some((size) => size > 1)) return []
    if (map.source.kind === 'layer') found.push(...short(map.source, map, input, share))
  }
  return found
}

/** The map that a local tensor was flattened from: itself while its positions have an order. */
function mapOf(tensor: Tensor, input: number): Tensor | undefined {
  let at: Tensor | undefined = tensor
  while (at?.fields[input]?.axes.some(({ along }) => along === null)) {
    const { source }: Tensor = at
    at = source.kind === 'layer' ? source.inputs[0] : undefined
  }
  return at
}

/** The first axis along which the values of a map see too little of the input. */
function short(node: LayerNode, { fields, shape }: Tensor, input: number, share: number): readonly Local[] {
  const field = fields[input]
  // A squeeze and excitation, say, has told every value of the whole image.
  if (!field || field.context || field.axes.length < 2) return []
  // Kernels of 1 everywhere are meant: the input is a set, whose members have no neighbours.
  if (field.axes.every((each) => extentAlong(each, shape) === 1)) return []
  for (const [axis, each] of field.axes.entries()) {
    const extent = extentAlong(each, shape)
    if (extent === null || extent >= share * each.pixels) continue
    return [{ node, axis: axisNames(field.axes.length)[axis] as string, extent, pixels: each.pixels }]
  }
  return []
}
