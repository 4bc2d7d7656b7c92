/** Paddings for a window, with the shapes that they lead to. */
import { CompletionItemKind } from 'vscode-languageserver-types'
import {
  halfAmounts,
  isTransposed,
  mostPadding,
  namedPadding,
  type PaddingChoice,
  paddingAmounts,
  windowsOf,
} from '../../fixes/window-options'
import { span } from '../../layers/padding'
import { paddedSize } from '../../layers/window'
import type { Padding } from '../../model/layer'
import type { Shape } from '../../model/shape'
import { showTensor } from '../../model/show'
import { boundCall, type TriedNode, tryNode, type WrittenCall } from './call'
import type { Proposal } from './item'

/** Amounts above this one are seldom meant. */
const MOST_AMOUNTS = 6

const MEANINGS: Readonly<Record<string, string>> = {
  same: 'As much as gives ⌈i/s⌉ positions, an odd one at the end.',
  half: '⌊(d(k − 1) + 1)/2⌋ on both sides: a window of odd size keeps the size at stride 1.',
  valid: 'None.',
  full: 'd(k − 1) on both sides: every window that touches the input.',
}

/**
 * The paddings of a call. Where its tensor and its other options are known, those come first that keep the size
 * (divided by the stride) or with which the windows divide the input exactly.
 */
export function paddingValues(call: WrittenCall, option: string): readonly Proposal[] {
  const node = boundCall(call, option, 'valid')
  if (node === undefined) return Object.keys(MEANINGS).map((text) => proposal(text, undefined))
  return choices(node)
    .flatMap(({ padding, text }): { text: string; rank: number; detail: string | undefined }[] => {
      if (typeof padding === 'function') return []
      const result = tryNode(node, { ...node.options, [option]: padding })
      const shape = result?.shapes[0]
      // A name stays a name of the language where it does not fit; an amount that does not fit is none.
      if (shape === undefined) return text in MEANINGS ? [{ text, rank: FAILS, detail: undefined }] : []
      const items = result?.items ?? node.inputs[0]?.items ?? 1
      return [{ text, rank: rankOf(node, padding, shape), detail: `→ ${showTensor({ shape, items })}` }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ text, detail }) => proposal(text, detail))
}

/** Behind all that fits. */
const FAILS = 4

function proposal(text: string, detail: string | undefined): Proposal {
  const isName = text in MEANINGS
  return {
    label: text,
    kind: isName ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
    detail,
    documentation: MEANINGS[text],
    ...(isName ? { commitCharacters: [',', ')'] } : {}),
  }
}

function choices(node: TriedNode): readonly PaddingChoice[] {
  const axes = windowsOf(node)
  const most = Math.min(MOST_AMOUNTS, ...axes.map((axis) => mostPadding(node.layer, axis)))
  const even = Array.from({ length: Math.max(0, most) + 1 }, (_, amount) => {
    const each = axes.map(() => amount)
    return paddingAmounts(each, each)
  })
  return [halfAmounts(axes), ...(['same', 'half', 'valid', 'full'] as const).map(namedPadding), ...even]
}

/** 0 keeps the size and divides exactly, 1 keeps it, 2 divides exactly, 3 neither. */
function rankOf(node: TriedNode, padding: Padding, output: Shape): number {
  const axes = windowsOf({ ...node, options: { ...node.options, padding } })
  const transposed = isTransposed(node.layer)
  const keeps = axes.every(
    ({ input, stride }, i) => output[i + 1] === (transposed ? input * stride : Math.ceil(input / stride)),
  )
  const exact = transposed || axes.every((axis) => (paddedSize(axis) - span(axis)) % axis.stride === 0)
  return (keeps ? 0 : 2) + (exact ? 0 : 1)
}
