import type { LayerNode } from './graph'
import type { OptionSpec, Padding } from './layer'

/**
 * An application of a layer as one would write it, with the numbers that the options had: the required options,
 * and the first, in their order, then those that differ from their defaults: `conv(64, 7, stride=2, padding=3)`.
 */
export function showCall({ layer, options }: Pick<LayerNode, 'layer' | 'options'>): string {
  const texts = new Map(
    Object.entries(layer.options).map(([name, spec]) => [name, showOption(spec, options[name])]),
  )
  const args: string[] = []
  for (const [i, [name, { default: standard, optional }]] of Object.entries(layer.options).entries()) {
    const text = texts.get(name)
    if (text === undefined) continue
    // What may be left out is written by its name, unless it stands first.
    if (standard === undefined) args.push(optional && i > 0 ? `${name}=${text}` : text)
    // The default of one option may be another option: a pooling's stride is its kernel.
    else if (text !== (texts.get(standard) ?? spelledAlike(standard))) args.push(`${name}=${text}`)
  }
  return args.length === 0 ? layer.name : `${layer.name}(${args.join(', ')})`
}

/** A declared default as its bound value would be spelled: `1e-5` is `0.00001`. */
function spelledAlike(standard: string): string {
  const number = Number(standard)
  return Number.isNaN(number) ? standard : String(number)
}

/** An option's bound value as the language writes it; undefined where it was left out. */
export function showOption({ type }: OptionSpec, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  switch (type.kind) {
    case 'size':
    case 'factors':
      return perAxis(value as readonly (number | null)[])
    case 'padding':
      return showPadding(value as Padding)
    case 'ints': {
      const list = value as readonly number[]
      return list.length === 1 ? String(list[0]) : `[${list.join(', ')}]`
    }
    case 'table':
      return '[…]'
    default:
      return String(value)
  }
}

function showPadding(padding: Padding): string {
  if ('name' in padding) return padding.name
  const { begin, end } = padding
  if (begin.every((amount, i) => amount === end[i])) return perAxis(begin)
  return `[${begin.flatMap((amount, i) => [amount, end[i]]).join(', ')}]`
}

/** One number where all axes agree; null stands for an axis that stays. */
function perAxis(values: readonly (number | null)[]): string {
  const [first] = values
  const texts = values.map((value) => (value === null ? 'none' : String(value)))
  if (first !== undefined && values.every((value) => value === first)) return texts[0] as string
  return `[${texts.join(', ')}]`
}
