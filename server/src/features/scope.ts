import type {
  Block,
  Comprehension,
  Constant,
  Identifier,
  ImportedName,
  Item,
  Network,
  Parameter,
} from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'
import { FUNCTIONS } from '../check/evaluate/functions'
import { findLayer } from '../layers'
import type { AnyLayer } from '../model/layer'
import type { Path } from './locate'
import type { View } from './view'

/** What a name stands for. */
export type Definition =
  /** A name that a body binds, at all the places where it does. */
  | {
      readonly kind: 'local'
      readonly declaration: Block | Network
      readonly places: readonly BindingPlace[]
    }
  /** A name that a comprehension binds for itself. */
  | { readonly kind: 'item'; readonly comprehension: Comprehension; readonly place: Identifier }
  | { readonly kind: 'parameter'; readonly declaration: Block | Network; readonly parameter: Parameter }
  | Declared
  | { readonly kind: 'layer'; readonly layer: AnyLayer }
  | { readonly kind: 'function'; readonly name: string }

/** A place where a name is bound. */
export interface BindingPlace {
  readonly identifier: Identifier
  /** From this offset on the text sees the new value. */
  readonly from: number
}

/** What a name at a file's level stands for, in the file that declares it. */
export type Declared =
  | { readonly kind: 'block'; readonly file: string; readonly declaration: Block }
  | { readonly kind: 'network'; readonly file: string; readonly declaration: Network }
  | { readonly kind: 'constant'; readonly file: string; readonly declaration: Constant }

/** What `name` stands for where `path` ends: the body's own first, then the file's, then what is built in. */
export function define(view: View, path: Path, name: string): Definition | undefined {
  const comprehension = path.findLast(
    (node): node is Comprehension =>
      node.kind === 'comprehension' && node.names.some((each) => each.name === name),
  )
  const place = comprehension?.names.find((each) => each.name === name)
  if (comprehension !== undefined && place !== undefined) return { kind: 'item', comprehension, place }
  const declaration = path.find(
    (node): node is Block | Network => node.kind === 'block' || node.kind === 'network',
  )
  if (declaration !== undefined) {
    const places = bindingsOf(declaration).get(name)
    if (places !== undefined) return { kind: 'local', declaration, places }
    const parameter = declaration.params.find((each) => each.name.name === name)
    if (parameter !== undefined) return { kind: 'parameter', declaration, parameter }
  }
  const declared = declaredAs(view, view.analysis.uri, name)
  if (declared !== undefined) return declared
  const layer = findLayer(name)
  if (layer !== undefined) return { kind: 'layer', layer }
  return Object.hasOwn(FUNCTIONS, name) ? { kind: 'function', name } : undefined
}

/** What a name at a file's level stands for; imports are followed. */
export function declaredAs(
  view: View,
  file: string,
  name: string,
  trail: readonly string[] = [],
): Declared | undefined {
  const tree = view.analysis.files.get(file)
  if (tree === undefined || name === '' || trail.includes(file)) return undefined
  for (const item of tree.items) {
    if (item.kind !== 'import') {
      if (item.name.name === name) return declared(item, file)
      continue
    }
    const imported = item.names.find((each) => localName(each).name === name)
    if (imported === undefined) continue
    return declaredAs(view, view.resolve(file, item.path.value), imported.name.name, [...trail, file])
  }
  return undefined
}

/** A declaration with the file that it is in. */
export function declared(declaration: Exclude<Item, { kind: 'import' }>, file: string): Declared {
  return { kind: declaration.kind, declaration, file } as Declared
}

/** The name under which a file knows what it imports. */
export function localName({ name, alias }: ImportedName): Identifier {
  return alias ?? name
}

const bound = new WeakMap<Block | Network, ReadonlyMap<string, readonly BindingPlace[]>>()

/** The names that a body binds, each with its places in the order of the text. */
function bindingsOf(declaration: Block | Network): ReadonlyMap<string, readonly BindingPlace[]> {
  const known = bound.get(declaration)
  if (known !== undefined) return known
  const found = new Map<string, BindingPlace[]>()
  const add = (identifier: Identifier | undefined, from = identifier?.end ?? 0) => {
    if (identifier === undefined || identifier.name === '') return
    const places = found.get(identifier.name) ?? []
    places.push({ identifier, from })
    found.set(identifier.name, places)
  }
  walk(declaration.body, (node) => {
    if (node.kind === 'assign') for (const name of node.names) add(name, node.end)
    else if (node.kind === 'for') for (const name of node.names) add(name, node.iterable.end)
    else if (node.kind === 'shared' || node.kind === 'input') add(node.name, node.end)
    else if (node.kind === 'output' && node.value !== undefined) add(node.name, node.end)
    else if (node.kind === 'flow') add(node.headAs)
    else if (node.kind === 'stage') add(node.as)
  })
  bound.set(declaration, found)
  return found
}

/** The places whose value a reader at `offset` may see: those before it, or all when there is none. */
export function placesBefore(places: readonly BindingPlace[], offset: number): readonly Identifier[] {
  const before = places.filter(({ from }) => from <= offset)
  return (before.length > 0 ? before : places).map(({ identifier }) => identifier)
}
