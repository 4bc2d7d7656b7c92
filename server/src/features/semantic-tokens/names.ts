import { localName } from '../../../../grammar/bindings'
import type { Block, Identifier, Network } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import { FUNCTIONS } from '../../check/evaluate/functions'
import { isLayer, isTensors, isUnknown } from '../../check/evaluate/values'
import { graphsOf } from '../../check/semantics/runs'
import { declaredAs } from '../../check/semantics/scope'
import { findLayer } from '../../layers'
import type { Value } from '../../model/graph'
import type { View } from '../view'
import { kind, type TokenKind } from './legend'

export const KINDS = {
  layer: kind('function', 'defaultLibrary'),
  block: kind('function'),
  network: kind('class'),
  constant: kind('variable', 'readonly'),
  constantLayer: kind('function', 'readonly'),
  total: kind('variable', 'readonly', 'defaultLibrary'),
  value: kind('variable'),
  tensor: kind('tensor'),
  shared: kind('sharedLayer'),
  parameter: kind('parameter'),
  attribute: kind('property'),
  typeName: kind('type', 'defaultLibrary'),
  option: kind('option'),
  word: kind('enumMember'),
  unknown: kind('unresolvedReference'),
} as const satisfies Readonly<Record<string, TokenKind>>

/** What the names of a file's level stand for, and those that are built in. */
export function fileNames(view: View): (name: string) => TokenKind {
  const known = new Map<string, TokenKind>()
  const constants = new Map(view.analysis.constants.map(({ name, value }) => [name, value]))
  for (const item of view.analysis.file.items) {
    if (item.kind !== 'import') {
      const value = constants.get(item.name)
      const kind = value !== undefined && isLayer(value) ? KINDS.constantLayer : KINDS[item.kind]
      if (!known.has(item.name.name)) known.set(item.name.name, kind)
      continue
    }
    for (const imported of item.names) {
      const { name } = localName(imported)
      const declared = declaredAs(view, view.analysis.uri, name)
      if (!known.has(name)) known.set(name, declared === undefined ? KINDS.unknown : KINDS[declared.kind])
    }
  }
  return (name) => {
    let found = known.get(name)
    if (found === undefined) {
      found = builtIn(name)
      known.set(name, found)
    }
    return found
  }
}

function builtIn(name: string): TokenKind {
  return findLayer(name) !== undefined || Object.hasOwn(FUNCTIONS, name) ? KINDS.layer : KINDS.unknown
}

/** What the places where names are bound came to: the first value that is known. */
export function boundKinds(view: View): ReadonlyMap<Identifier, TokenKind> {
  const found = new Map<Identifier, TokenKind>()
  for (const { bindings } of graphsOf(view)) {
    for (const { name, value } of bindings) {
      if (!found.has(name) && !isUnknown(value)) found.set(name, kindOf(value))
    }
  }
  return found
}

function kindOf(value: Value): TokenKind {
  if (isTensors(value)) return KINDS.tensor
  if (!isLayer(value)) return KINDS.value
  return value.form === 'shared' ? KINDS.shared : KINDS.block
}

/** What the names of one body stand for, where the walk through its text has come to. */
export interface BodyNames {
  /** What a name stands for now; undefined for one that is not the body's own. */
  at(name: string): TokenKind | undefined
  /** What a name is bound to at this place. */
  bound(place: Identifier): TokenKind
  /** From here on the name has the value of this place. */
  bind(place: Identifier): void
}

/**
 * The names of a body. Before its first place a name is what it is there, as a loop may have come round; `bound`
 * tells what the analysis found, and where it found nothing the text has to do.
 */
export function bodyNames(
  declaration: Block | Network,
  bound: ReadonlyMap<Identifier, TokenKind>,
): BodyNames {
  const now = new Map<string, TokenKind>()
  for (const { name } of declaration.params) now.set(name.name, KINDS.parameter)
  const places = new Map<Identifier, TokenKind>()
  const add = (place: Identifier, guess: TokenKind) => {
    const kind = bound.get(place) ?? guess
    places.set(place, kind)
    if (!now.has(place.name)) now.set(place.name, kind)
  }
  walk(declaration.body, (node) => {
    switch (node.kind) {
      case 'input':
        return add(node.name, KINDS.tensor)
      case 'output':
        return node.value === undefined ? undefined : add(node.name, KINDS.tensor)
      case 'shared':
        return add(node.name, KINDS.shared)
      case 'assign':
        for (const name of node.names) add(name, node.value.kind === 'flow' ? KINDS.tensor : KINDS.value)
        return
      case 'for':
        for (const name of node.names) add(name, KINDS.value)
        return
      case 'flow':
        return node.headAs && add(node.headAs, KINDS.tensor)
      case 'stage':
        return node.as && add(node.as, KINDS.tensor)
    }
  })
  const kindAt = (place: Identifier) => places.get(place) ?? KINDS.value
  return {
    at: (name) => now.get(name),
    bound: kindAt,
    bind: (place) => void now.set(place.name, kindAt(place)),
  }
}
