/** Names of other frameworks, and what they mean here. */
import type { Shape } from './shape'

export type Framework = 'PyTorch' | 'Keras' | 'TensorFlow' | 'Caffe' | 'Flax' | 'ONNX' | 'MXNet'

/** A value that is written out. */
export type Literal = number | string | boolean | null | readonly Literal[]

/** A value as a text gives it. */
export interface WrittenValue {
  /** As it would stand here. */
  readonly text: string
  /** What it comes to, where it is written out; lists whole or not at all. */
  readonly value?: Literal
  /** The items of a list that is written out. */
  readonly items?: readonly WrittenValue[]
}

/** What a value may depend on beside itself. */
export interface ForeignContext {
  /** The shape of what comes in; absent where it is not known. */
  readonly input?: Shape
  /** What the same call gives for another argument. */
  readonly given: (name: string) => WrittenValue | undefined
}

/** How a value of another framework becomes one of ours. */
export interface ForeignValue {
  /** For pages: `1 − value`; empty where there is nothing to say. */
  readonly words: string
  /** Other options of such a call have other values too. */
  readonly isOfLayer?: true
  /** Undefined where it has no counterpart, null where it is what is meant without the option. */
  readonly write: (value: WrittenValue, context: ForeignContext) => string | null | undefined
}

/** Another framework's name for an option. */
export interface ForeignOption {
  readonly name: string
  /** Absent: its values are ours. */
  readonly value?: ForeignValue
}

/** What an argument of another framework's call is here. */
export type ForeignArgument =
  /** An option; with `part` one item of the list that it takes. */
  | { readonly option: string; readonly value?: ForeignValue; readonly part?: number }
  /** A size of the input, which is inferred. */
  | { readonly inputSize: 'channels' | 'features' }
  /** It chooses among layers: the call is this one where the value is among these. */
  | { readonly only: readonly (string | number | boolean)[] }
  /** A function that is applied to the output: a stage of its own. */
  | 'activation'
  /** It says nothing of the network. */
  | 'ignored'
  /** Nothing here does it, unless its value is 0, false or none. */
  | 'lacking'

/** What an option is where a call leaves it out and another argument decides. */
export type ForeignDefault = (given: ForeignContext['given']) => string

/** Another framework's name for a layer. */
export interface ForeignLayer {
  readonly name: string
  /** Absent: several have it, or none that is known. */
  readonly from?: Framework
  /** Its arguments by place: PyTorch's order where it is absent, if the layer tells it, else ours. */
  readonly order?: readonly string[]
  /** Arguments that mean something else than the option of that name. */
  readonly args?: Readonly<Record<string, ForeignArgument>>
  /** Options that it stands for, or that are otherwise when a call leaves them out, as they are written here. */
  readonly gives?: Readonly<Record<string, string | ForeignDefault>>
  /** It takes arguments of all kinds and reads none. */
  readonly takesAll?: true
  /** What has to come before it, unless a vector comes in. */
  readonly unlessVector?: string
  /** It does nothing but what its activation does. */
  readonly activates?: true
  /** A layer that follows on it. */
  readonly behind?: string
  /** It is only meant where its framework is named or one of these is given. */
  readonly needs?: readonly string[]
  /** It is this one only where one of these is given. */
  readonly requires?: readonly string[]
  /** What it does that ours does not: then nobody but the author can tell whether ours will do. */
  readonly remark?: string
}
