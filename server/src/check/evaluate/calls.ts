import type { Argument as ArgumentNode, Call, Expression } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { GivenOption, Value } from '../../model/graph'
import type { TensorParameter } from '../../model/layer'
import { hasUnknown, isList, isUnknown, UNKNOWN } from '../../model/value'
import { givenOption } from '../../model/written'

import { type ArgumentKind, slotFor } from '../binding/arguments'
import { wordsLike } from '../binding/options'
import type { ForeignNamed, PlacedArgument } from '../binding/readings'
import { givesOfLayer } from '../binding/shared-names'
import { calleeName, optionWords, signatureOf, tensorParameters } from '../binding/signature'
import { lackingParameter } from '../binding/tensors'
import { knowsArgument } from '../foreign/names'
import { FUNCTIONS } from '../language/functions'
import { notALayer, notATensor, optionValue, tensorsOnly, tooManyOptions } from '../problems/calls'
import { describeValue, quoted } from '../words'
import { apply } from './apply'
import { callFunction } from './call-function'
import { evaluate } from './expressions'
import { evaluateForeign } from './foreign'
import { fromArgument } from './given'
import { misplacedOptions, reportTwice } from './misplaced'
import { isVisible, lookup } from './names'
import { problemAt } from './problems'
import { countItems, countStep, type Env, fail } from './state'
import { foreignNamed, reportUnknownOption } from './unknown-option'
import { type Callee, type Incoming, isLayer, isTensorLike, type Partial, type WaitingLayer } from './values'

/**
 * Evaluates a call. As a stage it waits for what is piped in; elsewhere it is applied as soon as it has the
 * tensors that it needs.
 */
export function evaluateCall(node: Call, env: Env, stage: boolean): Value {
  countStep(env, node)
  const { callee } = node
  const foreign = mayBeForeign(node, env) ? evaluateForeign(node, env, stage) : undefined
  if (foreign !== undefined) return foreign
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

/** Whether a call names nothing here, or gives a layer of ours what only others take. */
function mayBeForeign({ callee, args }: Call, env: Env): boolean {
  if (callee.kind !== 'name' || !isVisible(callee.name, env)) return true
  const layer = findLayer(callee.name)
  return (
    layer !== undefined && args.some(({ name }) => name !== undefined && !knowsArgument(layer, name.name))
  )
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
    if (arg.name !== undefined || (!isTensorLike(value) && !hasUnknown(value))) {
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

/** The layer with the call's arguments added to those it has, and whether it has the tensors that it needs. */
function bind(node: Call, target: Partial & WaitingLayer, evaluated: Evaluated, env: Env) {
  const { callee, written } = target
  const given: Bound = {
    call: node,
    callee,
    options: written.options.slice(),
    values: target.values.slice(),
    tensors: target.tensors.slice(),
    namedTensors: target.namedTensors,
    faulty: target.faulty,
    unknownPlace: target.unknownPlace,
    evaluated,
    surplus: [],
    twice: [],
    foreign: [],
  }
  for (const arg of node.args) {
    if (arg.value.kind === 'missing') given.faulty = true
    else bindArgument(arg, given, env)
  }
  const { options, values, tensors, namedTensors, unknownPlace } = given
  const isSuperfluous = given.surplus.length > 0 || given.twice.length > 0
  const isTwice = given.foreign.some(
    ({ place }) => place.kind === 'option' && givenOption(given, place.option) !== undefined,
  )
  const isTranslated = given.foreign.length > (isSuperfluous || isTwice ? 0 : 1)
  const misplaced =
    (isSuperfluous || isTranslated) && !unknownPlace
      ? misplacedOptions({ ...given, foreign: given.foreign, earlier: target }, env)
      : undefined
  if (misplaced === undefined) {
    // What an argument is that has a mistake of its own is not known, nor whether one behind it is too many.
    if (isSuperfluous && !unknownPlace) reportSuperfluous(given, env)
    for (const each of given.foreign) {
      reportUnknownOption({ call: node, callee, ...each }, env)
      if (each.place.kind === 'option') giveOption(each.place.option, each.place.value, each.argument, given)
    }
  }
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
    faulty: given.faulty || isSuperfluous || misplaced !== undefined || unknownPlace,
    isResting: given.foreign.length > 0,
    unknownPlace,
    misplaced,
    nesting: deepest(target, values),
  }
  if (unknownPlace) return { layer, complete: true }
  const missing = missingParameter(layer)
  // A layer with some of its tensors is mostly meant to have all: what is said of it names the one that it lacks.
  const isBegun = tensors.length + namedTensors.size > 0
  return {
    layer: missing && isBegun ? { ...layer, waitsFor: lackOf(missing) } : layer,
    complete: missing === undefined,
  }
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
  readonly evaluated: Evaluated
  /** Values by place behind those that go by place. */
  readonly surplus: PlacedArgument[]
  /** Arguments for what has a value already. */
  readonly twice: { readonly argument: ArgumentNode; readonly option: string; readonly value: Value }[]
  /** Arguments by names of other frameworks, with what they give here. */
  readonly foreign: (ForeignNamed & { readonly value: Value })[]
}

function giveOption(option: string, value: Value, argument: ArgumentNode, bound: Bound): void {
  bound.options.push({ option, argument, call: bound.call })
  bound.values.push(value)
}

/** The values of arguments that had to be known before it was known what is called. */
type Evaluated = ReadonlyMap<ArgumentNode, Value>

const NOTHING_EVALUATED: Evaluated = new Map()

function bindArgument(arg: ArgumentNode, bound: Bound, env: Env): void {
  const { call, callee, options, tensors } = bound
  const signature = signatureOf(callee)
  const isGiven = (name: string) =>
    givenOption({ options }, name) !== undefined || bound.namedTensors.has(name)
  let value: Value = UNKNOWN
  const kindOf = (option: string | undefined) => {
    value = bound.evaluated.get(arg) ?? evaluateArgument(arg, option, callee, env)
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
    case 'unknown-name': {
      value = evaluateUnlessWord(arg.value, env)
      const unknown = { call, callee, argument: arg, value }
      const foreign = foreignNamed(unknown, env)
      if (foreign !== undefined) bound.foreign.push({ ...foreign, value })
      else {
        reportUnknownOption(unknown, env)
        bound.faulty = true
      }
      return
    }
    case 'given-twice':
      value = evaluateArgument(arg, slot.name, callee, env)
      bound.twice.push({ argument: arg, option: slot.name, value })
      return
    case 'option':
      if (arg.name !== undefined) value = evaluateArgument(arg, slot.name, callee, env)
      // Whoever binds it looks at each of its items.
      if (isList(value)) countItems(env, arg, value.length)
      giveOption(slot.name, value, arg, bound)
      return
    case 'named-tensor':
      value = evaluateArgument(arg, slot.name, callee, env)
      if (isTensorLike(value) || hasUnknown(value) || value === null || isEmptyList(value)) {
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
    ...wordsLike(name, callee.kind === 'builtin' ? (callee.layer.options[option] ?? {}) : {}, words),
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

function isEmptyList(value: Value): boolean {
  return isList(value) && value.length === 0
}

/** The parameter that lacks a tensor after those given so far, where one does. */
function missingParameter({ callee, tensors, namedTensors }: Partial): TensorParameter | undefined {
  let count = 0
  let listed = false
  for (const { value } of tensors) {
    if (isList(value)) {
      count += value.length
      listed = true
    } else count++
  }
  const isNamed = (name: string) => namedTensors.has(name)
  return lackingParameter(tensorParameters(callee), { count, listed, isNamed })
}

/** Whether a call is one of the layer that shares a function's name whatever its arguments are. */
function isCertainlyLayer(node: Call, name: string, stage: boolean): boolean {
  const layer = findLayer(name)
  return layer !== undefined && (stage || givesOfLayer(node, layer))
}

function isFunction(name: string, env: Env): boolean {
  return Object.hasOwn(FUNCTIONS, name) && !env.names.has(name) && !env.module.names.has(name)
}

/** A parameter that takes all tensors that are left is nothing to give by its name. */
function lackOf({ name, rest }: TensorParameter): string {
  return rest === undefined ? `\`${name}=…\`` : 'another tensor'
}
