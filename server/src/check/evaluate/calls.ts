import type { Argument as ArgumentNode, Call, Expression } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { GivenOption, Value } from '../../model/graph'
import { contentsOf, hasUnknown, isList, isTensor, isUnknown, UNKNOWN } from '../../model/value'
import { givenOption } from '../../model/written'
import { type ArgumentKind, slotFor } from '../binding/arguments'
import type { PlacedArgument } from '../binding/readings'
import { calleeName, optionWords, signatureOf, tensorParameters } from '../binding/signature'
import { hasEnoughTensors } from '../binding/tensors'
import { FUNCTIONS } from '../language/functions'
import { notALayer, notATensor, optionValue, tensorsOnly, tooManyOptions } from '../problems/calls'
import { closest, describeValue, quoted } from '../words'
import { apply } from './apply'
import { callFunction } from './call-function'
import { evaluate } from './expressions'
import { fromArgument } from './given'
import { misplacedOptions, reportTwice } from './misplaced'
import { isVisible, lookup } from './names'
import { problemAt } from './problems'
import { countStep, type Env, fail } from './state'
import { reportUnknownOption } from './unknown-option'
import { type Callee, type Incoming, isLayer, type Partial, type WaitingLayer } from './values'

/**
 * Evaluates a call. As a stage it waits for what is piped in; elsewhere it is applied as soon as it has the
 * tensors that it needs.
 */
export function evaluateCall(node: Call, env: Env, stage: boolean): Value {
  countStep(env, node)
  const { callee } = node
  if (callee.kind === 'name' && isFunction(callee.name, env)) {
    const args = node.args.map(({ value }) => evaluate(value, env))
    return callFunction(callee.name, node, args, env)
  }
  const target = callee.kind === 'name' ? lookup(callee, env, 'layer') : evaluate(callee, env)
  if (!isLayer(target)) {
    for (const { value } of node.args) evaluateUnlessWord(value, env)
    if (!isUnknown(target)) reportNotALayer(callee, target, env)
    fail(env)
    return UNKNOWN
  }
  if (target.form !== 'partial') return callComplete(node, target, env, stage)
  const { layer, unknownPlace } = bind(node, target, env)
  if (stage && tensorParameters(layer.callee).length > 0) return layer
  return unknownPlace || hasEnough(layer) ? apply(layer, [], node, env) : layer
}

/** Reports a value that stands where a layer is needed. */
export function reportNotALayer(node: Expression, value: Value, env: Env): void {
  const hides =
    node.kind === 'name' && env.names.has(node.name) && findLayer(node.name) ? { hides: node.name } : {}
  problemAt(env, notALayer, { value: describeValue(value), ...hides }, node)
}

/** Compositions, repetitions and shared layers take tensors only. */
function callComplete(node: Call, target: WaitingLayer, env: Env, stage: boolean): Value {
  const tensors: Incoming[] = []
  for (const arg of node.args) {
    const value = evaluate(arg.value, env)
    if (arg.name !== undefined || (!isTensorLike(value) && !isUnknown(value))) {
      return problemAt(env, tensorsOnly, { value: `\`${target.label}\`` }, arg)
    }
    tensors.push({ value, from: fromArgument(arg, node) })
  }
  if (tensors.length === 0) return target
  return stage ? withTensors(target, tensors, node, env) : apply(target, tensors, node, env)
}

/** A complete layer that has some of its tensors and waits for what is piped in before them. */
function withTensors(target: WaitingLayer, tensors: readonly Incoming[], node: Call, env: Env): WaitingLayer {
  return {
    kind: 'layer',
    form: 'applied',
    label: env.module.tree.text.slice(node.start, node.end),
    of: target,
    tensors,
    nesting: target.nesting + 1,
  }
}

/** The layer with the call's arguments added to those it has, and whether one of them may be a tensor or not. */
function bind(node: Call, target: Partial & WaitingLayer, env: Env) {
  const { callee, written } = target
  const given: Bound = {
    call: node,
    callee,
    options: written.options.slice(),
    values: target.values.slice(),
    tensors: target.tensors.slice(),
    namedTensors: target.namedTensors,
    faulty: target.faulty,
    unknownPlace: false,
    surplus: [],
    twice: [],
  }
  for (const arg of node.args) {
    if (arg.value.kind === 'missing') given.faulty = true
    else bindArgument(arg, given, env)
  }
  const misplaced = given.unknownPlace ? undefined : misplacedOptions({ ...given, earlier: target }, env)
  if (misplaced === undefined) reportSuperfluous(given, env)
  const { options, values, tensors, namedTensors, unknownPlace } = given
  const faulty = given.faulty || given.surplus.length > 0 || given.twice.length > 0
  const layer: Partial & WaitingLayer = {
    kind: 'layer',
    form: 'partial',
    label: env.module.tree.text.slice(node.start, node.end),
    callee,
    written: {
      site: node,
      file: env.file,
      frame: env.frame,
      // What is called stands in this text itself, unless its name was bound to a layer elsewhere.
      definition: written.site === node.callee ? written.definition : written,
      options,
    },
    values,
    tensors,
    namedTensors,
    faulty: faulty || unknownPlace,
    ...(misplaced === undefined ? {} : { misplaced }),
    nesting: deepest(target, values),
  }
  return { layer, unknownPlace }
}

/** Reports what a call gives too much of, where nothing tells what is meant. */
function reportSuperfluous({ callee, surplus, twice }: Bound, env: Env): void {
  const layer = calleeName(callee)
  const { options } = signatureOf(callee)
  for (const { argument } of surplus) {
    problemAt(env, tooManyOptions, { layer, count: options.length, options }, argument)
  }
  reportTwice(layer, twice, env)
}

/** The arguments of a call while they are bound. */
interface Bound {
  readonly call: Call
  readonly callee: Callee
  readonly options: GivenOption[]
  readonly values: Value[]
  readonly tensors: Incoming[]
  namedTensors: ReadonlyMap<string, Incoming>
  faulty: boolean
  /** An argument without a name is unknown: it may be a tensor. */
  unknownPlace: boolean
  /** Values by place behind those that go by place. */
  readonly surplus: PlacedArgument[]
  /** Arguments for what has a value already. */
  readonly twice: { readonly argument: ArgumentNode; readonly option: string }[]
}

function bindArgument(arg: ArgumentNode, bound: Bound, env: Env): void {
  const { call, callee, options, tensors } = bound
  const signature = signatureOf(callee)
  const isGiven = (name: string) =>
    givenOption({ options }, name) !== undefined || bound.namedTensors.has(name)
  let value: Value = UNKNOWN
  const kindOf = (option: string | undefined) => {
    value = evaluateArgument(arg, option, callee, env)
    return argumentKind(value)
  }
  const slot = slotFor(signature, isGiven, arg.name?.name, kindOf, bound.surplus.length)
  switch (slot.kind) {
    case 'tensor':
      tensors.push({ value, from: fromArgument(arg, call) })
      return
    case 'open':
      bound.unknownPlace = true
      return
    case 'too-many':
      bound.surplus.push({ argument: arg, value, ...(slot.option ? { option: slot.option } : {}) })
      return
    case 'unknown-name':
      reportUnknownOption({ call, callee, argument: arg, value: evaluateUnlessWord(arg.value, env) }, env)
      bound.faulty = true
      return
    case 'given-twice':
      evaluateArgument(arg, slot.name, callee, env)
      bound.twice.push({ argument: arg, option: slot.name })
      return
    case 'option':
      if (arg.name !== undefined) value = evaluateArgument(arg, slot.name, callee, env)
      options.push({ option: slot.name, argument: arg, call })
      bound.values.push(value)
      return
    case 'named-tensor':
      value = evaluateArgument(arg, slot.name, callee, env)
      if (isTensorLike(value) || hasUnknown(value) || value === null) {
        const incoming = { value, from: fromArgument(arg, call) }
        bound.namedTensors = new Map(bound.namedTensors).set(slot.name, incoming)
      } else {
        problemAt(env, notATensor, { value: describeValue(value) }, arg.value)
        bound.faulty = true
      }
  }
}

function argumentKind(value: Value): ArgumentKind {
  if (isTensorLike(value)) return 'tensor'
  return hasUnknown(value) ? 'unknown' : 'value'
}

function deepest(target: WaitingLayer, values: readonly Value[]): number {
  let nesting = target.nesting
  for (const value of values) if (isLayer(value)) nesting = Math.max(nesting, value.nesting + 1)
  return nesting
}

/** The argument of an option that takes `words`: a bare name among them is read as that word. */
function evaluateArgument(arg: ArgumentNode, option: string | undefined, callee: Callee, env: Env): Value {
  const node = arg.value
  const words = optionWords(callee, option)
  if (readsAsWord(node, words)) return node.name
  if (words.length > 0 && node.kind === 'name' && !isVisible(node.name, env)) {
    return wrongWord(node.name, option as string, words, callee, node, env)
  }
  return evaluate(node, env)
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
  const mayBeWord = node.kind === 'name' && !env.names.has(node.name) && !env.module.names.has(node.name)
  return mayBeWord ? UNKNOWN : evaluate(node, env)
}

/** A tensor, or a list of tensors, some of which may be unknown. */
function isTensorLike(value: Value): boolean {
  if (!isList(value)) return isTensor(value)
  const { tensors, unknown } = contentsOf(value)
  return tensors > 0 && tensors + unknown === value.length
}

/** Whether the tensors given so far suffice to apply the layer. */
function hasEnough({ callee, tensors, namedTensors }: Partial): boolean {
  let count = 0
  let listed = false
  for (const { value } of tensors) {
    if (isList(value)) {
      count += value.length
      listed = true
    } else count++
  }
  const isNamed = (name: string) => namedTensors.has(name)
  return hasEnoughTensors(tensorParameters(callee), { count, listed, isNamed })
}

function isFunction(name: string, env: Env): boolean {
  return Object.hasOwn(FUNCTIONS, name) && !env.names.has(name) && !env.module.names.has(name)
}
