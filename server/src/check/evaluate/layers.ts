import type { Binary, Block, Expression, Network, Statement } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import type { TensorParameter } from '../../model/layer'
import { callTooDeep } from '../problems/limits'
import { wrongKind } from '../problems/values'
import { showNumber } from '../words'
import { problemAt } from './problems'
import { type Env, MAX_DEPTH } from './state'
import type { Callable, Callee, Partial, WaitingLayer, WeightSet } from './values'

const NO_ARGUMENTS: ReadonlyMap<string, never> = new Map<string, never>()

/** A layer, block or network by its bare name. */
export function bareLayer(callee: Callee, site: Expression, file: string): Partial & WaitingLayer {
  return {
    kind: 'layer',
    form: 'partial',
    label: calleeName(callee),
    callee,
    site,
    file,
    options: NO_ARGUMENTS,
    tensors: [],
    namedTensors: NO_ARGUMENTS,
    faulty: false,
    nesting: 1,
  }
}

export function calleeName(callee: Callee): string {
  return callee.kind === 'builtin' ? callee.layer.name : callee.declaration.name.name
}

export function composed(first: WaitingLayer, then: WaitingLayer): WaitingLayer {
  return {
    kind: 'layer',
    form: 'composition',
    get label() {
      const text = `${first.nesting > 20 ? '…' : first.label} -> ${then.nesting > 20 ? '…' : then.label}`
      return text.length > 200 ? `${text.slice(0, 199)}…` : text
    },
    first,
    then,
    // A chain that grows at its end is applied step by step, so it may be as long as it likes.
    nesting: Math.max(first.nesting, then.nesting + 1),
  }
}

/** `count * layer`. */
export function repeated(node: Binary, count: number, of: WaitingLayer, env: Env): Value {
  if (!Number.isInteger(count) || count < 0) {
    return problemAt(
      env,
      wrongKind,
      {
        what: `a layer can’t be repeated ${showNumber(count)} times`,
        why: '`n * layer` is the layer n times in a row, and n counts from 0',
        todo: 'use a whole number that is not negative',
      },
      node.left,
    )
  }
  const nesting = of.nesting + 1
  if (nesting > MAX_DEPTH) return problemAt(env, callTooDeep, { limit: MAX_DEPTH }, node)
  const inner = of.kind === 'layer' && of.form === 'composition' ? `(${of.label})` : of.label
  return {
    kind: 'layer',
    form: 'repetition',
    label: `${count} * ${inner}`,
    count,
    of,
    range: node,
    file: env.file,
    nesting,
  } as WaitingLayer
}

export function sharing(of: WaitingLayer): WaitingLayer {
  const set: WeightSet = { made: new Map() }
  return { kind: 'layer', form: 'shared', label: of.label, set, of, nesting: of.nesting + 1 }
}

/** The tensor parameters of what can be called, in order. */
export function tensorParameters(callee: Callable): readonly TensorParameter[] {
  if (callee.kind === 'builtin') return callee.layer.tensors
  const known = parameters.get(callee.declaration)
  if (known) return known
  const found = callee.kind === 'block' ? blockTensors(callee.declaration) : networkInputs(callee.declaration)
  parameters.set(callee.declaration, found)
  return found
}

const parameters = new WeakMap<Block | Network, readonly TensorParameter[]>()

function blockTensors(block: Block): TensorParameter[] {
  return block.params.flatMap((param): TensorParameter[] => {
    const { name } = param.name
    if (param.type?.name === 'tensors') return [{ name, documentation: '', rest: { min: 1 } }]
    if (param.type?.name !== 'tensor') return []
    return [{ name, documentation: '', ...(param.default === undefined ? {} : { optional: true }) }]
  })
}

function networkInputs(network: Network): TensorParameter[] {
  const found: TensorParameter[] = []
  const collect = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      if (statement.kind === 'input') found.push({ name: statement.name.name, documentation: '' })
      else if (statement.kind === 'for') collect(statement.body.statements)
      else if (statement.kind === 'if') {
        collect(statement.then.statements)
        if (statement.else)
          collect(statement.else.kind === 'body' ? statement.else.statements : [statement.else])
      }
    }
  }
  collect(network.body.statements)
  return found
}

/** The names of the options of what can be called, in order. */
export function optionNames(callee: Callable): readonly string[] {
  const of = callee.kind === 'builtin' ? callee.layer : callee.declaration
  let names = options.get(of)
  if (names === undefined) {
    names =
      callee.kind === 'builtin' ? Object.keys(callee.layer.options) : valueParameters(callee.declaration)
    options.set(of, names)
  }
  return names
}

const options = new WeakMap<object, readonly string[]>()

function valueParameters({ params }: Block | Network): readonly string[] {
  return params
    .filter(({ type }) => type?.name !== 'tensor' && type?.name !== 'tensors')
    .map(({ name }) => name.name)
}

/** The words that an option reads a bare name as. */
export function optionWords(callee: Callable, option: string | undefined): readonly string[] {
  if (callee.kind !== 'builtin' || option === undefined) return []
  const type = callee.layer.options[option]?.type
  if (type?.kind === 'word') return type.words
  return type?.kind === 'padding' && type.named ? PADDING_NAMES : []
}

export const PADDING_NAMES = ['valid', 'half', 'full', 'same'] as const
