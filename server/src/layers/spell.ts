/** Formulas written with a call's own numbers. */
import { axisNames, type Shape, spatial } from '../model/shape'
import { span } from './padding'
import type { WindowAxis } from './window'

/**
 * `term = output` for each spatial axis of the output, each with its axis's name, or a single line without a
 * name where all are equal.
 */
export function axisLines(output: Shape, term: (axis: number) => string): readonly string[] {
  const sizes = spatial(output)
  const names = axisNames(sizes.length)
  const lines = sizes.map((size, i) => `${term(i)} = ${size}`)
  if (lines.every((line) => line === lines[0])) return lines.slice(0, 1)
  return lines.map((line, i) => `${names[i]} ${line}`)
}

/** `⌊(224 + 2·3 − 7)/2⌋ + 1`. */
export function spellFloor(axis: WindowAxis): string {
  return `⌊(${spellReach(axis)})/${axis.stride}⌋ + 1`
}

/** `⌈(112 + 2·0 − 3)/2⌉ + 1`, less the window that would start outside. */
export function spellCeil(axis: WindowAxis, output: number): string {
  const { input, begin, end, stride } = axis
  const rounded = Math.ceil((input + begin + end - span(axis)) / stride) + 1
  return `⌈(${spellReach(axis)})/${stride}⌉ + 1${output < rounded ? ' − 1' : ''}`
}

function spellReach(axis: WindowAxis): string {
  const { kernel, dilation } = axis
  const taken = dilation === 1 ? ` − ${kernel}` : ` − ${dilation}·(${kernel} − 1) − 1`
  return spellPadded(axis) + taken
}

/** `(28 − 1)·2 − 2·0 + (2 − 1) + 1`, what is added to choose among the sizes at the end. */
export function spellTransposed(axis: WindowAxis, outputPadding: number): string {
  const { input, stride, begin, end, kernel, dilation } = axis
  const taken = begin === end ? `2·${begin}` : `${begin} − ${end}`
  const reach = `${dilation === 1 ? '' : `${dilation}·`}(${kernel} − 1) + 1`
  return `(${input} − 1)·${stride} − ${taken} + ${reach}${outputPadding === 0 ? '' : ` + ${outputPadding}`}`
}

/** `5 + 2·1`, or `5 + 0 + 1` where the sides differ. */
export function spellPadded({ input, begin, end }: Pick<WindowAxis, 'input' | 'begin' | 'end'>): string {
  return begin === end ? `${input} + 2·${begin}` : `${input} + ${begin} + ${end}`
}
