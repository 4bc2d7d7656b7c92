/** What is said where maps that meet differ because a stage before had rounded a size. */
import { axisName } from './axes'

/** How a size was rounded on the way to where it meets another one. */
export interface RoundedSize {
  /** The axis of the shapes: 1 is the first behind the channels. */
  readonly axis: number
  /** The stages that rounded it, in their order. */
  readonly stages: readonly [RoundedStage, ...RoundedStage[]]
  /** Something on the way back enlarges by a factor. */
  readonly enlarges: boolean
  /** The input, its size, and the number whose multiples no stage rounds, where that is certain. */
  readonly whole?: { readonly input: string; readonly size: number; readonly multiple: number }
}

export interface RoundedStage {
  /** The layer as one would write it. */
  readonly call: string
  readonly input: number
  readonly output: number
  readonly stride: number
}

/** `71 is odd: maxpool(2) makes 35, doubled 70`; where nothing enlarges it again, without the last part. */
export function roundingText(stage: RoundedStage, enlarges: boolean): string {
  const { input, output, stride } = stage
  if (!Number.isInteger(stride)) return `${madeText(stage)}, not ${Number((input / stride).toFixed(2))}`
  const fault = stride === 2 ? 'is odd' : `is not divisible by ${stride}`
  const back = stride === 2 ? `, doubled ${2 * output}` : `, and ${stride}·${output} = ${stride * output}`
  return `${input} ${fault}: ${madeText(stage)}${enlarges ? back : ''}`
}

function madeText({ call, output }: RoundedStage): string {
  return `${call} makes ${output}`
}

/** The stages that rounded along the first of the axes: the first of them in full, what follows in short. */
export function roundingCause([rounded]: readonly RoundedSize[]): string {
  if (rounded === undefined) return ''
  const { stages, enlarges } = rounded
  const [first, ...others] = stages
  const text = roundingText(first, enlarges)
  if (others.length === 0) return text
  if (!enlarges && others.every(({ input }) => input === first.input))
    return [text, ...others.map(madeText)].join(', ')
  const inputs = others.map(({ input }) => input)
  const later =
    inputs.length > MOST_NAMED ? `${inputs.length} later sizes are` : listed(inputs, inputs.length > 1)
  return `${text}; ${later} rounded too`
}

/** More sizes are counted, not named. */
const MOST_NAMED = 4

function listed(numbers: readonly number[], isPlural: boolean): string {
  if (!isPlural) return `${numbers[0]} is`
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)} are`
}

/** What to do: sizes of the input that no stage rounds, or a map that is brought to the other's size. */
export function roundingRemedy(rounded: readonly RoundedSize[], rank: number): string {
  const enlarges = rounded.some((axis) => axis.enlarges)
  const other = enlarges
    ? 'bring the enlarged map to the size of the other by resize'
    : 'let both branches round alike (ceil=true rounds up)'
  return `${wholeSizes(rounded, rank) ?? 'choose a size of the input that no stage rounds'}, or ${other}`
}

/** ``make height and width of `image` 560 or 576 (multiples of 16)``. */
function wholeSizes(rounded: readonly RoundedSize[], rank: number): string | undefined {
  const groups = new Map<string, string[]>()
  let target: { readonly input: string; readonly multiple: number } | undefined
  for (const { axis, whole } of rounded) {
    if (whole === undefined || (target && target.input !== whole.input)) return undefined
    target = { input: whole.input, multiple: Math.max(whole.multiple, target?.multiple ?? 0) }
    const below = Math.floor(whole.size / whole.multiple) * whole.multiple
    const sizes = [below, below + whole.multiple].filter((size) => size > 0).join(' or ')
    groups.set(sizes, [...(groups.get(sizes) ?? []), axisName(axis, rank)])
  }
  if (target === undefined) return undefined
  const [first, ...others] = [...groups].map(([sizes, names], i) => {
    const of = i === 0 ? ` of \`${target.input}\`` : ''
    return `the ${names.join(' and the ')}${of} ${sizes}`
  })
  const all = [first, ...others].join(' and ')
  return `make ${all} (${others.length > 0 || rounded.length > 1 ? 'multiples' : 'a multiple'} of ${target.multiple})`
}
