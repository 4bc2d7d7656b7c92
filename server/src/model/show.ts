/** Numbers, shapes and receptive fields as people read them: hovers and the command line share these words. */
import { fraction } from './axis-map'
import type { Tensor } from './graph'
import type { MeasuredField } from './measure-field'
import { showShape } from './shape'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** All digits in groups of three: `25,557,032`. */
export function showCount(count: number): string {
  return grouped.format(count)
}

/** A count with the noun that it needs: `1 error`, `2 errors`. */
export function showCountOf(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Three digits and the language's suffix: `25.6M`, `4.09G`; below a thousand the count itself. */
export function showShort(count: number): string {
  return scaled(count, ['', 'K', 'M', 'G', 'T'])
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
  return items === 1 ? showShape(shape) : `${showCount(items)} × (${showShape(shape)})`
}

/** The words of a receptive field: `size` alone, and the whole in one line. */
export interface FieldWords {
  readonly size: string
  readonly full: string
}

/** `427×427, stride 32, padding 213`; `global`, or `none` when no input with spatial axes is seen. */
export function showField(field: MeasuredField | 'global' | null): FieldWords {
  if (field === null) return { size: 'none', full: 'none' }
  if (field === 'global') return { size: 'global', full: 'global' }
  const sizes = field.size.map((size) => (size === null ? 'all' : showCount(size)))
  const size = sizes.join('×') + (field.context ? ' + context' : '')
  // Positions that have lost their order (flattened maps) have a size but no stride.
  if (field.stride.every((stride) => stride === null)) return { size, full: size }
  return { size, full: `${size}, stride ${oneOrAll(field.stride)}, padding ${oneOrAll(field.padding)}` }
}

/** One number where all axes agree. */
function oneOrAll(entries: readonly (number | null)[]): string {
  const texts = entries.map((entry) => (entry === null ? '–' : showFraction(entry)))
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('×')
}

/** Fractions as `1/2`, as effective strides below one are written. */
export function showFraction(value: number): string {
  const sign = value < 0 ? '−' : ''
  const { numerator, denominator } = fraction(Math.abs(value))
  return sign + (denominator === 1 ? showCount(numerator) : `${numerator}/${denominator}`)
}
