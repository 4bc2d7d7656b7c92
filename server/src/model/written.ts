/** What the text gave an application: for each option and each tensor the argument or the flow that it came from. */
import type { Argument, Call, Expression, Identifier } from '../../../grammar/tree'
import type { Frame, Value } from './graph'

/** A value that a call gives for an option. */
export interface GivenOption {
  readonly option: string
  readonly value: Value
  readonly argument: Argument
  /** The call that has the argument. */
  readonly call: Call
}

/**
 * A text that stands for a layer, block or network, with the options that it was given. All applications of the
 * same value share it.
 */
export interface WrittenLayer {
  /** The name or call. */
  readonly site: Expression
  readonly file: string
  /** The run of the body in which it was evaluated: it tells what names stood for. Absent in constants. */
  readonly frame: Frame | undefined
  /** Where `site` calls a name that had been bound to a layer with some options: the text that made that layer. */
  readonly definition: WrittenLayer | undefined
  /** What was given for options, here or where the name was bound; options that are left out have no entry. */
  readonly options: readonly GivenOption[]
}

/** Tensors of an application that follow each other and come from one text: one tensor, or a list of several. */
export type GivenTensors = {
  readonly count: number
  /** The place of the first of them in the list that they came in; absent for a tensor by itself. */
  readonly item?: number
} & (
  | { readonly kind: 'argument'; readonly argument: Argument; readonly call: Call }
  | {
      readonly kind: 'piped'
      /** What stands before the arrow, or the name that it has there; absent inside a composition or repetition of layers. */
      readonly before?: Expression | Identifier
    }
)

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
