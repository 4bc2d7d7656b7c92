/**
 * Numbers, shapes and receptive fields as people read them: messages, hovers and the command line share these words.
 * What is counted has its digits in groups of three (`1,000 boxes`). Sizes and the numbers of a shape have not, so
 * that they can be copied into a network (`1000×4`, `1000 × (512×7×7)`).
 */
import { fraction } from './axis-map'
import type { Tensor } from './graph'

import type { MeasuredField, SeenField } from './measure-field'
import { type Outline, showOutline } from './outline'

import { showShape } from './shape'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** All digits in groups of three: `25,557,032`. */
export function showCount(count: number): string {
  return grouped.format(count)
}

/** A count with the noun that it needs: `1 error`, `2 errors`, `8,732 boxes`. */
export function showCountOf(count: number, noun: string, several = `${noun}s`): string {
  return `${showCount(count)} ${count === 1 ? noun : several}`
}

/** Three digits and the language's suffix: `25.6M`, `4.09G`; below a thousand the count itself. */
export function showShort(count: number): string {
  return scaled(count, ['', 'K', 'M', 'G', 'T'])
}

/** What something costs, about: two digits with the suffix, as in `2.6M`; below a thousand the count itself. */
export function showRough(count: number): string {
  return showShort(count < 1000 ? count : Number(count.toPrecision(2)))
}

/** `4.09 GMACs`: the suffix belongs to the unit. */
export function showMacs(macs: number): string {
  return showShort(macs).replace(/([KMGT]?)$/, ' $1MACs')
}

/** A size in memory by powers of a thousand: `102 MB`. */
export function showBytes(bytes: number): string {
  return scaled(bytes, [' B', ' kB', ' MB', ' GB', ' TB'])
}

function scaled(value: number, units: readonly string[]): string {
  let rest = value
  let unit = 0
  // 999.5 would be written as 1000: it belongs to the next unit already.
  while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
    rest /= 1000
    unit++
  }
  return threeDigits.format(rest) + units[unit]
}

/** `64×56×56`, with the items of regions before it: `300 × (512×7×7)`. */
export function showTensor({ shape, items }: Pick<Tensor, 'shape' | 'items'>): string {
  return items === 1 ? showShape(shape) : `${items} × (${showShape(shape)})`
}

/** The same for a tensor that rests on a fault, too: `64×?×62`, `64×56×56 ?`. */
export function showKnown(tensor: Tensor | Outline): string {
  if (!('firm' in tensor)) return showTensor(tensor)
  const { items } = tensor
  return items === null || items === 1 ? showOutline(tensor) : `${items} × (${showOutline(tensor)})`
}

/** The words of a receptive field: `size` alone, the whole in one line, and as a cell of a table. */
export interface FieldWords {
  readonly size: string
  readonly full: string
  readonly short: string
}

/**
 * `427×427, stride 32, padding 213`, in a table `427 /32 +213`; `global`, or `none` when no input with spatial axes is
 * seen.
 */
export function showField(field: MeasuredField | 'global' | null): FieldWords {
  const word = field === null ? 'none' : field
  if (typeof word === 'string') return { size: word, full: word, short: word }
  const { stride, padding, context } = word
  const sizes = word.size.map(showExtent)
  const more = context ? ' + context' : ''
  const size = sizes.join('×') + more
  const cell = oneOrAll(sizes) + more
  // Positions that were joined or flattened move by no one stride.
  if (stride.every((step) => step === null)) return { size, full: size, short: cell }
  const steps = oneOrAll(stride.map((step) => showEntry(step, showFraction)))
  const reach = oneOrAll(padding.map((step) => showEntry(step, showFraction)))
  const short = [
    oneOrAll(sizes),
    `/${oneOrAll(stride.map((step) => showEntry(step, showCount)))}`,
    oneOrAll(padding.map((step) => showEntry(step, showSigned))) + more,
  ]
  return { size, full: `${size}, stride ${steps}, padding ${reach}`, short: short.join(' ') }
}

/** `of this input a value sees at most 224×224`; undefined where the borders take nothing away. */
export function showSeen({ size, seen }: SeenField): string | undefined {
  if (seen.every((most, axis) => most === null || most === size[axis])) return undefined
  // What is not known of one axis is not told of any: it would read as if everything were seen.
  if (seen.some((most, axis) => most === null && size[axis] !== null)) return undefined
  return `of this input a value sees at most ${seen.map(showExtent).join('×')}`
}

function showExtent(pixels: number | null): string {
  return pixels === null ? 'all' : showCount(pixels)
}

function showEntry(entry: number | null, show: (entry: number) => string): string {
  return entry === null ? '–' : show(entry)
}

/** `+175`, `−3`. */
function showSigned(value: number): string {
  return `${value < 0 ? '−' : '+'}${showCount(Math.abs(value))}`
}

/** One text where all axes agree. */
function oneOrAll(texts: readonly string[]): string {
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('×')
}

/** Fractions as `1/2`, as effective strides below one are written. */
export function showFraction(value: number): string {
  const sign = value < 0 ? '−' : ''
  const { numerator, denominator } = fraction(Math.abs(value))
  return sign + (denominator === 1 ? showCount(numerator) : `${numerator}/${denominator}`)
}
