/** Reads what the text gave an application: for each option and each tensor the argument or the flow that it came from. */
import type { GivenOption, GivenTensors, WrittenLayer } from './graph'

/** What was given for an option; undefined where it was left out. */
export function givenOption(
  { options }: Pick<WrittenLayer, 'options'>,
  option: string,
): GivenOption | undefined {
  for (const given of options) if (given.option === option) return given
  return undefined
}

/** The text among those that stand for a layer which gives an option: the layer's own, or one that made it before. */
export function givingText(written: WrittenLayer, given: GivenOption): WrittenLayer {
  let at = written
  while (at.definition?.options.includes(given)) at = at.definition
  return at
}

/** Where tensor `index` of an application comes from, with its place in a list that was given as one. */
export function givenTensorAt(
  tensors: readonly GivenTensors[],
  index: number,
): { readonly given: GivenTensors; readonly item?: number } | undefined {
  let first = 0
  for (const given of tensors) {
    const at = index - first
    if (at < given.count) return given.item === undefined ? { given } : { given, item: given.item + at }
    first += given.count
  }
  return undefined
}
