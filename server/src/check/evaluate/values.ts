import type { Block, Expression, Network, Range } from '../../../../grammar/tree'
import type { GivenTensors, LayerValue, Tensor, Value, WrittenLayer } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { contentsOf, isList, isTensor, outlineOf } from '../../model/value'
import type { Module } from '../modules'
import type { Env, WeightSet } from './state'

/** What a call can name. */
export type Callee =
  | { readonly kind: 'builtin'; readonly layer: AnyLayer }
  | { readonly kind: 'block'; readonly declaration: Block; readonly module: Module }
  | { readonly kind: 'network'; readonly declaration: Network; readonly module: Module }

/** A tensor, or a list of them, on its way to an application. */
export interface Incoming {
  readonly value: Value
  /** The text that it comes from. */
  readonly from: readonly [GivenTensors]
  /** Its place in the list in which it came. */
  readonly item?: number
}

/** A layer, block or network with the arguments given so far. */
export interface Partial extends LayerValue {
  readonly form: 'partial'
  readonly callee: Callee
  readonly written: WrittenLayer
  /** The values of the options in `written.options`, in their order. */
  readonly values: readonly Value[]
  /** The tensors without a name, in order; the lists among them count as their tensors. */
  readonly tensors: readonly Incoming[]
  readonly namedTensors: ReadonlyMap<string, Incoming>
  /** An argument is at fault or unknown: the application is unknown. */
  readonly faulty: boolean
  /** An argument without a name is unknown: if it is a tensor, the others stand for other parameters than they seem. */
  readonly unknownPlace: boolean
  /** More arguments stand by place than may: reports it, knowing what the layer is applied to. */
  readonly misplaced?: ((inputs: readonly Shaped[]) => Meant | undefined) | undefined
  /** An argument is at fault in its name alone: what it gives is known, and the application is unknown all the same. */
  readonly isResting?: boolean
}

/** What comes in, as far as it is certain. */
export type Shaped = Pick<Tensor, 'shape' | 'items'>

/** The options of a call as they are meant. */
export type Meant = Pick<WrittenLayer, 'options'> & Pick<Partial, 'values'>

interface Composition extends LayerValue {
  readonly form: 'composition'
  readonly first: WaitingLayer
  readonly then: WaitingLayer
}

export interface Repetition extends LayerValue {
  readonly form: 'repetition'
  readonly count: number
  readonly of: WaitingLayer
  /** Where the count stands, for the error of a count that is too large. */
  readonly range: Range
  readonly file: string
}

interface SharedLayer extends LayerValue {
  readonly form: 'shared'
  readonly set: WeightSet
  readonly of: WaitingLayer
}

/** A complete layer that was called with tensors as a stage: what is piped in stands before them. */
interface Applied extends LayerValue {
  readonly form: 'applied'
  readonly of: WaitingLayer
  readonly tensors: readonly Incoming[]
}

/** A layer of another framework, which stands for one of ours. */
interface ForeignForm extends LayerValue {
  readonly form: 'foreign'
  readonly applied: (incoming: readonly Incoming[], applied: Expression, env: Env) => Value
}

/** All forms of a layer that waits; `nesting` bounds the recursion of applying it. */
export type WaitingLayer = (Partial | Composition | Repetition | SharedLayer | Applied | ForeignForm) & {
  readonly nesting: number
}

export function isLayer(value: Value): value is WaitingLayer {
  return typeof value === 'object' && value !== null && !isList(value) && value.kind === 'layer'
}

/** Python's truth: none, false, 0, the empty string and the empty list are false. */
export function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0
  return !(value === null || value === false || value === 0 || value === '')
}

/** A tensor, or a list of tensors, some of which may be unknown. */
export function isTensorLike(value: Value): boolean {
  if (!isList(value)) return isSurelyTensor(value)
  const { tensors, unknown } = contentsOf(value)
  return tensors + unknown === value.length && (tensors > 0 || value.some(isSurelyTensor))
}

function isSurelyTensor(value: Value): boolean {
  return isTensor(value) || outlineOf(value) !== undefined
}
