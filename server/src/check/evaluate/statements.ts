import type {
  Assign,
  Body,
  Expect,
  Expression,
  For,
  If,
  Input,
  Output,
  Shared,
  Statement,
} from '../../../../grammar/tree'
import type { GivenInput, InputNode, Value } from '../../model/graph'
import { inputField } from '../../model/receptive-field'
import { MAX_EXACT, product } from '../../model/shape'
import { axesOfSize, hasUnknown, isList, isTensor, isUnknown, UNKNOWN } from '../../model/value'
import { notALayer } from '../problems/calls'
import { shapeTooLarge } from '../problems/limits'
import { duplicateName } from '../problems/names'
import { inputShape, misplacedStatement, outputNotTensor } from '../problems/structure'
import { describeValue, showValue } from '../words'
import { evaluateExpect } from './expects'
import { bindName, bindNames, evaluate, iterate, measured, setName, speculatively } from './expressions'
import { sharing } from './layers'
import { problemAt } from './problems'
import { checkIncoming } from './run'
import { checkPace, countStep, type Env, fail, layerCount, mark } from './state'
import { isLayer, isTrue } from './values'

/** What `return` gave back; undefined when the body went on to its end. */
type Returned = readonly Value[] | undefined

export function runBody(body: Body, env: Env): Returned {
  if (!env.state.dry) env.state.executed.add(body)
  for (const statement of body.statements) {
    const returned = runStatement(statement, env)
    if (returned !== undefined) return returned
  }
  return undefined
}

function runStatement(statement: Statement, env: Env): Returned {
  countStep(env, statement)
  switch (statement.kind) {
    case 'assign':
      runAssign(statement, env)
      return undefined
    case 'shared':
      runShared(statement, env)
      return undefined
    case 'expect':
      if (!env.module.faulty.has(statement)) runExpect(statement, env)
      return undefined
    case 'for':
      return runFor(statement, env)
    case 'if':
      return runIf(statement, env)
    case 'input':
      runInput(statement, env)
      return undefined
    case 'output':
      runOutput(statement, env)
      return undefined
    case 'return': {
      if (env.frame?.declaration.kind === 'network') {
        const data = { statement: 'return', where: 'network', instead: 'write `output NAME = …`' }
        problemAt(env, misplacedStatement, data, keyword(statement, 'return'))
        fail(env)
        return undefined
      }
      return statement.values.map((value) => certain(statement, evaluateNamed(value, env), env))
    }
  }
}

function keyword({ start }: Statement, word: string) {
  return { start, end: start + word.length }
}

/** The value of a flow that gets a name: what it cost is measured from the flow's first tensor. */
function evaluateNamed(node: Expression, env: Env): Value {
  if (node.kind === 'flow' || node.kind === 'call') return evaluate(node, env)
  const start = mark(env)
  const value = evaluate(node, env)
  // A tensor that only gets another name has cost nothing since; a list keeps what its items cost.
  return isTensor(value) ? measured(value, start, env) : value
}

function runAssign(statement: Assign, env: Env): void {
  const { names, value: node } = statement
  const value = evaluateNamed(node, env)
  bindNames(names, certain(statement, value, env), node, env)
}

/** The value, unless the statement's text is at fault: then what is meant is not known. */
function certain(statement: Statement, value: Value, env: Env): Value {
  if (!env.module.faulty.has(statement)) return value
  fail(env)
  return UNKNOWN
}

function runShared(statement: Shared, env: Env): void {
  const { name, value: node } = statement
  const value = certain(statement, evaluate(node, env), env)
  if (!isLayer(value) && !isUnknown(value)) problemAt(env, notALayer, { value: describeValue(value) }, node)
  bindName(name, isLayer(value) ? sharing(value) : UNKNOWN, env)
}

function runExpect(statement: Expect, env: Env): void {
  const evaluateLater = evaluateExpect(statement, env)
  if (evaluateLater) env.body?.deferred.push(evaluateLater)
}

function runFor(statement: For, env: Env): Returned {
  const { names, iterable, body } = statement
  const items = iterate(certain(statement, evaluate(iterable, env), env), iterable, env)
  if (items === undefined) {
    return maybe(env, [
      () => {
        for (const name of names) bindName(name, UNKNOWN, env)
        return runBody(body, env)
      },
    ])
  }
  env.state.loops.push({
    file: env.file,
    range: { start: iterable.start, end: iterable.end },
    frame: env.frame,
  })
  try {
    const before = layerCount(env)
    for (const [i, item] of items.entries()) {
      countStep(env, iterable)
      checkPace(env, before, i, items.length, iterable)
      bindNames(names, item, iterable, env)
      const returned = runBody(body, env)
      if (returned !== undefined) return returned
    }
  } finally {
    env.state.loops.pop()
  }
  return undefined
}

function runIf(statement: If, env: Env): Returned {
  const condition = certain(statement, evaluate(statement.condition, env), env)
  const otherwise = () => {
    if (statement.else === undefined) return undefined
    return statement.else.kind === 'if' ? runIf(statement.else, env) : runBody(statement.else, env)
  }
  if (isUnknown(condition)) return maybe(env, [() => runBody(statement.then, env), otherwise])
  return isTrue(condition) ? runBody(statement.then, env) : otherwise()
}

/** Runs bodies of which it is not known which runs: the names that they bind are unknown afterwards. */
function maybe(env: Env, bodies: readonly (() => Returned)[]): Returned {
  const changed = new Set<string>()
  for (const run of bodies) {
    const { returned, before } = noting(env, () => speculatively(env, run))
    if (returned !== undefined && env.body) env.body.maybeReturned = true
    for (const [name, value] of before) {
      if (env.names.get(name) !== value) changed.add(name)
      if (value === undefined) env.names.delete(name)
      else env.names.set(name, value)
    }
  }
  for (const name of changed) setName(name, UNKNOWN, env)
  return undefined
}

/** Runs a body and notes what the names that it binds stood for before. */
function noting(env: Env, run: () => Returned) {
  const before = new Map<string, Value | undefined>()
  const outer = env.body?.before
  if (env.body) env.body.before = before
  const returned = run()
  if (env.body) env.body.before = outer
  return { returned, before }
}

function runInput(statement: Input, env: Env): void {
  const { name, shape: node } = statement
  if (env.frame?.declaration.kind !== 'network' || !env.body) {
    const data = { statement: 'input', where: 'block', instead: `write a parameter \`${name.name}: tensor\`` }
    problemAt(env, misplacedStatement, data, keyword(statement, 'input'))
    return
  }
  const { inputs, incoming } = env.body
  const size = certain(statement, evaluate(node, env), env)
  const declared = inputSize(name.name, size, node, env)
  if (incoming !== undefined) {
    const position = inputs.length
    const value = incoming[position] ?? UNKNOWN
    inputs.push({ name })
    const axes = declared?.length === 2 ? axesOfSize(size) : undefined
    const fits = declared === undefined ? value : checkIncoming(name.name, declared, axes, value, env)
    if (axes !== undefined && isTensor(fits)) noteInput({ name, axes, position, tensor: fits.tensor }, env)
    bindName(name, fits, env)
    return
  }
  const { graph } = env.state
  if (declared === undefined || !graph || env.state.dry) {
    inputs.push({ name })
    fail(env)
    bindName(name, UNKNOWN, env)
    return
  }
  const set = env.state.inputSizes.get(name.name)
  const shape = set ?? declared
  const axes = shape.length === 2 ? axesOfSize(size) : undefined
  const fields = [...graph.inputs.map(() => null), inputField(shape)]
  const input: { -readonly [K in keyof InputNode]: InputNode[K] } = {
    kind: 'input',
    id: graph.nextId++,
    name,
    file: env.file,
    tensor: undefined as never,
    ...(set === undefined ? {} : { declared }),
    ...(axes === undefined ? {} : { axes }),
  }
  input.tensor = { shape, items: 1, fields, source: input, index: 0 }
  graph.inputs.push(input)
  inputs.push({ name, node: input })
  bindName(name, { kind: 'tensor', tensor: input.tensor, measure: { params: 0, fixed: 0, macs: 0 } }, env)
}

/** Notes what a network that is applied says of the axes of a tensor. */
function noteInput(given: Pick<GivenInput, 'name' | 'axes' | 'position' | 'tensor'>, env: Env): void {
  const { graph, dry } = env.state
  if (!graph || dry || !env.frame) return
  const { file, frame } = env
  graph.given.push({ kind: 'input', file, frame, before: graph.layers.length, ...given })
}

function inputSize(name: string, value: Value, node: Expression, env: Env): readonly number[] | undefined {
  if (hasUnknown(value)) return undefined
  const sizes = isList(value) ? value : [value]
  const valid =
    sizes.length >= 1 &&
    sizes.length <= 4 &&
    sizes.every((size): size is number => typeof size === 'number' && Number.isSafeInteger(size) && size > 0)
  if (!valid) {
    problemAt(env, inputShape, { name, value: showValue(value) }, node)
    return undefined
  }
  if (product(sizes) > MAX_EXACT) {
    problemAt(
      env,
      shapeTooLarge,
      { count: `about ${product(sizes).toPrecision(2)}`, of: `the input \`${name}\`` },
      node,
    )
    return undefined
  }
  return sizes
}

function runOutput(statement: Output, env: Env): void {
  const { name, value: node } = statement
  if (env.frame?.declaration.kind !== 'network' || !env.body) {
    const data = { statement: 'output', where: 'block', instead: 'write `return …`' }
    problemAt(env, misplacedStatement, data, keyword(statement, 'output'))
    return
  }
  let value = node
    ? certain(statement, evaluateNamed(node, env), env)
    : evaluate({ kind: 'name', name: name.name, start: name.start, end: name.end }, env)
  const [only] = isList(value) ? value : []
  if (isList(value) && value.length === 1 && only !== undefined) value = only
  if (!isTensor(value) && !isUnknown(value)) {
    const kind = isList(value) ? 'list' : isLayer(value) ? 'layer' : 'other'
    problemAt(env, outputNotTensor, { name: name.name, value: describeValue(value), kind }, node ?? name)
    value = UNKNOWN
  }
  if (node) bindName(name, value, env)
  const earlier = env.body.resultNames.get(name.name)
  if (earlier && name.name !== '') {
    const data = { name: name.name, line: env.state.reporter.line(env.file, earlier.start) }
    problemAt(env, duplicateName, data, name)
    return
  }
  env.body.resultNames.set(name.name, name)
  // What may never run is no output that is known.
  env.body.results.push({ name, value: env.state.dry ? UNKNOWN : value })
}
