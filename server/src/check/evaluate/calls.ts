import type { Argument as ArgumentNode, Call, Expression } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { Value } from '../../model/graph'
import {
  notALayer,
  notATensor,
  optionGivenTwice,
  optionValue,
  tensorsOnly,
  tooManyOptions,
} from '../problems/calls'
import { unknownOption } from '../problems/names'
import { closest, describeValue, isList, quoted } from '../words'
import { apply } from './apply'
import { evaluate } from './expressions'
import { callFunction, FUNCTIONS } from './functions'
import { calleeName, optionNames, optionWords, tensorParameters } from './layers'
import { isVisible, lookup } from './names'
import { problemAt } from './problems'
import { countStep, type Env, fail } from './state'
import {
  type Argument,
  type Callee,
  hasUnknown,
  isLayer,
  isTensor,
  isUnknown,
  type Partial,
  UNKNOWN,
  type WaitingLayer,
} from './values'

/**
 * Evaluates a call. As a stage it waits for what is piped in; elsewhere it is applied as soon as it has the
 * tensors that it needs.
 */
export function evaluateCall(node: Call, env: Env, stage: boolean): Value {
  countStep(env, node)
  const { callee } = node
  let evaluated: Evaluated = NOTHING_EVALUATED
  if (callee.kind === 'name' && isFunction(callee.name, env) && !isCertainlyLayer(node, callee.name, stage)) {
    evaluated = new Map(node.args.map((arg) => [arg, evaluate(arg.value, env)]))
    const args = [...evaluated.values()]
    // Given a tensor, the function is the layer of that name.
    if (findLayer(callee.name) === undefined || !args.some(isTensorLike)) {
      return callFunction(callee.name, node, args, env)
    }
  }
  const target = callee.kind === 'name' ? lookup(callee, env, 'layer') : evaluate(callee, env)
  if (!isLayer(target)) {
    for (const { value } of node.args) evaluateUnlessWord(value, env)
    if (!isUnknown(target)) reportNotALayer(callee, target, env)
    fail(env)
    return UNKNOWN
  }
  if (target.form !== 'partial') return callComplete(node, target, env, stage)
  const { layer, complete } = bind(node, target, evaluated, env)
  const wait = stage && tensorParameters(layer.callee).length > 0
  return complete && !wait ? apply(layer, [], node, env) : layer
}

/** Reports a value that stands where a layer is needed. */
export function reportNotALayer(node: Expression, value: Value, env: Env): void {
  const hides =
    node.kind === 'name' && env.names.has(node.name) && findLayer(node.name) ? { hides: node.name } : {}
  problemAt(env, notALayer, { value: describeValue(value), ...hides }, node)
}

/** Compositions, repetitions and shared layers take tensors only. */
function callComplete(node: Call, target: WaitingLayer, env: Env, stage: boolean): Value {
  const tensors: Value[] = []
  for (const arg of node.args) {
    const value = evaluate(arg.value, env)
    if (arg.name !== undefined || (!isTensorLike(value) && !isUnknown(value))) {
      return problemAt(env, tensorsOnly, { value: `\`${target.label}\`` }, arg)
    }
    tensors.push(value)
  }
  if (tensors.length === 0) return target
  return stage ? withTensors(target, tensors, node, env) : apply(target, tensors, node, env)
}

/** A complete layer that has some of its tensors and waits for what is piped in before them. */
function withTensors(target: WaitingLayer, tensors: readonly Value[], node: Call, env: Env): WaitingLayer {
  return {
    kind: 'layer',
    form: 'applied',
    label: env.module.tree.text.slice(node.start, node.end),
    of: target,
    tensors,
    nesting: target.nesting + 1,
  }
}

/** The layer with the call's arguments added to those it has, and whether it has the tensors that it needs. */
function bind(node: Call, target: Partial & WaitingLayer, evaluated: Evaluated, env: Env) {
  const given: Bound = {
    callee: target.callee,
    names: optionNames(target.callee),
    options: new Map(target.options),
    tensors: [...target.tensors],
    namedTensors: target.namedTensors,
    faulty: target.faulty,
    unknownPlace: false,
    evaluated,
  }
  for (const arg of node.args) {
    if (arg.value.kind === 'missing') given.faulty = true
    else if (arg.name === undefined) bindPositional(arg, given, env)
    else bindNamed(arg, arg.name.name, given, env)
  }
  const { callee, options, tensors, namedTensors, faulty, unknownPlace } = given
  const layer: Partial & WaitingLayer = {
    kind: 'layer',
    form: 'partial',
    label: env.module.tree.text.slice(node.start, node.end),
    callee,
    site: node,
    file: env.file,
    options,
    tensors,
    namedTensors,
    faulty: faulty || unknownPlace,
    nesting: deepest(target, options),
  }
  return { layer, complete: unknownPlace || hasEnough(layer) }
}

/** The arguments of a call while they are bound. */
interface Bound {
  readonly callee: Callee
  readonly names: readonly string[]
  readonly options: Map<string, Argument>
  readonly tensors: Argument[]
  namedTensors: ReadonlyMap<string, Argument>
  faulty: boolean
  /** An argument without a name is unknown: it may be a tensor. */
  unknownPlace: boolean
  readonly evaluated: Evaluated
}

/** The values of arguments that had to be known before it was known what is called. */
type Evaluated = ReadonlyMap<ArgumentNode, Value>

const NOTHING_EVALUATED: Evaluated = new Map()

function bindNamed(arg: ArgumentNode, name: string, given: Bound, env: Env): void {
  const { callee, names, options } = given
  const isOption = names.includes(name)
  if (!isOption && !tensorParameters(callee).some((slot) => slot.name === name)) {
    reportUnknownOption(arg, callee, env)
    evaluateUnlessWord(arg.value, env)
    given.faulty = true
    return
  }
  const argument = evaluateArgument(arg, name, callee, env)
  const { value } = argument
  if (options.has(name) || given.namedTensors.has(name)) {
    problemAt(env, optionGivenTwice, { layer: calleeName(callee), option: name }, arg)
    given.faulty = true
  } else if (isOption) options.set(name, argument)
  else if (isTensorLike(value) || hasUnknown(value) || value === null) {
    given.namedTensors = new Map(given.namedTensors).set(name, argument)
  } else {
    problemAt(env, notATensor, { value: describeValue(value) }, arg.value)
    given.faulty = true
  }
}

function bindPositional(arg: ArgumentNode, given: Bound, env: Env): void {
  const { callee, names, options, tensors } = given
  const free = names.find((name) => !options.has(name))
  const known = given.evaluated.get(arg)
  const argument =
    known === undefined
      ? evaluateArgument(arg, free, callee, env)
      : { value: known, file: env.file, range: arg.value }
  const { value } = argument
  if (isTensorLike(value)) tensors.push(argument)
  else if (hasUnknown(value)) given.unknownPlace = true
  else if (free !== undefined) options.set(free, argument)
  else {
    const data = { layer: calleeName(callee), count: names.length, options: names }
    problemAt(env, tooManyOptions, data, arg)
    given.faulty = true
  }
}

function deepest(target: WaitingLayer, options: ReadonlyMap<string, Argument>): number {
  let nesting = target.nesting
  for (const { value } of options.values()) if (isLayer(value)) nesting = Math.max(nesting, value.nesting + 1)
  return nesting
}

/** The argument of an option that takes `words`: a bare name among them is read as that word. */
function evaluateArgument(arg: ArgumentNode, option: string | undefined, callee: Callee, env: Env): Argument {
  const node = arg.value
  const words = optionWords(callee, option)
  const value = readsAsWord(node, words)
    ? node.name
    : words.length > 0 && node.kind === 'name' && !isVisible(node.name, env)
      ? wrongWord(node.name, option as string, words, callee, node, env)
      : evaluate(node, env)
  return { value, file: env.file, range: node }
}

function wrongWord(
  name: string,
  option: string,
  words: readonly string[],
  callee: Callee,
  node: Expression,
  env: Env,
): Value {
  const data = {
    layer: calleeName(callee),
    option,
    value: `\`${name}\``,
    needs: quoted(words, 'or'),
    suggestions: closest(name, words),
    name,
  }
  return problemAt(env, optionValue, data, node)
}

function readsAsWord(
  node: Expression,
  words: readonly string[],
): node is Expression & { kind: 'name'; name: string } {
  return node.kind === 'name' && words.includes(node.name)
}

/** Where the callee is not known, a bare name may be a word of one of its options: it is left alone. */
function evaluateUnlessWord(node: Expression, env: Env): Value {
  return node.kind === 'name' && !env.names.has(node.name) ? UNKNOWN : evaluate(node, env)
}

function reportUnknownOption(arg: ArgumentNode, callee: Partial['callee'], env: Env): void {
  const name = arg.name?.name ?? ''
  const options = [...optionNames(callee), ...tensorParameters(callee).map((slot) => slot.name)]
  const specs = callee.kind === 'builtin' ? Object.entries(callee.layer.options) : []
  const foreign = specs.find(([, spec]) => spec.foreign.includes(name))?.[0]
  problemAt(
    env,
    unknownOption,
    {
      name,
      layer: calleeName(callee),
      options: optionNames(callee),
      suggestions: foreign === undefined ? closest(name, options) : [foreign],
      ...(foreign === undefined ? {} : { foreign }),
    },
    arg.name ?? arg,
  )
}

/** A tensor, or a list of tensors, some of which may be unknown. */
function isTensorLike(value: Value): boolean {
  if (!isList(value)) return isTensor(value)
  return value.some((item) => isTensor(item)) && value.every((item) => isTensor(item) || isUnknown(item))
}

/** Whether the tensors given so far suffice to apply the layer. */
function hasEnough(layer: Partial): boolean {
  let given = 0
  let listed = false
  for (const { value } of layer.tensors) {
    if (isList(value)) {
      given += value.length
      listed = true
    } else given++
  }
  for (const slot of tensorParameters(layer.callee)) {
    if (slot.optional || layer.namedTensors.has(slot.name)) continue
    if (slot.rest) return given >= (listed ? 1 : slot.rest.min)
    if (--given < 0) return false
  }
  return true
}

/** Whether a call is one of the layer that shares a function's name whatever its arguments are. */
function isCertainlyLayer(node: Call, name: string, stage: boolean): boolean {
  const layer = findLayer(name)
  if (layer === undefined) return false
  const names = [...Object.keys(layer.options), ...layer.tensors.map((tensor) => tensor.name)]
  return stage || node.args.some((arg) => arg.name !== undefined && names.includes(arg.name.name))
}

function isFunction(name: string, env: Env): boolean {
  return Object.hasOwn(FUNCTIONS, name) && !env.names.has(name) && !env.module.names.has(name)
}
