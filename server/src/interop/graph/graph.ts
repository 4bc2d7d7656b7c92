/**
 * What a model of another framework is once it has been read: the same for every format. Its operations are layers
 * of our catalogue with the options that the model gives, so that naming, folding and printing know no format.
 */
import type { AnyLayer } from '../../model/layer'
import type { Shape } from '../../model/shape'

/** The value of an option, as the language writes it. */
export type ImportValue = number | boolean | string | null | readonly ImportValue[]

export type ImportOptions = Readonly<Record<string, ImportValue>>

/** A tensor between two operations. */
export interface ImportTensor {
  /** Its size for one image, without the batch; undefined behind something that could not be inferred. */
  readonly shape: Shape | undefined
}

/** Weights of an operation, as the model keeps them. */
export interface ImportWeight {
  /** Two operations with a weight of the same name share it. */
  readonly name: string
  readonly shape: Shape
}

/** A size of the input that the model states, as `in_channels` does: a fact to check, never to infer. */
export interface DeclaredSize {
  /** What the model's framework calls it: `in_channels`. */
  readonly name: string
  readonly value: number
  /** The axis of the first input that must have it; negative ones count from the end. */
  readonly axis: number
}

/** Where an operation stands in the model's source. */
export interface SourceLine {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
}

/** A module on the way from the model to an operation. */
export interface ModuleStep {
  /** The attribute's name or the item's number, as in `layer1`, `0`, `conv1`. */
  readonly name: string
  /** The module's class, where the format keeps it. */
  readonly type?: string
}

export interface Operation {
  readonly layer: AnyLayer
  readonly options: ImportOptions
  readonly inputs: readonly ImportTensor[]
  readonly outputs: readonly ImportTensor[]
  readonly weights: readonly ImportWeight[]
  readonly declared?: DeclaredSize
  /** The modules that it belongs to, the outermost first. */
  readonly path: readonly ModuleStep[]
  /** What the format calls it: `Conv`, `torch.nn.functional.relu`. */
  readonly called: string
  readonly line?: SourceLine
  /** What the language cannot say of it. */
  readonly remark?: string
}

export interface ImportInput {
  readonly name: string
  readonly tensor: ImportTensor
  readonly shape: Shape
}

export interface ImportOutput {
  readonly name: string
  readonly tensor: ImportTensor
}

/** The call at which a model failed; the graph ends before it. */
export interface ImportFault {
  readonly path: readonly ModuleStep[]
  readonly called: string
  readonly line?: SourceLine
  /** What the call read. */
  readonly inputs: readonly ImportTensor[]
  /** The size of the input that the call's layer states. */
  readonly declared?: DeclaredSize
  /** The framework's words. */
  readonly message: string
  /** Ours, where the layer's declaration tells what it cannot be applied to. */
  readonly reason?: string
}

export interface ImportGraph {
  readonly name: string
  /** What it was read from, for people: `ONNX, opset 14, by pytorch 1.13`. */
  readonly origin: string
  readonly inputs: readonly ImportInput[]
  /** Each behind all that it reads. */
  readonly operations: readonly Operation[]
  readonly outputs: readonly ImportOutput[]
  /** What was left out or read as something else, one sentence each. */
  readonly remarks: readonly string[]
  /** Absent for a model that ran to its end. */
  readonly fault?: ImportFault
}
