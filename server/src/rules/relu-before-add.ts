import { followsFirst, isConvolution, isForTraining, valueRangeOf } from '../layers/traits'
import type { Frame, LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { spatial } from '../model/shape'
import { type FindingPlace, rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { madeBy } from './read/chains'
import { isAlways } from './read/convolutions'

interface Found {
  readonly activation: LayerNode
  readonly sum: LayerNode
}

export const reluBeforeAdd = rule<Found>({
  code: 'relu-before-add',
  category: 'Order and redundancy',
  severity: 'info',
  title: 'A residual branch ends with ReLU',
  explanation: [
    'What a branch adds should be able to correct the shortcut in both directions. After ReLU, or another activation',
    'that is never negative, the branch can only raise the values: they grow from unit to unit, and later layers have',
    'to undo it. He et al. measured 7.84 % error on CIFAR-10 with ReLU before the addition, where the original unit',
    'has 6.61 % and the one with full pre-activation 6.37 % (ResNet-110).',
    '',
    'The rule is about residual sums only: one operand is the unit’s input, as it is or through a projection, the other',
    'comes from the same input through layers with weights. Gates, the sums of a feature pyramid, of an encoder with',
    'its decoder and of equal branches are not.',
  ].join('\n'),
  source: 'He et al. 2016 (Identity Mappings), §4.1, table 2, figure 4 (c)',
  example:
    'network N {\n  input image: [16, 32, 32]\n  branch = image -> conv(16, 3, padding=1) -> relu\n  output y = add(image, branch) -> conv(8, 1)\n}\n',
  instead:
    'network N {\n  input image: [16, 32, 32]\n  branch = image -> conv(16, 3, padding=1)\n  output y = add(image, branch) -> relu -> conv(8, 1)\n}\n',
  words: ({ activation, sum }) => ({
    what: `the residual branch ends with \`${activation.layer.name}\`, right before \`${sum.layer.name}\``,
    why: 'what it adds is never negative, so that the values can only grow from unit to unit',
    todo: `end the branch with its convolution or normalisation, and put \`${activation.layer.name}\` after the addition or at the start of the branch`,
  }),
  check({ survey }, report) {
    for (const sum of layersHaving(survey, ({ traits }) => traits.merges === 'added')) {
      for (const input of sum.inputs) {
        const activation = lastActivation(input)
        if (activation === undefined || !isResidual(activation, input, sum)) continue
        const { file, site } = sum
        const related = [{ file, range: { start: site.start, end: site.end }, message: 'it is added here' }]
        report({ ...placeIn(sum.frame, activation), data: { activation, sum }, related })
      }
    }
  },
})

/** The activation that a branch ends with, when its values are never negative; what leaves every value as it is follows. */
function lastActivation(tensor: Tensor): LayerNode | undefined {
  const node = madeBy(tensor, ({ layer }) => isForTraining(layer) || isUnchanged(layer))
  if (!node?.layer.traits.activation) return undefined
  const range = valueRangeOf(node)
  return typeof range === 'object' && range.least >= 0 ? node : undefined
}

function isUnchanged({ traits }: AnyLayer): boolean {
  return traits.elementwise === true && traits.rearranges !== undefined
}

/** The layers of a unit are few; what is longer is a part of the network with a connection around it. */
const MOST_LAYERS = 64

/** Whether another operand of the sum is what the branch started from. */
function isResidual(activation: LayerNode, branch: Tensor, sum: LayerNode): boolean {
  return sum.inputs.some((other) => {
    if (other === branch) return false
    const starts = shortcutOf(other)
    const between = activation.id - (starts.at(-1) as Tensor).source.id
    return between > 0 && between <= MOST_LAYERS && leadsFrom(starts, activation)
  })
}

/** What a shortcut changes of its input beside one convolution: its size, its channels' number and scale. */
function isShaping(layer: AnyLayer): boolean {
  const { normalises, linear, elementwise, pools, pads, cuts } = layer.traits
  if (!followsFirst(layer)) return false
  return (
    normalises !== undefined ||
    (linear === true && elementwise === true) ||
    pools?.over === 'windows' ||
    pads === true ||
    cuts === 'part'
  )
}

/** The tensors that a shortcut may start from: itself, and those before a projection. */
function shortcutOf(tensor: Tensor): readonly Tensor[] {
  const starts = [tensor]
  let projections = 0
  for (let at = tensor; at.source.kind === 'layer'; ) {
    const { layer, inputs } = at.source
    if (isConvolution(layer) && isAlways(at.source, 'kernel', 1) && projections === 0) projections++
    else if (!isShaping(layer)) break
    at = inputs[0] as Tensor
    starts.push(at)
  }
  return starts
}

/** Whether the layer computes, with weights, from one of the tensors, without ever making the map larger. */
function leadsFrom(starts: readonly Tensor[], layer: LayerNode): boolean {
  const first = Math.min(...starts.map(({ source }) => source.id))
  const met = new Set([layer])
  let weighted = false
  let leads = false
  for (const node of met) {
    if (grows(node)) return false
    weighted ||= node.weights.length > 0
    for (const input of node.inputs) {
      if (starts.includes(input)) leads = true
      else if (input.source.kind === 'layer' && input.source.id > first) met.add(input.source)
    }
  }
  return leads && weighted
}

/** Whether it is a layer of a decoder. */
function grows({ layer, inputs, outputs }: LayerNode): boolean {
  if (layer.traits.merges !== undefined) return false
  const [before, after] = [inputs[0], outputs[0]].map((tensor) => spatial(tensor?.shape ?? []))
  return after?.some((size, axis) => size > (before?.[axis] ?? size)) ?? false
}

/** Where the body that adds has the activation: the layer itself, or the call of the block that ends with it. */
function placeIn(frame: Frame, activation: LayerNode): FindingPlace {
  let call: Frame['call']
  let at = activation.frame
  while (at !== frame && at.call) {
    call = at.call
    at = call.frame
  }
  if (at !== frame || call === undefined) return { node: activation }
  return { place: { file: call.file, range: { start: call.site.start, end: call.site.end } }, frame }
}
