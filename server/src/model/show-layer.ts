import type { AnyLayer, OptionSpec, OptionType } from './layer'

/** `conv(channels, kernel, stride=1, …)`; `[…]` marks options that may be left out without a default. */
export function showSignature({ name, options }: Pick<AnyLayer, 'name' | 'options'>): string {
  const args = Object.entries(options).map(([option, spec]) => showParameter(option, spec))
  return args.length === 0 ? name : `${name}(${args.join(', ')})`
}

function showParameter(name: string, spec: OptionSpec): string {
  if (spec.default !== undefined) return `${name}=${spec.default}`
  return spec.optional ? `[${name}]` : name
}

/** Which options go by place, as a sentence; undefined for a layer without options. */
export function showPlaces({ options, byPlace }: AnyLayer): string | undefined {
  const count = Object.keys(options).length
  if (count === 0) return undefined
  if (byPlace.length === 0) return 'All options need their names.'
  const placed = `${byPlace.map((name) => `\`${name}\``).join(' and ')} may be given by place`
  return byPlace.length === count ? `${placed}.` : `${placed}; all other options need their names.`
}

/** What an option accepts, in words: `integer ≥ 1`. */
export function showOptionType(type: OptionType): string {
  switch (type.kind) {
    case 'int':
      return `integer${bounds(type)}`
    case 'float':
      return `number${bounds(type)}`
    case 'bool':
      return 'true or false'
    case 'word':
      return type.words.join(' | ')
    case 'size':
      return `integer ≥ ${type.min}, or one for each axis${type.open ? '; none keeps an axis' : ''}`
    case 'factors':
      return 'number, or one for each axis'
    case 'padding':
      return `integer, one for each axis, or two for each axis (begin, end)${
        type.named ? '; or valid | half | full | same' : ''
      }`
    case 'ints':
      return `list of integers${type.min === undefined ? '' : ` ≥ ${type.min}`}`
    case 'table':
      return 'list of lists of integers'
  }
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` ≥ ${min}`
  return max === undefined ? '' : ` ≤ ${max}`
}
