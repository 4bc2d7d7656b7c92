/** What an application was given, as the parts of the evaluator hand it on. */

import { innermostCallee } from '../../../../grammar/calls'
import { memo } from '../../../../grammar/memo'
import type { Argument, Call, Expression, Flow, Identifier, Range } from '../../../../grammar/tree'
import type { GivenOption, GivenTensors, Value } from '../../model/graph'
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

// Every run of a text gives what it says: only the texts are kept, one list for all applications.
const argumentTexts = new WeakMap<Argument, readonly [GivenTensors]>()

export function fromArgument(argument: Argument, call: Call): readonly [GivenTensors] {
  let from = argumentTexts.get(argument)
  if (from === undefined) {
    from = [{ kind: 'argument', argument, call, count: 1 }]
    argumentTexts.set(argument, from)
  }
  return from
}

/** For each stage of a flow what stands before its arrow. */
export const fromFlow = memo((flow: Flow): readonly (readonly [GivenTensors])[] => {
  let before: Expression | Identifier = flow.headAs ?? flow.head
  return flow.stages.map(({ value, as }) => {
    const from: readonly [GivenTensors] = [{ kind: 'piped', before, count: 1 }]
    before = as ?? value
    return from
  })
})

/** Stands beside an operator. */
export const fromOperand = memo((before: Expression): readonly [GivenTensors] => [
  { kind: 'piped', before, count: 1 },
])

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

const optionTexts = new WeakMap<Call, readonly GivenOption[]>()

/** The options of a call as they are kept: one list for all runs in which its arguments give the same options. */
export function keptOptions(call: Call, options: readonly GivenOption[]): readonly GivenOption[] {
  const known = optionTexts.get(call)
  if (known !== undefined && areSame(known, options)) return known
  optionTexts.set(call, options)
  return options
}

function areSame(a: readonly GivenOption[], b: readonly GivenOption[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    if (a[i]?.option !== b[i]?.option || a[i]?.argument !== b[i]?.argument) return false
  }
  return true
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
export function tensorRange(tensors: readonly GivenTensors[], index: number): Range | undefined {
  const given = givenTensorAt(tensors, index)?.given
  return given?.kind === 'argument' ? given.argument.value : undefined
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
  const { value, needs, suggestions } = fault
  const { file } = givingText(written, given)
  problemIn(env, file, optionValue, { layer, option, value, needs, suggestions }, given.argument.value)
}
