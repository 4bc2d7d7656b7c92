/** The stages whose borders make tensors differ where they meet, as a message and its places tell it. */
import { borderText, type ChangedBorder } from '../layers/constraints/borders'
import { isMeetingData } from '../layers/constraints/merging'
import { isEnlarging, isSizedByHand } from '../layers/traits'
import { hasWindow, reach, type WindowAxis, windowAxes } from '../layers/window'
import type { FaultyStage, LayerNode, Tensor } from '../model/graph'
import { showCall } from '../model/show-call'
import type { Explanation } from './report'
import { partedSteps, type SizeStep, sizePath } from './rounding'

/** Where more texts than these lose their border, no one of them is the cause. */
const MOST_NAMED = 3

/** Undefined where no single stages stand out. */
export function explainBorders(data: unknown, { inputs }: FaultyStage): Explanation<unknown> | undefined {
  if (!isMeetingData(data)) return undefined
  const [a, b] = data.tensors.map((i) => inputs[i])
  const axis = a && b && differingAxis(a, b, data.along)
  if (!axis) return undefined
  const found = chosen(changedBorders(a, b, axis))
  if (found.length === 0 || found.length > MOST_NAMED) return undefined
  const borders = found.map(({ border }) => border)
  const causes = found.map(({ node: { file, site }, border }) => ({
    file,
    range: { start: site.start, end: site.end },
    message: borderText(border),
    isCause: true as const,
  }))
  return { data: data.axis === 0 ? data : { ...data, borders }, causes }
}

/** The first spatial axis in which they differ. */
function differingAxis(a: Tensor, b: Tensor, along?: number): number | undefined {
  if (a.shape.length !== b.shape.length) return undefined
  const axis = a.shape.findIndex((size, i) => i > 0 && i !== along && size !== b.shape[i])
  return axis < 0 ? undefined : axis
}

interface Changed {
  readonly node: LayerNode
  readonly border: ChangedBorder
}

/** The stages on the way to either tensor that change a size by more or less than their stride, the last first, each text once. */
function changedBorders(a: Tensor, b: Tensor, axis: number): readonly Changed[] {
  const found = new Map<string, Changed>()
  for (const { steps, start } of partedSteps([sizePath(a, axis), sizePath(b, axis)])) {
    // A size that was given ends the way.
    const [sized] = start.source.kind === 'layer' && isSizedByHand(start.source) ? start.source.inputs : []
    const first = sized && { node: start.source as LayerNode, from: sized, to: start, rate: 1 }
    const all: readonly Step[] = first ? [...steps, first] : steps
    for (const [i, step] of all.entries()) {
      const border = changedBorder(step, axis, all[i + 1], all[i - 1])
      const { file, site } = step.node
      const key = `${file} ${site.start}`
      if (border && !found.has(key)) found.set(key, { node: step.node, border })
    }
  }
  return [...found.values()]
}

type Step = Pick<SizeStep, 'node' | 'from' | 'to' | 'rate'>

function changedBorder(
  { node, from, to, rate }: Step,
  axis: number,
  before: Step | undefined,
  behind: Step | undefined,
): ChangedBorder | undefined {
  const windows = windowsOf(node)
  const pad = windows.length > 0 && before && isPad(before.node) ? before : undefined
  // What is padded for the window behind it is told there.
  if (isPad(node) && behind && windowsOf(behind.node).length > 0) return undefined
  const [input, output] = [(pad?.from ?? from).shape[axis] as number, to.shape[axis] as number]
  const kept = Math.ceil(input / rate)
  if (output === kept) return undefined
  const call = pad ? `${showCall(pad.node)} -> ${showCall(node)}` : showCall(node)
  const sizes = { call, input, output, kept }
  if (isSizedByHand(node)) return { kind: 'by hand', ...sizes }
  if (windows.length === 0) return undefined
  const isBare = !pad && windows.every(({ begin, end }) => begin === 0 && end === 0)
  if (output < kept) return { kind: 'lost', ...sizes, isBare }
  if (isEnlarging(node.layer)) return { kind: 'spread', ...sizes }
  const ahead = paddedAhead(windows, axis - 1)
  return { kind: 'added', ...sizes, ...(ahead && { ahead }) }
}

function windowsOf(node: LayerNode): readonly WindowAxis[] {
  return hasWindow(node) ? windowAxes(node.inputs[0]?.shape ?? [], node.options) : []
}

function isPad({ layer }: LayerNode): boolean {
  return layer.traits.pads === true
}

/** Where a window of stride 1 is padded at both ends by all that it reaches, along one axis alone. */
function paddedAhead(windows: readonly WindowAxis[], along: number): ChangedBorder['ahead'] {
  const isFull = (axis: WindowAxis) =>
    axis.stride === 1 && reach(axis) > 0 && axis.begin === reach(axis) && axis.end === axis.begin
  const window = windows[along]
  if (window === undefined || !isFull(window) || windows.filter(isFull).length > 1) return undefined
  const amounts = windows.map((axis) => (axis === window ? `${axis.begin}, 0` : `${axis.begin}, ${axis.end}`))
  return { reach: reach(window), padding: `[${amounts.join(', ')}]` }
}

/** Of several causes the one that says most: what was worked out by hand, then a border that was added, then those that were lost. */
function chosen(changed: readonly Changed[]): readonly Changed[] {
  const byHand = changed.filter(({ border }) => border.kind === 'by hand')
  if (byHand.length > 0) return byHand
  const added = changed.filter(({ border }) => border.kind !== 'lost')
  return added.length > 0 ? added : changed
}
