import type { Argument, Call, Expression } from '../../../grammar/tree'
import { isLayer } from '../check/evaluate/values'
import { takesTensors } from '../fixes/targets'
import { findLayer } from '../layers'
import { isTensorKind, kindOf } from './kinds'
import type { Path } from './locate'
import { type Bound, givenTo, valuesOf } from './runs'
import { type Definition, declaredAs, define, placesSeen } from './scope'
import type { View } from './view'

/** What a call calls, and which of its options earlier calls have given already. */
export interface Callee {
  readonly definition: Extract<Definition, { kind: 'layer' | 'block' | 'network' }>
  readonly given: ReadonlySet<string>
}

const NOTHING: ReadonlySet<string> = new Set()

/** What a call calls, through calls that only add options and names that a layer was bound to. */
export function calleeOf(view: View, path: Path, { callee }: Call): Callee | undefined {
  if (callee.kind === 'call') {
    const inner = calleeOf(view, path, callee)
    return (
      inner && { ...inner, given: givenBy(inner, callee.args, (value) => isTensorKind(kindOf(view, value))) }
    )
  }
  if (callee.kind !== 'name') return undefined
  const definition = define(view, path, callee.name)
  switch (definition?.kind) {
    case 'parameter':
      return boundLayer(givenTo(view, definition.declaration, callee.name))
    case 'local':
      return boundLayer(placesSeen(view, callee, definition).flatMap((place) => valuesOf(view, place)))
    case 'constant':
      return constantLayer(view, definition.file, definition.declaration.value)
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
    const given = new Set(value.options.keys())
    if (callee.kind === 'builtin') return { definition: { kind: 'layer', layer: callee.layer }, given }
    const { kind, declaration, module } = callee
    return { definition: { kind, declaration, file: module.file } as Callee['definition'], given }
  }
  return undefined
}

/** Constants that stand for constants may go in a circle. */
const MAX_CONSTANTS = 20

/** What a constant such as `plain = conv(padding=half)` calls; it sees its file's names, none of them a tensor. */
function constantLayer(view: View, file: string, value: Expression, depth = 0): Callee | undefined {
  if (depth > MAX_CONSTANTS) return undefined
  if (value.kind === 'call') {
    const inner = constantLayer(view, file, value.callee, depth + 1)
    return inner && { ...inner, given: givenBy(inner, value.args, () => false) }
  }
  if (value.kind !== 'name') return undefined
  const declared = declaredAs(view, file, value.name)
  if (declared?.kind === 'constant') {
    return constantLayer(view, declared.file, declared.declaration.value, depth + 1)
  }
  if (declared !== undefined) return { definition: declared, given: NOTHING }
  const layer = findLayer(value.name)
  return layer && { definition: { kind: 'layer', layer }, given: NOTHING }
}

/** The option that an argument gives: by its name, or else the next one that has no value yet. */
export function optionOf(view: View, path: Path, call: Call, argument: Argument): string | undefined {
  const callee = calleeOf(view, path, call)
  if (callee === undefined) return argument.name?.name
  const isTensor = (value: Expression) => isTensorKind(kindOf(view, value))
  if (argument.name !== undefined) return argument.name.name
  if (isTensor(argument.value)) return undefined
  const before = givenBy(callee, call.args.slice(0, call.args.indexOf(argument)), isTensor)
  return optionsOf(callee).find((name) => !before.has(name))
}

/** The options that have a value after a call with these arguments. */
function givenBy(
  callee: Callee,
  args: readonly Argument[],
  isTensor: (value: Expression) => boolean,
): ReadonlySet<string> {
  const given = new Set(callee.given)
  const options = optionsOf(callee)
  for (const { name, value } of args) {
    const option = name?.name ?? (isTensor(value) ? undefined : options.find((each) => !given.has(each)))
    if (option !== undefined) given.add(option)
  }
  return given
}

function optionsOf({ definition }: Callee): readonly string[] {
  if (definition.kind === 'layer') return Object.keys(definition.layer.options)
  return definition.declaration.params.filter((each) => !takesTensors(each)).map(({ name }) => name.name)
}
