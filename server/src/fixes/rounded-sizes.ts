/** Fixes for maps that meet and differ because a stage on the way down rounded a size. */
import { roundedAxes } from '../check/rounding'
import { isMeetingData } from '../layers/constraints/merging'
import type { NetworkGraph } from '../model/graph'
import type { TextEdit } from '../model/problem'
import type { Branches } from './branches'
import type { Candidate } from './fix'
import { findSizes, sizeCandidates, soundWith } from './input-sizes'
import { matched } from './matched'
import { paddedMeetings, type Resized, resizedMeetings, type Trial } from './meetings'
import { choosesSizes, outputPaddingCandidates, outputPaddings } from './output-paddings'
import { setOptionOf } from './set-option'
import { passes, type Simulation } from './simulate'
import { insertLayers, referenceTo, type StageContext, tensorText } from './stage'

/**
 * Sizes that were rounded on the way down: sizes of the input that are not, then what makes up for it on the way up.
 * Who has given `output_padding` has chosen the sizes by it: it comes first there.
 */
export function* roundedSizes(context: StageContext, branches: Branches): Generator<Candidate> {
  const { stage, analysis } = context
  const { layers } = branches
  const accept = (tried: Simulation) => passes(stage, tried)
  const sizes = findSizes(context, { layers, tensors: stage.inputs, accept })
  const sound = sizes && soundWith(context, sizes)
  const graph = analysis.networks.find((each) => each.layers === stage.before)
  const trial = sound && graph && { layers: sound.layers, input: declaredShape(graph) }
  const padded = trial && paddedMeetings(trial)
  const padding = [
    ...(trial && padded ? outputPaddingCandidates(context, trial.layers, padded) : []),
    ...outputPaddings(context, branches),
  ]
  const isChosen = choosesSizes(layers)
  if (isChosen) yield* padding
  if (sizes) yield* sizeCandidates(sizes)
  if (!isChosen) yield* padding
  yield* roundedAlike(context)
  const resized = trial && resizedMeetings(trial)
  yield* resized ? resizedCandidates(context, resized) : matched(context, 'resize', 'small')
  yield* matched(context, 'center_crop', 'large')
}

/** The sizes of the text, for the inputs of the same network with others. */
function declaredShape({ inputs }: NetworkGraph): Trial['input'] {
  const shapes = new Map(inputs.map(({ name, node }) => [name.name, node?.tensor.shape]))
  return ({ name, tensor }) => shapes.get(name.name) ?? tensor.shape
}

/** Pools that round down beside convolutions that round up, made to round up too; or the other way round. */
function* roundedAlike(context: StageContext): Generator<Candidate> {
  const { data } = context.problem
  if (!isMeetingData(data)) return
  const { along, tensors } = data
  const [a, b] = tensors.map((i) => context.stage.inputs[i])
  const [rounded] = (a && b && roundedAxes(a, b, along)) ?? []
  if (rounded === undefined || rounded.enlarges) return
  for (const { node } of rounded.stages) {
    if (typeof node.options.ceil !== 'boolean') continue
    yield* setOptionOf(context, node, 'ceil', String(!node.options.ceil))
  }
}

/** Resizes what was enlarged to the size that it meets, wherever it does. */
function* resizedCandidates(context: StageContext, resized: readonly Resized[]): Generator<Candidate> {
  const edits = new Map<string, TextEdit>()
  const names = new Set<string>()
  for (const { node, tensors, reference } of resized) {
    const at = { ...context, stage: { ...node, before: [] } }
    const text = tensorText(at, reference)
    const name = text && referenceTo(text)
    if (name === undefined || node.file !== context.stage.file) return
    names.add(name)
    for (const tensor of tensors) {
      const own = insertLayers(at, tensor, `resize(${name})`)
      if (own === undefined) return
      for (const edit of own) edits.set(`${edit.start} ${edit.text}`, edit)
    }
  }
  const all = [...names]
  const size = resized.every(({ isLarger }) => isLarger) ? 'larger' : 'smaller'
  const what = resized.length === 1 ? `the ${size} map` : 'the enlarged maps'
  const to = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  yield { action: `Resize ${what} to ${to}`, file: context.stage.file, edits: [...edits.values()] }
}
