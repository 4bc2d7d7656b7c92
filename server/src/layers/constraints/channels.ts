/** Constraints on channel counts. */
import { greatestCommonDivisor } from '../../model/axis-map'
import { constraint, networkText } from '../declare'

export interface GroupsData {
  readonly groups: number
  readonly channels: { readonly input: number; readonly output: number }
  /** Which of the two counts the groups do not divide. */
  readonly side: 'input' | 'output'
}

export const groupsDoNotDivide = constraint<GroupsData>({
  code: 'groups-do-not-divide',
  title: 'Groups that do not divide the channels',
  explanation:
    'All groups have the same number of channels. So `groups` must divide the channels of the input, and in a convolution those of the output too.',
  example: networkText('x -> conv(64, 3, groups=3)', '[32, 28, 28]'),
  text: '`groups` divides the channels of the input and of the output.',
  words: ({ groups, channels, side }) => ({
    what: `groups=${groups} does not divide the ${channels[side]} channels of the ${side}`,
    why: 'every group takes the same share of the channels',
    todo: `use groups=${nearestDivisor(groups, greatestCommonDivisor(channels.input, channels.output))}, or a multiple of ${groups} channels`,
  }),
})

/** The violation when the groups do not divide both channel counts. */
export function groupsMisfit(groups: number, input: number, output: number) {
  const channels = { input, output }
  if (input % groups !== 0) return groupsDoNotDivide.violated({ groups, channels, side: 'input' }, 'groups')
  if (output % groups !== 0) return groupsDoNotDivide.violated({ groups, channels, side: 'output' }, 'groups')
  return undefined
}

export interface DivisionData {
  /** What is divided: `channels`, `height`, … */
  readonly what: string
  readonly count: number
  readonly divisor: number
  /** How the divisor came about: `factor² = 3²`, `groups`. */
  readonly spelled: string
}

const divisionWords = ({ what, count, divisor, spelled }: DivisionData) => ({
  what: `${spelled} = ${divisor} does not divide the ${what} ${count}`,
  why: `the ${what} must fall into equal parts`,
  todo: `make the ${what} a multiple of ${divisor}, such as ${Math.max(1, Math.round(count / divisor)) * divisor}`,
})

export const channelsDoNotDivide = constraint<DivisionData>({
  code: 'channels-do-not-divide',
  title: 'Channels that cannot be divided into equal parts',
  explanation:
    'The layer divides the channels (or features) into parts of equal size. For instance `pixel_shuffle(3)` makes one channel from 3² = 9, so that the number of channels must be a multiple of 9.',
  example: networkText('x -> pixel_shuffle(3)', '[64, 28, 28]'),
  text: 'The channels (or features) can be divided into equal parts, as many as the layer needs.',
  words: divisionWords,
})

export const sizeDoesNotDivide = constraint<DivisionData>({
  code: 'size-does-not-divide',
  title: 'A spatial axis that cannot be divided into equal parts',
  explanation:
    'The layer divides each spatial axis into parts of equal size. So the size along each axis must be a multiple of it.',
  example: networkText('x -> space_to_depth(4)', '[64, 14, 14]'),
  text: 'Each spatial axis can be divided into equal parts, of the size that the layer needs.',
  words: divisionWords,
})

/** Beyond this distance a divisor would be no help as a proposal. */
const FAR = 4096

/** The divisor of `count` closest to `wanted`, the smaller of two; 1 when none is near. */
export function nearestDivisor(wanted: number, count: number): number {
  const start = Math.min(wanted, count)
  for (let distance = 0; distance < FAR; distance++) {
    for (const candidate of [start - distance, start + distance]) {
      if (candidate >= 1 && candidate <= count && count % candidate === 0) return candidate
    }
  }
  return 1
}
