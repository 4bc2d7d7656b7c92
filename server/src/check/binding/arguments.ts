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
  /** A value without a name behind the last option. */
  | { readonly kind: 'too-many' }
  /** It may be a tensor or the value of an option. */
  | { readonly kind: 'open' }

const TENSOR: Slot = { kind: 'tensor' }
const TOO_MANY: Slot = { kind: 'too-many' }
const OPEN: Slot = { kind: 'open' }

/** The option that a value without a name gives: the first one that has none yet. */
function nextOption({ options }: Signature, isGiven: (name: string) => boolean): string | undefined {
  for (const name of options) if (!isGiven(name)) return name
  return undefined
}

/**
 * Where an argument goes. `isGiven` tells what has a value already, by the arguments before it or by earlier calls.
 * `kindOf` is asked for an argument without a name, with the option that it gives unless it is a tensor: some
 * options read a bare name as a word.
 */
export function slotFor(
  signature: Signature,
  isGiven: (name: string) => boolean,
  name: string | undefined,
  kindOf: (option: string | undefined) => ArgumentKind,
): Slot {
  if (name !== undefined) return namedSlot(signature, isGiven, name)
  const option = nextOption(signature, isGiven)
  const kind = kindOf(option)
  if (kind === 'tensor') return TENSOR
  if (kind === 'unknown') return OPEN
  return option === undefined ? TOO_MANY : { kind: 'option', name: option }
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
  return args.map((argument) => {
    const slot = slotFor(signature, isGiven, nameOf(argument), (option) => kindOf(argument, option))
    if (slot.kind === 'option' || slot.kind === 'named-tensor') taken.add(slot.name)
    return { argument, slot }
  })
}
