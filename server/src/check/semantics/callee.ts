import type { Argument, Call, Expression } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { TensorParameter } from '../../model/layer'
import { bindArguments, nextOption } from '../binding/arguments'
import { type Callable, optionNames, signatureOf, tensorParameters } from '../binding/signature'
import { isLayer } from '../evaluate/values'
import { isTensorKind, kindOf } from './kinds'
import type { KnownFile } from './known-file'
import type { Path } from './path'
import { type Bound, givenTo, valuesOf } from './runs'
import { type Definition, declaredAs, define, placesSeen } from './scope'

/** What a call calls, and which of its options earlier calls have given already. */
export interface Callee {
  readonly definition: Extract<Definition, { kind: 'layer' | 'block' | 'network' }>
  readonly given: ReadonlySet<string>
}

const NOTHING: ReadonlySet<string> = new Set()

/** What a call calls, through calls that only add options and names that a layer was bound to. */
export function calleeOf(known: KnownFile, path: Path, { callee }: Call): Callee | undefined {
  if (callee.kind === 'call') {
    const inner = calleeOf(known, path, callee)
    return (
      inner && { ...inner, given: givenBy(inner, callee.args, (value) => isTensorKind(kindOf(known, value))) }
    )
  }
  if (callee.kind !== 'name') return undefined
  const definition = define(known, path, callee.name)
  switch (definition?.kind) {
    case 'parameter':
      return boundLayer(givenTo(known, definition.declaration, callee.name))
    case 'local':
      return boundLayer(placesSeen(known, callee, definition).flatMap((place) => valuesOf(known, place)))
    case 'constant':
      return constantLayer(known, definition.file, definition.declaration.value)
    case 'layer':
    case 'block':
    case 'network':
      return { definition, given: NOTHING }
    default:
      return undefined
  }
}

/** The layer, block or network that a name stands for, going by the first value that is one. */
function boundLayer(values: readonly Bound[]): Callee | undefined {
  for (const { value } of values) {
    if (!isLayer(value) || value.form !== 'partial') continue
    const { callee } = value
    const given = new Set(value.written.options.map(({ option }) => option))
    if (callee.kind === 'builtin') return { definition: { kind: 'layer', layer: callee.layer }, given }
    const { kind, declaration, module } = callee
    return { definition: { kind, declaration, file: module.file } as Callee['definition'], given }
  }
  return undefined
}

/** Constants that stand for constants may go in a circle. */
const MAX_CONSTANTS = 20

/** What a constant such as `plain = conv(padding=half)` calls; it sees its file's names, none of them a tensor. */
function constantLayer(known: KnownFile, file: string, value: Expression, depth = 0): Callee | undefined {
  if (depth > MAX_CONSTANTS) return undefined
  if (value.kind === 'call') {
    const inner = constantLayer(known, file, value.callee, depth + 1)
    return inner && { ...inner, given: givenBy(inner, value.args, () => false) }
  }
  if (value.kind !== 'name') return undefined
  const declared = declaredAs(known, file, value.name)
  if (declared?.kind === 'constant') {
    return constantLayer(known, declared.file, declared.declaration.value, depth + 1)
  }
  if (declared !== undefined) return { definition: declared, given: NOTHING }
  const layer = findLayer(value.name)
  return layer && { definition: { kind: 'layer', layer }, given: NOTHING }
}

/** The option that an argument gives: by its name, or else the next one that has no value yet. */
export function optionOf(known: KnownFile, path: Path, call: Call, argument: Argument): string | undefined {
  if (argument.name !== undefined) return argument.name.name
  return boundArguments(known, path, call).find((each) => each.argument === argument)?.option
}

/** An argument with the parameter that it gives: an option, or one more of the tensors. */
export interface BoundArgument {
  readonly argument: Argument
  /** Absent for a tensor, and where there are more arguments than options. */
  readonly option?: string
  readonly isTensor: boolean
}

/** The arguments of a call, tensors and options matched separately, as the language binds them. */
export function boundArguments(known: KnownFile, path: Path, call: Call): readonly BoundArgument[] {
  const callee = calleeOf(known, path, call)
  return callee === undefined
    ? []
    : bindText(callee, call.args, (value) => isTensorKind(kindOf(known, value)))
}

/** Binds arguments by what their texts tell: each is taken to be a value unless it is seen to be a tensor. */
function bindText(
  { definition, given }: Callee,
  args: readonly Argument[],
  isTensor: (value: Expression) => boolean,
): readonly BoundArgument[] {
  const signature = signatureOf(callableOf(definition))
  const kindOfText = ({ value }: Argument) => (isTensor(value) ? 'tensor' : 'value')
  return bindArguments(signature, given, args, ({ name }) => name?.name, kindOfText).map(
    ({ argument, slot }): BoundArgument => {
      if (slot.kind === 'tensor' || slot.kind === 'named-tensor') return { argument, isTensor: true }
      return 'name' in slot ? { argument, option: slot.name, isTensor: false } : { argument, isTensor: false }
    },
  )
}

/** The options that have a value after a call with these arguments. */
function givenBy(
  callee: Callee,
  args: readonly Argument[],
  isTensor: (value: Expression) => boolean,
): ReadonlySet<string> {
  const bound = bindText(callee, args, isTensor)
  return new Set([...callee.given, ...bound.flatMap(({ option }) => option ?? [])])
}

/** The names of the options that a call may give, in order. */
export function optionsOf({ definition }: Callee): readonly string[] {
  return optionNames(callableOf(definition))
}

/** The option that one more value by place would give, after those that are given; undefined where all need names. */
export function nextByPlace({ definition }: Callee, given: ReadonlySet<string>): string | undefined {
  return nextOption(signatureOf(callableOf(definition)), (name) => given.has(name))
}

/** The tensors that a call takes, in order. */
export function tensorsOf({ definition }: Callee): readonly TensorParameter[] {
  return tensorParameters(callableOf(definition))
}

export function callableOf(definition: Callee['definition']): Callable {
  return definition.kind === 'layer' ? { kind: 'builtin', layer: definition.layer } : definition
}
