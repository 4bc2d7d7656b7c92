import { innermostCallee } from '../../../../grammar/calls'
import type { Expression } from '../../../../grammar/tree'
import type { FaultyStage, LayerNode, Tensor, Value, WrittenLayer } from '../../model/graph'
import { type AnyLayer, type Inference, isViolation, type LayerCall, type Violation } from '../../model/layer'
import { type Fields, mergeFields, transformField, transformFor } from '../../model/receptive-field'

import { MAX_EXACT, product, type Shape, showShape } from '../../model/shape'
import { isTensor, UNKNOWN } from '../../model/value'
import { weightCount, weightCounts } from '../../model/weights'
import { bindOptions } from '../binding/options'
import { explainBorders } from '../explain-borders'
import { explainRounding } from '../explain-rounding'
import { itemsDiffer, outsideNetwork, sharedWeightsDiffer } from '../problems/calls'
import { shapeTooLarge } from '../problems/limits'

import { givenTensors, givenValue, reportOption, type TensorSlots, violationPlace } from './given'

import { problemIn } from './problems'
import { spellWeights, weightOwner } from './share'
import { type Builder, countLayer, type Env, fail } from './state'
import { type FailedApplication, originOf, recover, recoverShapes } from './uncertain'
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
  const incoming = incomingOf(layer, slots)
  // A vector has no axes that sizes could fit: the layer itself says that it needs some.
  const first = incoming.find(({ value }) => isTensor(value))?.value
  const rank = first !== undefined && isTensor(first) ? first.tensor.shape.length : 0
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
    ? recover({ layer, written, given, incoming, applied, env })
    : applyWithOptions({ layer, options, written, given, incoming, applied, env })
}

interface Chosen extends FailedApplication {
  readonly options: Readonly<Record<string, unknown>>
}

/** Applies a layer whose options are known: infers what it does and adds it to the graph. */
export function applyWithOptions(chosen: Chosen): Value {
  const { layer, options, written, applied, env } = chosen
  const { graph } = env.state
  const { file, site } = written
  const range = innermostCallee(site)
  if (graph === undefined || env.frame === undefined) {
    return problemIn(env, file, outsideNetwork, { layer: layer.name }, range)
  }
  const incoming: Incoming[] = []
  const tensors: Tensor[] = []
  for (const one of chosen.incoming) {
    if (!isTensor(one.value)) continue
    incoming.push(one)
    tensors.push(one.value.tensor)
  }
  const call: LayerCall = {
    shapes: tensors.map(({ shape }) => shape),
    items: tensors.map(({ items }) => items),
    options,
    origin: (tensor) => tensors[tensor] && originOf(tensors[tensor]),
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
    return recover(chosen, result)
  }
  const items = result.items ?? mostItems(tensors)
  if (items === undefined) {
    const data = { layer: layer.name, items: tensors.map((tensor) => tensor.items) }
    problemIn(env, file, itemsDiffer, data, range)
    return recoverShapes(chosen, result.shapes)
  }
  const large = tooLarge(result, items)
  if (large !== undefined) {
    problemIn(env, file, shapeTooLarge, large, range)
    fail(env)
    return UNKNOWN
  }
  countLayer(env, applied)
  return addNode({ layer, written, incoming, options, tensors, result, items, applied, graph, env })
}

/** What the parameters of a layer were given, in their order; mostly it is one parameter. */
function incomingOf({ tensors }: AnyLayer, slots: TensorSlots): readonly Incoming[] {
  const [only] = tensors
  if (only !== undefined && tensors.length === 1) return slots.get(only.name) ?? []
  return tensors.flatMap(({ name }) => slots.get(name) ?? [])
}

function reportViolation({ constraint, data, at }: Violation, stage: FaultyStage, env: Env): void {
  const place = violationPlace(at, stage.written, stage.givenTensors)
  const explain = () => explainRounding(data, stage) ?? explainBorders(data, stage)
  env.state.reporter.report(constraint, data, { ...place, frame: env.frame, stage, explain })
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
    // What may never run makes no weights that a later use could share.
    const isAlone = env.state.sharing.length === 0 || env.state.dry
    const owner = isAlone ? undefined : weightOwner(written.site, weights, id, env)
    if (owner?.kind === 'differs') {
      const data = { layer: layer.name, first: owner.first, now: spellWeights(weights) }
      problemIn(env, env.file, sharedWeightsDiffer, data, applied)
      return recoverShapes(application, result.shapes)
    }
    if (owner?.kind === 'shared') sharedWith = owner.with
    else ({ params, fixed } = weightCounts(weights, options))
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
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only.fields : mergeFields(parts, shape)
}
