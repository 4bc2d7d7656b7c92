import type { Argument, Block, Call, Expression, Identifier, Network, Range } from '../../../grammar/tree'
import type { AnyLayer, Inference, Weight } from './layer'
import type { Outline } from './outline'
import type { Fields } from './receptive-field'
import type { Shape } from './shape'
import type { AxesKind } from './traits'

/** A tensor in a graph whose shape is known. */
export interface Tensor {
  readonly shape: Shape
  /** How many of it there are for one image (regions); 1 for an ordinary map. */
  readonly items: number
  /** What it sees of each input of the network. */
  readonly fields: Fields
  /** What made it. */
  readonly source: LayerNode | InputNode
  /** Which of its source's outputs it is. */
  readonly index: number
}

/** An input of the network. */
export interface InputNode {
  readonly kind: 'input'
  /** Unique among the inputs and layers of a graph. */
  readonly id: number
  readonly name: Identifier
  readonly file: string
  readonly tensor: Tensor
  /** The size that the text gives it, where another one was set from outside. */
  readonly declared?: Shape
  /** What its two axes are, where the text says it. */
  readonly axes?: AxesKind
}

/** What comes into a network that is applied, where the text of its input says what the two axes are. */
export interface GivenInput extends Pick<InputNode, 'kind' | 'name' | 'file'> {
  readonly axes: AxesKind
  readonly tensor: Tensor
  /** Which of the network's inputs it is. */
  readonly position: number
  /** The run of the network that is applied. */
  readonly frame: Frame
  /** How many layers of the graph were made before. */
  readonly before: number
}

/** The text that gives an option its value; what that came to stands in the `options` of the application. */
export interface GivenOption {
  readonly option: string
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

/** One application of a layer. */
export interface LayerNode {
  readonly kind: 'layer'
  readonly id: number
  readonly layer: AnyLayer
  /** The bound options, as the layer's `infer` received them. */
  readonly options: Readonly<Record<string, unknown>>
  /** The name or call that stands for the layer in the text; in a repetition every copy has the same. */
  readonly site: Expression
  /** The file of `site`. */
  readonly file: string
  /** The stage or call, in the body that `frame` ran, that applied the layer; `site` itself unless the layer came as a value. */
  readonly applied: Expression
  /** The text at `site` with what it gives for the options. */
  readonly written: WrittenLayer
  /** Where each of `inputs` comes from. */
  readonly givenTensors: readonly GivenTensors[]
  readonly frame: Frame
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  /** How the receptive field grows, as the layer's `infer` said. */
  readonly field: Inference['field']
  readonly weights: readonly Weight[]
  /** Trainable scalars that this application adds; 0 when it shares the weights of an earlier one. */
  readonly params: number
  /** Weights that exist but are not trained. */
  readonly fixed: number
  /** For all items. */
  readonly macs: number
  /** The id of the layer whose weights this one uses. */
  readonly sharedWith?: number
}

/** One application of a layer that fails, or whose tensors rest on a fault. */
export interface UncertainNode {
  readonly kind: 'uncertain'
  /** Unique among the inputs and layers of a graph, certain or not. */
  readonly id: number
  readonly layer: AnyLayer
  readonly site: Expression
  readonly file: string
  readonly applied: Expression
  readonly written: WrittenLayer
  readonly frame: Frame
  readonly inputs: readonly (Tensor | Outline)[]
  readonly outputs: readonly Outline[]
  readonly cost: CertainCost
}

/** What an application adds to the totals; null where a repair of a fault may change it. */
export type CertainCost = { readonly [figure in keyof Measure]: number | null }

/** One run of a network's or block's body. */
export interface Frame {
  readonly declaration: Block | Network
  readonly file: string
  /** The application that led here; absent for the network itself. */
  readonly call?: {
    readonly frame: Frame
    readonly file: string
    /** The stage or call that applied it. */
    readonly site: Expression
    /** The name or call that stands for it; a layer that was bound to a name stands elsewhere than the stage. */
    readonly written: WrittenLayer
    /** Where its tensors come from, in the order of the parameters that take them. */
    readonly givenTensors: readonly GivenTensors[]
  }
  readonly depth: number
}

/** The application of a layer that violates a constraint, for the fixes. */
export interface FaultyStage {
  readonly layer: AnyLayer
  readonly options: Readonly<Record<string, unknown>>
  readonly inputs: readonly Tensor[]
  readonly site: Expression
  readonly file: string
  readonly applied: Expression
  readonly written: WrittenLayer
  readonly givenTensors: readonly GivenTensors[]
  readonly frame: Frame
  /** The layers that were made before it, in the order of application. */
  readonly before: readonly LayerNode[]
}

/** What a name came to stand for when a statement was run. */
export interface BoundValue {
  readonly name: Identifier
  readonly file: string
  readonly frame: Frame
  readonly value: Value
  /** The name is a comprehension's own: the body around it does not see it. */
  readonly local?: true
}

/** What came out of a stage of a flow, or of a call that was applied at once. */
export interface Passage {
  /** The stage's layer, or the call. */
  readonly site: Expression
  readonly frame: Frame
  /** What was piped in; undefined for a call. */
  readonly before: Value | undefined
  readonly value: Value
}

/** What a flow cost, from its first tensor to a name. */
export interface Measure {
  readonly params: number
  readonly fixed: number
  readonly macs: number
}

/** A tensor as a value of the language: what it is, and what the flow that made it cost. */
export interface TensorValue {
  readonly kind: 'tensor'
  readonly tensor: Tensor
  /** Absent where a part of the flow is unknown. */
  readonly measure?: Measure
}

/** The value of what failed: what depends on it is unknown and silent but for what is certain all the same. */
export interface UnknownValue {
  readonly kind: 'unknown'
  /** What is known of the tensor that it is; absent where it may be anything. */
  readonly outline?: Outline
}

/** A layer that still waits for a tensor: evaluation alone looks inside. */
export interface LayerValue {
  readonly kind: 'layer'
  /** The text that a hover shows: `conv(64, 3)`, `3 * bottleneck(64)`. */
  readonly label: string
  /** What it still lacks of its tensors, where it has others, in words. */
  readonly waitsFor?: string
}

/** `null` is `none`. */
export type Value =
  | number
  | boolean
  | string
  | null
  | readonly Value[]
  | TensorValue
  | LayerValue
  | UnknownValue

export interface GraphOutput {
  readonly name: Identifier
  /** Undefined where it is unknown. */
  readonly tensor?: Tensor
  /** What is known of a tensor that is not. */
  readonly outline?: Outline
}

/** An error that a run came upon. */
export interface Fault {
  readonly code: string
  readonly file: string
  readonly range: Range
}

export interface Totals extends Measure {
  /** Weight layers, shared ones once. */
  readonly weightLayers: number
  /** The most weight layers on one path. */
  readonly depth: number
}

/** A network that was run. */
export interface NetworkGraph {
  readonly declaration: Network
  readonly name: string
  readonly file: string
  readonly frame: Frame
  /** In order; an input whose shape is unknown has no node. */
  readonly inputs: readonly { readonly name: Identifier; readonly node?: InputNode }[]
  readonly outputs: readonly GraphOutput[]
  /** In the order of application. */
  readonly layers: readonly LayerNode[]
  /** The applications that fail or rest on a fault; their ids say where they stand among the layers. */
  readonly uncertain: readonly UncertainNode[]
  /** In the order in which names were bound, in blocks too. */
  readonly bindings: readonly BoundValue[]
  /** What the stages and calls of all bodies came to, in the order of evaluation. */
  readonly passages: readonly Passage[]
  /** Every run of a body that this network's run made, the network's own first. */
  readonly runs: readonly Run[]
  /** In the order of application. */
  readonly given: readonly GivenInput[]
  /** Absent when an output is unknown; what fails beside the way to the outputs leaves them as they are. */
  readonly totals?: Totals
  /** Where the totals are absent: what they are at least. */
  readonly bounds?: Totals
  /** Nothing in it has failed, beside the way to its outputs neither. */
  readonly isSound: boolean
  /** The errors that the run came upon, each once. */
  readonly faults: readonly Fault[]
}

/** One run of a body with what went in and what it made. */
export interface Run {
  readonly frame: Frame
  /** The parameters' values by name, tensors included. */
  readonly args: readonly { readonly name: string; readonly value: Value }[]
  readonly results: readonly Value[]
  /** The layers it made: `layers[first]` to `layers[end − 1]` of the graph. */
  readonly first: number
  readonly end: number
  /** Absent when a result is unknown. */
  readonly totals?: Totals
  /** Where the totals are absent: what they are at least. */
  readonly bounds?: Totals
}
