/** What the names of a file stand for: the resolver says where each is bound, the analysis what it came to. */

import type { Identifier } from '../../../../grammar/tree'
import { isLayer } from '../../check/evaluate/values'
import type { Binding, Read, References } from '../../check/references'
import { graphsOf } from '../../check/semantics/runs'
import { declaredAs } from '../../check/semantics/scope'
import type { Value } from '../../model/graph'
import { isTensors, isUnknown } from '../../model/value'
import type { View } from '../support/view'
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

/** What the names of a view's file are, where they are bound and where they are read. */
export interface NameKinds {
  bound(binding: Binding): TokenKind
  read(read: Read): TokenKind
}

export function nameKinds(view: View, references: References): NameKinds {
  const values = kindsOfValues(view)
  const known = new Map<Binding, TokenKind>()
  const bound = (binding: Binding): TokenKind => {
    // A parameter is shown as one, whatever it was given.
    const value = binding.kind === 'parameter' ? undefined : values.get(binding.identifier)
    const kind = known.get(binding) ?? value ?? kindByText(binding, view)
    known.set(binding, kind)
    return kind
  }
  return {
    bound,
    read(read) {
      switch (read.meaning) {
        case 'layer':
        case 'function':
          return KINDS.layer
        case 'word':
        case 'total':
        case 'unknown':
          return KINDS[read.meaning]
        case 'bound': {
          const seen = references.seenBy(read)
          // The nearest before it; in a loop, the value of the round before has its place after it.
          const [first] = seen
          const nearest = seen.findLast(({ from }) => from <= read.node.start) ?? first
          return nearest === undefined ? KINDS.unknown : bound(nearest)
        }
      }
    },
  }
}

/** What a name is as far as the text shows. */
function kindByText({ kind, name, node }: Binding, view: View): TokenKind {
  switch (kind) {
    case 'parameter':
    case 'block':
    case 'network':
    case 'constant':
    case 'shared':
      return KINDS[kind]
    case 'input':
    case 'output':
    case 'as':
      return KINDS.tensor
    case 'assign':
      return node.kind === 'assign' && node.value.kind === 'flow' ? KINDS.tensor : KINDS.value
    case 'for':
    case 'item':
      return KINDS.value
    case 'import': {
      const declared = declaredAs(view, view.analysis.uri, name)
      return declared === undefined ? KINDS.unknown : KINDS[declared.kind]
    }
  }
}

/** What the places where names are bound came to: the first value that is known. */
function kindsOfValues(view: View): ReadonlyMap<Identifier, TokenKind> {
  const found = new Map<Identifier, TokenKind>()
  for (const { name, value } of view.analysis.constants) {
    found.set(name, isLayer(value) ? KINDS.constantLayer : KINDS.constant)
  }
  for (const { bindings } of graphsOf(view)) {
    for (const { name, value } of bindings) {
      if (!found.has(name) && !isUnknown(value)) found.set(name, kindOfValue(value))
    }
  }
  return found
}

function kindOfValue(value: Value): TokenKind {
  if (isTensors(value)) return KINDS.tensor
  if (!isLayer(value)) return KINDS.value
  return value.form === 'shared' ? KINDS.shared : KINDS.block
}
