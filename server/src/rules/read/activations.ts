/** What is known of the values that activations give. */
import { resolveAxis } from '../../layers/axes'
import type { LayerNode, Tensor } from '../../model/graph'

/** Give shares that sum to 1 along an axis. */
export const SOFTMAXES: readonly string[] = ['group_softmax', 'softmax']

/** Give values from 0 to 6, most of them from 0 to 1. */
const WITHIN_SIX: readonly string[] = ['hardsigmoid', 'relu6', 'sigmoid', ...SOFTMAXES]

/** Give no value below 0. */
const NON_NEGATIVE: readonly string[] = ['abs', 'relu', 'softplus', ...WITHIN_SIX]

/** Activations that leave what these others give as it is. */
export const IDENTITY_AFTER: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['abs', 'elu', 'leaky_relu', 'prelu', 'relu'].map((name) => [name, new Set(NON_NEGATIVE)] as const),
  ['relu6', new Set(WITHIN_SIX)],
])

/** The axis that a softmax sums over, and any layer with an `axis` that is left out as softmax leaves it. */
export function softmaxAxis({ inputs, options }: LayerNode): number {
  const { shape } = inputs[0] as Tensor
  const axis = (options.axis as number | undefined) ?? (shape.length === 2 ? 1 : 0)
  return resolveAxis(axis, shape) as number
}
