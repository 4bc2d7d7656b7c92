import { SAME, shiftMap } from '../model/axis-map'
import type { ForeignArgument } from '../model/foreign'
import type { Violation } from '../model/layer'
import { NONE } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { showCountOf } from '../model/show'
import { axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { PADDING_MODES, paddingExceedsInput, repeatMisfit } from './constraints/padding'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { OUTPUT_BELOW_ONE } from './constraints/windows'
import { constraint, layer, networkText, optionalInt, optionalInts, optionalSize, word } from './declare'
import { keras, lastAxisFirst, pairs, pairsTaken, pytorch } from './foreign'
import { areAll } from './identities'
import { expandAmounts, type Margins } from './padding'
import { referenceRank } from './reference'
import { axisLines, spellPadded } from './spell'

interface AmountsData {
  readonly count: number
  /** How many axes are padded: all spatial ones, or the one that `axis` names. */
  readonly axes: number
}

const amountsMismatch = constraint<AmountsData>({
  code: 'pad-amounts-mismatch',
  title: 'A wrong number of padding amounts',
  explanation:
    '`amounts` is one number for all sides, one number for each axis, or two numbers for each axis: begin and end.',
  example: networkText('x -> pad([1, 2, 3])', '[8, 28, 28]'),
  instead: networkText('x -> pad([1, 2])', '[8, 28, 28]'),
  text: '`amounts` has one number, one for each padded axis, or two for each (begin, end).',
  words: ({ count, axes }) => ({
    what: `\`amounts\` has ${showCountOf(count, 'number')} for ${axes} ${axes === 1 ? 'axis' : 'axes'}`,
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
  ...OUTPUT_BELOW_ONE,
  example: networkText('x -> pad(-3)', '[8, 6, 6]'),
  instead: networkText('x -> pad(-2)', '[8, 6, 6]'),
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

interface TargetData {
  /** What is given of `amounts`, `size` and the second tensor. */
  readonly given: readonly string[]
}

const amountsOrTarget = constraint<TargetData>({
  code: 'amounts-or-target',
  title: 'No amount of padding, or more than one way of giving it',
  explanation:
    '`pad` has to know how much it adds. This is said in one of three ways: by `amounts`, by the `size` of the result, or by a second tensor that has this size. `axis` goes with `amounts` alone.',
  example: networkText('x -> pad', '[8, 28, 28]'),
  instead: networkText('x -> pad(2)', '[8, 28, 28]'),
  text: 'Exactly one of `amounts`, `size` and a second tensor is given; `axis` goes with `amounts`.',
  words: ({ given }) => ({
    what:
      given.length === 0
        ? 'neither amounts nor a size to reach are given'
        : `${given.join(' and ')} are given together`,
    why: 'amounts say how much is added, a size or a second tensor how large the output is',
    todo:
      given.length === 0
        ? 'give amounts, a size, or a tensor whose size is taken'
        : `leave ${given.length === 2 ? 'one of them' : 'all but one'} out`,
  }),
})

interface TargetSizeData {
  readonly name: string
  readonly input: number
  readonly wanted: number
}

const padTargetSmaller = constraint<TargetSizeData>({
  code: 'pad-target-smaller',
  title: 'Padding to a size that is smaller than the input',
  explanation: 'Padding to a size only adds positions. To take positions away, use `center_crop`.',
  example: networkText('x -> pad(size=20)', '[8, 28, 28]'),
  instead: networkText('x -> center_crop(20)', '[8, 28, 28]'),
  text: 'The size to reach is at least the input’s.',
  words: ({ name, input, wanted }) => ({
    what: `the ${name} ${input} cannot be padded to ${wanted}, which is smaller`,
    why: 'padding to a size only adds positions',
    todo: 'take positions away by center_crop, or pad the other of the two maps',
  }),
})

/** Whether the amounts leave something: PyTorch takes positions away before it adds others. */
function leaves({ input, begin, end }: PaddedData): boolean {
  return input + Math.min(begin, 0) + Math.min(end, 0) >= 0 && input + begin + end >= 1
}

const LAST_FIRST: Readonly<Record<string, ForeignArgument>> = {
  padding: { option: 'amounts', value: lastAxisFirst },
  amounts: { option: 'amounts', value: lastAxisFirst },
}

export const pad = layer({
  name: 'pad',
  foreign: [
    ...pytorch('ZeroPad1d ZeroPad2d ZeroPad3d', { args: LAST_FIRST }),
    ...pytorch('ConstantPad1d ConstantPad2d ConstantPad3d', {
      order: ['padding', 'value'],
      args: { ...LAST_FIRST, value: { only: [0] } },
    }),
    ...pytorch('ReflectionPad1d ReflectionPad2d ReflectionPad3d', {
      args: LAST_FIRST,
      gives: { mode: 'reflect' },
    }),
    ...pytorch('ReplicationPad1d ReplicationPad2d ReplicationPad3d', {
      args: LAST_FIRST,
      gives: { mode: 'nearest' },
    }),
    ...pytorch('CircularPad1d CircularPad2d CircularPad3d', {
      args: LAST_FIRST,
      gives: { mode: 'circular' },
    }),
    ...pytorch('pad', {
      needs: ['value'],
      order: ['padding', 'mode', 'value'],
      args: { ...LAST_FIRST, pad: { option: 'amounts', value: lastAxisFirst }, value: { only: [0] } },
    }),
    ...keras('ZeroPadding1D ZeroPadding2D ZeroPadding3D', {
      args: { padding: { option: 'amounts', value: pairs }, data_format: { only: ['channels_last'] } },
      order: ['padding', 'data_format'],
      gives: { amounts: '1' },
    }),
    ...keras('Cropping1D Cropping2D Cropping3D', {
      args: { cropping: { option: 'amounts', value: pairsTaken }, data_format: { only: ['channels_last'] } },
      order: ['cropping', 'data_format'],
      requires: ['cropping'],
    }),
  ],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    pads: true,
    identity: {
      holds: ({ options }) => options.amounts !== undefined && areAll(options.amounts, 0),
      why: 'nothing is added on any side',
      by: 'options',
      options: ['amounts'],
    },
  },
  summary: 'Adds positions around the map, or channels before and after.',
  details: [
    'With `axis` only that axis is padded. Negative amounts take positions away. With `size`, or a second tensor of the',
    'size to reach, the missing positions are added: half on each side, one more at the end where their number is odd.',
  ].join(' '),
  source: 'channels: He et al. 2016 (ResNet), §4.2, option A',
  output:
    '[C, i + begin + end …]; the input’s shape, begin + end more along that axis with `axis`; [C, size …] with `size` or a second tensor',
  sees: 'its own place, moved by the padding; nothing of the second tensor',
  tensors: [
    { name: 'x', documentation: 'the input' },
    {
      name: 'reference',
      documentation: 'a tensor whose spatial size is reached, in place of `amounts`',
      optional: true,
    },
  ],
  byPlace: ['amounts'],
  options: {
    amounts: optionalInts({
      documentation: 'one amount, one per axis, or two per axis (`[top, bottom, left, right]`)',
      optional: true,
      foreign: ['padding', 'pad', 'paddings'],
    }),
    axis: optionalInt({
      documentation: 'the only axis that is padded, by one or two amounts; 0 is the channels',
      optional: true,
      countsAxes: true,
      foreign: ['dim'],
    }),
    mode: word(PADDING_MODES, {
      documentation: 'what stands in the padding',
      default: 'zeros',
      foreignWords: { replicate: 'nearest', edge: 'nearest', constant: 'zeros', reflection: 'reflect' },
    }),
    size: optionalSize({
      documentation: 'the size to reach, in place of `amounts`',
      optional: true,
      foreign: ['output_size', 'target_size'],
    }),
  },
  constraints: [
    amountsOrTarget,
    needsSpatialAxes,
    axisOutOfRange,
    referenceRank,
    padTargetSmaller,
    amountsMismatch,
    paddingExceedsInput,
    paddedBelowOne,
  ],
  use: 'Where the padding is not the same on all sides, or belongs to no convolution: before a pooling of TensorFlow, for mirrored borders in style transfer, for the channels of a shortcut without weights.',
  inPyTorch: 'nn.ZeroPad2d((0, 1, 0, 1))',
  example: `network Padded {
  input x: [16, 32, 32]
  output y = x -> pad([0, 1, 0, 1]) -> maxpool(3, stride=2)
  expect y.shape == [16, 16, 16]
  output shortcut = x -> pad([8, 8], axis=0)
  expect shortcut.shape == [32, 32, 32]
  output same = pad(y, x)
  expect same.shape == [16, 32, 32]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const { axis, mode } = options
    const only = axis === undefined ? spatialMisfit(x) : resolveAxis(axis, x)
    if (isMisfit(only)) return only
    const margins = wantedMargins(shapes, options, only)
    if (isMisfit(margins)) return margins
    const axes = x.map((input, i) => ({
      name: axisName(i, x.length),
      input,
      ...marginsOf(margins, only, i),
    }))
    // Amounts that a second tensor asks for are its fault.
    const at = options.amounts ? 'amounts' : options.size ? 'size' : 1
    const repeated = repeatMisfit(mode, axes, at)
    if (repeated) return repeated
    const small = axes.find((axis) => !leaves(axis))
    if (small) return paddedBelowOne.violated(small, at)
    const maps = axes.map(({ begin }) => (begin === 0 ? SAME : shiftMap(begin)))
    const isRepeated = mode !== 'zeros' && axes.some(({ begin, end }) => begin > 0 || end > 0)
    const own = { kind: 'maps' as const, maps, ...(isRepeated && { repeated: true as const }) }
    return {
      shapes: [axes.map(({ input, begin, end }) => input + begin + end)],
      field: [own, NONE].slice(0, shapes.length),
    }
  },
  formula: ({ shapes, options }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    const only = options.axis === undefined ? undefined : (resolveAxis(options.axis, x) as number)
    const margins = wantedMargins(shapes, options, only) as readonly Margins[]
    const term = (i: number) => spellPadded({ input: x[i] as number, ...marginsOf(margins, only, i) })
    if (only === undefined) return axisLines(output, (i) => term(i + 1))
    return [`${axisName(only, x.length)} ${term(only)} = ${output[only]}`]
  },
})

const NOTHING: Margins = { begin: 0, end: 0 }

/** The margins of axis `axis`; `margins` has one entry for each padded axis: for `only`, or for all spatial ones. */
function marginsOf(margins: readonly Margins[], only: number | undefined, axis: number): Margins {
  return (only === undefined ? margins[axis - 1] : axis === only ? margins[0] : undefined) ?? NOTHING
}

interface PadOptions {
  readonly amounts: readonly number[] | undefined
  readonly axis: number | undefined
  readonly size: readonly number[] | undefined
}

/** The margins of each padded axis, by amounts or by the size to reach; or the violation. */
function wantedMargins(
  shapes: readonly Shape[],
  { amounts, size }: PadOptions,
  only: number | undefined,
): readonly Margins[] | Violation {
  const [x, reference] = shapes as [Shape, Shape?]
  const targets = [
    ...(amounts === undefined ? [] : ['amounts']),
    ...(size === undefined ? [] : ['a size']),
    ...(reference === undefined ? [] : ['a second tensor']),
  ]
  const isAxisAlone = only !== undefined && amounts === undefined && targets.length > 0
  const given = isAxisAlone ? [...targets, 'an axis'] : targets
  if (given.length !== 1) return amountsOrTarget.violated({ given }, size === undefined ? undefined : 'size')
  if (amounts !== undefined) {
    const axes = only === undefined ? x.length - 1 : 1
    return (
      expandAmounts(amounts, axes) ?? amountsMismatch.violated({ count: amounts.length, axes }, 'amounts')
    )
  }
  if (reference !== undefined && reference.length !== x.length) {
    return referenceRank.violated({ shapes: [x, reference] }, 1)
  }
  const wanted = size ?? (reference as Shape).slice(1)
  const missing = wanted.map((each, i) => each - (x[i + 1] as number))
  const axis = missing.findIndex((each) => each < 0)
  if (axis >= 0) {
    const data = {
      name: axisName(axis + 1, x.length),
      input: x[axis + 1] as number,
      wanted: wanted[axis] as number,
    }
    return padTargetSmaller.violated(data, size === undefined ? 1 : 'size')
  }
  return missing.map((each) => ({ begin: Math.floor(each / 2), end: Math.ceil(each / 2) }))
}
