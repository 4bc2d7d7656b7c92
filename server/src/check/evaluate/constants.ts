/** The values of constants: each is evaluated when it is first read, so that they may stand in any order. */
import { memo } from '../../../../grammar/memo'
import type { Constant, Identifier, Name } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import type { Value } from '../../model/graph'
import { UNKNOWN } from '../../model/value'
import type { ConstantEntity, Module } from '../modules'
import { importHasErrors } from '../problems/imports'
import { wrongKind } from '../problems/values'
import { evaluate } from './expressions'
import { problemAt } from './problems'
import type { Env, State } from './state'

/** The value of a constant of `module`, which `use` reads in `env`; without `env` it is read for itself. */
export function constantValue(
  entity: ConstantEntity,
  module: Module,
  state: State,
  use: Identifier | Name,
  env?: Env,
): Value {
  if (entity.value === 'evaluating') {
    const data = {
      what: `the constant \`${entity.declaration.name.name}\` depends on itself`,
      why: 'its value would have to be known before it is computed',
      todo: 'break the circle',
    }
    state.reporter.report(wrongKind, data, { file: entity.file, range: entity.declaration.name })
    return UNKNOWN
  }
  if (entity.value === undefined) {
    for (const each of inOrder(entity, module)) evaluateConstant(each.entity, each.module, state)
  }
  const { fault } = entity
  if (fault !== undefined && env !== undefined) {
    // A constant that reads a faulty one of its own file has the same fault.
    if (env.frame === undefined && env.file === entity.file) state.reporter.hidden.push(fault)
    const data = { name: use.name, path: fault.file, first: fault.message }
    const line = state.reporter.line(fault.file, fault.range.start)
    problemAt(env, importHasErrors, { ...data, line }, use)
  }
  return entity.value as Value
}

function evaluateConstant(entity: ConstantEntity, module: Module, state: State): void {
  entity.value = 'evaluating'
  let value: Value = UNKNOWN
  const env: Env = {
    state: { ...state, graph: undefined, sharing: [], loops: [], running: [] },
    module,
    file: module.file,
    frame: undefined,
    names: new Map(),
    body: undefined,
  }
  const hidden = state.reporter.hidden.length
  try {
    value = evaluate(entity.declaration.value, env)
  } finally {
    entity.value = module.faulty.has(entity.declaration) ? UNKNOWN : value
  }
  const fault = state.reporter.hidden[hidden]
  if (fault !== undefined) entity.fault = fault
}

interface Located {
  readonly entity: ConstantEntity
  readonly module: Module
}

/**
 * A constant behind those that it reads, which have no value yet, in an order in which each has what it reads:
 * a chain of constants may be longer than the call stack is deep. Where some of them form a circle, only the
 * one by which it was entered is there.
 */
function inOrder(entity: ConstantEntity, module: Module): readonly Located[] {
  const order: Located[] = []
  // Depth first with a stack of our own; `first` is the first place on the path that an entity leads back to.
  const path: { at: Located; reads: readonly Located[]; next: number; first: number }[] = []
  const firsts = new Map<ConstantEntity, number>()
  const enter = (at: Located) => {
    firsts.set(at.entity, path.length)
    path.push({ at, reads: constantsRead(at), next: 0, first: path.length })
  }
  enter({ entity, module })
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const read = top.reads[top.next++]
    if (read !== undefined) {
      const first = firsts.get(read.entity)
      if (first === undefined) enter(read)
      else top.first = Math.min(top.first, first)
      continue
    }
    path.pop()
    const isCircular = top.first < path.length
    firsts.set(top.at.entity, isCircular ? top.first : Number.POSITIVE_INFINITY)
    if (!isCircular) order.push(top.at)
    const above = path.at(-1)
    if (above !== undefined && isCircular) above.first = Math.min(above.first, top.first)
  }
  return order
}

function constantsRead({ entity, module }: Located): readonly Located[] {
  return namesIn(entity.declaration).flatMap((name) => {
    const read = module.names.get(name)
    if (read?.kind !== 'constant' || read.value !== undefined) return []
    return [{ entity: read, module: module.moduleOf(read) }]
  })
}

const namesIn = memo((constant: Constant): readonly string[] => {
  const names = new Set<string>()
  walk(constant.value, (node) => {
    if (node.kind === 'name') names.add(node.name)
  })
  return [...names]
})
