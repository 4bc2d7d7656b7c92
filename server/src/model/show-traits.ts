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
  shape: 'only changes the shape',
  axes: 'only changes the order of the axes',
  places: 'only moves values to other places',
}

const TRAINING: Readonly<Record<NonNullable<Traits['training']>, string>> = {
  drops: 'acts in training only, where it drops values',
  reverses: 'acts in training only, where it reverses the gradient',
}

const MERGES: Readonly<Record<Merge, string>> = {
  added: 'adds tensors',
  subtracted: 'subtracts tensors',
  multiplied: 'multiplies tensors, value by value',
  divided: 'divides tensors, value by value',
  largest: 'takes the largest of tensors, value by value',
  'side by side': 'puts tensors side by side',
  'as matrices': 'multiplies tensors as matrices',
}

const POOLS: Readonly<Record<Pooling['over'], string>> = {
  windows: 'pools windows',
  map: 'pools the whole map',
  cells: 'pools as many cells as the output has positions',
}

const CHANNELS: Readonly<Record<Normalisation['channels'], string>> = {
  each: 'each channel alone',
  groups: 'groups of channels',
  all: 'all channels together',
  neighbours: 'neighbouring channels',
}

/** The traits that say something, a few words each. */
export function showTraits(traits: Traits): readonly string[] {
  const { rearranges, training, merges, pools, normalises, identity } = traits
  const shown = [
    traits.linear && 'a linear function of its tensor',
    traits.elementwise && 'works on every value alone',
    traits.channelwise && !traits.elementwise && 'works on every channel alone',
    rearranges && REARRANGES[rearranges],
    training && TRAINING[training],
    normalises && showNormalisation(normalises),
    merges && MERGES[merges],
    pools && POOLS[pools.over],
    traits.interpolates && 'reads between positions',
    traits.perPosition && 'weights of their own for every position',
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
  if (range === 'kept') return 'gives values between 0 and those that come in'
  const { least, most } = range
  if (most === Number.POSITIVE_INFINITY) return `gives values from ${spell(least)} on`
  return least === Number.NEGATIVE_INFINITY
    ? `gives values up to ${spell(most)}`
    : `gives values from ${spell(least)} to ${spell(most)}`
}

function spell(value: number): string {
  return String(value).replace('-', '−')
}
