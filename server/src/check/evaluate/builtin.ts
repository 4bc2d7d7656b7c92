import { innermostCallee } from '../../../../grammar/calls'
import type { Expression } from '../../../../grammar/tree'
import type { FaultyStage, LayerNode, Tensor, Value, WrittenLayer } from '../../model/graph'
import {
  type AnyLayer,
  type Inference,
  isViolation,
  type LayerCall,
  type Origin,
  type Violation,
} from '../../model/layer'
import { type Fields, mergeFields, transformField, transformFor } from '../../model/receptive-field'
import { MAX_EXACT, product, type Shape, showShape } from '../../model/shape'
import { isTensor, UNKNOWN } from '../../model/value'
import { givenOption, givingText } from '../../model/written'
import { bindOptions } from '../binding/options'
import { itemsDiffer, outsideNetwork, sharedWeightsDiffer } from '../problems/calls'
import { shapeTooLarge } from '../problems/limits'
import { givenTensors, givenValue, reportOption, type TensorSlots, tensorRange } from './given'
import { problemIn } from './problems'
import { spellWeights, weightCount, weightOwner } from './share'
import { type Builder, countLayer, type Env, fail } from './state'
import type { Incoming, Partial } from './values'

/** Applies a layer of the catalogue with the options that it was given. */
export function applyBuiltin(
  layer: AnyLayer,
  given: Partial,
  slots: TensorSlots,
  applied: Expression,
  env: Env,
): Value {
  const { written } = given
  const incoming = layer.tensors.flatMap(({ name }) => slots.get(name) ?? [])
  // A vector has no axes that sizes could fit: the layer itself says that it needs some.
  const rank = tensorsOf(incoming)[0]?.shape.length ?? 0
  const axes = rank > 1 ? rank - 1 : undefined
  const isPlaced = env.state.graph !== undefined && env.frame !== undefined
  const options = isPlaced
    ? bindOptions(
        layer,
        (option) => givenValue(given, option),
        axes,
        (fault) => reportOption(given, fault, env),
      )
    : {}
  return options === undefined
    ? failed(env)
    : applyWithOptions({ layer, options, written, incoming, applied, env })
}

interface Chosen {
  readonly layer: AnyLayer
  readonly options: Readonly<Record<string, unknown>>
  /** The text that stands for the layer. */
  readonly written: WrittenLayer
  readonly incoming: readonly Incoming[]
  readonly applied: Expression
  readonly env: Env
}

/** Applies a layer whose options are known: infers what it does and adds it to the graph. */
export function applyWithOptions({ layer, options, written, incoming: given, applied, env }: Chosen): Value {
  const { graph } = env.state
  const { file, site } = written
  const range = innermostCallee(site)
  if (graph === undefined || env.frame === undefined) {
    return problemIn(env, file, outsideNetwork, { layer: layer.name }, range)
  }
  const incoming = given.filter(({ value }) => isTensor(value))
  const tensors = tensorsOf(incoming)
  const call: LayerCall = {
    shapes: tensors.map(({ shape }) => shape),
    items: tensors.map(({ items }) => items),
    options,
    origin: (tensor) => originOf(tensors[tensor]),
  }
  const result = layer.infer(call)
  if (isViolation(result)) {
    const stage: FaultyStage = {
      layer,
      options,
      inputs: tensors,
      site,
      file,
      applied,
      written,
      givenTensors: givenTensors(incoming),
      frame: env.frame,
      before: graph.layers,
    }
    reportViolation(result, stage, env)
    return failed(env)
  }
  const items = result.items ?? mostItems(tensors)
  if (items === undefined) {
    const data = { layer: layer.name, items: tensors.map((tensor) => tensor.items) }
    problemIn(env, file, itemsDiffer, data, range)
    return failed(env)
  }
  const large = tooLarge(result, items)
  if (large !== undefined) {
    problemIn(env, file, shapeTooLarge, large, range)
    return failed(env)
  }
  countLayer(env, applied)
  return addNode({ layer, written, incoming, options, tensors, result, items, applied, graph, env })
}

function tensorsOf(incoming: readonly Incoming[]): readonly Tensor[] {
  return incoming.flatMap(({ value }) => (isTensor(value) ? [value.tensor] : []))
}

function originOf(tensor: Tensor | undefined): Origin | undefined {
  if (tensor?.source.kind !== 'layer') return undefined
  const { layer, options, inputs } = tensor.source
  return { layer: layer.name, options, shapes: inputs.map(({ shape }) => shape) }
}

function failed(env: Env): Value {
  fail(env)
  return UNKNOWN
}

/** At the option or the tensor that is the culprit, where that is written; at the layer's name otherwise. */
function reportViolation({ constraint, data, at }: Violation, stage: FaultyStage, env: Env): void {
  const { file, site, written } = stage
  const option = typeof at === 'string' ? givenOption(written, at) : undefined
  const tensor = typeof at === 'number' ? tensorRange(stage.givenTensors, at) : undefined
  env.state.reporter.report(constraint, data, {
    file: option ? givingText(written, option).file : file,
    range: option?.argument.value ?? tensor ?? innermostCallee(site),
    frame: env.frame,
    stage,
  })
}

/** The number of items that tensors have together: theirs, or that of the others where it is 1. */
function mostItems(tensors: readonly Tensor[]): number | undefined {
  const most = tensors.reduce((max, { items }) => Math.max(max, items), 1)
  return tensors.every(({ items }) => items === most || items === 1) ? most : undefined
}

function tooLarge(result: Inference, items: number): { count: string; of: string } | undefined {
  const show = (count: number) => `about ${count.toPrecision(2)}`
  for (const shape of result.shapes) {
    const count = product(shape) * items
    if (!(count <= MAX_EXACT)) return { count: show(count), of: `the output ${showShape(shape)}` }
  }
  for (const weight of result.weights ?? []) {
    const count = weightCount(weight)
    if (!(count <= MAX_EXACT))
      return { count: show(count), of: `the ${weight.name} ${showShape(weight.shape)}` }
  }
  return undefined
}

interface Application {
  readonly layer: AnyLayer
  readonly written: WrittenLayer
  readonly incoming: readonly Incoming[]
  readonly options: Readonly<Record<string, unknown>>
  readonly tensors: readonly Tensor[]
  readonly result: Inference
  readonly items: number
  readonly applied: Expression
  readonly graph: Builder
  readonly env: Env
}

function addNode(application: Application): Value {
  const { layer, written, incoming, options, tensors, result, items, applied, graph, env } = application
  const id = graph.nextId++
  const weights = result.weights ?? []
  const macs = (result.macs ?? 0) * items
  let params = 0
  let fixed = 0
  let sharedWith: number | undefined
  if (weights.length > 0) {
    const owner = env.state.sharing.length === 0 ? undefined : weightOwner(written.site, weights, id, env)
    if (owner?.kind === 'differs') {
      const data = { layer: layer.name, first: owner.first, now: spellWeights(weights) }
      problemIn(env, env.file, sharedWeightsDiffer, data, applied)
      return failed(env)
    }
    if (owner?.kind === 'shared') sharedWith = owner.with
    else {
      for (const weight of weights) {
        if (weight.trained === false || options.trainable === false) fixed += weightCount(weight)
        else params += weightCount(weight)
      }
    }
  }
  const outputs: Tensor[] = []
  const node: LayerNode = {
    kind: 'layer',
    id,
    layer,
    options,
    site: written.site,
    file: written.file,
    applied,
    written,
    givenTensors: givenTensors(incoming),
    frame: env.frame as NonNullable<Env['frame']>,
    inputs: tensors,
    outputs,
    field: result.field,
    weights,
    params,
    fixed,
    macs,
    ...(sharedWith === undefined ? {} : { sharedWith }),
  }
  for (const [index, shape] of result.shapes.entries()) {
    const fields = outputFields(tensors, result, index, graph)
    outputs.push({ shape, items, fields, source: node, index })
  }
  graph.layers.push(node)
  graph.params += params
  graph.fixed += fixed
  graph.macs += macs
  const [only] = outputs
  if (only !== undefined && outputs.length === 1 && !layer.returnsList)
    return { kind: 'tensor', tensor: only }
  return outputs.map((tensor): Value => ({ kind: 'tensor', tensor }))
}

function outputFields(
  tensors: readonly Tensor[],
  { field, shapes }: Inference,
  index: number,
  graph: Builder,
): Fields {
  if (tensors.length === 0) return graph.inputs.map(() => null)
  const shape = shapes[index] as Shape
  const parts = tensors.map((tensor, i) => {
    const transform = transformFor(field, i, index)
    if (transform.kind === 'pointwise') return { fields: tensor.fields, shape: tensor.shape }
    const fields = tensor.fields.map((one) => one && transformField(one, transform, tensor.shape, shape))
    return { fields, shape }
  })
  return mergeFields(parts, shape)
}
