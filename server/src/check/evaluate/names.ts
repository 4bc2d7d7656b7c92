import { boundBy } from '../../../../grammar/bindings'
import { memo } from '../../../../grammar/memo'
import type { Attribute, Block, Identifier, Name, Network } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import { findLayer, foreignLayer, LAYERS } from '../../layers'
import type { Value } from '../../model/graph'
import { UNKNOWN } from '../../model/value'
import { isModule } from '../foreign/names'
import { FUNCTIONS } from '../language/functions'
import type { Entity } from '../modules'
import { nameNotBound, unknownLayer, unknownName } from '../problems/names'
import { wrongKind } from '../problems/values'
import { closest } from '../words'
import { constantValue } from './constants'
import { bareLayer } from './layers'
import { problemAt } from './problems'
import type { Env } from './state'

/**
 * What a name stands for, innermost first: the body's own, the file's, the built-in layers. `want` says what
 * the place needs, for the error when there is nothing of that name.
 */
export function lookup(node: Name, env: Env, want: 'layer' | 'value'): Value {
  const { name } = node
  const own = env.names.get(name)
  if (own !== undefined) return own
  const entity = env.module.names.get(name)
  if (entity !== undefined) return entityValue(entity, node, env)
  if (env.module.broken.has(name)) return UNKNOWN
  const layer = findLayer(name)
  if (layer !== undefined) return bareLayer({ kind: 'builtin', layer }, node, env)
  if (Object.hasOwn(FUNCTIONS, name)) {
    const data = {
      what: `\`${name}\` is a function`,
      why: 'functions are not values',
      todo: `call it: \`${FUNCTIONS[name]?.signature}\``,
    }
    return problemAt(env, wrongKind, data, node)
  }
  return reportUnknown(node, env, want)
}

/** Whether a name stands for anything here. */
export function isVisible(name: string, env: Env): boolean {
  const bound = env.frame && boundNames(env.frame.declaration).has(name)
  const { names, broken } = env.module
  const builtin = findLayer(name) !== undefined || Object.hasOwn(FUNCTIONS, name)
  return bound || builtin || env.names.has(name) || names.has(name) || broken.has(name)
}

function entityValue(entity: Entity, node: Name, env: Env): Value {
  const module = env.module.moduleOf(entity)
  if (entity.kind === 'constant') return constantValue(entity, module, env.state, node, env)
  if (module.recursive.has(entity.declaration) || module.faulty.has(entity.declaration)) return UNKNOWN
  return bareLayer({ ...entity, module }, node, env)
}

/**
 * `nn.Conv2d` or `F.relu`: the layer of another framework by its module, reported as the one that it is here; and
 * `self.conv1`, which is a name alone here.
 */
export function qualifiedLayer(node: Attribute, env: Env): Value | undefined {
  if (node.object.kind !== 'name' || isVisible(node.object.name, env)) return undefined
  const { name } = node.name
  if (node.object.name === 'self') {
    const suggestions = isVisible(name, env) ? [name] : []
    return problemAt(env, unknownName, { name: `self.${name}`, suggestions }, node)
  }
  const foreign = (foreignLayer(name) ?? findLayer(name))?.name
  if (foreign === undefined) {
    return isModule(node.object.name)
      ? problemAt(env, unknownLayer, { name: `${node.object.name}.${name}`, suggestions: [] }, node)
      : undefined
  }
  const data = { name: `${node.object.name}.${name}`, suggestions: [foreign], foreign }
  return problemAt(env, unknownLayer, data, node)
}

function reportUnknown(node: Name, env: Env, want: 'layer' | 'value'): Value {
  const { name } = node
  const bound = env.frame && boundNames(env.frame.declaration).get(name)
  if (bound !== undefined) {
    if (env.state.dry) return UNKNOWN
    const later = bound.start > node.start
    const data = { name, line: env.state.reporter.line(env.file, bound.start), later }
    return problemAt(env, nameNotBound, data, node)
  }
  const foreign = foreignLayer(name)?.name
  const suggestions = foreign === undefined ? similarNames(name, env, want) : [foreign]
  const data = { name, suggestions, ...(foreign === undefined ? {} : { foreign }) }
  return problemAt(env, want === 'layer' || foreign !== undefined ? unknownLayer : unknownName, data, node)
}

/** How many names an analysis compares with unknown ones; after that it suggests none. */
const MOST_COMPARED = 300_000

/** What may have been meant by a name that stands for nothing. */
function similarNames(name: string, env: Env, want: 'layer' | 'value'): readonly string[] {
  const { spent } = env.state
  spent.compared += env.names.size + env.module.names.size + LAYERS.length
  if (spent.compared > MOST_COMPARED) return []
  const layers = LAYERS.flatMap((layer) => [layer.name, ...layer.aliases])
  const callable = [...layers, ...env.module.names.keys()]
  if (want === 'layer') return closest(name, [...callable, ...env.names.keys()])
  return closest(name, [...env.names.keys(), ...callable, ...Object.keys(FUNCTIONS)])
}

/** The names that a body binds anywhere, each with its first place. */
const boundNames = memo((declaration: Block | Network): ReadonlyMap<string, Identifier> => {
  const names = new Map<string, Identifier>()
  walk(declaration.body, (node) => {
    // The name of a comprehension is bound in it alone.
    if (node.kind === 'comprehension') return
    for (const identifier of boundBy(node)?.names ?? []) {
      if (!names.has(identifier.name)) names.set(identifier.name, identifier)
    }
  })
  return names
})
