/** Fixes for tensors that meet and whose sizes differ: `add`, `concat` and their kind. */
import { differingAxes } from '../layers/constraints/merging'
import { isEnlarging } from '../layers/traits'
import type { FaultyStage, LayerNode } from '../model/graph'
import { sameShape } from '../model/shape'
import { type Branches, branchesOf, bySize } from './branches'
import { chomps, doubledNodes, isChomped } from './causal'
import { channelCandidates } from './channels'
import type { Candidate } from './fix'
import { handMadeCandidates } from './hand-made'
import { inputSizeCandidates } from './input-sizes'
import { findPaddings } from './paddings'
import { setOptionOf } from './set-option'
import { passes, type Simulation, simulate } from './simulate'
import { atStage, insertLayers, referenceTo, type StageContext, tensorText } from './stage'
import { isTransposed } from './window-options'

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
  const paddings = findPaddings(context, {
    layers,
    preferred: parted,
    accept,
    keepsSize: isResidual(stage, branches),
  })
  yield* handMadeCandidates(context)
  // What is cut or padded by hand on a signal may be meant to see nothing ahead.
  if (context.solved?.() && stage.inputs[0]?.shape.length === 2) return
  const doubled = doubledNodes(parted)
  if (doubled.length > 0) {
    const open = doubled.filter((node) => !isChomped(node, layers))
    const cut = chomps(context, open.length > 0 ? open : doubled)
    if (open.length < doubled.length) yield* cut
    yield* paddings.causal()
    if (context.solved?.()) {
      yield* cut
      return
    }
  }
  yield* paddings.certain()
  yield* outputPaddings(context, branches)
  const upsampled = branches.own.some((own) => own.some(isUpsampling))
  const misses = difference(context)
  if (upsampled && misses.most <= 1) yield* matched(context, 'resize', 'small')
  if (misses.ratio < 2) yield* matched(context, 'center_crop', 'large')
  if (upsampled || misses.ratio >= 2) yield* matched(context, 'resize', 'small')
  yield* inputSizeCandidates(context, {
    layers,
    tensors: stage.inputs,
    accept: (tried) => accept(tried) && !stretches(context, tried),
  })
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

/** Whether sizes would only agree because one has shrunk to 1 and is stretched. */
function stretches({ stage }: StageContext, tried: Simulation): boolean {
  return stage.inputs.some((tensor) =>
    tried.shape(tensor).some((size, axis) => axis > 0 && size === 1 && tensor.shape[axis] !== 1),
  )
}

/** `output_padding` on the transposed convolutions of the branches. */
function* outputPaddings(context: StageContext, { layers, parted }: Branches): Generator<Candidate> {
  const { stage } = context
  for (const node of [...parted].reverse()) {
    if (!isTransposed(node.layer)) continue
    const { stride, dilation } = node.options as { stride: readonly number[]; dilation: readonly number[] }
    const most = Math.max(...stride, ...dilation) - 1
    for (let amount = 0; amount <= most; amount++) {
      const options = { ...node.options, output_padding: stride.map(() => amount) }
      const simulation = simulate(layers, {
        options: (other) => (other.site === node.site && other.file === node.file ? options : undefined),
      })
      if (simulation === undefined || !passes(stage, simulation)) continue
      yield* setOptionOf(context, node, 'output_padding', amount)
    }
  }
}

/** Crops the larger maps to a smaller one, or resizes the smaller ones to a larger. */
function* matched(
  context: StageContext,
  layer: 'center_crop' | 'resize',
  side: 'small' | 'large',
): Generator<Candidate> {
  const { stage } = context
  const sizes = bySize(stage.inputs)
  const others = side === 'large' ? sizes.small : sizes.large
  for (const other of others) {
    const text = tensorText(context, other)
    const name = text && referenceTo(text)
    if (name === undefined) continue
    const edits = sizes[side].map((index) => insertLayers(context, index, `${layer}(${name})`))
    if (edits.some((edit) => edit === undefined)) continue
    const verb = layer === 'center_crop' ? 'Crop' : 'Resize'
    const what = side === 'large' ? 'larger' : 'smaller'
    yield {
      action: `${verb} the ${what} map to ${name}`,
      file: stage.file,
      edits: edits.flatMap((edit) => edit ?? []),
    }
    return
  }
}
