/** The call of which an argument is written at the cursor: what it has, and what it still takes. */
import type { Argument, Stage } from '../../../../grammar/tree'
import { leastTensors, needsTensor } from '../../check/binding/tensors'
import { bindKnown, evaluateOption } from '../../check/evaluate/known'
import {
  boundArguments,
  type Callee,
  calleeOf,
  nextByPlace,
  optionsOf,
  tensorsOf,
} from '../../check/semantics/callee'
import { stageOf } from '../../check/semantics/path'
import { infer, UNCHANGED } from '../../fixes/simulate'
import type { LayerNode, Tensor, TensorValue, Value } from '../../model/graph'
import type { AnyLayer, Inference, TensorParameter } from '../../model/layer'
import type { CallAtCursor } from '../support/cursor'
import type { View } from '../support/view'
import { type Known, knownTensors, pipedInto } from './known'

export interface WrittenCall {
  readonly callee: Callee
  /** The stage that the call is, where something is piped into it. */
  readonly stage: Stage | undefined
  /** The options that no argument gives, except the one at the cursor, in order. */
  readonly free: readonly string[]
  /** The one of them that a value without a name gives; absent where all need their names. */
  readonly next: string | undefined
  /** How many tensors it has: written ones, and what is piped in as one. */
  readonly tensorCount: number
  readonly tensors: readonly TensorParameter[]
  readonly wants: 'tensor' | 'option'
  /** Whether it can take a tensor more. */
  readonly takesTensor: boolean
  /** The tensors that are known, in order; undefined where one of them is not. */
  readonly inputs: readonly Tensor[] | undefined
  /** The values of the options that are given, by name. */
  readonly options: () => ReadonlyMap<string, Value>
}

/** Reads a call at the cursor; `at` is where the argument begins that is being written, which does not count. */
export function writtenCall(
  view: View,
  known: Known,
  { call, path }: CallAtCursor,
  at: number,
): WrittenCall | undefined {
  const callee = calleeOf(view, path, call)
  if (callee === undefined) return undefined
  const isWritten = ({ start, end, value }: Argument) =>
    (start <= at && at <= end) || value.kind === 'missing'
  const bound = boundArguments(view, path, call).filter(({ argument }) => !isWritten(argument))
  const given = new Set([...callee.given, ...bound.flatMap(({ option }) => option ?? [])])
  const stage = stageOf(path)
  const piped = stage && pipedInto(known, path, stage)
  const written = bound.filter(({ isTensor }) => isTensor)
  const tensors = tensorsOf(callee)
  const tensorCount = written.length + (stage === undefined ? 0 : (piped?.length ?? 1))
  const takesTensor = tensorCount < tensors.length || tensors.some(({ rest }) => rest !== undefined)
  const free = optionsOf(callee).filter((name) => !given.has(name))
  return {
    callee,
    stage,
    free,
    next: nextByPlace(callee, given),
    tensorCount,
    tensors,
    takesTensor,
    wants: needsTensor(tensors, tensorCount) || (takesTensor && free.length === 0) ? 'tensor' : 'option',
    inputs: inputsOf(piped, stage !== undefined, written, known),
    options: () => optionValues(view, known, callee, bound),
  }
}

function inputsOf(
  piped: readonly TensorValue[] | undefined,
  isStage: boolean,
  written: readonly { readonly argument: Argument }[],
  known: Known,
): readonly Tensor[] | undefined {
  const all = written.map(({ argument }) => knownTensors(known.valueAt(argument.value)))
  if (isStage) all.unshift(piped)
  return all.every((tensors) => tensors !== undefined)
    ? all.flatMap((tensors) => tensors.map(({ tensor }) => tensor))
    : undefined
}

function optionValues(
  view: View,
  known: Known,
  { definition }: Callee,
  bound: ReturnType<typeof boundArguments>,
): ReadonlyMap<string, Value> {
  const texts = { names: valuesByName(known), uri: view.analysis.uri, tree: view.analysis.file }
  return new Map(
    bound.flatMap(({ option, argument }) =>
      option === undefined || definition.kind !== 'layer'
        ? []
        : [[option, evaluateOption(definition.layer, option, argument.value, texts)] as const],
    ),
  )
}

export type TriedNode = Pick<LayerNode, 'layer' | 'inputs' | 'options'>

/** The application of a layer that the call is, with another value for an option; undefined where a part is unknown. */
export function boundCall(
  { callee, inputs, options }: WrittenCall,
  option: string,
  value: Value,
): TriedNode | undefined {
  const { definition, given } = callee
  // The values that an earlier call has given are not looked up.
  if (definition.kind !== 'layer' || given.size > 0 || inputs === undefined) return undefined
  // The call may be a layer that waits for its tensor.
  if (inputs.length < leastTensors(definition.layer.tensors)) return undefined
  return boundLayer(definition.layer, inputs, new Map([...options(), [option, value]]))
}

function boundLayer(
  layer: AnyLayer,
  inputs: readonly Tensor[],
  values: ReadonlyMap<string, Value>,
): TriedNode | undefined {
  const rank = inputs[0]?.shape.length ?? 0
  const options = bindKnown(layer, values, rank > 1 ? rank - 1 : undefined)
  return options && { layer, inputs, options }
}

/** What an application would come to; undefined where it would fail. */
export function tryNode(
  node: TriedNode,
  options: LayerNode['options'] = node.options,
): Inference | undefined {
  return infer(node, UNCHANGED, options)
}

/** What a layer would make of tensors; undefined where it would fail or an option is missing. */
export function tryLayer(
  layer: AnyLayer,
  inputs: readonly Tensor[],
  values: ReadonlyMap<string, Value>,
): Inference | undefined {
  const node = boundLayer(layer, inputs, values)
  return node && tryNode(node)
}

function valuesByName({ names, constants }: Known): ReadonlyMap<string, Value> {
  return new Map([...constants, ...names.toReversed().map(({ name, value }) => [name, value] as const)])
}
