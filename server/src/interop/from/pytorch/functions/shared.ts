/** What readers of functions have in common. */
import type { ImportOptions } from '../../../graph/graph'
import type { ConstantValue } from '../../trace/values'
import { type CallReader, input, numbersOf, type PyTorchCall } from '../call'

export function constant(call: PyTorchCall, place: number, name: string): ConstantValue | undefined {
  const value = call.value(call.argument(place, name))
  return value?.kind === 'constant' ? value : undefined
}

/** Numbers that follow each other as arguments, or stand in a list: `x.view(2, -1)`, `x.view((2, -1))`. */
export function numbersFrom(call: PyTorchCall, place: number, name: string): readonly number[] {
  const first = call.argument(place, name)
  if (Array.isArray(first)) return numbersOf(first) ?? []
  return numbersOf(call.call.args.slice(place)) ?? numbersOf(first) ?? []
}

export function simple(
  layer: string,
  options: (call: PyTorchCall) => ImportOptions = () => ({}),
): CallReader {
  return (call) => call.tracer.apply(call.site, { layer, inputs: [input(call)], options: options(call) })[0]
}

export const pass: CallReader = (call) => call.value(call.call.args[0])
