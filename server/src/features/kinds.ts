/** What an expression stands for, as far as the text and what its names were bound to tell. */
import type { Expression, Parameter } from '../../../grammar/tree'
import { isLayer, isTensor, isTensors } from '../check/evaluate/values'
import { type Binding, referencesOf } from '../check/references'
import { findLayer } from '../layers'
import type { Value } from '../model/graph'
import { valuesOf } from './runs'
import { declaredAs } from './scope'
import type { View } from './view'

export type Kind = 'tensor' | 'tensors' | 'layer' | 'value'

export function kindOf(view: View, node: Expression): Kind {
  switch (node.kind) {
    case 'flow':
      return kindOf(view, node.head)
    case 'parenthesized':
      return kindOf(view, node.value)
    case 'conditional':
      return kindOf(view, node.then)
    case 'index':
      return kindOf(view, node.object) === 'value' ? 'value' : 'tensor'
    case 'list':
      return node.items.some((item) => isTensorKind(kindOf(view, item))) ? 'tensors' : 'value'
    case 'comprehension':
      return isTensorKind(kindOf(view, node.element)) ? 'tensors' : 'value'
    case 'binary':
      return node.operator === '*' && kindOf(view, node.right) === 'layer' ? 'layer' : 'value'
    case 'call':
      return kindOfCall(
        view,
        node.callee,
        node.args.map(({ value }) => value),
      )
    case 'name':
      return kindOfName(view, node)
    default:
      return 'value'
  }
}

export function isTensorKind(kind: Kind): boolean {
  return kind === 'tensor' || kind === 'tensors'
}

/** A layer that is called with tensors is taken to have all that it needs; a block without any is run at once. */
function kindOfCall(view: View, callee: Expression, args: readonly Expression[]): Kind {
  if (kindOf(view, callee) !== 'layer') return 'value'
  if (args.some((value) => isTensorKind(kindOf(view, value)))) return 'tensor'
  return callee.kind === 'name' && findLayer(callee.name)?.tensors.length === 0 ? 'tensor' : 'layer'
}

function kindOfName(view: View, node: Extract<Expression, { kind: 'name' }>): Kind {
  const references = referencesOf(view.analysis.file)
  const read = references.readAt(node)
  if (read === undefined) return 'value'
  if (read.meaning !== 'bound') return read.meaning === 'layer' ? 'layer' : 'value'
  for (const binding of references.seenBy(read)) {
    const kind = kindOfBinding(view, binding)
    if (kind !== undefined) return kind
  }
  return 'value'
}

/** What a name is bound to; undefined where nothing tells. */
function kindOfBinding(view: View, { kind, node, identifier, name }: Binding): Kind | undefined {
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
      return kindOfDeclared(view, name)
    case 'parameter': {
      const { type } = node as Parameter
      const declared = type?.name as Kind | undefined
      return declared === 'tensor' || declared === 'tensors' || declared === 'layer' ? declared : 'value'
    }
    default: {
      const bound = valuesOf(view, identifier).map(({ value }) => kindOfValue(value))
      const known = bound.find((each) => each !== undefined)
      if (known !== undefined) return known
      return node.kind === 'assign' && node.names.length === 1 ? kindOf(view, node.value) : undefined
    }
  }
}

/** What a name at the file's level stands for. */
function kindOfDeclared(view: View, name: string): Kind {
  const { analysis } = view
  const declared = declaredAs(view, analysis.uri, name)
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
