/** Fixes for tensors that meet and whose sizes differ: `add`, `concat` and their kind. */
import { differingAxes, isMeetingData } from '../layers/constraints/merging'
import { isEnlarging } from '../layers/traits'
import type { FaultyStage, LayerNode } from '../model/graph'
import { sameShape } from '../model/shape'
import { type Branches, branchesOf } from './branches'
import { causalCandidates, hasDoubled } from './causal'
import { channelCandidates } from './channels'
import type { Candidate } from './fix'
import { handMadeCandidates } from './hand-made'
import { inputSizeCandidates } from './input-sizes'
import { matched } from './matched'
import { outputPaddings } from './output-paddings'
import { findPaddings } from './paddings'
import { roundedSizes } from './rounded-sizes'
import { roundedDown } from './settings'
import { passes, type Simulation } from './simulate'
import { atStage, type StageContext } from './stage'

/** Tensors of one rank: spatial sizes by padding, cropping or resizing a branch, channels by its convolutions. */
export const sizesDiffer = atStage(function* (context) {
  const { inputs } = context.stage
  const rank = inputs[0]?.shape.length ?? 0
  if (inputs.some(({ shape }) => shape.length !== rank)) return
  if (rank > 1) yield* spatialSizes(context)
  yield* channelCandidates(context)
})

/** A map that is smaller than what is to be cropped from it: the border that its branch lost comes back. */
export const cropExceedsInput = atStage(function* (context) {
  const { stage } = context
  const { layers, parted } = branchesOf(stage)
  const accept = (tried: Simulation) => passes(stage, tried)
  const paddings = findPaddings(context, { layers, preferred: parted, accept })
  yield* paddings.certain()
  yield* inputSizeCandidates(context, { layers, tensors: stage.inputs, accept })
  yield* paddings.detours()
})

function* spatialSizes(context: StageContext): Generator<Candidate> {
  const { stage } = context
  const branches = branchesOf(stage)
  const { layers, parted } = branches
  const accept = (tried: Simulation) => meets(context, tried)
  const keepsSize = isResidual(stage, branches)
  const paddings = findPaddings(context, { layers, preferred: parted, accept, keepsSize })
  yield* roundedDown(context, { layers, accept })
  yield* handMadeCandidates(context)
  // What is cut or padded by hand on a signal may be meant to see nothing ahead.
  if (context.solved?.() && stage.inputs[0]?.shape.length === 2) return
  yield* causalCandidates(context, branches, paddings.causal)
  if (hasDoubled(parted) && context.solved?.()) return
  const { data } = context.problem
  if (isMeetingData(data) && data.rounded) {
    for (const candidate of paddings.certain()) if (candidate.meant) yield candidate
    yield* roundedSizes(context, branches)
    yield* paddings.detours()
    return
  }
  yield* paddings.certain()
  yield* outputPaddings(context, branches)
  const upsampled = branches.own.some((own) => own.some(isUpsampling))
  const misses = difference(context)
  if (upsampled && misses.most <= 1) yield* matched(context, 'resize', 'small')
  if (misses.ratio < 2) yield* matched(context, 'center_crop', 'large')
  if (upsampled || misses.ratio >= 2) yield* matched(context, 'resize', 'small')
  yield* inputSizeCandidates(context, { layers, tensors: stage.inputs, accept })
  yield* paddings.detours()
}

/** Whether values meet those that they were made of, as in a residual unit: its branches were meant to keep the size. */
function isResidual({ layer }: FaultyStage, { own }: Branches): boolean {
  return layer.traits.merges !== 'side by side' && own.some((branch) => branch.length === 0)
}

/** Whether the stage would be sound, or its tensors would agree but in their channels, which differ for another reason. */
function meets({ stage, problem }: StageContext, tried: Simulation): boolean {
  if (passes(stage, tried)) return true
  if (!differingAxes(problem.data).includes('channels')) return false
  const [first = [], ...others] = stage.inputs.map((tensor) => tried.shape(tensor).slice(1))
  return others.every((sizes) => sameShape(first, sizes))
}

function isUpsampling({ layer }: LayerNode): boolean {
  return isEnlarging(layer)
}

/** By how many positions, and by what factor, the sizes differ at most. */
function difference({ stage }: StageContext): { readonly most: number; readonly ratio: number } {
  const axes = (stage.inputs[0]?.shape.length ?? 1) - 1
  const extremes = Array.from({ length: axes }, (_, axis) => {
    const sizes = stage.inputs.map(({ shape }) => shape[axis + 1] as number)
    return { least: Math.min(...sizes), most: Math.max(...sizes) }
  })
  return {
    most: Math.max(...extremes.map(({ least, most }) => most - least)),
    ratio: Math.max(...extremes.map(({ least, most }) => most / least)),
  }
}
