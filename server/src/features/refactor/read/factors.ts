/** The ways to write one convolution as two: their texts and what they cost. */

import type { Range, SourceFile } from '../../../../../grammar/tree'
import { changedText, isLiteral, removeArgument } from '../../../check/binding/call-edits'
import { ownArgument, setWrittenOption } from '../../../fixes/call-text'
import { paddingAmounts, windowsOf } from '../../../fixes/window-options'
import { windowOptionsOf } from '../../../layers/window'
import type { LayerNode, WrittenLayer } from '../../../model/graph'
import type { TextEdit } from '../../../model/problem'
import { product } from '../../../model/shape'
import { channelsOf, convParameters } from '../../../rules/read/convolutions'
import type { Applications } from './applications'

/** A convolution as it is written. */
export interface WrittenConvolution extends Applications {
  readonly tree: SourceFile
  readonly written: WrittenLayer
}

export interface Factors {
  /** `1×3 and 3×1`. */
  readonly title: string
  readonly first: string
  readonly second: string
  /** Two convolutions with nothing between them compute no more than one; a depthwise one is an exception. */
  readonly needsActivation: boolean
  /** The channels between the two. */
  readonly width: (node: LayerNode) => number
  readonly parameters: (node: LayerNode) => number
}

/** k×k as two of (k + 1)/2, which together see as much (Simonyan & Zisserman 2015, §2.3). */
export function twoSmaller(convolution: WrittenConvolution): Factors | undefined {
  const sizes = squareKernel(convolution)
  const [size] = sizes ?? []
  if (sizes === undefined || size === undefined || size < 3 || size % 2 === 0) return undefined
  const half = (size + 1) / 2
  const paddings = splitPadding(convolution, half)
  if (paddings === undefined) return undefined
  const kernel = option(convolution, 'kernel', String(half))
  const volume = half ** sizes.length
  return {
    title: `two ${sizes.map(() => half).join('×')}`,
    first: call(convolution, [
      ...kernel,
      ...option(convolution, 'padding', paddings[0]),
      ...withoutStride(convolution),
    ]),
    second: call(convolution, [...kernel, ...option(convolution, 'padding', paddings[1])]),
    needsActivation: true,
    width: outputs,
    parameters: (node) =>
      convParameters(node, inputs(node), outputs(node), volume) +
      convParameters(node, outputs(node), outputs(node), volume),
  }
}

/** k×k as 1×k and k×1 (Szegedy et al. 2016, §3.2). */
export function oneByOneAxis(convolution: WrittenConvolution): Factors | undefined {
  const sizes = squareKernel(convolution)
  const [size] = sizes ?? []
  if (sizes?.length !== 2 || size === undefined || size < 2) return undefined
  const paddings = axisPaddings(convolution)
  const strides = axisStrides(convolution)
  if (paddings === undefined) return undefined
  const factor = (i: 0 | 1, kernel: string) =>
    call(convolution, [
      ...option(convolution, 'kernel', kernel),
      ...option(convolution, 'padding', paddings[i]),
      ...option(convolution, 'stride', strides[i]),
    ])
  return {
    title: `1×${size} and ${size}×1`,
    first: factor(0, `1x${size}`),
    second: factor(1, `${size}x1`),
    needsActivation: true,
    width: outputs,
    parameters: (node) =>
      convParameters(node, inputs(node), outputs(node), size) +
      convParameters(node, outputs(node), outputs(node), size),
  }
}

/** A depthwise convolution and one of single positions (Howard et al. 2017, §3.1). */
export function depthwiseAndPointwise(convolution: WrittenConvolution): Factors | undefined {
  const { nodes, tree, written, name } = convolution
  const textOf = ({ start, end }: Range) => tree.text.slice(start, end)
  const given = new Map(
    Object.keys((nodes[0] as LayerNode).layer.options).flatMap((option) => {
      const value = ownArgument(written, option)?.argument.value
      return value === undefined ? [] : [[option, textOf(value)] as const]
    }),
  )
  const { channels, kernel, ...others } = Object.fromEntries(given)
  if (channels === undefined || kernel === undefined || !nodes.every(readsAround)) return undefined
  if (Object.keys(others).some((option) => ONLY_DENSE.has(option))) return undefined
  // The two kinds of convolution agree on the names of their options, not on the order.
  const named = Object.entries(others).map(([option, text]) => ({ option, text: `${option}=${text}` }))
  const onBoth = named.filter(({ option }) => ON_BOTH.has(option))
  const callOf = (callee: string, first: readonly string[], rest: typeof named) =>
    `${callee}(${[...first, ...rest.map(({ text }) => text)].join(', ')})`
  return {
    title: 'depthwise and pointwise',
    first: callOf('depthwise_conv', [kernel], named),
    second: callOf(name.name, [channels, '1'], onBoth),
    needsActivation: false,
    width: inputs,
    parameters: (node) => {
      const volume = product(windowOptionsOf(node).kernel ?? [])
      const depthwise = convParameters(node, 1, inputs(node), volume)
      return depthwise + convParameters(node, inputs(node), outputs(node), 1)
    },
  }
}

/** Options that a depthwise convolution does not have. */
const ONLY_DENSE: ReadonlySet<string> = new Set(['groups', 'padding_mode', 'connections'])

/** Options that say nothing about the window. */
const ON_BOTH: ReadonlySet<string> = new Set(['bias', 'trainable'])

function readsAround(node: LayerNode): boolean {
  return product(windowOptionsOf(node).kernel ?? []) > 1
}

function inputs(node: LayerNode): number {
  return channelsOf(node.inputs[0])
}

function outputs(node: LayerNode): number {
  return channelsOf(node.outputs[0])
}

/** The kernel where it is written out and has the same size along every axis. */
function squareKernel({ written, nodes }: WrittenConvolution): readonly number[] | undefined {
  const value = ownArgument(written, 'kernel')?.argument.value
  const [node] = nodes
  const sizes = (node && windowOptionsOf(node).kernel) ?? []
  if (value === undefined || !isLiteral(value) || sizes.some((size) => size !== sizes[0])) return undefined
  // One text may stand for maps with different numbers of axes.
  return nodes.every((each) => windowOptionsOf(each).kernel?.length === sizes.length) ? sizes : undefined
}

function call({ tree, site }: WrittenConvolution, edits: readonly TextEdit[]): string {
  return changedText(tree.text, site, edits)
}

/** Edits that give an option another value; none where it stays as it is. */
function option(
  { written }: WrittenConvolution,
  name: string,
  value: string | undefined,
): readonly TextEdit[] {
  return value === undefined ? [] : setWrittenOption(written, name, value)
}

/** The last of two convolutions keeps the stride, so that the first one's windows are not thinned out. */
function withoutStride({ written }: WrittenConvolution): readonly TextEdit[] {
  const stride = ownArgument(written, 'stride')
  if (stride === undefined) return []
  const { argument, call } = stride
  return argument.name === undefined
    ? setWrittenOption(written, 'stride', '1')
    : removeArgument(call, argument)
}

type Pair = readonly [string | undefined, string | undefined]

const UNCHANGED: Pair = [undefined, undefined]

/** The amounts before and after each axis, where they are written out or a name gives all applications the same. */
function amounts({ nodes }: WrittenConvolution) {
  const axes = windowsOf(nodes[0] as LayerNode)
  const show = (node: LayerNode) => windowsOf(node).map(({ begin, end }) => `${begin} ${end}`)
  return nodes.every((node) => show(node).join() === show(nodes[0] as LayerNode).join()) ? axes : undefined
}

/** The paddings of two smaller kernels, undefined where what is written stays. */
function splitPadding(convolution: WrittenConvolution, half: number): Pair | undefined {
  const value = ownArgument(convolution.written, 'padding')?.argument.value
  if (value === undefined) return UNCHANGED
  if (value.kind === 'name' && isNamed(convolution) && (value.name !== 'half' || half % 2 === 1))
    return UNCHANGED
  const axes = isLiteral(value) || isNamed(convolution) ? amounts(convolution) : undefined
  if (axes === undefined) return undefined
  const more = (amount: number) => Math.ceil(amount / 2)
  const less = (amount: number) => Math.floor(amount / 2)
  // Even kernels have no middle: what one of them lacks at a side the other has.
  const [before, behind] = half % 2 === 1 ? [more, more] : [less, more]
  const first = axes.map(({ begin, end }) => [before(begin), behind(end)] as const)
  const rest = axes.map(
    ({ begin, end }, i) => [begin - (first[i]?.[0] ?? 0), end - (first[i]?.[1] ?? 0)] as const,
  )
  const text = (sides: readonly (readonly [number, number])[]) =>
    paddingAmounts(
      sides.map(([begin]) => begin),
      sides.map(([, end]) => end),
    ).text
  return [text(first), text(rest)]
}

/** The padding of 1×k and of k×1; a name means for an axis of one position what it should. */
function axisPaddings(convolution: WrittenConvolution): Pair | undefined {
  const value = ownArgument(convolution.written, 'padding')?.argument.value
  if (value === undefined || (value.kind === 'name' && isNamed(convolution))) return UNCHANGED
  const axes = isLiteral(value) ? amounts(convolution) : undefined
  if (axes === undefined) return undefined
  const only = (axis: number) => {
    const sides = axes.map(({ begin, end }, i) => (i === axis ? [begin, end] : [0, 0]))
    return paddingAmounts(
      sides.map(([begin = 0]) => begin),
      sides.map(([, end = 0]) => end),
    ).text
  }
  return [only(1), only(0)]
}

/** The stride of 1×k along the width and of k×1 along the height. */
function axisStrides({ written, tree, nodes }: WrittenConvolution): Pair {
  const value = ownArgument(written, 'stride')?.argument.value
  if (value === undefined || nodes.every(({ options }) => isOnes(options.stride))) return UNCHANGED
  if (isLiteral(value)) {
    const [height, width] = windowOptionsOf(nodes[0] as LayerNode).stride ?? []
    return [`1x${width}`, `${height}x1`]
  }
  const text = tree.text.slice(value.start, value.end)
  return [`[1, ${text}]`, `[${text}, 1]`]
}

function isOnes(stride: unknown): boolean {
  return Array.isArray(stride) && stride.every((entry) => entry === 1)
}

function isNamed({ nodes }: WrittenConvolution): boolean {
  return nodes.every((node) => 'name' in (windowOptionsOf(node).padding ?? {}))
}
