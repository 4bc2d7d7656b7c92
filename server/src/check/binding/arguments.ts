/** Which parameter each argument of a call gives: the one place that knows how the language binds them. */
import type { Signature } from './signature'

/** What an argument is, as far as it decides where it goes; `unknown` where nothing tells whether it is a tensor. */
export type ArgumentKind = 'tensor' | 'value' | 'unknown'

/** Where an argument goes. */
export type Slot =
  | { readonly kind: 'option'; readonly name: string }
  /** One of the tensors that fill the parameters in their order. */
  | { readonly kind: 'tensor' }
  | { readonly kind: 'named-tensor'; readonly name: string }
  /** What its name stands for has a value already. */
  | { readonly kind: 'given-twice'; readonly name: string }
  | { readonly kind: 'unknown-name'; readonly name: string }
  /** A value without a name behind those that go by place; `option` is the one that stands there, if there is one. */
  | { readonly kind: 'too-many'; readonly option?: string }
  /** It may be a tensor or the value of an option. */
  | { readonly kind: 'open' }

const TENSOR: Slot = { kind: 'tensor' }
const OPEN: Slot = { kind: 'open' }

/** The option that a value without a name gives: the first one of those by place that has none yet. */
export function nextOption({ byPlace }: Signature, isGiven: (name: string) => boolean): string | undefined {
  for (const name of byPlace) if (!isGiven(name)) return name
  return undefined
}

/**
 * Where an argument goes. `isGiven` tells what has a value already, by the arguments before it or by earlier calls;
 * `surplus` is how many of these were too many. `kindOf` is asked for an argument without a name, with the option
 * whose place it has unless it is a tensor: some options read a bare name as a word.
 */
export function slotFor(
  signature: Signature,
  isGiven: (name: string) => boolean,
  name: string | undefined,
  kindOf: (option: string | undefined) => ArgumentKind,
  surplus = 0,
): Slot {
  if (name !== undefined) return namedSlot(signature, isGiven, name)
  const next = nextOption(signature, isGiven)
  const option = next ?? signature.options.filter((each) => !isGiven(each))[surplus]
  const kind = kindOf(option)
  if (kind === 'tensor') return TENSOR
  if (kind === 'unknown') return OPEN
  if (next !== undefined) return { kind: 'option', name: next }
  return option === undefined ? { kind: 'too-many' } : { kind: 'too-many', option }
}

function namedSlot({ options, tensors }: Signature, isGiven: (name: string) => boolean, name: string): Slot {
  const isOption = options.includes(name)
  if (!isOption && !tensors.some((each) => each.name === name)) return { kind: 'unknown-name', name }
  if (isGiven(name)) return { kind: 'given-twice', name }
  return { kind: isOption ? 'option' : 'named-tensor', name }
}

/** The slots of all arguments of a call, one after the other; `given` is what earlier calls have given. */
export function bindArguments<A>(
  signature: Signature,
  given: ReadonlySet<string>,
  args: readonly A[],
  nameOf: (argument: A) => string | undefined,
  kindOf: (argument: A, option: string | undefined) => ArgumentKind,
): readonly { readonly argument: A; readonly slot: Slot }[] {
  const taken = new Set(given)
  const isGiven = (name: string) => taken.has(name)
  let surplus = 0
  return args.map((argument) => {
    const kindOfThis = (option: string | undefined) => kindOf(argument, option)
    const slot = slotFor(signature, isGiven, nameOf(argument), kindOfThis, surplus)
    if (slot.kind === 'too-many') surplus++
    if (slot.kind === 'option' || slot.kind === 'named-tensor') taken.add(slot.name)
    return { argument, slot }
  })
}
