/** Constraints on paddings that repeat the input. */
import { constraint, networkText } from '../declare'
import type { Margins } from '../padding'

export type PaddingMode = (typeof PADDING_MODES)[number]

/** What stands in the padding; all but `zeros` and `mean` repeat the input. */
export const PADDING_MODES = ['zeros', 'mean', 'nearest', 'reflect', 'circular'] as const

export interface RepeatData {
  readonly mode: PaddingMode
  /** The axis at fault, by its name. */
  readonly name: string
  readonly axis: number
  readonly input: number
  readonly begin: number
  readonly end: number
  /** All axes; where a window is padded, with its size. */
  readonly axes: readonly PaddedAxis[]
}

type PaddedAxis = Margins & { readonly name: string; readonly input: number }

export const paddingExceedsInput = constraint<RepeatData>({
  code: 'padding-exceeds-input',
  title: 'More padding than the input can fill',
  explanation:
    '`reflect` fills the padding with the mirrored input, `circular` with the input from the opposite side. So the padding must be smaller than the input with `reflect`, and at most as large with `circular`.',
  example: networkText('x -> conv(8, 9, padding=4, padding_mode=reflect)', '[3, 4, 4]'),
  text: 'With `reflect` the padding is smaller than the input, with `circular` at most as large.',
  words: ({ mode, name, input, begin, end }) => ({
    what: `${mode} padding ${Math.max(begin, end)} is too large for the ${name} ${input}`,
    why:
      mode === 'reflect'
        ? 'a reflection without its edge has one position less than the input'
        : 'the input is wrapped around once at most',
    todo: `use padding=${mode === 'reflect' ? input - 1 : input} or less, or another padding mode`,
  }),
})

/** The violation when a padding repeats more than there is. */
export function repeatMisfit(mode: PaddingMode, axes: readonly PaddedAxis[], at: string | number) {
  if (mode !== 'reflect' && mode !== 'circular') return undefined
  const most = (input: number) => (mode === 'reflect' ? input - 1 : input)
  const axis = axes.findIndex(({ input, begin, end }) => Math.max(begin, end) > most(input))
  const found = axes[axis]
  if (found === undefined) return undefined
  const { name, input, begin, end } = found
  return paddingExceedsInput.violated({ mode, name, axis, input, begin, end, axes }, at)
}
