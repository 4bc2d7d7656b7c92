import type {
  Comparison,
  Comprehension,
  Conditional,
  Expression,
  Flow,
  Identifier,
  Range,
} from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { contentsOf, hasUnknown, isList, isTensor, isTensors, isUnknown, UNKNOWN } from '../../model/value'
import { MAX_LENGTH } from '../language/functions'
import { notATensor } from '../problems/calls'
import { indexOutOfRange, roughlyNeedsLiteral, wrongItemCount, wrongKind } from '../problems/values'
import { describeValue } from '../words'
import { apply } from './apply'
import { attribute } from './attribute'
import { evaluateCall, reportNotALayer } from './calls'
import { evaluateForeign } from './foreign'
import { fromFlow } from './given'
import { composed } from './layers'
import { madeList } from './lists'
import { isVisible, lookup, qualifiedLayer } from './names'
import { arithmetic, compare, roughly } from './operators'
import { problemAt } from './problems'
import { countParts, countStep, type Env, fail, type Mark, mark, since, withoutTrace } from './state'
import { negated } from './tensor-arithmetic'
import { type Incoming, isLayer, isTrue } from './values'

/**
 * The value of an expression. In a stage's position (`stage`), a call waits for what is piped in; the position
 * is passed on into parentheses, branches and the layer of a repetition.
 */
export function evaluate(node: Expression, env: Env, stage = false): Value {
  switch (node.kind) {
    case 'number':
      return Number.isNaN(node.value) ? UNKNOWN : node.value
    case 'size':
      return node.values
    case 'string':
    case 'boolean':
      return node.value
    case 'none':
      return null
    case 'missing':
      fail(env)
      return UNKNOWN
    case 'name':
      return (
        (isVisible(node.name, env) ? undefined : evaluateForeign(node, env, stage)) ??
        lookup(node, env, stage ? 'layer' : 'value')
      )
    case 'list':
      countParts(env, node, node.items.length)
      return madeList(
        node.items.map((item) => evaluate(item, env)),
        node,
        env,
      )
    case 'parenthesized':
      return evaluate(node.value, env, stage)
    case 'flow':
      return evaluateFlow(node, env, stage)
    case 'call': {
      // What a stage's call costs is measured with the flow.
      if (stage) return evaluateCall(node, env, true)
      const start = mark(env)
      const value = measured(evaluateCall(node, env, false), start, env)
      notePassage(node, undefined, value, env)
      return value
    }
    case 'conditional':
      return evaluateConditional(node, env, stage)
    case 'comprehension':
      return evaluateComprehension(node, env)
    case 'attribute':
      return (
        evaluateForeign(node, env, stage) ??
        qualifiedLayer(node, env) ??
        attribute(node, evaluate(node.object, env), env)
      )
    case 'index':
      return evaluateIndex(evaluate(node.object, env), evaluate(node.index, env), node, env)
    case 'unary':
      return evaluateUnary(node, env)
    case 'comparison':
      countParts(env, node, node.operands.length)
      return compareAll(
        node,
        node.operands.map((operand) => evaluate(operand, env)),
        env,
      )
    case 'binary': {
      countParts(env, node, 2)
      const left = evaluate(node.left, env)
      if (node.operator === 'and' || node.operator === 'or') {
        if (isUnknown(left)) {
          evaluate(node.right, env)
          return UNKNOWN
        }
        return isTrue(left) === (node.operator === 'or') ? left : evaluate(node.right, env)
      }
      return arithmetic(node, left, evaluate(node.right, env, stage), env)
    }
  }
}

function evaluateFlow(node: Flow, env: Env, stage: boolean): Value {
  const start = mark(env)
  let value = evaluate(node.head, env, stage)
  let written: Expression | Identifier = node.headAs ?? node.head
  if (node.headAs) nameStage(node.headAs, value, env)
  for (const { value: next, as } of node.stages) {
    const layer = evaluate(next, env, true)
    const before = value
    value = pipe({ value: before, from: fromFlow(written) }, node.head, layer, next, env)
    notePassage(next, before, value, env)
    if (as) nameStage(as, measured(value, start, env), env)
    written = as ?? next
  }
  return measured(value, start, env)
}

/** Keeps what a stage or a call came to, for those who show it; numbers and layers that wait are no tensors. */
function notePassage(site: Expression, before: Value | undefined, value: Value, env: Env): void {
  const { graph, dry } = env.state
  if (graph === undefined || dry || env.frame === undefined) return
  if (isTensors(value) || isUnknown(value)) graph.passages.push({ site, frame: env.frame, before, value })
}

/** `piped -> layer`. */
function pipe(piped: Incoming, head: Expression, layer: Value, stage: Expression, env: Env): Value {
  const { value } = piped
  if (!isLayer(layer)) {
    if (!isUnknown(layer)) reportNotALayer(stage, layer, env)
    fail(env)
    return UNKNOWN
  }
  if (isLayer(value)) return composed(value, layer)
  if (isTensor(value) || isUnknown(value) || isTensors(value) || isList(value)) {
    return apply(layer, [piped], stage, env)
  }
  fail(env)
  return problemAt(env, notATensor, { value: describeValue(value) }, head)
}

function nameStage(name: Identifier, value: Value, env: Env): void {
  if (isLayer(value)) {
    const data = {
      what: `\`as ${name.name}\` names a layer that still waits for a tensor`,
      why: '`as` names a tensor in the middle of a flow',
      todo: 'start the flow with a tensor, or bind the layer with `=`',
    }
    problemAt(env, wrongKind, data, name)
  }
  bindName(name, isLayer(value) ? UNKNOWN : value, env)
}

/** Binds a name in the body, for later lines to see; a `local` one, for a comprehension's element alone. */
export function bindName(name: Identifier, value: Value, env: Env, local = false): void {
  if (name.name === '') return
  setName(name.name, value, env)
  if (env.frame && !env.state.dry) {
    const binding = { name, file: env.file, frame: env.frame, value }
    env.state.graph?.bindings.push(local ? { ...binding, local } : binding)
  }
}

/** Lets a name stand for a value in the body that runs. */
export function setName(name: string, value: Value, env: Env): void {
  const before = env.body?.before
  if (before !== undefined && !before.has(name)) before.set(name, env.names.get(name))
  env.names.set(name, value)
}

/** Takes a list apart into several names. */
export function bindNames(
  names: readonly Identifier[],
  value: Value,
  range: Range,
  env: Env,
  local = false,
): void {
  const [only] = names
  if (names.length === 1 && only) {
    bindName(only, value, env, local)
    return
  }
  if (isList(value) && value.length === names.length) {
    for (const [i, name] of names.entries()) bindName(name, value[i] as Value, env, local)
    return
  }
  if (isList(value)) {
    problemAt(env, wrongItemCount, { names: names.length, items: value.length }, range)
  } else if (!isUnknown(value)) {
    const data = {
      what: `${names.length} names stand for ${describeValue(value)}`,
      why: 'several names take a list apart, one item each',
      todo: 'write one name, or a list',
    }
    problemAt(env, wrongKind, data, range)
  }
  for (const name of names) bindName(name, UNKNOWN, env, local)
}

/** The value with what it cost since the mark; each of several tensors gives the whole. */
export function measured(value: Value, start: Mark, env: Env): Value {
  if (isList(value)) {
    return contentsOf(value).tensors > 0 ? value.map((item) => measured(item, start, env)) : value
  }
  if (!isTensor(value)) return value
  const measure = since(env, start)
  return { kind: 'tensor', tensor: value.tensor, ...(measure === undefined ? {} : { measure }) }
}

function evaluateConditional(node: Conditional, env: Env, stage: boolean): Value {
  const condition = evaluate(node.condition, env)
  if (isUnknown(condition)) {
    return speculatively(env, () => {
      evaluate(node.then, env, stage)
      evaluate(node.else, env, stage)
      return UNKNOWN
    })
  }
  const branch = isTrue(condition) ? node.then : node.else
  env.state.executed.add(branch)
  return evaluate(branch, env, stage)
}

/** Runs code of which it is not known whether it runs: it adds nothing to the graph. */
export function speculatively<T>(env: Env, run: () => T): T {
  const { dry } = env.state
  env.state.dry = true
  fail(env)
  try {
    return dry ? run() : withoutTrace(env, run)
  } finally {
    env.state.dry = dry
  }
}

/** The names of a comprehension are its own: afterwards they stand for what they stood for before. */
function evaluateComprehension(node: Comprehension, env: Env): Value {
  const items = iterate(evaluate(node.iterable, env), node.iterable, env)
  const before = node.names.map(({ name }) => [name, env.names.get(name)] as const)
  const value = items === undefined ? elementOnce(node, env) : elements(node, items, env)
  for (const [name, old] of before) {
    if (old === undefined) env.names.delete(name)
    else env.names.set(name, old)
  }
  return value
}

function elementOnce(node: Comprehension, env: Env): Value {
  for (const { name } of node.names) env.names.set(name, UNKNOWN)
  return speculatively(env, () => {
    evaluate(node.element, env)
    return UNKNOWN
  })
}

function elements(node: Comprehension, items: readonly Value[], env: Env): Value {
  if (items.length > 0) env.state.executed.add(node.element)
  env.state.loops.push({ file: env.file, range: node, frame: env.frame })
  const result: Value[] = []
  let inside = 0
  for (const item of items) {
    countStep(env, node)
    bindNames(node.names, item, node.iterable, env, true)
    const element = evaluate(node.element, env)
    result.push(element)
    if (isList(element)) inside += contentsOf(element).items
    // What is too long is not made to its end.
    if (result.length + inside > MAX_LENGTH) break
  }
  env.state.loops.pop()
  return madeList(result, node, env)
}

/** The items of what stands behind `in`; undefined when it is unknown or no list (reported). */
export function iterate(value: Value, node: Expression, env: Env): readonly Value[] | undefined {
  if (isList(value)) return value
  if (isUnknown(value)) return undefined
  const data = {
    what: `${describeValue(value)} has no items to go through`,
    why: 'behind `in` stands a list',
    todo:
      typeof value === 'number'
        ? 'write `range(…)`'
        : isTensor(value)
          ? 'take it apart with `split`'
          : 'use a list',
  }
  problemAt(env, wrongKind, data, node)
  return undefined
}

function evaluateIndex(object: Value, index: Value, node: Expression & { kind: 'index' }, env: Env): Value {
  if (isUnknown(object) || isUnknown(index)) return UNKNOWN
  if (!isList(object) || typeof index !== 'number' || !Number.isInteger(index)) {
    const wrong = isList(object) ? index : object
    const data = {
      what: isList(object)
        ? `${describeValue(wrong)} is not an index`
        : `${describeValue(wrong)} has no items`,
      why: 'a list is indexed with an integer',
      todo: isTensor(wrong) ? 'use `slice` or `split` to take a tensor apart' : 'use a list and an integer',
    }
    return problemAt(env, wrongKind, data, isList(object) ? node.index : node.object)
  }
  const item = object.at(index)
  if (item !== undefined) return item
  return problemAt(env, indexOutOfRange, { index, length: object.length }, node.index)
}

function evaluateUnary(node: Expression & { kind: 'unary' }, env: Env): Value {
  const value = evaluate(node.operand, env)
  if (isUnknown(value)) return UNKNOWN
  if (node.operator === 'not') return !isTrue(value)
  if (typeof value === 'number') return 0 - value
  if (isTensor(value)) return negated(node, value, env)
  const data = {
    what: `${describeValue(value)} has no negative`,
    why: '`-` takes a number or a tensor',
    todo: 'use one of them',
  }
  return problemAt(env, wrongKind, data, node)
}

/** A chain of comparisons over the values of its operands. */
export function compareAll(node: Comparison, values: readonly Value[], env: Env): Value {
  for (const [i, operator] of node.operators.entries()) {
    const [left, right] = [values[i] as Value, values[i + 1] as Value]
    const range = node.operatorRanges[i] as Range
    const result =
      operator === '~='
        ? compareRoughly(left, node.operands[i + 1] as Expression, right, range, env)
        : compare(operator, left, right, range, env)
    if (result !== true) return result
  }
  return true
}

function compareRoughly(left: Value, operand: Expression, right: Value, range: Range, env: Env): Value {
  const literal = operand.kind === 'unary' && operand.operator === '-' ? operand.operand : operand
  if (literal.kind !== 'number') {
    return isUnknown(right) ? UNKNOWN : problemAt(env, roughlyNeedsLiteral, {}, operand)
  }
  if (hasUnknown(left) || typeof right !== 'number') return UNKNOWN
  const result = roughly(left, right, literal.unit)
  if (result !== undefined) return result
  const data = {
    what: `\`~=\` does not compare ${describeValue(left)} with a number`,
    why: 'it holds when two numbers differ by at most one unit in the last digit written',
    todo: 'compare a number',
  }
  return problemAt(env, wrongKind, data, range)
}
