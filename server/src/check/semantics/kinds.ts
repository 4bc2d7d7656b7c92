/** What an expression stands for, as far as the text and what its names were bound to show. */

import type { Binary, Expression, Parameter } from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { Value } from '../../model/graph'
import { isTensor, isTensors } from '../../model/value'
import { isLayer } from '../evaluate/values'
import { type Binding, referencesOf } from '../references'
import type { KnownFile } from './known-file'
import { valuesOf } from './runs'
import { declaredAs } from './scope'

export type Kind = 'tensor' | 'tensors' | 'layer' | 'value'

export function kindOf(known: KnownFile, node: Expression): Kind {
  switch (node.kind) {
    case 'flow':
      return kindOf(known, node.head)
    case 'parenthesized':
      return kindOf(known, node.value)
    case 'conditional':
      return kindOf(known, node.then)
    case 'index':
      return kindOf(known, node.object) === 'value' ? 'value' : 'tensor'
    case 'list':
      return node.items.some((item) => isTensorKind(kindOf(known, item))) ? 'tensors' : 'value'
    case 'comprehension':
      return isTensorKind(kindOf(known, node.element)) ? 'tensors' : 'value'
    case 'binary':
      return kindOfBinary(known, node)
    case 'unary':
      return kindOf(known, node.operand) === 'tensor' ? 'tensor' : 'value'
    case 'call':
      return kindOfCall(
        known,
        node.callee,
        node.args.map(({ value }) => value),
      )
    case 'name':
      return kindOfName(known, node)
    default:
      return 'value'
  }
}

export function isTensorKind(kind: Kind): boolean {
  return kind === 'tensor' || kind === 'tensors'
}

/** A layer that is repeated, or a tensor and a number. */
function kindOfBinary(known: KnownFile, { operator, left, right }: Binary): Kind {
  const kinds = [kindOf(known, left), kindOf(known, right)]
  if (operator === '*' && kinds[1] === 'layer') return 'layer'
  return kinds.includes('tensor') ? 'tensor' : 'value'
}

/** A layer that is called with tensors is taken to have all that it needs; a block without any is run at once. */
function kindOfCall(known: KnownFile, callee: Expression, args: readonly Expression[]): Kind {
  const hasTensor = () => args.some((value) => isTensorKind(kindOf(known, value)))
  const read = callee.kind === 'name' ? referencesOf(known.analysis.file).readAt(callee) : undefined
  // Given a tensor, a function on numbers is the layer of that name.
  if (read?.meaning === 'function') {
    return findLayer(read.name) !== undefined && hasTensor() ? 'tensor' : 'value'
  }
  if (kindOf(known, callee) !== 'layer') return 'value'
  if (hasTensor()) return 'tensor'
  return callee.kind === 'name' && findLayer(callee.name)?.tensors.length === 0 ? 'tensor' : 'layer'
}

function kindOfName(known: KnownFile, node: Extract<Expression, { kind: 'name' }>): Kind {
  const references = referencesOf(known.analysis.file)
  const read = references.readAt(node)
  if (read === undefined) return 'value'
  if (read.meaning !== 'bound') return read.meaning === 'layer' ? 'layer' : 'value'
  for (const binding of references.seenBy(read)) {
    const kind = kindOfBinding(known, binding)
    if (kind !== undefined) return kind
  }
  return 'value'
}

/** What a name is bound to; undefined where nothing shows it. */
function kindOfBinding(known: KnownFile, { kind, node, identifier, name }: Binding): Kind | undefined {
  switch (kind) {
    case 'input':
    case 'as':
      return 'tensor'
    case 'shared':
    case 'block':
    case 'network':
      return 'layer'
    case 'import':
    case 'constant':
      return kindOfDeclared(known, name)
    case 'parameter': {
      const { type } = node as Parameter
      const declared = type?.name as Kind | undefined
      return declared === 'tensor' || declared === 'tensors' || declared === 'layer' ? declared : 'value'
    }
    default: {
      const bound = valuesOf(known, identifier).map(({ value }) => kindOfValue(value))
      const first = bound.find((each) => each !== undefined)
      if (first !== undefined) return first
      return node.kind === 'assign' && node.names.length === 1 ? kindOf(known, node.value) : undefined
    }
  }
}

/** What a name at the file's level stands for. */
function kindOfDeclared(known: KnownFile, name: string): Kind {
  const { analysis } = known
  const declared = declaredAs(known, analysis.uri, name)
  if (declared?.kind !== 'constant') return declared === undefined ? 'value' : 'layer'
  const own = analysis.constants.find((constant) => constant.name === declared.declaration.name)
  return own === undefined ? 'value' : (kindOfValue(own.value) ?? 'value')
}

function kindOfValue(value: Value): Kind | undefined {
  if (isTensor(value)) return 'tensor'
  if (isTensors(value)) return 'tensors'
  if (isLayer(value)) return 'layer'
  return typeof value === 'object' && value !== null && 'kind' in value ? undefined : 'value'
}
