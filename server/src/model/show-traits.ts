/** What a layer is like, in the words of its page and its hover. */
import type { AxesKind, AxesRead, Merge, Normalisation, Pooling, Traits, ValueRange } from './traits'

const READS: { readonly [reads in AxesRead]?: string } = {
  signal: 'reads two axes as a signal [C, L]',
  rows: 'reads two axes as rows [T, F]',
}

const MAKES: Readonly<Record<AxesKind, string>> = {
  signal: 'makes a signal [C, L] of a vector',
  rows: 'makes rows [T, F] of a vector',
}

const REARRANGES: Readonly<Record<NonNullable<Traits['rearranges']>, string>> = {
  shape: 'gives the same values in the same order, under another shape',
  axes: 'gives the same values, with the axes in another order',
  places: 'gives the same values at other places',
}

const TRAINING: Readonly<Record<NonNullable<Traits['training']>, string>> = {
  drops: 'acts in training only, where it sets values to 0',
  reverses: 'acts in training only, where it reverses the gradient',
}

const MERGES: Readonly<Record<Merge, string>> = {
  added: 'adds tensors, value by value',
  subtracted: 'subtracts tensors, value by value',
  multiplied: 'multiplies tensors, value by value',
  divided: 'divides tensors, value by value',
  largest: 'takes the largest value of several tensors at each place',
  'side by side': 'joins tensors along an axis',
  'as matrices': 'multiplies tensors as matrices',
}

const POOLS: Readonly<Record<Pooling['over'], string>> = {
  windows: 'pools windows',
  map: 'pools the whole map',
  cells: 'pools as many windows as the output has positions',
}

const CHANNELS: Readonly<Record<Normalisation['channels'], string>> = {
  each: 'each channel by itself',
  groups: 'groups of channels',
  all: 'all channels together',
  neighbours: 'neighbouring channels',
}

/** The traits that say something, a few words each. */
export function showTraits(traits: Traits): readonly string[] {
  const { rearranges, training, merges, pools, normalises, identity } = traits
  const shown = [
    traits.linear && 'linear in each of its tensors, a constant aside',
    traits.elementwise && 'treats each value by itself',
    traits.channelwise && !traits.elementwise && 'each output channel depends on one input channel',
    rearranges && REARRANGES[rearranges],
    training && TRAINING[training],
    normalises && showNormalisation(normalises),
    merges && MERGES[merges],
    pools && POOLS[pools.over],
    traits.interpolates && 'interpolates between positions',
    traits.perPosition && 'has weights of its own for every position',
    typeof traits.range === 'function' ? undefined : showRange(traits.range),
    READS[traits.reads],
    traits.makes && MAKES[traits.makes],
    identity && identity.by !== 'always' && `may change nothing: ${identity.why}`,
  ]
  return shown.filter((words) => typeof words === 'string')
}

function showNormalisation({ channels, positions, batch }: Normalisation): string {
  const over = [positions && 'all positions', batch && 'all images of a batch'].filter(Boolean)
  return `normalises ${CHANNELS[channels]}${over.length === 0 ? ', position by position' : `, over ${over.join(' and ')}`}`
}

function showRange(range: ValueRange): string | undefined {
  if (range === 'any') return undefined
  if (range === 'kept') return 'each value lies between 0 and a value that comes in'
  const { least, most } = range
  if (most === Number.POSITIVE_INFINITY) return `gives values from ${spell(least)} on`
  return least === Number.NEGATIVE_INFINITY
    ? `gives values up to ${spell(most)}`
    : `gives values from ${spell(least)} to ${spell(most)}`
}

function spell(value: number): string {
  return String(value).replace('-', '−')
}
