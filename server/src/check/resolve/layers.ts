/** The built-in layers that expressions stand for, as far as the text alone shows, and the words of their options. */
import type { Argument, Call, Expression, Name } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { AnyLayer } from '../../model/layer'
import { builtinMeaning, type Context } from './context'
import { isWordOf, isWordOfAnyLayer } from './words'

/** The built-in layer that is called, through calls that only add options and names that stand for it. */
export function layerOf(callee: Expression, { names, paths }: Context): AnyLayer | undefined {
  let at = callee
  while (at.kind === 'call' || at.kind === 'parenthesized') at = at.kind === 'call' ? at.callee : at.value
  if (at.kind !== 'name') return undefined
  const source = paths.seen(at.name)
  return source === undefined ? findLayer(at.name) : names.layers.get(source)
}

/** Notes that a name of the declaration stands for the layer that an expression does, if it does. */
export function noteLayer(name: string, layer: AnyLayer | undefined, { names, paths }: Context): void {
  const source = paths.own(name)
  if (layer !== undefined && source !== undefined) names.layers.set(source, layer)
}

/** Whether an argument is a bare name that is read as a word of its option, such as `same` in `padding=same`. */
export function isWordArgument(
  call: Call,
  place: number,
  argument: Argument,
  context: Context,
): argument is Argument & { readonly value: Name } {
  const { value } = argument
  if (value.kind !== 'name' || !isWordOfAnyLayer(value.name)) return false
  const layer = layerOf(call.callee, context)
  if (layer !== undefined) return isWordOf(layer, call, place, value.name, context)
  const isKnown = context.paths.seen(value.name) || builtinMeaning(value.name, false) !== 'unknown'
  return !isKnown
}
