/** Arguments under a name that the layer or block does not have: another framework's name leads to ours. */
import type { Argument, Call } from '../../../../grammar/tree'
import type { ForeignValue } from '../../model/foreign'
import type { Value } from '../../model/graph'
import { hasUnknown, UNKNOWN } from '../../model/value'
import { withoutBatch } from '../binding/axes'
import { nameArgument, removeArgument, withoutBatchEdits } from '../binding/call-edits'
import type { ForeignNamed } from '../binding/readings'
import { calleeName, optionNames, tensorParameters } from '../binding/signature'
import { writtenValue } from '../foreign/written'
import { type ConvertedData, type UnknownOptionData, unknownOption } from '../problems/names'
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
  const foreign = foreignData(unknown, name, env.module.tree.text)
  const data: UnknownOptionData = {
    name,
    layer: calleeName(callee),
    options: optionNames(callee),
    suggestions: foreign === undefined ? closest(name, known) : [],
    isCertain: false,
    ...foreign,
  }
  problemAt(env, unknownOption, data, argument.name ?? argument)
}

/** What an argument by another framework's name gives here; undefined where its value is not known either. */
export function foreignNamed(unknown: UnknownArgument, env: Env): ForeignNamed | undefined {
  const { argument, value, callee } = unknown
  const name = argument.name?.name ?? ''
  const found = foreignData(unknown, name, env.module.tree.text)
  if (found === undefined || callee.kind !== 'builtin') return undefined
  const { foreign, inferred, converted } = found
  if (inferred) {
    if (typeof value !== 'number') return undefined
    const of = callee.layer.pytorch?.inputSizes?.[name] ?? 'channels'
    return { argument, place: { kind: 'input-size', of, value }, edits: inferred }
  }
  if (foreign === undefined) return undefined
  if (converted === undefined) {
    return {
      argument,
      place: { kind: 'option', option: foreign, value },
      edits: [nameArgument(argument, foreign)],
    }
  }
  if (converted.edits === undefined) return undefined
  const own = converted.how === undefined ? withoutBatch(value) : Number(converted.meant)
  const known = own === undefined || Number.isNaN(own) ? UNKNOWN : own
  return { argument, place: { kind: 'option', option: foreign, value: known }, edits: converted.edits }
}

/** What another framework's name is here: an option, perhaps with another value, or what is inferred. */
function foreignData(
  { call, callee, argument, value }: UnknownArgument,
  name: string,
  source: string,
): Partial<UnknownOptionData> | undefined {
  if (callee.kind !== 'builtin') return undefined
  const { options, pytorch } = callee.layer
  for (const [foreign, { foreign: names, countsAxes }] of Object.entries(options)) {
    const found = names.find((each) => each.name === name)
    if (found === undefined) continue
    const suggestions = [foreign]
    if (countsAxes)
      return { foreign, suggestions, isCertain: true, converted: axesData(argument, foreign, value) }
    if (found.value === undefined) return { foreign, suggestions, isCertain: true }
    const converted = valueData(argument, foreign, found.value, source)
    // Where a layer is told by its other options which framework is meant, these may be other values too.
    return { foreign, suggestions, isCertain: call.args.length === 1 || !found.value.isOfLayer, converted }
  }
  return Object.hasOwn(pytorch?.inputSizes ?? {}, name)
    ? { inferred: removeArgument(call, argument), isCertain: true }
    : undefined
}

function valueData(
  argument: Argument,
  option: string,
  { words, write }: ForeignValue,
  source: string,
): ConvertedData {
  const written = writtenValue(argument.value, source, () => undefined)
  const meant = write(written, { given: () => undefined })
  if (typeof meant !== 'string') return { how: words, written: written.text }
  const { start, end } = argument.value
  const edits = [nameArgument(argument, option), { start, end, text: meant }]
  return { how: words, written: source.slice(start, end), meant, edits }
}

function axesData(argument: Argument, option: string, value: Value): ConvertedData {
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
