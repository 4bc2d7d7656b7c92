/** Fixes for tensors that meet with different numbers of channels. */
import type { LayerNode } from '../model/graph'
import { branchesOf } from './branches'
import type { Candidate } from './fix'
import { setOptionOf } from './set-option'
import { passes, simulate } from './simulate'
import { insertLayers, type StageContext, tensorText } from './stage'
import { textOf } from './titles'

/**
 * The channels of the last layer of a branch that chooses them, or a 1×1 projection of the other branch
 * (He et al. 2016, §3.3, option B).
 */
export function* channelCandidates(context: StageContext): Generator<Candidate> {
  const { stage } = context
  const wanted = [...new Set(stage.inputs.map(({ shape }) => shape[0] as number))]
  if (wanted.length < 2) return
  const { layers, own } = branchesOf(stage)
  for (const branch of own) {
    const last = branch.findLast(({ layer }) => layer.options.channels?.type.kind === 'int')
    if (last) for (const channels of wanted) yield* setChannels(context, layers, last, channels)
  }
  yield* projections(context, wanted)
}

function* setChannels(
  context: StageContext,
  layers: readonly LayerNode[],
  node: LayerNode,
  channels: number,
): Generator<Candidate> {
  const { stage } = context
  const same = (other: LayerNode) => other.site === node.site && other.file === node.file
  const simulation = simulate(layers, {
    options: (other) => (same(other) ? { ...other.options, channels } : undefined),
  })
  if (simulation === undefined || !passes(stage, simulation)) return
  yield* setOptionOf(context, node, 'channels', channels)
}

/** The tensor that is piped in, where it has no name. */
const PIPED = 'what is piped in'

function* projections(context: StageContext, wanted: readonly number[]): Generator<Candidate> {
  const { stage } = context
  for (const [index, { shape }] of [...stage.inputs.entries()].reverse()) {
    for (const channels of wanted) {
      if (shape[0] === channels || shape.length < 2) continue
      const edits = insertLayers(context, index, `conv(${channels}, 1)`)
      const text = tensorText(context, index)
      if (edits === undefined) continue
      const what =
        text?.kind === 'argument' ? textOf(context, stage.file, text.expression) : (text?.name ?? PIPED)
      yield { action: `Project ${what} by conv(${channels}, 1)`, file: stage.file, edits }
    }
  }
}
