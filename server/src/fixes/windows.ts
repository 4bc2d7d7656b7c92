/** Fixes for windows that do not fit their input, and for paddings that do not fit their window. */
import { span } from '../layers/padding'
import { paddedSize, type WindowAxis } from '../layers/window'
import type { Candidate } from './fix'
import { inputSizeCandidates } from './input-sizes'
import { upstreamPaddings } from './paddings'
import { ancestors, passes, type Simulation } from './simulate'
import { atWindow, setAtStage, type WindowContext } from './stage'
import { hasPadding, isPooling, mostPadding, namedPadding, paddingAmounts } from './window-options'

/** A window larger than its padded input: more padding, a smaller window, or a larger input. */
export const windowExceedsInput = atWindow(function* (context) {
  yield* ownPaddings(context)
  yield* smallerWindow(context)
  yield* otherPaddings(context)
  yield* upstream(context)
})

/** Average pooling over three axes, whose window fits the input without its padding. */
export const windowExceedsUnpadded = atWindow(function* (context) {
  yield* smallerWindow(context)
  yield* upstream(context)
})

function* upstream(context: WindowContext): Generator<Candidate> {
  const { stage } = context
  const layers = ancestors(stage.inputs)
  const accept = (tried: Simulation) => passes(stage, tried)
  if (!context.solved?.()) yield* upstreamPaddings(context, { layers, accept })
  yield* inputSizeCandidates(context, { layers, tensors: stage.inputs, accept })
}

/** The smallest padding that fits, then `half`. */
function* ownPaddings(context: WindowContext): Generator<Candidate> {
  const { stage, axes } = context
  if (!hasPadding(stage.layer)) return
  const needed = axes.map((axis) => {
    const missing = Math.ceil((span(axis) - axis.input) / 2)
    return Math.max(axis.begin, axis.end, missing)
  })
  const possible = axes.every((axis, i) => (needed[i] as number) <= mostPadding(stage.layer, axis))
  if (possible) {
    const all = axes.map(() => Math.max(...needed))
    const uniform = axes.every((axis, i) => (all[i] as number) <= mostPadding(stage.layer, axis))
    const amounts = uniform ? all : needed
    yield* setAtStage(context, 'padding', paddingAmounts(amounts, amounts).text)
  }
  yield* setAtStage(context, 'padding', namedPadding('half').text)
}

/** The largest kernel that fits, a smaller dilation, or pooling of the whole map. */
function* smallerWindow(context: WindowContext): Generator<Candidate> {
  const { stage, axes } = context
  const fitting = axes.map((axis) =>
    Math.min(axis.kernel, Math.floor((room(context, axis) - 1) / axis.dilation) + 1),
  )
  if (fitting.every((kernel) => kernel >= 1)) yield* setAtStage(context, 'kernel', sizeText(axes, fitting))
  const dilations = axes.map((axis) => Math.floor((room(context, axis) - 1) / Math.max(1, axis.kernel - 1)))
  const dilated = axes.some(({ dilation }) => dilation > 1)
  if (dilated && dilations.every((dilation) => dilation >= 1)) {
    yield* setAtStage(context, 'dilation', Math.min(...dilations))
  }
  if (isPooling(stage.layer) && axes.every(({ kernel, input }) => kernel >= input)) {
    const name = `global_${stage.layer.name}`
    const { start, end } = stage.site
    yield { action: `Pool the whole map by ${name}`, file: stage.file, edits: [{ start, end, text: name }] }
  }
}

function room({ problem }: WindowContext, axis: WindowAxis): number {
  return problem.code === 'window-exceeds-unpadded-input' ? axis.input : paddedSize(axis)
}

/** One number where the kernel was the same along all axes, `3x5` where it was not. */
function sizeText(axes: readonly WindowAxis[], kernel: readonly number[]): string {
  const square = axes.every((axis) => axis.kernel === axes[0]?.kernel)
  return square ? String(Math.min(...kernel)) : kernel.join('x')
}

/** Any padding that leaves nothing wrong, as the expectations of the file may show. */
export function* otherPaddings(context: WindowContext): Generator<Candidate> {
  const { stage, axes, solved } = context
  if (solved?.() || !hasPadding(stage.layer)) return
  const most = Math.min(...axes.map((axis) => mostPadding(stage.layer, axis)))
  yield* setAtStage(context, 'padding', 'same', { fallback: true })
  for (let amount = most; amount >= 0; amount--) {
    yield* setAtStage(context, 'padding', amount, { fallback: true })
  }
}

/** Padding of more than half a pooling window: the most that is allowed, or a window for which it is. */
export const poolPaddingTooLarge = atWindow(function* (context) {
  const { axes } = context
  const clamp = (side: 'begin' | 'end') =>
    axes.map((axis) => Math.min(axis[side], Math.floor(axis.kernel / 2)))
  const [begin, end] = [clamp('begin'), clamp('end')]
  yield* setAtStage(context, 'padding', paddingAmounts(begin, end).text)
  const larger = axes.map((axis) => {
    const least = 2 * Math.max(axis.begin, axis.end)
    return Math.max(axis.kernel, least + (axis.kernel % 2))
  })
  yield* setAtStage(context, 'kernel', new Set(larger).size === 1 ? (larger[0] as number) : larger.join('x'))
  yield* otherPaddings(context)
})

/** A padding that repeats more of the input than there is: the most that is allowed, or zeros. */
export const paddingExceedsInput = atWindow(function* (context) {
  const { axes } = context
  for (const less of [0, 1]) {
    const clamp = (side: 'begin' | 'end') => axes.map((axis) => Math.min(axis[side], axis.input - less))
    yield* setAtStage(context, 'padding', paddingAmounts(clamp('begin'), clamp('end')).text)
  }
  yield* setAtStage(context, 'padding_mode', 'zeros')
  yield* otherPaddings(context)
  yield* upstream(context)
})
