import type { Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { isComplete } from '../../model/outline'
import { hasUnknown, isList, isTensor, isUnknown, outlineOf, UNKNOWN } from '../../model/value'
import { bindOptions, type OptionFault } from '../binding/options'
import { calleeName, tensorParameters } from '../binding/signature'
import { assignTensors, lackingParameter, leastTensors } from '../binding/tensors'
import { missingTensor, notATensor, tooManyTensors } from '../problems/calls'
import { tooManyLayers } from '../problems/limits'
import { describeValue } from '../words'
import { applyBuiltin } from './builtin'
import { argumentRange, FROM_INSIDE, givenValue, reportOption, type TensorSlots } from './given'
import { problemAt, problemIn } from './problems'
import { runBlock, runNetwork } from './run'
import { checkPace, countItems, countStep, type Env, fail, layerCount } from './state'
import { applyUncertain, isAsked, outlined } from './uncertain'
import type { Incoming, Partial, Repetition, Shaped, WaitingLayer } from './values'

/** Applies a layer to what is piped in; `applied` is the stage or call that does it. */
export function apply(
  layer: WaitingLayer,
  incoming: readonly Incoming[],
  applied: Expression,
  env: Env,
): Value {
  // Compositions may be long chains, so they are taken apart with a stack of our own.
  const waiting: WaitingLayer[] = [layer]
  let tensors = incoming
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.form === 'composition') waiting.push(next.then, next.first)
    else tensors = [{ value: applyOne(next, tensors, applied, env), from: FROM_INSIDE }]
  }
  return (tensors[0] as Incoming).value
}

type Single = Exclude<WaitingLayer, { form: 'composition' }>

function applyOne(layer: Single, incoming: readonly Incoming[], applied: Expression, env: Env): Value {
  countStep(env, applied)
  switch (layer.form) {
    case 'partial':
      return applyPartial(layer, incoming, applied, env)
    case 'repetition':
      return applyRepetition(layer, incoming, applied, env)
    case 'applied':
      return apply(layer.of, [...incoming, ...layer.tensors], applied, env)
    case 'foreign':
      return layer.applied(incoming, applied, env)
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
  incoming: readonly Incoming[],
  applied: Expression,
  env: Env,
): Value {
  if (!env.state.dry && leastLayers(layer) > env.state.limits.layers) {
    fail(env)
    return problemIn(env, layer.file, tooManyLayers, { limit: env.state.limits.layers }, layer.range)
  }
  env.state.loops.push({ file: layer.file, range: layer.range, frame: env.frame })
  const before = layerCount(env)
  let tensors = incoming
  for (let i = 0; i < layer.count; i++) {
    checkPace(env, before, i, layer.count, layer.range)
    const value = apply(layer.of, tensors, applied, env)
    tensors = [{ value, from: FROM_INSIDE }]
    if (isUnknown(value) && value.outline === undefined) break
  }
  env.state.loops.pop()
  const values = tensors.map(({ value }) => value)
  return values.length === 1 ? (values[0] as Value) : values
}

/** How many layers a repetition makes at least: a count that is too large is found before the work is done. */
function leastLayers(layer: WaitingLayer): number {
  if (layer.form === 'repetition') return layer.count * leastLayers(layer.of)
  if (layer.form === 'composition') return leastLayers(layer.then)
  return layer.form === 'partial' && layer.callee.kind === 'builtin' ? 1 : 0
}

function applyPartial(
  written: Partial & WaitingLayer,
  incoming: readonly Incoming[],
  applied: Expression,
  env: Env,
): Value {
  const given: Incoming[] = []
  let listed = false
  const take = (tensor: Incoming) => {
    const { value } = tensor
    if (!isList(value)) {
      given.push(tensor)
      return
    }
    listed = true
    countItems(env, applied, 8 * value.length)
    for (const one of itemsOf(tensor.from, value)) given.push(one)
  }
  for (const tensor of incoming) take(tensor)
  for (const tensor of written.tensors) take(tensor)
  const layer = asMeant(written, given)

  const stray = given.find(({ value }) => !isTensor(value) && !isUnknown(value))
  if (stray !== undefined) {
    problemAt(env, notATensor, { value: describeValue(stray.value) }, argumentRange(stray) ?? applied)
    fail(env)
    return UNKNOWN
  }
  const isUncertain =
    layer.faulty ||
    layer.isResting === true ||
    given.some(({ value }) => isUnknown(value)) ||
    [...layer.namedTensors.values()].some(({ value }) => hasUnknown(value))
  const slots = isUncertain
    ? assignUncertain(layer, given, listed)
    : assign(layer, given, listed, applied, env)
  if (slots === undefined) {
    if (layer.misplaced === undefined && layer.callee.kind === 'builtin') {
      const report = (fault: OptionFault) => reportOption(layer, fault, env)
      bindOptions(layer.callee.layer, (option) => givenValue(layer, option), undefined, report)
    }
    fail(env)
    return UNKNOWN
  }
  if (layer.callee.kind === 'builtin') {
    const applyLayer = isUncertain ? applyUncertain : applyBuiltin
    return applyLayer(layer.callee.layer, layer, slots, applied, env)
  }
  if (isUncertain) fail(env)
  if (isUncertain && !isAsked(env)) return UNKNOWN
  const run = layer.callee.kind === 'block' ? runBlock : runNetwork
  return run(layer as never, layer.faulty ? doubted(slots) : slots, applied, env)
}

/** The layer with its options as they are meant, where what comes in shows that. */
function asMeant(layer: Partial & WaitingLayer, given: readonly Incoming[]): Partial & WaitingLayer {
  const meant = layer.misplaced?.(given.flatMap(({ value }) => shapedOf(value)))
  if (meant === undefined) return layer
  const written = { ...layer.written, options: meant.options }
  return { ...layer, written, values: meant.values, faulty: false, isResting: true, misplaced: undefined }
}

function shapedOf(value: Value): readonly Shaped[] {
  if (isTensor(value)) return [value.tensor]
  const { firm, items = 1 } = outlineOf(value) ?? {}
  return firm && isComplete(firm) ? [{ shape: firm, items: items ?? 1 }] : []
}

/** The tensors as outlines: what a block makes of them rests on the fault in its call. */
function doubted(slots: TensorSlots): TensorSlots {
  const doubt = (incoming: Incoming): Incoming =>
    isTensor(incoming.value) ? { ...incoming, value: outlined(incoming.value.tensor) } : incoming
  return new Map([...slots].map(([name, tensors]) => [name, tensors.map(doubt)]))
}

/** The tensors of a list that was given or piped in as one. */
function itemsOf(from: Incoming['from'], values: readonly Value[]): readonly Incoming[] {
  return values.map((value, item) => ({ value, from, item }))
}

/** Stands for a tensor that a call lacks, where an argument that is at fault may have been meant for it. */
const LACKING: Incoming = { value: UNKNOWN, from: FROM_INSIDE }

/** The same where tensors or arguments are unknown, in silence: one that is unknown may be a list, or no tensor. */
function assignUncertain(
  layer: Partial,
  given: readonly Incoming[],
  listed: boolean,
): TensorSlots | undefined {
  const slots = new Map<string, readonly Incoming[]>()
  for (const [name, tensor] of layer.namedTensors) {
    const { value, from } = tensor
    const tensors = isList(value) ? itemsOf(from, value) : value === null ? [] : [tensor]
    if (tensors.length > 0) slots.set(name, tensors)
  }
  const parameters = tensorParameters(layer.callee)
  const isNamed = (name: string) => layer.namedTensors.has(name)
  const needed = leastTensors(parameters.filter(({ name }) => !isNamed(name)))
  const lacking = new Array<Incoming>(Math.max(0, needed - given.length)).fill(LACKING)
  const isOpen = layer.unknownPlace && parameters.length > 1
  const all = isOpen ? given.map(() => LACKING).concat(lacking) : [...given, ...lacking]
  const assignment = assignTensors(parameters, { count: all.length, listed, isNamed })
  if (assignment.kind !== 'complete') return undefined
  for (const { parameter, from, count } of assignment.shares) {
    slots.set(parameter.name, all.slice(from, from + count))
  }
  return slots
}

/** Gives each parameter its tensors; undefined where that is not possible (reported). */
function assign(
  layer: Partial,
  given: readonly Incoming[],
  listed: boolean,
  applied: Expression,
  env: Env,
): TensorSlots | undefined {
  const parameters = tensorParameters(layer.callee)
  const [only] = parameters
  // Most layers take one tensor and are given it: no more is asked for them, for speed.
  if (only && !only.rest && parameters.length === 1 && given.length === 1 && layer.namedTensors.size === 0) {
    return new Map([[only.name, given]])
  }
  const slots = new Map<string, readonly Incoming[]>()
  for (const [name, tensor] of layer.namedTensors) {
    const { value, from } = tensor
    const tensors = isList(value) ? itemsOf(from, value) : value === null ? [] : [tensor]
    if (tensors.length > 0) slots.set(name, tensors)
  }
  const isNamed = (name: string) => layer.namedTensors.has(name)
  const assignment = assignTensors(parameters, { count: given.length, listed, isNamed })
  switch (assignment.kind) {
    case 'missing': {
      const names = parameters.map((each) => each.name)
      const { needs } = assignment
      const lacking = lackingParameter(parameters, { count: given.length, listed, isNamed })
      const rest = lacking && parameters.slice(0, parameters.indexOf(lacking)).find((each) => each.rest)
      const behind = rest && { behind: { name: lacking.name, rest: rest.name } }
      const data = {
        layer: calleeName(layer.callee),
        needs,
        has: given.length,
        names,
        merges: parameters.some((each) => each.rest),
        ...behind,
      }
      problemAt(env, missingTensor, data, applied)
      return undefined
    }
    case 'too-many': {
      const extra = given[assignment.first] as Incoming
      const forSeveral = layer.callee.kind === 'builtin' ? layer.callee.layer.forSeveral : undefined
      const data = {
        layer: calleeName(layer.callee),
        takes: parameters.length,
        has: given.length,
        ...(forSeveral && { forSeveral }),
      }
      problemAt(env, tooManyTensors, data, argumentRange(extra) ?? applied)
      return undefined
    }
    case 'complete':
      for (const { parameter, from, count } of assignment.shares) {
        slots.set(parameter.name, given.slice(from, from + count))
      }
      return slots
  }
}
