/** Arguments under a name that the layer or block does not have: another framework's name leads to ours. */
import type { Argument, Call } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { hasUnknown } from '../../model/value'
import { withoutBatch } from '../binding/axes'
import { nameArgument, removeArgument, withoutBatchEdits } from '../binding/call-edits'
import { calleeName, optionNames, tensorParameters } from '../binding/signature'
import { type AxesData, type UnknownOptionData, unknownOption } from '../problems/names'
import { closest, showValue } from '../words'
import { problemAt } from './problems'
import type { Env } from './state'
import type { Callee } from './values'

interface UnknownArgument {
  readonly call: Call
  readonly callee: Callee
  readonly argument: Argument
  readonly value: Value
}

export function reportUnknownOption(unknown: UnknownArgument, env: Env): void {
  const { callee, argument } = unknown
  const name = argument.name?.name ?? ''
  const known = [...optionNames(callee), ...tensorParameters(callee).map((slot) => slot.name)]
  const foreign = foreignData(unknown, name)
  const data: UnknownOptionData = {
    name,
    layer: calleeName(callee),
    options: optionNames(callee),
    suggestions: foreign === undefined ? closest(name, known) : [],
    ...foreign,
  }
  problemAt(env, unknownOption, data, argument.name ?? argument)
}

/** What another framework's name is here: an option, perhaps one that counts axes, or what is inferred. */
function foreignData(
  { call, callee, argument, value }: UnknownArgument,
  name: string,
): Partial<UnknownOptionData> | undefined {
  if (callee.kind !== 'builtin') return undefined
  const { options, pytorch } = callee.layer
  const found = Object.entries(options).find(([, { foreign }]) => foreign.includes(name))
  if (found !== undefined) {
    const [foreign, { countsAxes }] = found
    const suggestions = [foreign]
    return countsAxes
      ? { foreign, suggestions, axes: axesData(argument, foreign, value) }
      : { foreign, suggestions }
  }
  return Object.hasOwn(pytorch?.inputSizes ?? {}, name)
    ? { inferred: removeArgument(call, argument) }
    : undefined
}

function axesData(argument: Argument, option: string, value: Value): AxesData {
  if (hasUnknown(value)) return {}
  const written = showValue(value)
  const own = withoutBatch(value)
  if (own === undefined) return { written }
  const edits = withoutBatchEdits(argument, own)
  return {
    written,
    meant: showValue(own),
    ...(edits && { edits: [nameArgument(argument, option), ...edits] }),
  }
}
