import type { Argument, Call } from '../../../../grammar/tree'
import { optionWords } from '../../check/binding/signature'
import { findLayer, LAYERS } from '../../layers'
import type { AnyLayer } from '../../model/layer'

/** The options of a layer that take a word, each with its words. */
function wordsOf(layer: AnyLayer): ReadonlyMap<string, readonly string[]> {
  const options = Object.keys(layer.options)
  return new Map(options.map((option) => [option, optionWords({ kind: 'builtin', layer }, option)]))
}

const words = new Map(LAYERS.map((layer) => [layer, wordsOf(layer)]))
const anyWord = new Set([...words.values()].flatMap((options) => [...options.values()].flat()))

/**
 * Whether a bare name that is an argument is read as a word, such as `same` in `padding=same`. `isKnown` says
 * whether the name stands for something else: without an option's name, or where the layer is not known, that
 * comes first.
 */
export function isWord(call: Call, { name: option, value }: Argument, isKnown: () => boolean): boolean {
  if (value.kind !== 'name') return false
  const { name } = value
  if (!anyWord.has(name)) return false
  const layer = call.callee.kind === 'name' ? findLayer(call.callee.name) : undefined
  const options = layer && words.get(layer)
  if (options === undefined) return !isKnown()
  if (option !== undefined) return options.get(option.name)?.includes(name) === true
  return !isKnown() && [...options.values()].some((each) => each.includes(name))
}
