/** What an application was given, as the parts of the evaluator hand it on. */

import { innermostCallee } from '../../../../grammar/calls'
import type { Argument, Call, Expression, Identifier, Range } from '../../../../grammar/tree'

import type { GivenTensors, Value, WrittenLayer } from '../../model/graph'

import { givenOption, givenTensorAt, givingText } from '../../model/written'
import type { OptionFault } from '../binding/options'
import { calleeName } from '../binding/signature'
import { missingOption, optionValue } from '../problems/calls'
import { problemIn } from './problems'
import type { Env } from './state'
import type { Incoming, Partial } from './values'

/** The tensors that each parameter was given. */
export type TensorSlots = ReadonlyMap<string, readonly Incoming[]>

/** Comes out of the layer before, inside a composition or a repetition. */
export const FROM_INSIDE: readonly [GivenTensors] = [{ kind: 'piped', count: 1 }]

export function fromArgument(argument: Argument, call: Call): readonly [GivenTensors] {
  return [{ kind: 'argument', argument, call, count: 1 }]
}

/** `before` stands on the left of the arrow, or beside an operator. */
export function fromFlow(before: Expression | Identifier): readonly [GivenTensors] {
  return [{ kind: 'piped', before, count: 1 }]
}

/** Where the tensors of an application come from; those that one list brought are kept as one. */
export function givenTensors(tensors: readonly Incoming[]): readonly GivenTensors[] {
  const [first] = tensors
  if (first !== undefined && tensors.length === 1 && first.item === undefined) return first.from
  const found: GivenTensors[] = []
  for (let i = 0; i < tensors.length; ) {
    const { from, item } = tensors[i] as Incoming
    const start = i++
    if (item === undefined) found.push(from[0])
    else {
      while (tensors[i]?.from === from && tensors[i]?.item === item + i - start) i++
      found.push({ ...from[0], item, count: i - start })
    }
  }
  return found
}

/** The value that was given for an option; undefined where none was. */
export function givenValue({ written, values }: Partial, option: string): Value | undefined {
  const { options } = written
  for (let i = 0; i < options.length; i++) if (options[i]?.option === option) return values[i]
  return undefined
}

/** The text of a tensor that was given as an argument; undefined where it was piped in. */
export function argumentRange({ from: [from] }: Incoming): Range | undefined {
  return from.kind === 'argument' ? from.argument.value : undefined
}

/** The text of tensor `index` of an application; undefined where it was piped in. */
function tensorRange(tensors: readonly GivenTensors[], index: number): Range | undefined {
  const given = givenTensorAt(tensors, index)?.given
  return given?.kind === 'argument' ? given.argument.value : undefined
}

/**
 * Whether an argument is sure to stand for the option that it seems to: one by place is not behind one that is
 * unknown, which may be a tensor, and not where there are more than may stand by place.
 */
export function isPlaced({ unknownPlace, misplaced }: Partial, { name }: Argument): boolean {
  return name !== undefined || (!unknownPlace && misplaced === undefined)
}

/** Where a violation is reported: at the option or the tensor that is the culprit, where that is written; at the layer's name otherwise. */
export function violationPlace(
  at: string | number | undefined,
  written: WrittenLayer,
  tensors: readonly GivenTensors[],
): { readonly file: string; readonly range: Range } {
  const option = typeof at === 'string' ? givenOption(written, at) : undefined
  const tensor = typeof at === 'number' ? tensorRange(tensors, at) : undefined
  return {
    file: option ? givingText(written, option).file : written.file,
    range: option?.argument.value ?? tensor ?? innermostCallee(written.site),
  }
}

/** Reports an option that is missing, at the callee, or one whose value does not fit, at its text. */
export function reportOption({ callee, written, faulty }: Partial, fault: OptionFault, env: Env): void {
  const layer = calleeName(callee)
  const { option } = fault
  if (fault.kind === 'missing') {
    // What is at fault, or unknown, may have been meant for it.
    if (faulty) return
    problemIn(env, written.file, missingOption, { layer, option }, innermostCallee(written.site))
    return
  }
  const given = givenOption(written, option)
  if (given === undefined) return
  const { value, needs, suggestions, isCertain = false } = fault
  const { file } = givingText(written, given)
  problemIn(
    env,
    file,
    optionValue,
    { layer, option, value, needs, suggestions, isCertain },
    given.argument.value,
  )
}
