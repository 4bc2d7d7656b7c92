/** An operation as a call of the language, with what is not the default. */
import type { OptionSpec } from '../../model/layer'
import type { ImportOptions, ImportValue, Operation } from '../graph/graph'

/** `conv(64, 7, stride=2, padding=3)`; `relu`. `tensors` stand in front, written out. */
export function showCall({ layer, options }: Pick<Operation, 'layer' | 'options'>, tensors: readonly string[] = []): string {
  const written = writtenOptions(layer.options, options)
  const placed: string[] = []
  for (const name of layer.byPlace) {
    const value = written.get(name)
    if (value === undefined) break
    placed.push(value)
  }
  const named = [...written].filter(([name]) => !layer.byPlace.slice(0, placed.length).includes(name))
  const args = [...tensors, ...placed, ...named.map(([name, value]) => `${name}=${value}`)]
  return args.length === 0 ? layer.name : `${layer.name}(${args.join(', ')})`
}

/** The options that differ from their defaults, as they are written. */
function writtenOptions(specs: Readonly<Record<string, OptionSpec>>, options: ImportOptions): ReadonlyMap<string, string> {
  const written = new Map<string, string>()
  for (const [name, spec] of Object.entries(specs)) {
    const value = options[name]
    if (value === undefined) continue
    const text = showOption(spec, value)
    if (text !== defaultText(specs, options, spec)) written.set(name, text)
  }
  return written
}

function defaultText(
  specs: Readonly<Record<string, OptionSpec>>,
  options: ImportOptions,
  { default: standard }: OptionSpec,
): string | undefined {
  if (standard === undefined) return undefined
  const other = specs[standard]
  const value = options[standard]
  if (other !== undefined && value !== undefined) return showOption(other, value)
  const number = Number(standard)
  return Number.isNaN(number) ? standard : showNumber(number)
}

/** A value as short as its option allows: one number for equal ones on all axes. */
function showOption({ type }: OptionSpec, value: ImportValue): string {
  if (!Array.isArray(value)) return showValue(value)
  if (type.kind === 'size' || type.kind === 'factors') return showValue(oneForAll(value))
  if (type.kind === 'padding') return showValue(oneForAll(onePerAxis(value)))
  return showValue(value)
}

function oneForAll(values: readonly ImportValue[]): ImportValue {
  const [first = 0] = values
  return values.length > 0 && values.every((value) => value === first) ? first : values
}

/** Two amounts an axis, at its begin and its end, as one where they agree everywhere. */
function onePerAxis(values: readonly ImportValue[]): readonly ImportValue[] {
  const pairs = Array.from({ length: Math.floor(values.length / 2) }, (_, i) => [values[2 * i], values[2 * i + 1]])
  return pairs.every(([begin, end]) => begin === end) ? pairs.map(([begin]) => begin as ImportValue) : values
}

function showValue(value: ImportValue): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`
  if (typeof value === 'number') return showNumber(value)
  return value === null ? 'none' : String(value)
}

/** A number as the language reads it back: no bare exponent without digits, no `Infinity`. */
function showNumber(value: number): string {
  return String(value).replace('e+', 'e')
}
