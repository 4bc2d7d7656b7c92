/** ONNX files as import graphs. Weights are read for their shapes alone, so their data may be elsewhere. */

import type { ImportGraph, ImportInput, ImportOutput } from '../../graph/graph'
import { ImportError, refuse } from '../../graph/import-error'
import type { Graph, Model, ValueInfo } from '../../onnx/onnx_pb'
import { NoCounterpart, tracer as newTracer, type Tracer } from '../trace/tracer'
import { batchAt, imageShape, type TensorValue, type TraceValue } from '../trace/values'
import { decodeModel } from './decode'
import { OnnxNode } from './node'
import { dimsOf, numbersOf } from './numbers'
import { constantNode, foldConstants, shapeConstant } from './operators/constants'
import { OPERATORS } from './operators/index'

/** A model while its nodes are read. */
interface Reading {
  readonly opset: number
  /** The shapes that the file states, by the tensors' names. */
  readonly stated: ReadonlyMap<string, readonly number[]>
  readonly tracer: Tracer
}

/** What the caller says of the model. */
export interface OnnxOptions {
  /** The network's name. */
  readonly name: string
  /** Sizes for one image of inputs whose sizes the file leaves open, by the inputs' names; `''` is the first. */
  readonly inputs?: Readonly<Record<string, readonly number[]>>
}

/** The opsets whose operators are known; newer ones have changed few of them. */
const OPSETS = { first: 7, last: 25 }

/**
 * The network in an ONNX file.
 *
 * @throws ImportError when the bytes are no such file, or it holds what no network of the language can be
 */
export function readOnnx(bytes: Uint8Array, options: OnnxOptions): ImportGraph {
  const model = decodeModel(bytes)
  const graph = model.graph as Graph
  const opset = opsetOf(model)
  const weights = weightsOf(graph)
  const inputs = graph.input.filter(({ name }) => !weights.has(name))
  if (inputs.length === 0) {
    refuse(
      'the model has no input',
      'what flows through it cannot be told',
      'export it with an example input',
    )
  }
  const sizes = inputs.map((info, i) => inputSizes(info, i, options))
  const batchSize = Math.max(1, ...sizes.map(({ batch }) => batch ?? 1))
  const tracer = newTracer(batchSize)
  const reading: Reading = { opset, stated: statedShapes(graph), tracer }
  const values = new Map<string, TraceValue>(weights)
  const made: ImportInput[] = inputs.map(({ name }, i) => {
    const { dims, batch } = sizes[i] as InputSizes
    const at = batch === undefined ? undefined : batchAt(0)
    const value: TensorValue = {
      kind: 'tensor',
      tensor: { shape: imageShape(dims, at, batchSize) },
      dims,
      batch: at,
    }
    values.set(name, value)
    return { name, tensor: value.tensor, shape: value.tensor.shape ?? [] }
  })
  for (const node of ordered(graph, values)) readNode(node, values, reading)
  return {
    name: options.name,
    origin: originOf(model, opset),
    inputs: made,
    operations: tracer.operations,
    outputs: outputsOf(graph, values),
    remarks: remarksOn(batchSize),
  }
}

function opsetOf(model: Model): number {
  const own = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')
  const opset = Number(own?.version ?? 0)
  if (opset < OPSETS.first) {
    refuse(
      `the model has opset ${opset}`,
      `operators before opset ${OPSETS.first} meant other things`,
      'convert it with onnx.version_converter, or export it anew',
    )
  }
  return opset
}

function originOf({ producerName, producerVersion }: Model, opset: number): string {
  const producer = [producerName, producerVersion].filter((part) => part !== '').join(' ')
  return `ONNX opset ${opset}${producer === '' ? '' : `, ${producer}`}`
}

function weightsOf(graph: Graph): Map<string, TraceValue> {
  const weights = new Map<string, TraceValue>()
  for (const tensor of graph.initializer) {
    const numbers = numbersOf(tensor)
    weights.set(tensor.name, {
      kind: 'constant',
      dims: dimsOf(tensor),
      weight: tensor.name,
      trained: true,
      ...(numbers === undefined ? {} : { numbers }),
    })
  }
  for (const { values, dims } of graph.sparseInitializer) {
    if (values === undefined) continue
    weights.set(values.name, { kind: 'constant', dims: dims.map(Number), weight: values.name, trained: true })
  }
  return weights
}

interface InputSizes {
  readonly dims: readonly number[]
  /** How many images there are; undefined for an input without a batch. */
  readonly batch: number | undefined
}

/** The sizes of an input, those that the file leaves open as the caller gives them. A first axis is the batch. */
function inputSizes(info: ValueInfo, index: number, { inputs = {} }: OnnxOptions): InputSizes {
  const dims = info.type?.tensorType?.shape?.dim.map(({ dimValue }) => Number(dimValue))
  const given = inputs[info.name] ?? (index === 0 ? inputs[''] : undefined)
  if (dims === undefined && given === undefined) {
    refuse(
      `the input ${info.name} has no size in the file`,
      'shapes are counted from it',
      `give one: --input ${info.name}=3x224x224`,
    )
  }
  const rank = dims?.length ?? (given as readonly number[]).length + 1
  if (rank < 2) return { dims: given ?? (dims as readonly number[]), batch: undefined }
  const batch = dims?.[0] || 1
  const sizes = given ?? (dims as readonly number[]).slice(1)
  if (given !== undefined && given.length !== rank - 1) {
    refuse(
      `the input ${info.name} was given ${given.length} sizes`,
      `the model's has ${rank - 1} beside the batch`,
      `write them all: --input ${info.name}=${(dims ?? [])
        .slice(1)
        .map((size) => size || 'N')
        .join('x')}`,
    )
  }
  if (sizes.some((size) => !(size > 0))) {
    refuse(
      `the input ${info.name} leaves sizes open: ${(dims ?? []).map((size) => size || '?').join('×')}`,
      'shapes are counted from them',
      `give them: --input ${info.name}=${sizes.map((size) => size || 'N').join('x')}`,
    )
  }
  return { dims: [batch, ...sizes], batch }
}

function statedShapes(graph: Graph): ReadonlyMap<string, readonly number[]> {
  const stated = new Map<string, readonly number[]>()
  for (const { name, type } of [...graph.valueInfo, ...graph.output]) {
    const dims = type?.tensorType?.shape?.dim.map(({ dimValue }) => Number(dimValue))
    if (dims?.every((dim) => dim > 0)) stated.set(name, dims)
  }
  return stated
}

/** The nodes, each behind those that it reads from, whatever order the file has. */
function ordered(graph: Graph, values: ReadonlyMap<string, TraceValue>): readonly OnnxNodeOfGraph[] {
  const makers = new Map<string, number>()
  for (const [i, node] of graph.node.entries()) for (const name of node.output) makers.set(name, i)
  const waiting = graph.node.map(
    (node) =>
      new Set(
        node.input
          .filter((name) => name !== '' && makers.has(name) && !values.has(name))
          .map((name) => makers.get(name) as number),
      ),
  )
  const readers = new Map<number, number[]>()
  for (const [i, makersOfNode] of waiting.entries()) {
    for (const maker of makersOfNode) readers.set(maker, [...(readers.get(maker) ?? []), i])
  }
  const isSorted = waiting.every((makersOfNode, i) => [...makersOfNode].every((maker) => maker < i))
  if (isSorted) return graph.node
  const ready = waiting.flatMap((makersOfNode, i) => (makersOfNode.size === 0 ? [i] : []))
  const order: OnnxNodeOfGraph[] = []
  for (let at = 0; at < ready.length; at++) {
    const i = ready[at] as number
    order.push(graph.node[i] as OnnxNodeOfGraph)
    for (const reader of readers.get(i) ?? []) {
      const left = waiting[reader] as Set<number>
      left.delete(i)
      if (left.size === 0) ready.push(reader)
    }
  }
  if (order.length < graph.node.length) {
    refuse(
      'the graph goes in a circle',
      'a node reads what it makes itself, by way of others',
      'export the model anew',
    )
  }
  return order
}

type OnnxNodeOfGraph = Graph['node'][number]

/** Control flow, whose body is another graph: which part runs is not known before the network runs. */
const CONTROL_FLOW: readonly string[] = ['If', 'Loop', 'Scan']

function readNode(message: OnnxNodeOfGraph, values: Map<string, TraceValue>, reading: Reading): void {
  const node = new OnnxNode(message, reading.opset)
  const inputs = message.input.map((name) => (name === '' ? undefined : lookUp(name, node, values)))
  if (CONTROL_FLOW.includes(node.type)) {
    refuse(
      `the model has the control flow ${node.type}${message.name === '' ? '' : ` (${message.name})`}`,
      'which of its layers run depends on values, so that there is no one network to check',
      'export the model for one case, by tracing it with an example',
    )
  }
  const made = madeBy(node, inputs, reading)
  for (const [i, name] of message.output.entries()) {
    const value = made[i]
    if (name !== '' && value !== undefined) values.set(name, value)
  }
}

function lookUp(name: string, node: OnnxNode, values: ReadonlyMap<string, TraceValue>): TraceValue {
  const value = values.get(name)
  if (value === undefined) {
    refuse(
      `nothing makes ${name}`,
      `${node.type}${node.node.name === '' ? '' : ` (${node.node.name})`} reads it, and it is no input, no weight and no result`,
      'check that the file is whole, or export the model anew',
    )
  }
  return value
}

function madeBy(
  node: OnnxNode,
  inputs: readonly (TraceValue | undefined)[],
  reading: Reading,
): readonly (TraceValue | undefined)[] {
  if (node.type === 'Constant') return [constantNode(node)]
  const [first] = inputs
  if (node.type === 'Shape' && first !== undefined) {
    const start = node.int('start', 0)
    const end = node.int('end', first.dims.length)
    return [shapeConstant(first.dims.slice(start, end < 0 ? end : Math.min(end, first.dims.length)))]
  }
  if (node.type === 'Size' && first !== undefined) {
    return [{ kind: 'constant', dims: [], numbers: [first.dims.reduce((a, b) => a * b, 1)], trained: false }]
  }
  // The exporter merges equal weights and keeps them apart by name alone: each is a parameter of its own.
  if (node.type === 'Identity' && first?.kind === 'constant') {
    return [{ ...first, weight: node.node.output[0] as string }]
  }
  const folded = foldConstants(node, inputs)
  if (folded !== undefined) return [folded]
  try {
    const operator = OPERATORS[node.type]
    if (operator === undefined) throw new NoCounterpart('the language has no such layer')
    return reading.tracer.attempt(() => operator(node, inputs, reading.tracer))
  } catch (error) {
    if (!(error instanceof NoCounterpart)) throw error
    return standIns(node, inputs, reading, error.message)
  }
}

/** Opaque operations in the place of a node, with the shapes that the file states. */
function standIns(
  node: OnnxNode,
  inputs: readonly (TraceValue | undefined)[],
  reading: Reading,
  reason: string,
): readonly TraceValue[] {
  const tensors = inputs.filter((input): input is TensorValue => input?.kind === 'tensor')
  return node.node.output
    .filter((name) => name !== '')
    .map((name) => {
      const dims = reading.stated.get(name)
      if (dims === undefined) {
        throw new ImportError({
          what: `${node.type}${node.node.name === '' ? '' : ` (${node.node.name})`} cannot be read: ${reason}`,
          why: 'the file does not say what shape it makes, so what follows would have none either',
          todo: 'write the shapes into the file with onnx.shape_inference.infer_shapes, and try again',
        })
      }
      return reading.tracer.opaque(node.site, tensors, dims, reason)
    })
}

function outputsOf(graph: Graph, values: ReadonlyMap<string, TraceValue>): readonly ImportOutput[] {
  return graph.output.flatMap(({ name }) => {
    const value = values.get(name)
    return value?.kind === 'tensor' ? [{ name, tensor: value.tensor }] : []
  })
}

function remarksOn(batchSize: number): readonly string[] {
  return batchSize === 1
    ? []
    : [`The model was made for a batch of ${batchSize}; all figures are for one image.`]
}
