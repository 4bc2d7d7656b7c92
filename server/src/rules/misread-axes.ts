import { innermostCallee } from '../../../grammar/calls'
import type { Candidate, FixContext } from '../fixes/fix'
import { addLayers, addLayersToTensor, type Written } from '../fixes/flow-text'
import { setOptionOf } from '../fixes/set-option'
import { flatten } from '../layers/flatten'
import { permute } from '../layers/permute'
import { isFullyConnected, isSoftmax } from '../layers/traits'
import type { Frame, LayerNode, NetworkGraph, Tensor } from '../model/graph'
import type { Place, RelatedPlace } from '../model/problem'
import { type Shape, sameShape, showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import type { AxesKind } from '../model/traits'
import { rule } from './frame/rule'
import { type SurveyedNetwork, surveyOf } from './frame/survey'
import {
  axesOf,
  type Decision,
  keepsAxes,
  kindRead,
  type Misreading,
  otherKind,
  type Refusal,
} from './read/axes'
import { removal } from './read/removal'
import { countTexts, innermostText } from './read/wholly'

interface MisreadByLayer extends Misreading {
  readonly shape: Shape
  readonly graph: NetworkGraph
  /** Where the text of the layer is right elsewhere: the call that leads to this application. */
  readonly call: Place | undefined
}

interface MisreadByInput extends Refusal {
  readonly shape: Shape
}

type Misread = MisreadByLayer | MisreadByInput

export const misreadAxes = rule<Misread>({
  code: 'misread-axes',
  category: 'Axes and inputs',
  severity: 'warning',
  title: 'A layer reads channels as steps, or steps as channels',
  explanation: [
    'A tensor of two axes is a signal [C, L], channels first, or it is rows [T, F], one row of features for each',
    'step. Convolutions, poolings and batch normalisation read and make signals; `linear`, `layernorm` and recurrent',
    'layers read and make rows. The shapes fit either way, so that nothing fails when a layer takes one for the',
    'other: behind a convolution with 64 channels `lstm` walks over 64 steps, each with the whole time axis as its',
    'features. `permute([1, 0])` turns one into the other.',
    '',
    'What a tensor is follows from what made it. Activations, `dropout`, `add`, `concat`, `slice` and their like pass',
    'it on, and `permute([1, 0])` swaps it. An input may say it: `input x: rows([196, 768])`, `signal([1, 1000])`.',
    'A plain list, what `matmul` makes and most reshapes are undecided until the first layer reads them as one or the',
    'other, and that layer is never found.',
    '',
    'Behind a `permute`, or a map flattened to [C, H·W], `linear` is meant to mix positions (MLP-Mixer) and is not',
    'found. Where a signal and rows are added, joined or multiplied and both are certain, the tensor that comes second is',
    'found, and so is what comes into a network whose input says that it is the other.',
    '',
    '`softmax` is found where it takes the shares of a signal of several channels along the positions and no',
    '`axis` says that this is meant.',
  ].join('\n'),
  source:
    'by definition of the layers: PyTorch’s Conv1d reads (N, C, L), its LSTM with batch_first (N, L, F); mixing positions: Tolstikhin et al. 2021 (MLP-Mixer), §2',
  example: file('lstm(128)'),
  instead: file('permute([1, 0]) -> lstm(128)'),
  words: (data) => {
    const { kind, decided, shape } = data
    const why = reason(decided, kind)
    const [is, other] = [spelled(shape, kind), spelled(shape, otherKind(kind))]
    if ('given' in data) {
      const { name, frame } = data.given
      return {
        what: `${showShape(shape)} is ${is}, and the input \`${name.name}\` of ${frame.declaration.name.name} takes ${other}`,
        why,
        todo: `put ${SWAP} before it`,
      }
    }
    const { node, beside } = data
    const name = `\`${node.layer.name}\``
    if (beside === undefined)
      return { what: `${showShape(shape)} is ${is}, and ${name} reads ${other}`, why, todo: remedy(node) }
    return {
      what: `${showShape(shape)} is ${is}, and ${name} meets it with ${other}`,
      why: `${why}, and ${reason(beside, otherKind(kind))}`,
      todo: `put ${SWAP} before one of the two`,
    }
  },
  check({ survey, analysis }, report) {
    for (const refusal of survey.networks.flatMap(({ graph }) => axesOf(graph).refused)) {
      const { frame, tensor } = refusal.given
      if (frame.call === undefined) continue
      const { file, site } = frame.call
      const place = { file, range: innermostCallee(site) }
      report({ place, frame: frame.call.frame, data: { ...refusal, shape: tensor.shape } })
    }
    const found = survey.networks.flatMap(({ graph }) =>
      axesOf(graph).misread.map((misreading) => ({ ...misreading, graph })),
    )
    if (found.length === 0) return
    const nodes = new Set(found.map(({ node }) => node))
    const sites = new Set(found.map(({ node }) => node.site))
    const alike = survey.networks.flatMap(({ graph }) => graph.layers.filter(({ site }) => sites.has(site)))
    const texts = countTexts(alike, nodes)
    for (const misreading of found) {
      const { node, decided, tensors, beside } = misreading
      const input = node.inputs[tensors[0] ?? 0]
      if (input === undefined) continue
      const call = innermostText(node, texts)
      const related = [decided, ...(beside ? [beside] : [])]
        .filter(({ by }) => by.file === analysis.uri)
        .map(placeOf)
      const data = { ...misreading, shape: input.shape, call: call?.place }
      report({ ...(call ?? { node }), data, related })
    }
  },
  fix: fixes,
})

function file(layers: string): string {
  return [
    'network N {',
    '  input recording: [1, 1000]',
    `  output y = recording -> conv(64, 5) -> relu -> maxpool(4) -> ${layers}`,
    '}',
    '',
  ].join('\n')
}

/** `64 channels at 249 positions`, `249 rows of 64 features`. */
function spelled([first = 0, second = 0]: Shape, kind: AxesKind): string {
  if (kind === 'rows') return `${showCountOf(first, 'row')} of ${showCountOf(second, 'feature')}`
  return `${showCountOf(first, 'channel')} at ${showCountOf(second, 'position')}`
}

/** Why a tensor is what it is. */
function reason({ by, how, kind: was }: Decision, kind: AxesKind): string {
  const what = was === 'rows' ? 'rows' : 'a signal'
  const name = by.kind === 'input' ? `the input \`${by.name.name}\`` : `\`${by.layer.name}\``
  const verb = { made: 'makes', read: 'reads', said: 'says' }[how]
  if (was !== kind) return `its axes were swapped behind ${name}, which ${verb} ${what}`
  if (how === 'said') return `${name} says that it is ${what}`
  return how === 'made' ? `what ${name} makes is ${what}` : `${name} has read it as ${what} before`
}

function remedy({ layer }: LayerNode): string {
  if (isSoftmax(layer))
    return 'name the axis: axis=0 for the channels at each position, axis=1 for the positions'
  if (isFullyConnected(layer)) return 'flatten it to a vector first, or put permute([1, 0]) before it'
  return 'put permute([1, 0]) before it'
}

const WHERE = { made: 'it was made here', read: 'it was read first here', said: 'the input is here' }

function placeOf({ by, how }: Decision): RelatedPlace {
  return { file: by.file, range: by.kind === 'input' ? by.name : by.site, message: WHERE[how] }
}

const SWAP = `${permute.name}([1, 0])`

function* fixes(context: FixContext, data: Misread): Generator<Candidate> {
  if ('given' in data) {
    const { frame, position } = data.given
    if (frame.call) yield* insert(context, frame.call, [position], SWAP)
    return
  }
  const { node, tensors, kind, graph, call } = data
  if (call) {
    for (let at: Frame | undefined = node.frame; at?.call; at = at.call.frame) {
      if (at.call.file === call.file && at.call.site.start === call.range.start)
        yield* insert(context, at.call, [0], SWAP)
    }
    return
  }
  if (isSoftmax(node.layer)) yield* setOptionOf(context, node, 'axis', 0, { own: node.site })
  if (isFullyConnected(node.layer) && kind === 'signal') yield* insert(context, node, tensors, flatten.name)
  const network = surveyOf(context.analysis).networks.find((each) => each.graph === graph)
  const inputs = tensors.map((tensor) => node.inputs[tensor])
  const swap = onlySwap(network, inputs)
  if (swap) yield* removal(context, swap)
  const isFirst = data.beside === undefined && tensors.every((tensor) => tensor === 0)
  const isSwappedBack = isFirst && network !== undefined && isReadAs(network, node, kind)
  if (isSwappedBack) yield* around(context, node)
  else yield* insert(context, node, tensors, SWAP)
  if (isFirst && !isSwappedBack && keepsShape(node)) yield* around(context, node)
}

/** The layer that swaps the axes of the tensor for this one reader alone. */
function onlySwap(
  network: SurveyedNetwork | undefined,
  [input, ...others]: readonly (Tensor | undefined)[],
): LayerNode | undefined {
  if (others.length > 0) return undefined
  if (input?.source.kind !== 'layer' || input.source.layer.traits.rearranges !== 'axes') return undefined
  return network?.onlyReader(input) ? input.source : undefined
}

function keepsShape({ inputs: [input], outputs: [output] }: LayerNode): boolean {
  return input !== undefined && output !== undefined && sameShape(input.shape, output.shape)
}

function* insert(
  { analysis }: FixContext,
  before: Written,
  tensors: readonly number[],
  layers: string,
): Generator<Candidate> {
  const { file, site } = before
  const edits = tensors.map((tensor) => addLayersToTensor(analysis, before, tensor, layers))
  if (!edits.every((each) => each !== undefined)) return
  yield { action: `Insert ${layers}`, file, edits: edits.flat(), shows: { file, range: site } }
}

function* around({ analysis }: FixContext, node: LayerNode): Generator<Candidate> {
  const before = addLayers(analysis, node, 'before', SWAP)
  const after = addLayers(analysis, node, 'after', SWAP)
  if (before === undefined || after === undefined) return
  const { file } = node
  yield { action: `Insert ${SWAP} before and after`, file, edits: [...before, ...after], shows: null }
}

/**
 * Whether what comes out is wanted as what went in is: read so, or met by a tensor that is so. Layers that pass the
 * axes on are looked through.
 */
function isReadAs(network: SurveyedNetwork, node: LayerNode, kind: AxesKind): boolean {
  const { kindOf } = axesOf(network.graph)
  const seen = new Set<LayerNode>([node])
  for (const from of seen) {
    for (const output of from.outputs) {
      for (const reader of network.readers(output)) {
        const read = kindRead(reader)
        if (read === kind) return true
        if (read !== undefined || !keepsAxes(reader)) continue
        if (reader.inputs.some((input) => input !== output && kindOf(input) === kind)) return true
        seen.add(reader)
      }
    }
  }
  return false
}
