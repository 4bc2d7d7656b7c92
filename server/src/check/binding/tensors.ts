/** How the tensors of a call are shared out among the parameters that take them. */
import type { TensorParameter } from '../../model/layer'

/** The tensors without a name that a parameter gets: `count` of them from number `from` on. */
interface Share {
  readonly parameter: TensorParameter
  readonly from: number
  readonly count: number
}

export type TensorAssignment =
  /** The shares of the parameters that get some. */
  | { readonly kind: 'complete'; readonly shares: readonly Share[] }
  /** A parameter lacks its tensor; `needs` is how many there must be in all. */
  | { readonly kind: 'missing'; readonly needs: number }
  /** There is no parameter for tensor number `first`. */
  | { readonly kind: 'too-many'; readonly first: number }

/** What is known of the tensors of a call. */
export interface TensorCounts {
  /** How many have no name; those that are piped in come first. */
  readonly count: number
  /** Some of them were given as a list: a parameter that takes all that are left is then content with one. */
  readonly listed: boolean
  /** Whether a parameter's tensor is given by its name. */
  readonly isNamed: (name: string) => boolean
}

/** Shares the tensors without a name out among the parameters that have none by name, in their order. */
export function assignTensors(
  parameters: readonly TensorParameter[],
  { count, listed, isNamed }: TensorCounts,
): TensorAssignment {
  const shares: Share[] = []
  let from = 0
  for (const [i, parameter] of parameters.entries()) {
    if (isNamed(parameter.name)) continue
    const most = parameter.rest ? Math.max(count - from - neededBehind(parameters, i, isNamed).length, 0) : 1
    const taken = Math.min(most, count - from)
    if (taken < leastOf(parameter, listed)) return { kind: 'missing', needs: leastTensors(parameters) }
    if (taken > 0) shares.push({ parameter, from, count: taken })
    from += taken
  }
  return from < count ? { kind: 'too-many', first: from } : { kind: 'complete', shares }
}

/** The parameters behind the one at `i` that need a tensor. */
function neededBehind(
  parameters: readonly TensorParameter[],
  i: number,
  isNamed: (name: string) => boolean,
): readonly TensorParameter[] {
  const behind = parameters.slice(i + 1)
  return behind.filter(({ name, optional, rest }) => !optional && rest?.min !== 0 && !isNamed(name))
}

function leastOf({ optional, rest }: TensorParameter, listed: boolean): number {
  if (optional) return 0
  if (rest === undefined) return 1
  return listed ? Math.min(1, rest.min) : rest.min
}

/** The parameter that lacks its tensor; undefined where a call has all that it needs. */
export function lackingParameter(
  parameters: readonly TensorParameter[],
  { count, listed, isNamed }: TensorCounts,
): TensorParameter | undefined {
  let left = count
  for (const [i, parameter] of parameters.entries()) {
    if (isNamed(parameter.name)) continue
    const behind = parameter.rest ? neededBehind(parameters, i, isNamed) : []
    const least = leastOf(parameter, listed)
    if (left < least) return parameter
    // What there is does for this one alone.
    if (left < least + behind.length) return behind[Math.max(0, left - least)]
    left -= parameter.rest ? left - behind.length : Math.min(1, left)
  }
  return undefined
}

/** How many tensors a call cannot do without. */
export function leastTensors(parameters: readonly TensorParameter[]): number {
  return parameters.reduce((sum, { optional, rest }) => sum + (optional ? 0 : (rest?.min ?? 1)), 0)
}

/**
 * Whether a call that has `count` tensors is sure to need one more among its arguments: a layer that takes one
 * tensor gets it from a flow as a rule, and the call may be a layer that waits for it.
 */
export function needsTensor(parameters: readonly TensorParameter[], count: number): boolean {
  const least = leastTensors(parameters)
  return count < least && (least > 1 || parameters.some(({ rest }) => rest !== undefined))
}

/** The parameter that the tensor without a name at `index` fills, while it is not known how many there will be. */
export function tensorParameterAt(
  parameters: readonly TensorParameter[],
  index: number,
): TensorParameter | undefined {
  return parameters[index] ?? parameters.findLast(({ rest }) => rest)
}
