import type { Block, Expression, Network, Parameter } from '../../../../grammar/tree'

import type { Frame, Run, Value } from '../../model/graph'
import { ANY_SHAPE, agreement, hasRank, type PartialShape, showPartial } from '../../model/outline'

import { showShape } from '../../model/shape'
import type { AxesKind } from '../../model/traits'
import { hasUnknown, isList, isTensor, isUnknown, outlineOf, UNKNOWN } from '../../model/value'
import { givenOption, givingText } from '../../model/written'
import { calleeName, tensorParameters } from '../binding/signature'
import type { Module } from '../modules'
import { inputMismatch } from '../problems/calls'
import { callTooDeep } from '../problems/limits'
import { argumentKind, missingReturn } from '../problems/structure'
import { describeValue } from '../words'
import { evaluate } from './expressions'
import { givenTensors, givenValue, isPlaced, reportOption, type TensorSlots } from './given'
import { problemAt, problemIn } from './problems'
import { runAgain } from './running'
import { countItems, countStep, type Env, fail, MAX_DEPTH, mark, type RunRecord } from './state'
import { runBody } from './statements'

import { bodyBounds, bodyTotals } from './totals'
import { outlined } from './uncertain'
import { type Callee, type Incoming, isLayer, type Partial } from './values'

type LayerWithBody<D> = Partial & { readonly callee: { readonly declaration: D; readonly module: Module } }

/** Applies a block: runs its body with the tensors and options in the place of its parameters. */
export function runBlock(
  layer: LayerWithBody<Block>,
  slots: TensorSlots,
  applied: Expression,
  env: Env,
): Value {
  const { declaration } = layer.callee
  const inner = enter(layer, slots, applied, env)
  if (inner === undefined) return UNKNOWN
  const run = env.state.dry ? undefined : openRun(inner)
  if (!bindParameters(declaration.params, layer, slots, inner, env)) {
    fail(env)
    return UNKNOWN
  }
  const args = declaration.params.map(({ name }) => ({
    name: name.name,
    value: inner.names.get(name.name) as Value,
  }))
  const values = args.map(({ value }) => value)
  const ran = layer.callee.module.ending.has(declaration)
    ? runAgain(declaration, values, applied, env, () => runBody(declaration.body, inner))
    : { result: runBody(declaration.body, inner) }
  if (ran === undefined) return UNKNOWN
  const { result: returned } = ran
  let result: Value = UNKNOWN
  if (returned !== undefined && !inner.body?.maybeReturned) {
    result = returned.length === 1 ? (returned[0] as Value) : returned
  } else if (!inner.body?.maybeReturned && !env.state.dry) {
    problemAt(inner, missingReturn, { name: declaration.name.name }, declaration.name)
    fail(env)
  }
  closeRun(run, { args, results: returned ?? [] }, inner)
  return result
}

/** Applies a network like a block: its inputs take the tensors, its outputs come back in order. */
export function runNetwork(
  layer: LayerWithBody<Network>,
  slots: TensorSlots,
  applied: Expression,
  env: Env,
): Value {
  const { declaration } = layer.callee
  const incoming = tensorsOf(layer.callee, slots).map(({ value }) => value)
  const inner = enter(layer, slots, applied, env, incoming)
  if (inner === undefined) return UNKNOWN
  const run = env.state.dry ? undefined : openRun(inner)
  if (!bindParameters(declaration.params, layer, new Map(), inner, env)) {
    fail(env)
    return UNKNOWN
  }
  const args = declaration.params.map(({ name }) => ({
    name: name.name,
    value: inner.names.get(name.name) as Value,
  }))
  runBody(declaration.body, inner)
  const results = inner.body?.results.map(({ value }) => value) ?? []
  closeRun(run, { args, results }, inner)
  if (inner.body?.maybeReturned) return UNKNOWN
  return results.length === 1 ? (results[0] as Value) : results
}

/** The tensors in the order of the parameters that take them. */
function tensorsOf(callee: Callee, slots: TensorSlots): readonly Incoming[] {
  const [first] = slots.values()
  if (slots.size === 1 && first !== undefined) return first
  return tensorParameters(callee).flatMap(({ name }) => slots.get(name) ?? [])
}

/** A run leaves more behind than a statement: its frame, its arguments, its totals. */
const STEPS_PER_RUN = 12

/** A fresh body for a declaration that is applied; undefined when calls are nested too deeply (reported). */
function enter(
  { callee, written }: LayerWithBody<Block | Network>,
  slots: TensorSlots,
  applied: Expression,
  env: Env,
  incoming?: readonly Value[],
): Env | undefined {
  const { declaration, module } = callee
  const depth = (env.frame?.depth ?? 0) + 1
  if (depth > MAX_DEPTH) {
    problemAt(env, callTooDeep, { limit: MAX_DEPTH, of: 'calls' }, applied)
    fail(env)
    return undefined
  }
  countStep(env, applied, STEPS_PER_RUN)
  const call = env.frame && {
    frame: env.frame,
    file: env.file,
    site: applied,
    written,
    givenTensors: givenTensors(tensorsOf(callee, slots)),
  }
  const frame: Frame = {
    declaration,
    file: module.file,
    depth,
    ...(call ? { call } : {}),
  }
  return bodyEnv(env, module, frame, incoming)
}

export function bodyEnv(
  { state }: Pick<Env, 'state'>,
  module: Module,
  frame: Frame,
  incoming: readonly Value[] | undefined,
): Env {
  const { layers = [], uncertain = [] } = state.graph ?? {}
  const start = { mark: mark({ state }), layers: layers.length, uncertain: uncertain.length }
  const body: RunRecord = {
    results: [],
    resultNames: new Map(),
    inputs: [],
    incoming,
    start,
    deferred: [],
    maybeReturned: false,
  }
  return { state, module, file: module.file, frame, names: new Map(), body }
}

export function openRun(inner: Env): number | undefined {
  const { graph } = inner.state
  if (!graph || !inner.frame) return undefined
  return graph.runs.push({ frame: inner.frame, args: [], results: [], first: 0, end: 0 }) - 1
}

export function closeRun(
  at: number | undefined,
  { args, results }: Pick<Run, 'args' | 'results'>,
  inner: Env,
): void {
  if (inner.body) inner.body.ended = inner.body.maybeReturned ? [UNKNOWN] : results
  for (const evaluateLater of inner.body?.deferred ?? []) evaluateLater()
  const { graph } = inner.state
  if (at === undefined || !graph || !inner.frame) return
  const totals = bodyTotals(inner)
  const bounds = totals === undefined ? bodyBounds(inner) : undefined
  const first = inner.body?.start.layers ?? 0
  const end = graph.layers.length
  const counted = { ...(totals ? { totals } : {}), ...(bounds ? { bounds } : {}) }
  graph.runs[at] = { frame: inner.frame, args, results, first, end, ...counted }
}

/** Binds the parameters of what is applied; false when a required one is missing (reported). */
function bindParameters(
  params: readonly Parameter[],
  layer: LayerWithBody<Block | Network>,
  slots: TensorSlots,
  inner: Env,
  caller: Env,
): boolean {
  let complete = true
  countStep(caller, layer.callee.declaration.name, params.length)
  for (const param of params) {
    const { name } = param.name
    const type = param.type?.name
    const tensors = slots.get(name)?.map(({ value }) => value)
    // An unknown one of several may itself be a list.
    if (type === 'tensors')
      inner.names.set(name, tensors?.every(isSurelyOne) === false ? UNKNOWN : (tensors ?? []))
    else if (tensors !== undefined) inner.names.set(name, tensors[0] as Value)
    else {
      const given = givenValue(layer, name)
      const argument = givenOption(layer.written, name)?.argument
      if (given !== undefined && argument !== undefined && isPlaced(layer, argument))
        inner.names.set(name, checked(param, given, layer, caller))
      // What is at fault may have been meant for it.
      else if (layer.faulty) inner.names.set(name, UNKNOWN)
      else if (param.default !== undefined) inner.names.set(name, evaluate(param.default, inner))
      else {
        reportOption(layer, { kind: 'missing', option: name }, caller)
        complete = false
      }
    }
  }
  return complete
}

function isSurelyOne(value: Value): boolean {
  return !isUnknown(value) || value.outline !== undefined
}

function checked(param: Parameter, value: Value, layer: LayerWithBody<Block | Network>, caller: Env): Value {
  const type = param.type?.name
  if (isList(value)) countItems(caller, param, value.length)
  if (type === undefined || hasUnknown(value) || fitsType(value, type) || isDefaultNone(param, value))
    return value
  const data = {
    block: calleeName(layer.callee),
    parameter: param.name.name,
    type,
    value: describeValue(value),
  }
  const given = givenOption(layer.written, param.name.name)
  if (given === undefined) return UNKNOWN
  const { file } = givingText(layer.written, given)
  return problemIn(caller, file, argumentKind, data, given.argument.value)
}

/** `none` may always be given where it is the default. */
function isDefaultNone(param: Parameter, value: Value): boolean {
  return value === null && param.default?.kind === 'none'
}

export function fitsType(value: Value, type: string): boolean {
  switch (type) {
    case 'layer':
      return isLayer(value)
    case 'int':
      return Number.isInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'bool':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'size':
      return Number.isInteger(value) || (isList(value) && value.every((item) => Number.isInteger(item)))
    default:
      return true
  }
}

/** Checks a tensor that comes into a network that is applied against the declared size. */
export function checkIncoming(
  name: string,
  declared: readonly number[],
  axes: AxesKind | undefined,
  value: Value,
  env: Env,
): Value {
  const outline = outlineOf(value)
  if (!isTensor(value) && outline === undefined) return value
  const shape: PartialShape = isTensor(value) ? value.tensor.shape : (outline?.firm ?? [])
  const isRows = axes === 'rows'
  // Channels stand first, the features of rows last.
  const fixed = isRows ? 1 : 0
  const width = shape[fixed]
  const isRank = !hasRank(shape) || shape.length === declared.length
  if (isRank && (typeof width !== 'number' || width === declared[fixed])) return value
  const { call, declaration } = env.frame as Frame
  const data = {
    network: declaration.name.name,
    input: name,
    declared: showShape(declared),
    given: showPartial(shape),
    isRows,
  }
  if (call) {
    const { reporter } = env.state
    reporter.report(inputMismatch, data, { file: call.file, range: call.site, frame: call.frame })
  }
  fail(env)
  // What comes in may be at fault, or what is declared.
  return outlined({ shape: hasRank(shape) ? agreement(declared, shape) : ANY_SHAPE, items: null })
}
