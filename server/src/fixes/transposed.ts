/** Fixes for transposed convolutions. */

import { span } from '../layers/padding'
import { atWindow, setAtStage } from './stage'
import { paddingAmounts } from './window-options'
import { otherPaddings } from './windows'

/** `output_padding` that chooses nothing: the most that is allowed, or a stride for which it is. */
export const outputPaddingTooLarge = atWindow(function* (context) {
  const { axes, outputPadding: given = [] } = context
  const most = axes.map(({ stride, dilation }, i) => Math.min(given[i] ?? 0, Math.max(stride, dilation) - 1))
  yield* setAtStage(context, 'output_padding', paddingAmounts(most, most).text)
  const strides = axes.map(({ stride }, i) => Math.max(stride, (given[i] ?? 0) + 1))
  yield* setAtStage(context, 'stride', paddingAmounts(strides, strides).text)
})

/** More padding than the map grows to: the most that leaves something, or a larger kernel. */
export const outputBelowOne = atWindow(function* (context) {
  const { axes, outputPadding: extra = [] } = context
  const most = axes.map((axis, i) => {
    const grown = (axis.input - 1) * axis.stride + span(axis) + (extra[i] ?? 0)
    return Math.min(axis.begin, axis.end, Math.floor((grown - 1) / 2))
  })
  const all = axes.map(() => Math.min(...most))
  yield* setAtStage(context, 'padding', paddingAmounts(all, all).text)
  const kernels = axes.map((axis, i) => {
    const bare = (axis.input - 1) * axis.stride + 1 + (extra[i] ?? 0)
    const needed = Math.ceil((axis.begin + axis.end + 1 - bare) / axis.dilation) + 1
    return Math.max(axis.kernel, needed)
  })
  yield* setAtStage(context, 'kernel', Math.max(...kernels))
  yield* otherPaddings(context)
})
