import type { Expression, Range } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { missingTensor, notATensor, tooManyTensors } from '../problems/calls'
import { tooManyLayers } from '../problems/limits'
import { describeValue, isList } from '../words'
import { applyBuiltin } from './builtin'
import { calleeName, tensorParameters } from './layers'
import { bindOptions } from './options'
import { problemAt, problemIn } from './problems'
import { runBlock, runNetwork } from './run'
import { checkPace, countItems, countStep, type Env, fail, hasRoomFor, layerCount, MAX_LAYERS } from './state'
import { isTensor, isUnknown, type Partial, type Repetition, UNKNOWN, type WaitingLayer } from './values'

/** Applies a layer to what is piped in; `applied` is the stage or call that does it. */
export function apply(layer: WaitingLayer, incoming: readonly Value[], applied: Expression, env: Env): Value {
  // Compositions may be long chains, so they are taken apart with a stack of our own.
  const waiting: WaitingLayer[] = [layer]
  let values = incoming
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.form === 'composition') waiting.push(next.then, next.first)
    else values = [applyOne(next, values, applied, env)]
  }
  return values[0] as Value
}

type Single = Exclude<WaitingLayer, { form: 'composition' }>

function applyOne(layer: Single, incoming: readonly Value[], applied: Expression, env: Env): Value {
  countStep(env, applied)
  switch (layer.form) {
    case 'partial':
      return applyPartial(layer, incoming, applied, env)
    case 'repetition':
      return applyRepetition(layer, incoming, applied, env)
    case 'applied':
      return apply(layer.of, [...incoming, ...layer.tensors], applied, env)
    case 'shared': {
      env.state.sharing.push({ set: layer.set, counts: new Map(), first: layer.set.made.size === 0 })
      try {
        return apply(layer.of, incoming, applied, env)
      } finally {
        env.state.sharing.pop()
      }
    }
  }
}

function applyRepetition(
  layer: Repetition & WaitingLayer,
  incoming: readonly Value[],
  applied: Expression,
  env: Env,
): Value {
  if (!env.state.dry && !hasRoomFor(env, leastLayers(layer))) {
    fail(env)
    return problemIn(env, layer.file, tooManyLayers, { limit: MAX_LAYERS }, layer.range)
  }
  env.state.loops.push({ file: layer.file, range: layer.range, frame: env.frame })
  const before = layerCount(env)
  let values = incoming
  for (let i = 0; i < layer.count; i++) {
    checkPace(env, before, i, layer.count, layer.range)
    values = [apply(layer.of, values, applied, env)]
    if (isUnknown(values[0] as Value)) break
  }
  env.state.loops.pop()
  return values.length === 1 ? (values[0] as Value) : values
}

/** How many layers a repetition makes at least: a count that is too large is found before the work is done. */
function leastLayers(layer: WaitingLayer): number {
  if (layer.form === 'repetition') return layer.count * leastLayers(layer.of)
  if (layer.form === 'composition') return leastLayers(layer.then)
  return layer.form === 'partial' && layer.callee.kind === 'builtin' ? 1 : 0
}

/** A tensor that reaches a layer, and where it is written when it is an argument. */
export interface Given {
  readonly value: Value
  readonly range?: Range
}

function applyPartial(
  layer: Partial & WaitingLayer,
  incoming: readonly Value[],
  applied: Expression,
  env: Env,
): Value {
  const given: Given[] = []
  let listed = false
  const take = (value: Value, range?: Range) => {
    const place = range === undefined ? {} : { range }
    if (isList(value)) {
      listed = true
      countItems(env, applied, 8 * value.length)
      for (const item of value) given.push({ value: item, ...place })
    } else given.push({ value, ...place })
  }
  for (const value of incoming) take(value)
  for (const argument of layer.tensors) take(argument.value, argument.range)

  const stray = given.find(({ value }) => !isTensor(value) && !isUnknown(value))
  if (stray !== undefined) {
    problemAt(env, notATensor, { value: describeValue(stray.value) }, stray.range ?? applied)
    fail(env)
    return UNKNOWN
  }
  const unknown = layer.faulty || given.some(({ value }) => isUnknown(value))
  const slots = unknown ? undefined : assign(layer, given, listed, applied, env)
  if (slots === undefined) {
    if (layer.callee.kind === 'builtin') {
      const place = { file: layer.file, range: calleeRange(layer.site) }
      bindOptions(layer.callee.layer, layer, undefined, place, env)
    }
    fail(env)
    return UNKNOWN
  }
  if (layer.callee.kind === 'builtin') return applyBuiltin(layer.callee.layer, layer, slots, applied, env)
  const run = layer.callee.kind === 'block' ? runBlock : runNetwork
  return run(layer as never, slots, applied, env)
}

/** How many tensors the parameters behind the one at `i` need. */
function neededBehind(layer: Partial, i: number): number {
  const behind = tensorParameters(layer.callee).slice(i + 1)
  return behind.filter(({ name, optional }) => !optional && !layer.namedTensors.has(name)).length
}

/** Which tensors go to which parameter: those given by name first, the others in order. */
export type Slots = ReadonlyMap<string, readonly Given[]>

function assign(
  layer: Partial,
  given: readonly Given[],
  listed: boolean,
  applied: Expression,
  env: Env,
): Slots | undefined {
  const parameters = tensorParameters(layer.callee)
  const slots = new Map<string, readonly Given[]>()
  const name = calleeName(layer.callee)
  let next = 0
  for (const [i, parameter] of parameters.entries()) {
    const named = layer.namedTensors.get(parameter.name)
    if (named !== undefined) {
      const values = isList(named.value) ? named.value : named.value === null ? [] : [named.value]
      if (values.some(isUnknown)) return undefined
      if (values.length > 0)
        slots.set(
          parameter.name,
          values.map((value) => ({ value, range: named.range })),
        )
      continue
    }
    const count = parameter.rest ? Math.max(given.length - next - neededBehind(layer, i), 0) : 1
    const taken = given.slice(next, next + count)
    next += taken.length
    const least = parameter.optional ? 0 : parameter.rest ? (listed ? 1 : parameter.rest.min) : 1
    if (taken.length < least) {
      // An argument that is unknown, or at fault, may have been the tensor.
      if (layer.faulty) return undefined
      const needs = parameters.reduce((sum, { optional, rest }) => sum + (optional ? 0 : (rest?.min ?? 1)), 0)
      const names = parameters.map((each) => each.name)
      problemAt(env, missingTensor, { layer: name, needs, has: given.length, names }, applied)
      return undefined
    }
    if (taken.length > 0) slots.set(parameter.name, taken)
  }
  if (next < given.length) {
    const extra = given[next] as Given
    const forSeveral = layer.callee.kind === 'builtin' ? layer.callee.layer.forSeveral : undefined
    const data = {
      layer: name,
      takes: parameters.length,
      has: given.length,
      ...(forSeveral && { forSeveral }),
    }
    problemAt(env, tooManyTensors, data, extra.range ?? applied)
    return undefined
  }
  return slots
}

/** The name of what a site applies, without its arguments. */
export function calleeRange(site: Expression): Range {
  return site.kind === 'call' ? calleeRange(site.callee) : site
}
