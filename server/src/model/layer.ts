import type { ForeignLayer, ForeignOption } from './foreign'
import type { FieldTransform } from './receptive-field'
import type { Shape } from './shape'
import type { Traits } from './traits'
import type { Words } from './words'

/** What an option accepts. The binder checks it, documentation and completion are made from it. */
export type OptionType =
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'float'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'bool' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** An integer, or one per spatial axis; bound to one entry per spatial axis of the first tensor. */
  | {
      readonly kind: 'size'
      readonly min: number
      /** An entry may be `none`: that axis keeps its size. */
      readonly open?: true
    }
  /** A factor (may be fractional), or one per spatial axis; bound to one entry per spatial axis. */
  | { readonly kind: 'factors' }
  /** An integer, one per spatial axis, two per spatial axis (begin, end), or one of the named paddings. */
  | { readonly kind: 'padding'; readonly named: boolean }
  /** A list of integers of any length. */
  | { readonly kind: 'ints'; readonly min?: number }
  /** A list of lists of integers. */
  | { readonly kind: 'table' }

/** One option of a layer as data; `T` is the type that {@link LayerDeclaration.infer} receives. */
export interface OptionSpec<T = unknown> {
  readonly type: OptionType
  readonly documentation: string
  /** The default as the language writes it (`1`, `zeros`, `kernel` for another option's value); absent: required. */
  readonly default?: string
  /** May be left out without having a default; `infer` then receives undefined. */
  readonly optional?: boolean
  /** What PyTorch, Keras and Caffe call this option, and how their values become ours. */
  readonly foreign: readonly ForeignOption[]
  /** What other frameworks call one of its words. */
  readonly foreignWords?: Readonly<Record<string, string>>
  /** Its numbers count the axes of the tensor: other frameworks count the batch too. */
  readonly countsAxes?: true
  /** Carries the type only. */
  readonly value?: T
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** The types that the options' values have in `infer`. */
export type OptionValues<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never
}

/** The paddings that have a name. */
export const PADDING_NAMES = ['valid', 'half', 'full', 'same'] as const

export type Padding =
  | { readonly name: (typeof PADDING_NAMES)[number] }
  | { readonly begin: readonly number[]; readonly end: readonly number[] }

/** How PyTorch writes the arguments of a layer by place, so that a call in its order is understood. */
interface PyTorchArguments {
  /** Options under our names, sizes of the input under theirs; any other name is something that we lack. */
  readonly order: readonly string[]
  /** Names of the input's sizes, which are inferred here; `features` are the last axis of rows, the channels of a map. */
  readonly inputSizes?: Readonly<Record<string, 'channels' | 'features'>>
  /** The argument that gives the sizes of the last axes, and the option that names these axes here. */
  readonly lastSizes?: { readonly name: string; readonly option: string }
}

export interface TensorParameter {
  readonly name: string
  readonly documentation: string
  /** May be left out. */
  readonly optional?: boolean
  /** Takes all remaining tensors; `min` is how many it needs at least (unless a list was given). */
  readonly rest?: { readonly min: number }
}

/** A condition that a call must meet, with the words for a call that does not. */
export interface Constraint<D = unknown> {
  /** Kebab-case diagnostic code; layers whose constraint is the same in kind share it. */
  readonly code: string
  /** What is wrong where it is violated, as a short phrase: constraints of one code say the same. */
  readonly title: string
  /** Why that is an error and where it comes from, in a few plain sentences of Markdown. */
  readonly explanation: string
  /** The condition as a sentence, for the layer's documentation. */
  readonly text: string
  /** A whole file that violates it and has no other problem. */
  readonly example: string
  /** The example repaired, where no fix does it. */
  readonly instead?: string
  /** A method, so that constraints with whatever data stand together: a violation pairs one with its own. */
  words(data: D): Words
}

/** A constraint that a call does not meet. */
export interface Violation {
  readonly constraint: Constraint
  readonly data: unknown
  /** The culprit: an option's name, or the index of an input tensor; the layer's name when absent. */
  readonly at?: string | number
}

/** One set of weights that a layer learns (or, untrained, keeps). */
export interface Weight {
  readonly name: string
  readonly shape: Shape
  /** How many scalars, when it is not the product of the shape (sparse connection tables). */
  readonly count?: number
  /** False for weights that are never trained, whatever `trainable` says. */
  readonly trained?: false
}

/** The values of a layer's options by name, as the binder makes them; the layer's declaration knows their types. */
export type LayerOptions = Readonly<Record<string, unknown>>

/** The application of a layer that made a tensor. */
export interface Origin {
  readonly layer: string
  readonly shapes: readonly Shape[]
  readonly options: Readonly<Record<string, unknown>>
}

export interface LayerCall<O = LayerOptions> {
  readonly shapes: readonly Shape[]
  /** Items per image of each tensor. */
  readonly items: readonly number[]
  readonly options: O
  /** What made tensor number `tensor`; undefined for an input. Unpooling asks for the pooling that it undoes. */
  readonly origin?: (tensor: number) => Origin | undefined
}

/** What a layer does to its tensors. */
export interface Inference {
  readonly shapes: readonly Shape[]
  /** Items per image of the outputs; the most of the inputs' when absent. */
  readonly items?: number
  readonly weights?: readonly Weight[]
  /** Multiply–accumulates for one item, biases left out; 0 when absent. */
  readonly macs?: number
  /** How the receptive field grows, one entry for every tensor or one for all; pointwise when absent. */
  readonly field?: FieldTransform | readonly FieldTransform[]
}

/** In the order in which lists show them. */
export const LAYER_CATEGORIES = [
  'Convolution',
  'Pooling',
  'Resampling',
  'Dense',
  'Shape',
  'Normalisation',
  'Activation',
  'Regularisation',
  'Merging',
  'Regions',
  'Recurrence and attention',
] as const

type LayerCategory = (typeof LAYER_CATEGORIES)[number]

/** One declaration carries everything that the program, the documentation and the tests know of a layer. */
export interface LayerDeclaration<O = LayerOptions> {
  readonly name: string
  readonly aliases: readonly string[]
  /** What PyTorch, Keras and Caffe call the layer, and what their calls of it mean here. */
  readonly foreign: readonly ForeignLayer[]
  readonly category: LayerCategory
  /** What it is like: rules, fixes and hovers ask for this, not for its name. */
  readonly traits: Traits
  /** One sentence. */
  readonly summary: string
  /** More, in Markdown. */
  readonly details?: string
  /** When to use it, and when something else: a sentence or two. */
  readonly use: string
  /**
   * What PyTorch writes for the application in the example: a module, or an expression of the tensors by their names
   * here, which have a batch axis; null where PyTorch has nothing like it.
   */
  readonly inPyTorch: string | null
  /** The literature: paper and section. */
  readonly source?: string
  /** The output shape as a formula, for the documentation. */
  readonly output: string
  /** The number of parameters as a formula; absent where there are none. */
  readonly parameters?: string
  /** Multiply–accumulates as a formula; absent where none are counted. */
  readonly macs?: string
  /** What an output sees of the input, in words; absent where that is the value at its own place. */
  readonly sees?: string
  readonly tensors: readonly TensorParameter[]
  readonly options: OptionSpecs
  /** The options that a call may give by place, the first of `options`: those that nearly every call gives. */
  readonly byPlace: readonly string[]
  /** How PyTorch writes the arguments of this layer by place; absent where it has none like it. */
  readonly pytorch?: PyTorchArguments
  /** Numbered C1…Cn by their order in the documentation. */
  readonly constraints: readonly Constraint[]
  /** It keeps weights: it then takes the option `trainable`, which `layer` adds where none is declared. */
  readonly weighted?: true
  /** What does the same, value by value, over several tensors: the way out when it is given more than one. */
  readonly forSeveral?: string
  /** Its result is a list of tensors even when there is only one. */
  readonly returnsList?: true
  /** How many weight layers one application counts for (0 when absent). */
  readonly weightLayers?: number
  /** A small network that uses the layer; the tests run it. */
  readonly example: string
  /**
   * Pure: shapes, weights, MACs and receptive field of one application, or the constraint it violates. A method, like
   * `formula`, so that layers with whatever options stand in one catalogue: the binder makes a layer's options by
   * its own declaration.
   */
  infer(call: LayerCall<O>): Inference | Violation
  /** The shape formula with this call's numbers, one line per axis that changes: `height ⌊(224 + 2·3 − 7)/2⌋ + 1 = 112`. */
  formula?(call: LayerCall<O>, result: Inference): readonly string[]
}

export type AnyLayer = LayerDeclaration

export function isViolation(result: Inference | Violation): result is Violation {
  return 'constraint' in result
}
