/** Fixes for windows that do not fit their input, and for paddings that do not fit their window. */
import { span } from '../layers/padding'
import { ceilCount, floorCount, paddedSize, type WindowAxis } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { Candidate, FixMaker } from './fix'
import { removeLayer } from './flow-text'
import { inputSizeCandidates } from './input-sizes'
import { largerInputs } from './larger-input'
import { findPaddings, upstreamPaddings } from './paddings'
import { setOptionsOf } from './set-option'
import { ancestors, passes, type Simulation } from './simulate'
import { atWindow, setAtStage, type WindowContext } from './stage'
import { fewerTurns } from './turns'
import { hasPadding, isPooling, mostPadding, namedPadding, paddingAmounts, windowsOf } from './window-options'

/** A window larger than its padded input, or, of average pooling over three axes, than its input. */
export const windowExceedsInput: FixMaker = atWindow((context) => {
  const tooSmall = context.axes.flatMap((axis, i) => (fits(context, axis) ? [] : [i]))
  const make = isPooling(context.stage.layer) ? poolExceedsInput : convolutionExceedsInput
  return make({ ...context, tooSmall })
})

/** A window that does not fit along some axes. */
interface TooLarge extends WindowContext {
  readonly tooSmall: readonly number[]
}

function fits(context: WindowContext, axis: WindowAxis): boolean {
  if (context.stage.options.ceil === true) return ceilCount(axis) >= 1
  return span(axis) <= room(context, axis)
}

/**
 * A pooling that was sized for a larger map: the whole map is pooled, or the axis that is too small is left alone, or
 * the input is larger. In a loop the last turns find no room; a step of the way down is not its end. Padding comes
 * last: an average over zeros is another number.
 */
function* poolExceedsInput(context: TooLarge): Generator<Candidate> {
  const { analysis, stage } = context
  if (keepsSize(context)) yield* paddedByHalf(context)
  yield* likeOthersRounded(context)
  const turns = [...fewerTurns(analysis, stage)]
  yield* turns
  for (const way of waysOut(context, turns.length > 0)) yield* way(context)
  if (turns.length === 0) yield* removed(context)
  yield* smallerWindow(context)
  yield* upstream(context)
  yield* setAtStage(context, 'ceil', 'true', { fallback: true })
  for (const candidate of ownPaddings(context)) yield { ...candidate, fallback: true }
  yield* otherPaddings(context)
}

function waysOut(context: TooLarge, isInLoop: boolean) {
  // What is changed in a loop is changed for the turns that fit, too.
  if (isInLoop) return [largerInputs, axisAlone, wholeMap]
  return isStep(context) ? [axisAlone, largerInputs, wholeMap] : [wholeMap, axisAlone, largerInputs]
}

/** Whether the pooling is a step of the way down: one like it comes before it, or there is nothing left to pool. */
function isStep({ stage, axes, tooSmall }: TooLarge): boolean {
  const isAlike = (node: LayerNode) =>
    node.layer === stage.layer &&
    windowsOf(node).every(({ kernel, stride }, i) => kernel === axes[i]?.kernel && stride === axes[i].stride)
  return tooSmall.every((axis) => axes[axis]?.input === 1) || ancestors(stage.inputs).some(isAlike)
}

/**
 * Whether a pooling was meant to leave the size as it is: the largest values, position by position. An average is meant
 * so only where another one before it does.
 */
function keepsSize({ stage, axes }: TooLarge): boolean {
  if (axes.some(({ stride }) => stride > 1)) return false
  const isPadded = (node: LayerNode) =>
    node.layer === stage.layer &&
    windowsOf(node).every(({ stride, begin, end }) => stride === 1 && begin + end > 0)
  return stage.layer.traits.pools?.by === 'largest' || ancestors(stage.inputs).some(isPadded)
}

function* paddedByHalf(context: TooLarge): Generator<Candidate> {
  const amounts = context.axes.map((axis) => Math.floor((span(axis) - 1) / 2))
  yield* setAtStage(context, 'padding', paddingAmounts(amounts, amounts).text)
}

/** Rounding up, where the other poolings before it are rounded up. */
function* likeOthersRounded(context: TooLarge): Generator<Candidate> {
  const others = ancestors(context.stage.inputs).filter(
    ({ layer, options }) => isPooling(layer) && options.ceil !== undefined,
  )
  if (others.length > 0 && others.every(({ options }) => options.ceil === true)) {
    yield* setAtStage(context, 'ceil', 'true')
  }
}

/** One value a channel, as such a kernel was meant to leave. */
function* wholeMap(context: TooLarge): Generator<Candidate> {
  const { stage, axes, tooSmall } = context
  const isWhole = axes.every((axis, i) => tooSmall.includes(i) || floorCount(axis) === 1)
  if (!isWhole || axes.every(({ input }) => input === 1)) return
  const global = `global_${stage.layer.name}`
  const { start, end } = stage.site
  yield { action: `Pool the whole map by ${global}`, file: stage.file, edits: [{ start, end, text: global }] }
  yield* withWindow(context, (axis) => ({ kernel: axis.input, stride: axis.stride }))
}

/** The axis that is too small is pooled as far as it goes, and the others as they are. */
function* axisAlone(context: TooLarge): Generator<Candidate> {
  if (context.tooSmall.length === context.axes.length) return
  yield* withWindow(context, ({ kernel, stride, input }, isTooSmall) =>
    isTooSmall ? { kernel: input, stride: Math.min(stride, input) } : { kernel, stride },
  )
}

/** Another kernel, with the stride and the padding that go with it where they are given. */
function* withWindow(
  context: TooLarge,
  change: (axis: WindowAxis, isTooSmall: boolean) => { readonly kernel: number; readonly stride: number },
): Generator<Candidate> {
  const { stage, axes, tooSmall } = context
  const windows = axes.map((axis, i) => ({ ...axis, ...change(axis, tooSmall.includes(i)) }))
  const numbers = (of: (window: WindowAxis) => number) => windows.map(of)
  const values = new Map([['kernel', sizeText(numbers(({ kernel }) => kernel))]])
  const isGiven = (option: string) => stage.written.options.some((given) => given.option === option)
  const strides = numbers(({ stride }) => stride)
  if (isGiven('stride') && strides.some((stride, i) => stride !== axes[i]?.stride)) {
    values.set('stride', sizeText(strides))
  }
  const isNarrow = (window: WindowAxis) => Math.max(window.begin, window.end) > Math.floor(window.kernel / 2)
  if (isGiven('padding') && windows.some(isNarrow)) {
    const side = (of: 'begin' | 'end') => numbers((window) => (isNarrow(window) ? 0 : window[of]))
    values.set('padding', paddingAmounts(side('begin'), side('end')).text)
  }
  yield* setOptionsOf(context, stage, values, { own: stage.site })
}

/** The pooling taken out: there is nothing left to pool. */
function* removed({ analysis, stage, axes }: TooLarge): Generator<Candidate> {
  if (axes.some(({ input }) => input > 1)) return
  const edits = removeLayer(analysis, stage)
  if (edits) yield { action: `Remove ${stage.layer.name}`, file: stage.file, edits, shows: null }
}

/**
 * A convolution: padding as its siblings have it. Where they have none, the input of which a window that covers the
 * whole map leaves one position, or fewer turns of the loop that shrinks the map.
 */
function* convolutionExceedsInput(context: TooLarge): Generator<Candidate> {
  const { analysis, stage, axes, tooSmall } = context
  const siblings = ancestors(stage.inputs).filter(isSpatialConvolution)
  const padded = siblings.filter((node) => windowsOf(node).some(({ begin, end }) => begin + end > 0))
  if (padded.length > 0) yield* paddingLike(context, padded)
  else yield* fewerTurns(analysis, stage)
  const coversAll = tooSmall.length === axes.length && axes.every(({ begin, end }) => begin + end === 0)
  if (padded.length === 0 && siblings.length > 0 && coversAll) {
    yield* largerInputs(context)
    const accept = (tried: Simulation) => passes(stage, tried)
    const search = { ...context, solved: () => false }
    yield* findPaddings(search, { layers: ancestors(stage.inputs), accept }).certain()
  }
  yield* ownPaddings(context)
  yield* axisAlone(context)
  yield* smallerWindow(context)
  yield* otherPaddings(context)
  yield* upstream(context)
  yield* largerInputs(context)
}

function isSpatialConvolution(node: LayerNode): boolean {
  return hasPadding(node.layer) && !isPooling(node.layer) && windowsOf(node).some((axis) => span(axis) > 1)
}

/** Padding that keeps the border, written as that of the nearest sibling. */
function* paddingLike(context: TooLarge, padded: readonly LayerNode[]): Generator<Candidate> {
  const padding = padded.at(-1)?.options.padding
  const isNamed = typeof padding === 'object' && padding !== null && 'name' in padding
  if (isNamed) yield* setAtStage(context, 'padding', String(padding.name))
  else yield* paddedByHalf(context)
}

function* upstream(context: WindowContext): Generator<Candidate> {
  const { stage } = context
  if (context.solved?.()) return
  const accept = (tried: Simulation) => passes(stage, tried)
  yield* upstreamPaddings(context, { layers: ancestors(stage.inputs), accept })
}

/** The smallest padding that fits, then `half`. */
function* ownPaddings(context: TooLarge): Generator<Candidate> {
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

/** The largest kernel that fits, or a smaller dilation. */
function* smallerWindow(context: TooLarge): Generator<Candidate> {
  const { stage, axes } = context
  const fitting = axes.map((axis) =>
    Math.min(axis.kernel, Math.floor((room(context, axis) - 1) / axis.dilation) + 1),
  )
  // A pooling of single values does nothing.
  const least = isPooling(stage.layer) ? 2 : 1
  if (fitting.every((kernel) => kernel >= least))
    yield* setAtStage(context, 'kernel', kernelText(axes, fitting))
  const dilations = axes.map((axis) => Math.floor((room(context, axis) - 1) / Math.max(1, axis.kernel - 1)))
  const dilated = axes.some(({ dilation }) => dilation > 1)
  if (dilated && dilations.every((dilation) => dilation >= 1)) {
    yield* setAtStage(context, 'dilation', Math.min(...dilations))
  }
}

function room({ problem }: WindowContext, axis: WindowAxis): number {
  return problem.code === 'window-exceeds-unpadded-input' ? axis.input : paddedSize(axis)
}

/** One number where the kernel was the same along all axes. */
function kernelText(axes: readonly WindowAxis[], kernel: readonly number[]): string {
  const isSquare = axes.every((axis) => axis.kernel === axes[0]?.kernel)
  return isSquare ? String(Math.min(...kernel)) : sizeText(kernel)
}

function sizeText(sizes: readonly number[]): string {
  return paddingAmounts(sizes, sizes).text
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
  yield* setAtStage(context, 'kernel', sizeText(larger))
  yield* otherPaddings(context)
})

/** A padding that repeats more of the input than there is: the most that is allowed, or zeros. */
export const paddingExceedsInput = atWindow(function* (context) {
  const { stage, axes } = context
  for (const less of [0, 1]) {
    const clamp = (side: 'begin' | 'end') => axes.map((axis) => Math.min(axis[side], axis.input - less))
    yield* setAtStage(context, 'padding', paddingAmounts(clamp('begin'), clamp('end')).text)
  }
  yield* setAtStage(context, 'padding_mode', 'zeros')
  yield* otherPaddings(context)
  yield* upstream(context)
  const accept = (tried: Simulation) => passes(stage, tried)
  yield* inputSizeCandidates(context, { layers: ancestors(stage.inputs), tensors: stage.inputs, accept })
})
