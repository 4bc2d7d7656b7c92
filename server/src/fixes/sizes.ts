/** Fixes for tensors that meet and whose sizes differ: `add`, `concat` and their kind. */
import type { LayerNode } from '../model/graph'
import { type Branches, branchesOf, bySize } from './branches'
import { channelCandidates } from './channels'
import type { Candidate } from './fix'
import { inputSizeCandidates } from './input-sizes'
import { findPaddings } from './paddings'
import { passes, simulate } from './simulate'
import { atStage, insertLayers, referenceTo, type StageContext, tensorText } from './stage'
import { optionTargets } from './targets'
import { describeTarget } from './titles'
import { isTransposed } from './window-options'

/** Tensors of one rank: spatial sizes by padding, cropping or resizing a branch, channels by its convolutions. */
export const sizesDiffer = atStage(function* (context) {
  const { inputs } = context.stage
  const rank = inputs[0]?.shape.length ?? 0
  if (inputs.some(({ shape }) => shape.length !== rank)) return
  if (rank > 1) yield* spatialSizes(context)
  yield* channelCandidates(context)
})

function* spatialSizes(context: StageContext): Generator<Candidate> {
  const { stage } = context
  const branches = branchesOf(stage)
  const { layers, parted } = branches
  const accept = (simulation: Parameters<typeof passes>[1]) => passes(stage, simulation)
  const paddings = findPaddings(context, { layers, preferred: parted, accept })
  yield* paddings.certain
  yield* outputPaddings(context, branches)
  const upsampled = branches.own.some((own) => own.some(isUpsampling))
  if (upsampled && missesByOne(context)) yield* matched(context, 'resize', 'small')
  yield* matched(context, 'center_crop', 'large')
  if (upsampled) yield* matched(context, 'resize', 'small')
  yield* inputSizeCandidates(context, { layers, tensors: stage.inputs, accept })
  yield* paddings.detours()
}

function isUpsampling({ layer }: LayerNode): boolean {
  return isTransposed(layer) || layer.name === 'upsample' || layer.name === 'resize'
}

function missesByOne({ stage }: StageContext): boolean {
  const [first, ...others] = stage.inputs.map(({ shape }) => shape.slice(1))
  return others.every((sizes) => sizes.every((size, i) => Math.abs(size - (first?.[i] ?? 0)) <= 1))
}

/** `output_padding` on the transposed convolutions of the branches. */
function* outputPaddings(context: StageContext, { layers, parted }: Branches): Generator<Candidate> {
  const { analysis, stage } = context
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
      for (const target of optionTargets(analysis, node, 'output_padding')) {
        yield {
          action: `Set ${target.option}=${amount}${describeTarget(context, target)}`,
          file: target.file,
          edits: target.edits(String(amount)),
        }
      }
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
