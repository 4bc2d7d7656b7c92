/** Layers of other frameworks: they are reported with what they are here, and go on as what they mean. */
import { parse } from '../../../../grammar/parse'
import type { Argument, Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { isComplete } from '../../model/outline'
import type { Shape } from '../../model/shape'
import { isList, isTensor, isUnknown, outlineOf, UNKNOWN } from '../../model/value'
import { isLiteral } from '../binding/call-edits'
import { type ForeignName, foreignCallee, foreignName, knowsArgument, type Names } from '../foreign/names'
import type { GivenSize } from '../foreign/options'
import { type Translation, translations } from '../foreign/translate'
import { tooManyLayers, tooMuchWork } from '../problems/limits'
import { type Meaning, unknownLayer, unknownOption } from '../problems/names'
import { apply } from './apply'
import { evaluate } from './expressions'
import { isVisible } from './names'
import { problemAt } from './problems'
import { type Env, fail, type State, withoutTrace } from './state'
import { outlined } from './uncertain'
import { isLayer, isTensorLike, type WaitingLayer } from './values'

/** The value of a foreign layer, or of a call of one; undefined where it is none, or nothing here is like it. */
export function evaluateForeign(node: Expression, env: Env, stage: boolean): Value | undefined {
  const names = namesOf(env)
  const name = node.kind === 'call' ? foreignCallee(node, names) : foreignName(node, names)
  if (name === undefined) return undefined
  // What is put into a sequence are layers.
  const input = name.kind === 'sequence' && isOwnCall(node) ? undefined : inputOf(node, env)
  const own = translated(node, input, env)
  const [first] = own
  if (first === undefined) return undefined
  const value = quietly(node, env, (quiet) => evaluateText(first.text, quiet, stage))
  if (!isLayer(value)) {
    report(node, name, own, input, env)
    return resting(value, env)
  }
  const { misplaced } = env.state
  if (!misplaced.has(node)) misplaced.set(node, () => report(node, name, own, undefined, env))
  return waiting(node, name, value, env)
}

/** The layer until it is known what comes in. */
function waiting(node: Expression, name: ForeignName, of: WaitingLayer, env: Env): WaitingLayer {
  return {
    kind: 'layer',
    form: 'foreign',
    label: env.module.tree.text.slice(node.start, node.end),
    nesting: of.nesting + 1,
    applied: (incoming, applied, at) => {
      const input = shapeOf(incoming[0]?.value)
      const found = translated(node, input, env)
      if (input !== undefined) {
        env.state.misplaced.set(node, () => undefined)
        report(node, name, found, input, env)
      }
      const [first] = found
      const value = quietly(node, at, (quiet) => {
        const layer =
          first && evaluateText(first.text, { ...quiet, module: env.module, names: env.names }, true)
        return layer !== undefined && isLayer(layer) ? apply(layer, incoming, applied, quiet) : UNKNOWN
      })
      return resting(value, at)
    },
  }
}

/** The tensors of a call of another framework are outlines: what it is meant for is certain where it has one meaning. */
function resting(value: Value, env: Env): Value {
  fail(env)
  if (isTensor(value)) return outlined(value.tensor)
  if (isList(value)) return value.map((item) => resting(item, env))
  return isUnknown(value) ? value : UNKNOWN
}

/** Evaluates something that is not in the text: nothing is reported of it but a bound, and it leaves no trace. */
function quietly(node: Expression, env: Env, run: (quiet: Env) => Value): Value {
  const { reporter } = env.state
  const state: State = {
    ...env.state,
    reporter: {
      ...reporter,
      report: (kind, data) => {
        if (ENDS.has(kind.code)) {
          reporter.report(kind, data, { file: env.file, range: node, frame: env.frame })
        }
      },
    },
    executed: new Set(),
    expectations: [],
    misplaced: new Map(),
    sharing: [],
  }
  return withoutTrace(env, () => run({ ...env, state }))
}

/** After these nothing goes on: they are said whatever led there. */
const ENDS: ReadonlySet<string> = new Set([tooMuchWork.code, tooManyLayers.code])

function namesOf(env: Env): Names {
  const { names, broken } = env.module
  return {
    isVisible: (name) => isVisible(name, env),
    isBound: (name) => env.names.has(name) || names.has(name) || broken.has(name),
  }
}

/** The ways to write a foreign call here, given what comes in. */
function translated(node: Expression, input: Shape | undefined, env: Env): readonly Translation[] {
  const { calls, tensors } = env.state.translated
  const own = calls.get(node) ?? new Map<string, readonly Translation[]>()
  calls.set(node, own)
  const key = input?.join(' ') ?? ''
  const known = own.get(key)
  if (known !== undefined) return known
  const isTensor = (argument: Argument) => {
    let found = tensors.get(argument)
    if (found === undefined) {
      found = !isLiteral(argument.value) && mayBeTensor(argument.value, node, env)
      tensors.set(argument, found)
    }
    return found
  }
  const source = env.module.tree.text
  const found = translations(node, { source, names: namesOf(env), isTensor, ...(input && { input }) })
  own.set(key, found)
  return found
}

/** What is unknown may be a tensor where it was made or bound: a number would be known. */
function mayBeTensor(value: Expression, node: Expression, env: Env): boolean {
  const found = quietly(node, env, (quiet) => evaluate(value, quiet))
  const isMade = value.kind === 'call' || (value.kind === 'name' && env.names.has(value.name))
  return isTensorLike(found) || (isUnknown(found) && isMade)
}

function isOwnCall(node: Expression): boolean {
  return node.kind === 'call' && node.callee.kind !== 'call'
}

/** The shape of the first tensor among the arguments of a call. */
function inputOf(node: Expression, env: Env): Shape | undefined {
  if (node.kind !== 'call') return undefined
  for (const { name, value } of node.args) {
    if (name !== undefined || isLiteral(value)) continue
    const shape = shapeOf(quietly(node, env, (quiet) => evaluate(value, quiet)))
    if (shape !== undefined) return shape
  }
  return undefined
}

function shapeOf(value: Value | undefined): Shape | undefined {
  if (value === undefined) return undefined
  if (isList(value)) return shapeOf(value[0])
  if (isTensor(value)) return value.tensor.shape
  const firm = outlineOf(value)?.firm
  return firm && isComplete(firm) ? firm : undefined
}

function report(
  node: Expression,
  name: ForeignName,
  found: readonly Translation[],
  input: Shape | undefined,
  env: Env,
): void {
  const meanings = found.map(({ text, isFlow, isBound, layer, sizes, remarks }): Meaning => {
    const all = [...(input ? sizes.flatMap((size) => misfit(size, input)) : []), ...remarks]
    return {
      text,
      isFlow,
      ...(layer && { layer: layer.name }),
      ...(isBound && { isBound }),
      ...(all.length > 0 && { remark: all.join('; ') }),
    }
  })
  const callee = calleeOf(node)
  const data = {
    name: name.text,
    suggestions: [],
    meanings,
    call: { start: node.start, end: node.end },
    callee: { start: callee.start, end: callee.end },
  }
  const layer = name.kind === 'layer' && name.isOwn ? name.entries[0]?.layer : undefined
  if (layer === undefined || node.kind !== 'call') {
    problemAt(env, unknownLayer, data, callee)
    return
  }
  const other = node.args.find(({ name }) => name && !knowsArgument(layer, name.name))?.name
  const own = { layer: layer.name, options: Object.keys(layer.options), isCertain: false }
  problemAt(env, unknownOption, { ...data, ...own, name: other?.name ?? '' }, other ?? callee)
}

function calleeOf(node: Expression): Expression {
  let at = node
  while (at.kind === 'call') at = at.callee
  return at
}

/** What a call gives for a size of its input that is another one. */
function misfit({ of, values }: GivenSize, input: Shape): readonly string[] {
  const sizes =
    of === 'last'
      ? input.slice(-values.length)
      : [of === 'features' && input.length < 3 ? input.at(-1) : input[0]]
  return sizes.join() === values.join() ? [] : [`${sizes.join('×')} come in, not ${values.join('×')}`]
}

function evaluateText(text: string, env: Env, stage: boolean): Value {
  const { translated: known } = env.state
  let tree = known.texts.get(text)
  if (tree === undefined) {
    tree = parse(`value = ${text}\n`)
    known.texts.set(text, tree)
  }
  const [item] = tree.items
  if (item?.kind !== 'constant' || tree.problems.length > 0) return UNKNOWN
  return evaluate(item.value, { ...env, module: { ...env.module, tree } }, stage)
}
