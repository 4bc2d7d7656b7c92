/** Paddings that are worth a trial for a window, the likeliest first. */
import { span } from '../layers/padding'
import type { LayerNode } from '../model/graph'
import type { PaddingGroup } from './padding-groups'
import type { Pattern } from './padding-pattern'
import { mostPadding, namedPadding, type PaddingChoice, paddingAmounts, windowsOf } from './window-options'

/** How many combinations of amounts are tried for one window when no simple padding helps. */
const MOST_COMBINATIONS = 200

/** The parameter that was meant for the padding, else what keeps the size as the author would write it. */
export function restoringChoices(
  { nodes, parameter }: PaddingGroup,
  { choices }: Pattern,
): readonly PaddingChoice[] {
  const odd = windowsOf(nodes[0]).every((axis) => span(axis) % 2 === 1)
  return [...(parameter ? [parameter] : []), ...choices, ...(odd ? [] : [namedPadding('same')])]
}

/** One amount for all sides, or a name. */
export function simpleChoices({ nodes }: PaddingGroup): readonly PaddingChoice[] {
  return [...uniform(nodes[0]), namedPadding('same'), namedPadding('full'), namedPadding('valid')]
}

/** Amounts that differ between axes or sides, the odd one at the end, fewest first. */
export function* combinedChoices({ nodes: [node] }: PaddingGroup): Generator<PaddingChoice> {
  const totals = windowsOf(node).map((axis) => 2 * mostPadding(node.layer, axis))
  let tried = 0
  for (const amounts of product(totals)) {
    if (++tried > MOST_COMBINATIONS) return
    yield paddingAmounts(
      amounts.map((total) => Math.floor(total / 2)),
      amounts.map((total) => Math.ceil(total / 2)),
    )
  }
}

/** The same amount on all sides, those nearest to half the window first. */
function* uniform(node: LayerNode): Generator<PaddingChoice> {
  const axes = windowsOf(node)
  const most = Math.max(...axes.map((axis) => mostPadding(node.layer, axis)))
  const half = Math.floor((Math.max(...axes.map(span)) - 1) / 2)
  const amounts = Array.from({ length: most + 1 }, (_, amount) => amount)
  amounts.sort((a, b) => Math.abs(a - half) - Math.abs(b - half) || a - b)
  for (const amount of amounts) {
    const all = axes.map(() => amount)
    yield paddingAmounts(all, all)
  }
}

function* product(limits: readonly number[]): Generator<readonly number[]> {
  const [limit, ...rest] = limits
  if (limit === undefined) {
    yield []
    return
  }
  for (let amount = 0; amount <= limit; amount++) {
    for (const others of product(rest)) yield [amount, ...others]
  }
}
