import type { LayerNode } from '../model/graph'
import type { Merge } from '../model/traits'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'

interface Same {
  readonly node: LayerNode
  /** The two inputs that are one tensor. */
  readonly first: number
  readonly second: number
}

/** What comes of two operands that are one. */
const RESULTS: { readonly [merge in Merge]?: string } = {
  added: 'the sum is twice what comes in: no branch is added',
  largest: 'the larger of a value and itself is that value',
  subtracted: 'a value less itself is 0, whatever comes in',
  divided: 'a value divided by itself is 1, whatever comes in',
}

export const addOfSameTensor = rule<Same>({
  code: 'add-of-same-tensor',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'A tensor is added to itself',
  explanation: [
    'A residual unit adds what its branch computes to what comes in. When both operands are the same tensor, the',
    'branch is missing: often its result has another name, or none. The sum only doubles the values;',
    '`sub` gives 0, `divide` 1, and `maximum` the tensor itself.',
    '',
    '`mul(x, x)` is a square and `concat(x, x)` repeats the channels: the rule ignores both. A block that merges what',
    'it is given is found only when it is given the same tensor twice everywhere.',
  ].join('\n'),
  source: 'He et al. 2016 (ResNet), §3.2: y = F(x) + x',
  example:
    'network N {\n  input image: [16, 32, 32]\n  y = image -> conv(16, 3, padding=1) -> relu\n  output sum = add(y, y)\n}\n',
  instead:
    'network N {\n  input image: [16, 32, 32]\n  y = image -> conv(16, 3, padding=1) -> relu\n  output sum = add(y, y -> conv(16, 3, padding=1))\n}\n',
  everywhere: true,
  words: ({ node, first, second }) => ({
    what:
      node.inputs.length === 2
        ? `both operands of \`${node.layer.name}\` are the same tensor`
        : `operands ${first + 1} and ${second + 1} of \`${node.layer.name}\` are the same tensor`,
    why:
      node.inputs.length === 2 || node.layer.traits.merges === 'largest'
        ? (RESULTS[node.layer.traits.merges as Merge] as string)
        : 'what stands there twice counts twice',
    todo: 'give the result of the branch as one of them',
  }),
  check({ survey }, report) {
    for (const node of layersHaving(
      survey,
      ({ traits: { merges } }) => merges !== undefined && merges in RESULTS,
    )) {
      const data = repeated(node)
      if (data) report({ node, data })
    }
  },
})

function repeated(node: LayerNode): Same | undefined {
  const { inputs } = node
  if (inputs.length === 2) return inputs[0] === inputs[1] ? { node, first: 0, second: 1 } : undefined
  if (new Set(inputs).size === inputs.length) return undefined
  const second = inputs.findIndex((tensor, i) => inputs.indexOf(tensor) < i)
  return { node, first: inputs.indexOf(inputs[second] as (typeof inputs)[number]), second }
}
