import { SAME, shiftMap } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/merging'
import { PADDING_MODES, paddingExceedsInput, repeatMisfit } from './constraints/padding'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { constraint, faulty, ints, layer, optionalInt, word } from './declare'
import { areAll } from './identities'
import { expandAmounts, type Margins } from './padding'
import { axisLines, spellPadded } from './spell'

interface AmountsData {
  readonly count: number
  /** How many axes are padded: all spatial ones, or the one that `axis` names. */
  readonly axes: number
}

const amountsMismatch = constraint<AmountsData>({
  code: 'pad-amounts-mismatch',
  example: faulty('x -> pad([1, 2, 3])', '[8, 28, 28]'),
  text: '`amounts` has one number, one for each padded axis, or two for each (begin, end).',
  words: ({ count, axes }) => ({
    what: `${count} amounts for ${axes} ${axes === 1 ? 'axis' : 'axes'}`,
    why: 'one amount is for every side, one per axis for both of its sides, two per axis for its begin and end',
    todo: axes === 1 ? 'give 1 or 2 amounts' : `give 1, ${axes} or ${2 * axes} amounts`,
  }),
})

interface PaddedData {
  readonly name: string
  readonly input: number
  readonly begin: number
  readonly end: number
}

const paddedBelowOne = constraint<PaddedData>({
  code: 'output-below-one',
  example: faulty('x -> pad(-3)', '[8, 6, 6]'),
  text: 'Negative amounts take away at most what is there, and every axis of the output is at least 1.',
  words: ({ name, input, begin, end }) => ({
    what: `of the ${name} ${input}, ${begin} + ${end} would leave ${input + begin + end}`.replaceAll(
      '-',
      '−',
    ),
    why: 'positions can only be taken away where they are, and at least one is left',
    todo: `take away at most ${input - 1} in all`,
  }),
})

/** Whether the amounts leave something: PyTorch takes positions away before it adds others. */
function leaves({ input, begin, end }: PaddedData): boolean {
  return input + Math.min(begin, 0) + Math.min(end, 0) >= 0 && input + begin + end >= 1
}

export const pad = layer({
  name: 'pad',
  foreign: [
    ...['ZeroPad1d', 'ZeroPad2d', 'ZeroPad3d', 'ZeroPadding1D', 'ZeroPadding2D', 'ZeroPadding3D'],
    ...[
      'ConstantPad1d',
      'ConstantPad2d',
      'ConstantPad3d',
      'ReflectionPad1d',
      'ReflectionPad2d',
      'ReflectionPad3d',
    ],
    ...['ReplicationPad1d', 'ReplicationPad2d', 'ReplicationPad3d'],
  ],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    pads: true,
    identity: {
      holds: ({ options }) => areAll(options.amounts, 0),
      why: 'nothing is added on any side',
      by: 'options',
      options: ['amounts'],
    },
  },
  summary: 'Adds positions around the map, or channels before and after.',
  details: 'With `axis` that axis alone is padded. Negative amounts take positions away.',
  source: 'channels: He et al. 2016 (ResNet), §4.2, option A',
  output: '[C, i + begin + end …]',
  sees: 'its own place, moved by the padding',
  options: {
    amounts: ints({
      documentation: 'one amount, one per axis, or two per axis (`[top, bottom, left, right]`)',
      foreign: ['padding', 'pad', 'paddings'],
    }),
    axis: optionalInt({
      documentation: 'the only axis that is padded, by one or two amounts; 0 is the channels',
      optional: true,
      countsAxes: true,
      foreign: ['dim'],
    }),
    mode: word(PADDING_MODES, { documentation: 'what stands in the padding', default: 'zeros' }),
  },
  constraints: [needsSpatialAxes, axisOutOfRange, amountsMismatch, paddingExceedsInput, paddedBelowOne],
  example: `network Padded {
  input x: [16, 32, 32]
  output y = x -> pad([0, 1, 0, 1]) -> maxpool(3, stride=2)
  expect y.shape == [16, 16, 16]
  output shortcut = x -> pad([8, 8], axis=0)
  expect shortcut.shape == [32, 32, 32]
}`,
  infer: ({ shapes, options: { amounts, axis, mode } }) => {
    const [x] = shapes as [Shape]
    const only = axis === undefined ? spatialMisfit(x) : resolveAxis(axis, x)
    if (isMisfit(only)) return only
    const count = only === undefined ? x.length - 1 : 1
    const margins = expandAmounts(amounts, count)
    if (margins === undefined)
      return amountsMismatch.violated({ count: amounts.length, axes: count }, 'amounts')
    const axes = x.map((input, i) => {
      const padded = only === undefined ? margins[i - 1] : i === only ? margins[0] : undefined
      return { name: axisName(i, x.length), input, ...(padded ?? NOTHING) }
    })
    const repeated = repeatMisfit(mode, axes, 'amounts')
    if (repeated) return repeated
    const small = axes.find((axis) => !leaves(axis))
    if (small) return paddedBelowOne.violated(small, 'amounts')
    const isRepeated = mode !== 'zeros' && axes.some(({ begin, end }) => begin > 0 || end > 0)
    return {
      shapes: [axes.map(({ input, begin, end }) => input + begin + end)],
      field: {
        kind: 'maps',
        maps: axes.map(({ begin }) => (begin === 0 ? SAME : shiftMap(begin))),
        ...(isRepeated && { repeated: true }),
      },
    }
  },
  formula: ({ shapes, options: { amounts, axis } }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    const only = axis === undefined ? undefined : (resolveAxis(axis, x) as number)
    const margins = expandAmounts(amounts, only === undefined ? x.length - 1 : 1) ?? []
    if (only === undefined) {
      return axisLines(output, (i) => spellPadded({ input: x[i + 1] as number, ...(margins[i] ?? NOTHING) }))
    }
    const term = spellPadded({ input: x[only] as number, ...(margins[0] ?? NOTHING) })
    return [`${axisName(only, x.length)} ${term} = ${output[only]}`]
  },
})

const NOTHING: Margins = { begin: 0, end: 0 }
