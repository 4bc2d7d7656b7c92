/** Walks a file's tree in the order in which it is evaluated and notes what every name stands for. */
import type { Block, Constant, Item, Network, Parameter, SourceFile } from '../../../../grammar/tree'
import { bind, bindingsOf, type Context } from './context'
import { resolveExpression } from './expressions'
import { layerOf, noteLayer } from './layers'
import type { FileNames, Resolved } from './names'
import { createPaths } from './paths'
import { resolveBody } from './statements'

export function resolveNames(tree: SourceFile): Resolved {
  const names: FileNames = {
    bindings: [],
    reads: [],
    sources: [],
    replaced: new Map(),
    declared: new Map(),
    layers: new Map(),
  }
  for (const item of tree.items) declare(item, tree, names)
  // Constants first: a body's call may be one of a layer that a constant stands for.
  for (const item of tree.items) if (item.kind === 'constant') resolveConstant(item, names)
  for (const item of tree.items) {
    if (item.kind === 'block' || item.kind === 'network') resolveDeclaration(item, names)
  }
  return names
}

/** Binds what an item of the file declares or imports. */
function declare(item: Item, tree: SourceFile, { bindings, declared }: FileNames): void {
  for (const node of item.kind === 'import' ? item.names : [item]) {
    for (const binding of bindingsOf(node, tree)) {
      bindings.push(binding)
      if (!declared.has(binding.name)) declared.set(binding.name, binding)
    }
  }
}

function resolveConstant(constant: Constant, names: FileNames): void {
  const context = contextOf(constant, names)
  resolveExpression(constant.value, context)
  const layer = layerOf(constant.value, context)
  const source = names.declared.get(constant.name.name)
  if (layer !== undefined && source?.node === constant) names.layers.set(source, layer)
}

function resolveDeclaration(declaration: Block | Network, names: FileNames): void {
  const context = contextOf(declaration, names)
  for (const parameter of declaration.params) resolveParameter(parameter, context)
  resolveBody(declaration.body, context)
}

/** A default sees the parameters before it. */
function resolveParameter(parameter: Parameter, context: Context): void {
  const { name, default: standard } = parameter
  if (standard !== undefined) resolveExpression(standard, context)
  const layer = standard && layerOf(standard, context)
  bind(parameter, context)
  noteLayer(name.name, layer, context)
}

function contextOf(owner: Block | Network | Constant, names: FileNames): Context {
  return { owner, names, paths: createPaths(names.declared), rebound: new Map(), inExpect: false }
}
