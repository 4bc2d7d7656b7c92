/** Collects the operations of an import graph while the calls of a model are visited, whatever its format. */
import { findLayer } from '../../../layers/index'
import type { AnyLayer } from '../../../model/layer'
import { product, type Shape } from '../../../model/shape'
import type {
  DeclaredSize,
  ImportOptions,
  ImportWeight,
  ModuleStep,
  Operation,
  SourceLine,
} from '../../graph/graph'
import { inferShapes } from '../../graph/infer'
import {
  type Batch,
  type ConstantValue,
  imageShape,
  isAlone,
  type TensorValue,
  type TraceValue,
  withBatch,
} from './values'

/** The call of a model that an operation comes from. */
export interface CallSite {
  readonly path: readonly ModuleStep[]
  /** What the format calls it. */
  readonly called: string
  readonly line?: SourceLine
}

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

/** What a call cannot be read as: an opaque operation stands in for it where its result's size is known. */
export class NoCounterpart extends Error {}

export interface Tracer {
  readonly operations: readonly Operation[]
  /** How many images the model was made for. */
  readonly batchSize: number
  /** Applies a layer; its results have the shapes that its declaration infers. @throws NoCounterpart */
  apply(site: CallSite, application: Application): readonly TensorValue[]
  /** An operation that the language lacks, with the sizes that it makes. */
  opaque(site: CallSite, inputs: readonly TensorValue[], dims: readonly number[], remark: string): TensorValue
  /** A constant as a tensor of the network, its sizes for one image against those of another tensor. */
  parameter(site: CallSite, constant: ConstantValue, beside: TensorValue): TensorValue
  /** The sizes of a tensor for one image. */
  shapeOf(value: TensorValue): Shape
  /** What a reader makes; what it had applied before it failed is forgotten. */
  attempt<T>(read: () => T): T
}

export function tracer(batchSize: number): Tracer {
  const operations: Operation[] = []
  const shapeOf = ({ dims, batch }: TensorValue) => imageShape(dims, batch, batchSize)

  const apply: Tracer['apply'] = (site, application) => {
    const { inputs, options = {}, weights = [], declared, remark } = application
    const layer = layerNamed(application.layer)
    const batch = 'batch' in application ? application.batch : inputs[0]?.batch
    const inferred = inferShapes(layer, options, inputs.map(shapeOf))
    if ('fault' in inferred) throw new NoCounterpart(inferred.fault)
    const outputs = inferred.shapes.map(
      (shape): TensorValue => ({
        kind: 'tensor',
        tensor: { shape },
        dims: withBatch(shape, batch, batchSize),
        batch,
      }),
    )
    operations.push({
      ...site,
      layer,
      options,
      inputs: inputs.map(({ tensor }) => tensor),
      outputs: outputs.map(({ tensor }) => tensor),
      weights: weights.flatMap((weight) => weightOf(weight)),
      ...(declared === undefined ? {} : { declared }),
      ...(remark === undefined ? {} : { remark }),
    })
    return outputs
  }

  const opaque: Tracer['opaque'] = (site, inputs, dims, remark) => {
    const batch = keptBatch(inputs[0], dims, batchSize)
    const shape = imageShape(dims, batch, batchSize)
    const tensor = { shape }
    operations.push({
      ...site,
      layer: layerNamed('opaque'),
      options: { shape },
      inputs: inputs.map((input) => input.tensor),
      outputs: [tensor],
      weights: [],
      remark,
    })
    return { kind: 'tensor', tensor, dims, batch }
  }

  return {
    operations,
    batchSize,
    apply,
    opaque,
    shapeOf,
    attempt(read) {
      const { length } = operations
      try {
        return read()
      } catch (error) {
        operations.length = length
        throw error
      }
    },
    parameter(site, constant, beside) {
      const missing = beside.dims.length - constant.dims.length
      const aligned = [...Array.from({ length: Math.max(0, missing) }, () => 1), ...constant.dims]
      const { batch } = beside
      const shape =
        batch !== undefined && isAlone(batch) && aligned.length > batch.axis
          ? aligned.toSpliced(batch.axis, 1)
          : aligned
      if (product(shape) !== product(constant.dims))
        throw new NoCounterpart('a constant differs from image to image')
      const [made] = apply(site, {
        layer: 'parameter',
        inputs: [],
        options: { shape: constant.of ?? shape, ...(constant.trained ? {} : { trainable: false }) },
        weights: [constant],
        batch: undefined,
      }) as [TensorValue]
      return constant.of === undefined ? made : opaque(site, [made], shape, 'picked out of the weights')
    },
  }
}

/**
 * Where the batch is in sizes of another rank: where it was, if they can hold it there. What is made of a constant
 * alone has none.
 */
function keptBatch(
  source: TensorValue | undefined,
  dims: readonly number[],
  size: number,
): Batch | undefined {
  const wanted = source?.batch
  if (wanted === undefined || wanted.axis >= dims.length) return undefined
  const times = (dims[wanted.axis] as number) / size
  return Number.isInteger(times) ? { ...wanted, times } : undefined
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
export function tensorAt(inputs: readonly (TraceValue | undefined)[], index: number): TensorValue {
  const value = inputs[index]
  if (value?.kind !== 'tensor') throw new NoCounterpart(`input ${index + 1} is no tensor of the network`)
  return value
}

/** The value as a constant; undefined where it is left out. @throws NoCounterpart for a tensor of the network */
export function constantAt(
  inputs: readonly (TraceValue | undefined)[],
  index: number,
): ConstantValue | undefined {
  const value = inputs[index]
  if (value?.kind === 'tensor') throw new NoCounterpart(`input ${index + 1} depends on the input`)
  return value
}

/** The numbers of a constant; undefined where it is left out. @throws NoCounterpart where they are not known */
export function numbersAt(
  inputs: readonly (TraceValue | undefined)[],
  index: number,
): readonly number[] | undefined {
  const constant = constantAt(inputs, index)
  if (constant === undefined) return undefined
  if (constant.numbers === undefined)
    throw new NoCounterpart(`the numbers of input ${index + 1} are not in the file`)
  return constant.numbers
}
