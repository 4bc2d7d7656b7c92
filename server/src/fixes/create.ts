/** Fixes that create what a text names and nobody has declared: a block, a constant, an input, an arrow. */
import type { Call, Expression, Item, SourceFile, Statement, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { isLiteral } from '../check/binding/call-edits'
import { boundArguments } from '../check/semantics/callee'
import { knownFrom } from '../check/semantics/known-file'
import { findLayer } from '../layers'
import type { OptionSpec } from '../model/layer'
import type { Shape } from '../model/shape'
import { isTensor, outlineOf } from '../model/value'
import type { Candidate, FixContext, FixMaker } from './fix'
import { indentationOf } from './statements'

const NAME = /^[\p{L}_][\p{L}\d_]*$/u

/** Declares a block that a call can be one of, behind the declaration that the call stands in. */
export const newBlock: FixMaker = function* (context): Generator<Candidate> {
  const { analysis, problem } = context
  const { file, range } = problem.origin ?? problem
  const tree = analysis.files.get(file)
  if (tree === undefined) return
  const name = tree.text.slice(range.start, range.end)
  const path = nodesAt(tree, range.start)
  const [, item] = path
  if (!NAME.test(name) || item === undefined || (item.kind !== 'network' && item.kind !== 'block')) return
  const at = path.findIndex((node) => node.kind === 'name' && node.start === range.start)
  const around = path[at - 1]
  const call = around?.kind === 'call' && around.callee === path[at] ? around : undefined
  const site = path[call ? at - 1 : at] as Expression
  const head = headOf(name, call, site, path, context)
  const body = `  return ${returned(head, countOf(path, site))}\n`
  const text = `\n\nblock ${head.text} {\n${body}}`
  const edits = [{ start: item.end, end: item.end, text }]
  yield { action: `Create block \`${head.text}\``, file, edits, shows: null }
}

interface Head {
  /** `res(x: tensor, width)` */
  readonly text: string
  readonly tensors: readonly string[]
  readonly options: readonly string[]
  /** The shape of the first tensor, where it is known. */
  readonly shape?: Shape
}

/** What the parameters by place are called that have no name of their own. */
const PLACES = ['width', 'kernel', 'stride']

function headOf(
  name: string,
  call: Call | undefined,
  site: Expression,
  path: readonly SyntaxNode[],
  context: FixContext,
): Head {
  const taken = new Set<string>([name])
  const fresh = (wanted: string): string => {
    let found = wanted
    for (let i = 2; taken.has(found); i++) found = `${wanted}${i}`
    taken.add(found)
    return found
  }
  const piped = path.some(({ kind }) => kind === 'stage')
  const shape = piped ? shapeBefore(context, site) : undefined
  const tensors: string[] = piped ? [fresh('x')] : []
  const options: { name: string; text: string }[] = []
  let place = 0
  for (const { name: given, value } of call?.args ?? []) {
    const own = value.kind === 'name' ? value.name : undefined
    if (given === undefined && own !== undefined && isTensorName(context, own)) tensors.push(fresh(own))
    else if (isLayerText(value)) {
      const option = fresh(given?.name ?? 'act')
      options.push({ name: option, text: `${option}: layer` })
    } else {
      const option = fresh(given?.name ?? own ?? PLACES[place] ?? 'value')
      if (given === undefined) place++
      options.push({ name: option, text: option })
    }
  }
  if (tensors.length === 0) tensors.push(fresh('x'))
  const parameters = [...tensors.map((each) => `${each}: tensor`), ...options.map(({ text }) => text)]
  return {
    text: `${name}(${parameters.join(', ')})`,
    tensors,
    options: options.map((option) => option.name),
    ...(shape && { shape }),
  }
}

/** What comes to a stage. */
function shapeBefore({ analysis }: FixContext, site: Expression): Shape | undefined {
  for (const { passages } of [...analysis.networks, ...analysis.examples]) {
    const passage = passages.find((each) => each.site === site)
    if (passage?.before !== undefined && isTensor(passage.before)) return passage.before.tensor.shape
  }
  return undefined
}

function isTensorName({ analysis }: FixContext, name: string): boolean {
  return analysis.networks.some(({ bindings }) =>
    bindings.some((binding) => {
      const { value } = binding
      return binding.name.name === name && (isTensor(value) || outlineOf(value) !== undefined)
    }),
  )
}

function isLayerText(value: Expression): boolean {
  const callee = value.kind === 'call' ? value.callee : value
  return callee.kind === 'name' && findLayer(callee.name) !== undefined
}

/** A convolution of the given width where a map comes in, else the tensor itself; as often as there are results. */
function returned({ tensors, options, shape }: Head, count: number): string {
  const [x = 'x'] = tensors
  const has = (name: string) => options.includes(name)
  if (count > 1) return new Array<string>(count).fill(x).join(', ')
  if (!has('width') || shape === undefined || shape.length < 2) return x
  const kernel = has('kernel') ? 'kernel' : '3'
  const stride = has('stride') ? ', stride=stride' : ''
  return `${x} -> conv(width, ${kernel}${stride}, padding=half)`
}

/** How many names take the result. */
function countOf(path: readonly SyntaxNode[], site: Expression): number {
  const statement = path.findLast((node) => node.kind === 'assign')
  if (statement?.kind !== 'assign') return 1
  const { value } = statement
  const last = value.kind === 'flow' ? value.stages.at(-1)?.value : value
  return last === site ? statement.names.length : 1
}

/** Declares a name that nothing has: an input where a tensor is needed, else a constant with a usual value. */
export const newConstant: FixMaker = function* (context): Generator<Candidate> {
  const { analysis, problem } = context
  const { file, range } = problem.origin ?? problem
  const tree = analysis.files.get(file)
  if (tree === undefined) return
  const name = tree.text.slice(range.start, range.end)
  const path = nodesAt(tree, range.start)
  const [, item] = path
  if (!NAME.test(name) || item === undefined || item.kind === 'import') return
  if (isTensorPlace(path)) {
    const [first] = item.kind === 'network' ? item.body.statements : []
    if (item.kind !== 'network' || first === undefined) return
    const declared = `input ${name}: [3, 224, 224]`
    const text = `${declared}${indentationOf(tree.text, item.body, first)}`
    const edits = [{ start: first.start, end: first.start, text }]
    yield { action: `Declare \`${declared}\``, file, edits, shows: null }
    return
  }
  const declared = `${name} = ${usualValue(context, path)}`
  const start = startOf(item as Item)
  const edits = [{ start, end: start, text: `${declared}\n\n` }]
  yield { action: `Declare \`${declared}\``, file, edits, shows: null }
}

/** Whether a name stands at the head of a flow, where a tensor is needed. */
function isTensorPlace(path: readonly SyntaxNode[]): boolean {
  const name = path.at(-1)
  const around = path.at(-2)
  return around?.kind === 'flow' && around.head === name && around.stages.length > 0
}

function startOf(item: Item): number {
  return 'doc' in item && item.doc ? item.doc.start : item.start
}

/** What options usually are. */
const USUAL: Readonly<Record<string, string>> = { channels: '64', features: '64', kernel: '3', hidden: '64' }

/** The value that the option which a name gives mostly has. */
function usualValue({ analysis, host, others = [] }: FixContext, path: readonly SyntaxNode[]): string {
  const at = path.findLastIndex(({ kind }) => kind === 'call')
  const call = path[at]
  const argument = path[at + 1]
  const resolve = (from: string, to: string) => host.resolve(from, to)
  const known = knownFrom({ analysis, importers: others, resolve }, analysis.uri)
  if (known === undefined || call?.kind !== 'call' || argument?.kind !== 'argument') return '1'
  const option = boundArguments(known, path.slice(0, at + 1), call).find(
    (each) => each.argument === argument,
  )?.option
  const callee = call.callee.kind === 'name' ? findLayer(call.callee.name) : undefined
  const spec = option === undefined ? undefined : callee?.options[option]
  return USUAL[option ?? ''] ?? (spec && standardOf(spec)) ?? '1'
}

function standardOf({ type, default: standard }: OptionSpec): string | undefined {
  if (type.kind === 'bool' || type.kind === 'float' || type.kind === 'int') return standard
  return standard !== undefined && /^\d/.test(standard) ? standard : undefined
}

/** What stands alone on its line: a layer that lacks its arrow, or a flow that nobody names. */
export const aloneOnLine: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem
  const tree = analysis.files.get(file)
  if (tree === undefined) return
  const path = nodesAt(tree, range.start)
  const body = path.findLast((node) => node.kind === 'body')
  const statement = path.findLast((node) => node.kind === 'assign')
  if (body?.kind !== 'body' || statement?.kind !== 'assign' || statement.names[0]?.name !== '') return
  const { value } = statement
  const before = body.statements[body.statements.indexOf(statement) - 1]
  if (isLayerText(value.kind === 'flow' ? value.head : value)) {
    if (before === undefined || !endsInFlow(before)) return
    const edits = [{ start: statement.start, end: statement.start, text: '-> ' }]
    yield { action: 'Insert the arrow before it', file, edits, shows: null }
    return
  }
  const head = value.kind === 'flow' ? value.head : undefined
  if (head?.kind !== 'name') return
  yield* named(tree, statement, head.name, body.statements, file)
}

function* named(
  tree: SourceFile,
  { start }: Statement,
  head: string,
  statements: readonly Statement[],
  file: string,
): Generator<Candidate> {
  const isNetwork = nodesAt(tree, start).some(({ kind }) => kind === 'network')
  const insert = (text: string) => [{ start, end: start, text }]
  if (isNetwork && !statements.some(({ kind }) => kind === 'output')) {
    yield { action: 'Make it an output', file, edits: insert('output y = '), shows: null }
  }
  yield { action: `Bind it to ${head}`, file, edits: insert(`${head} = `), shows: null }
}

function endsInFlow(statement: Statement): boolean {
  const value = statement.kind === 'assign' || statement.kind === 'output' ? statement.value : undefined
  return value !== undefined && !isLiteral(value) && value.kind !== 'missing'
}
