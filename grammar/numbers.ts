const INTEGER = '\\d+(?:_\\d+)*'
const SIZE = new RegExp(`^${INTEGER}(?:x${INTEGER})+$`)
const SMALL_INTEGER = /^\d{1,15}$/
const NUMBER = new RegExp(`^(${INTEGER})(?:\\.(${INTEGER}))?(?:[eE]([+-]?${INTEGER}))?([KMGT])?$`)
const SUFFIX_EXPONENTS: Record<string, number> = { K: 3, M: 6, G: 9, T: 12 }

export type NumberReading =
  | { readonly kind: 'number'; readonly value: number; readonly unit: number; readonly fault?: string }
  | { readonly kind: 'size'; readonly values: readonly number[]; readonly fault?: string }

const tooLarge = (image: string) =>
  `\`${image}\` is too large. Whole numbers are exact up to 2^53 − 1 = 9,007,199,254,740,991; write a smaller number.`

/** Whether a literal is all digits and exact: a number without fault. */
export const isSmallInteger = (image: string): boolean => SMALL_INTEGER.test(image)

/** Reads a literal as the lexer cut it out; `fault` says what is wrong with one that is no number of the language. */
export function readNumber(image: string): NumberReading {
  if (isSmallInteger(image)) return { kind: 'number', value: Number(image), unit: 1 }
  const number = NUMBER.exec(image)
  if (number) return readPlainNumber(image, number)
  if (SIZE.test(image)) {
    const values = image.split('x').map((part) => Number(part.replaceAll('_', '')))
    return values.every(Number.isSafeInteger)
      ? { kind: 'size', values }
      : { kind: 'size', values, fault: tooLarge(image) }
  }
  return { kind: 'number', value: Number.NaN, unit: Number.NaN, fault: malformed(image) }
}

function readPlainNumber(image: string, match: RegExpExecArray): NumberReading {
  const [whole = '', fraction = '', exponent = '0', suffix = ''] = match
    .slice(1)
    .map((part) => part?.replaceAll('_', ''))
  const shift = Number(exponent) + (SUFFIX_EXPONENTS[suffix] ?? 0)
  // Written as one decimal literal the value is rounded once, so that 4.1G is exactly 4,100,000,000.
  const value = Number(`${whole}.${fraction || '0'}e${shift}`)
  const unit = Number(`1e${shift - fraction.length}`)
  if (!Number.isFinite(value)) {
    const fault = `\`${image}\` is too large for a number. The largest is about 1.8e308; write a smaller one.`
    return { kind: 'number', value: Number.NaN, unit: Number.NaN, fault }
  }
  const exact = suffix !== '' || (fraction === '' && match[3] === undefined)
  if (exact && value > Number.MAX_SAFE_INTEGER) {
    return { kind: 'number', value: Number.NaN, unit: Number.NaN, fault: tooLarge(image) }
  }
  return { kind: 'number', value, unit }
}

function malformed(image: string): string {
  const what = `\`${image}\` is not a number.`
  if (/^\./.test(image)) return `${what} A float has digits on both sides of the point; write \`0${image}\`.`
  if (/^[\d_]+\.$/.test(image))
    return `${what} A float has digits on both sides of the point; write \`${image}0\` or \`${image.slice(0, -1)}\`.`
  if (/__|_$|_\D/.test(image))
    return `${what} A \`_\` stands between two digits; write it with single ones inside.`
  if (/^[\d_x]+x$/.test(image)) return `${what} A size joins integers by \`x\`; write it as in \`3x3\`.`
  if (/^\d[\d_.]*[kmgtb]b?$/i.test(image))
    return `${what} The suffixes are \`K\`, \`M\`, \`G\` and \`T\`; write one of them, or none.`
  return `${what} No letter, digit or \`_\` may touch a number; write a space or an operator between them.`
}
