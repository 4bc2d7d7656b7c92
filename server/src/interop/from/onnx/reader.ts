/** Collects the operations of an import graph while the nodes of an ONNX graph are visited. */
import { findLayer } from '../../../layers/index'
import type { AnyLayer } from '../../../model/layer'
import { product, type Shape } from '../../../model/shape'
import type { DeclaredSize, ImportOptions, ImportWeight, Operation } from '../../graph/graph'
import { ImportError } from '../../graph/import-error'
import { inferShapes } from '../../graph/infer'
import { modulePath, type OnnxNode } from './node'
import {
  type Batch,
  type ConstantValue,
  imageShape,
  type OnnxValue,
  type TensorValue,
  withBatch,
} from './values'

interface Application {
  readonly layer: string
  readonly inputs: readonly TensorValue[]
  readonly options?: ImportOptions
  readonly weights?: readonly (ConstantValue | undefined)[]
  readonly declared?: DeclaredSize
  readonly remark?: string
  /** Where the batch of the results is; that of the first input when left out. */
  readonly batch?: Batch | undefined
}

/** What a node cannot be read as: the reader stands it in by an opaque operation where its result's size is known. */
export class NoCounterpart extends Error {}

export class Reader {
  readonly operations: Operation[] = []
  readonly remarks: string[] = []

  constructor(
    readonly opset: number,
    /** How many images the model was made for. */
    readonly batchSize: number,
    /** The shapes that the file states, by the tensors' names. */
    readonly stated: ReadonlyMap<string, readonly number[]>,
  ) {}

  /** Applies a layer; its results have the shapes that its declaration infers. */
  apply(node: OnnxNode, application: Application): readonly TensorValue[] {
    const { inputs, options = {}, weights = [], declared, remark } = application
    const layer = layerNamed(application.layer)
    const batch = 'batch' in application ? application.batch : inputs[0]?.batch
    const inferred = inferShapes(layer, options, inputs.map((input) => this.shapeOf(input)))
    if ('fault' in inferred) throw new NoCounterpart(inferred.fault)
    const outputs = inferred.shapes.map((shape): TensorValue => ({
      kind: 'tensor',
      tensor: { shape },
      dims: withBatch(shape, batch, this.batchSize),
      batch,
    }))
    this.operations.push({
      layer,
      options,
      inputs: inputs.map(({ tensor }) => tensor),
      outputs: outputs.map(({ tensor }) => tensor),
      weights: weights.flatMap((weight) => weightOf(weight)),
      ...(declared === undefined ? {} : { declared }),
      ...(remark === undefined ? {} : { remark }),
      path: modulePath(node.node.name),
      called: node.type,
    })
    return outputs
  }

  /** An operation that the language lacks, with the shape that it makes. */
  opaque(node: OnnxNode, inputs: readonly TensorValue[], dims: readonly number[], remark: string): TensorValue {
    const batch = inputs[0]?.batch ?? (dims[0] === this.batchSize ? { axis: 0, outer: 1, times: 1 } : undefined)
    const fits = batch !== undefined && batch.axis < dims.length && (dims[batch.axis] as number) % this.batchSize === 0
    const kept = fits ? { ...batch, times: (dims[batch.axis] as number) / this.batchSize } : undefined
    const shape = imageShape(dims, kept, this.batchSize)
    const tensor = { shape }
    this.operations.push({
      layer: layerNamed('opaque'),
      options: { shape },
      inputs: inputs.map((input) => input.tensor),
      outputs: [tensor],
      weights: [],
      path: modulePath(node.node.name),
      called: node.type,
      remark,
    })
    return { kind: 'tensor', tensor, dims, batch: kept }
  }

  /** A constant as a tensor of the network, its sizes for one image against those of another tensor. */
  parameter(node: OnnxNode, constant: ConstantValue, beside: TensorValue): TensorValue {
    const missing = beside.dims.length - constant.dims.length
    const aligned = [...Array.from({ length: Math.max(0, missing) }, () => 1), ...constant.dims]
    const isAlone = beside.batch !== undefined && beside.batch.times === 1 && beside.batch.outer === 1
    const shape = isAlone && aligned.length > beside.batch.axis ? aligned.toSpliced(beside.batch.axis, 1) : aligned
    if (product(shape) !== product(constant.dims)) throw new NoCounterpart('a constant differs from image to image')
    const [made] = this.apply(node, {
      layer: 'parameter',
      inputs: [],
      options: { shape, ...(constant.trained ? {} : { trainable: false }) },
      weights: [constant],
      batch: undefined,
    })
    return made as TensorValue
  }

  shapeOf({ dims, batch }: TensorValue): Shape {
    return imageShape(dims, batch, this.batchSize)
  }
}

function layerNamed(name: string): AnyLayer {
  const layer = findLayer(name)
  if (layer === undefined) throw new Error(`there is no layer ${name}`)
  return layer
}

function weightOf(constant: ConstantValue | undefined): readonly ImportWeight[] {
  return constant?.weight === undefined ? [] : [{ name: constant.weight, shape: constant.dims }]
}

/** The value as a tensor of the network. @throws NoCounterpart for a constant or nothing */
export function tensorAt(inputs: readonly (OnnxValue | undefined)[], index: number): TensorValue {
  const value = inputs[index]
  if (value?.kind !== 'tensor') throw new NoCounterpart(`input ${index + 1} is no tensor of the network`)
  return value
}

/** The value as a constant; undefined where it is left out. @throws NoCounterpart for a tensor of the network */
export function constantAt(inputs: readonly (OnnxValue | undefined)[], index: number): ConstantValue | undefined {
  const value = inputs[index]
  if (value?.kind === 'tensor') throw new NoCounterpart(`input ${index + 1} depends on the input`)
  return value
}

/** The numbers of a constant; undefined where it is left out. @throws NoCounterpart where they are not known */
export function numbersAt(
  inputs: readonly (OnnxValue | undefined)[],
  index: number,
): readonly number[] | undefined {
  const constant = constantAt(inputs, index)
  if (constant === undefined) return undefined
  if (constant.numbers === undefined) throw new NoCounterpart(`the numbers of input ${index + 1} are not in the file`)
  return constant.numbers
}

/** @throws ImportError always: the model holds what cannot be read as a network */
export function refuse(what: string, why: string, todo: string): never {
  throw new ImportError({ what, why, todo })
}
