import type { Binary, Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { calleeName } from '../binding/signature'
import { callTooDeep } from '../problems/limits'
import { wrongKind } from '../problems/values'
import { showInSentence } from '../words'
import { problemAt } from './problems'
import { type Env, MAX_DEPTH, type WeightSet } from './state'
import type { Callee, Partial, WaitingLayer } from './values'

const NONE: readonly never[] = []
const NO_NAMES: ReadonlyMap<string, never> = new Map<string, never>()

/** A layer, block or network by its bare name. */
export function bareLayer(callee: Callee, site: Expression, { file, frame }: Env): Partial & WaitingLayer {
  return {
    kind: 'layer',
    form: 'partial',
    label: calleeName(callee),
    callee,
    written: { site, file, frame, definition: undefined, options: NONE },
    values: NONE,
    tensors: NONE,
    namedTensors: NO_NAMES,
    faulty: false,
    unknownPlace: false,
    nesting: 1,
  }
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
        what: `a layer can’t be repeated ${showInSentence(count)} times`,
        why: '`n * layer` is the layer n times in a row, and n counts from 0',
        todo: 'use a whole number that is not negative',
      },
      node.left,
    )
  }
  const nesting = of.nesting + 1
  if (nesting > MAX_DEPTH) return problemAt(env, callTooDeep, { limit: MAX_DEPTH, of: 'calls' }, node)
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
