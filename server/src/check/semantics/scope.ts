import { localName } from '../../../../grammar/bindings'
import type {
  Block,
  Comprehension,
  Constant,
  Identifier,
  Item,
  Name,
  Network,
  Parameter,
} from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import type { AnyLayer } from '../../model/layer'
import { givesOfLayer } from '../binding/shared-names'
import { FUNCTIONS } from '../language/functions'
import { type Binding, referencesOf } from '../references'
import type { KnownFile } from './known-file'
import { type Path, stageOf } from './path'
import { applicationsOf } from './runs'

/** What a name stands for. */
export type Definition =
  /** A name that a body binds, at all the places where it does. */
  | {
      readonly kind: 'local'
      readonly declaration: Block | Network
      readonly places: readonly Binding[]
    }
  /** A name that a comprehension binds for itself. */
  | { readonly kind: 'item'; readonly comprehension: Comprehension; readonly place: Identifier }
  | { readonly kind: 'parameter'; readonly declaration: Block | Network; readonly parameter: Parameter }
  | Declared
  | { readonly kind: 'layer'; readonly layer: AnyLayer }
  | { readonly kind: 'function'; readonly name: string }

/** What a name at a file's level stands for, in the file that declares it. */
export type Declared =
  | { readonly kind: 'block'; readonly file: string; readonly declaration: Block }
  | { readonly kind: 'network'; readonly file: string; readonly declaration: Network }
  | { readonly kind: 'constant'; readonly file: string; readonly declaration: Constant }

/** What `name` stands for where `path` ends: the body's own first, then the file's, then what is built in. */
export function define(known: KnownFile, path: Path, name: string): Definition | undefined {
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
    const bound = referencesOf(known.analysis.file).bound(declaration, name)
    const places = bound.filter(({ kind }) => kind !== 'parameter')
    if (places.length > 0) return { kind: 'local', declaration, places }
    const parameter = declaration.params.find((each) => each.name.name === name)
    if (parameter !== undefined) return { kind: 'parameter', declaration, parameter }
  }
  const declared = declaredAs(known, known.analysis.uri, name)
  if (declared !== undefined) return declared
  const layer = findLayer(name)
  const isFunction = Object.hasOwn(FUNCTIONS, name)
  if (layer !== undefined && !(isFunction && callsFunction(known, path, layer)))
    return { kind: 'layer', layer }
  return isFunction ? { kind: 'function', name } : undefined
}

/** Whether the call of a name that is a layer's and a function's too is one of the function, as far as it shows. */
function callsFunction(known: KnownFile, path: Path, layer: AnyLayer): boolean {
  const at = path.findLastIndex(
    (node) => node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === layer.name,
  )
  const call = path[at]
  if (call?.kind !== 'call') return false
  const isStage = stageOf(path.slice(0, at + 1)) !== undefined
  return !isStage && !givesOfLayer(call, layer) && applicationsOf(known, call).length === 0
}

/** What a name at a file's level stands for; imports are followed. */
export function declaredAs(
  known: KnownFile,
  file: string,
  name: string,
  trail: readonly string[] = [],
): Declared | undefined {
  const tree = known.analysis.files.get(file)
  if (tree === undefined || name === '' || trail.includes(file)) return undefined
  for (const item of tree.items) {
    if (item.kind !== 'import') {
      if (item.name.name === name) return declared(item, file)
      continue
    }
    const imported = item.names.find((each) => localName(each).name === name)
    if (imported === undefined) continue
    return declaredAs(known, known.resolve(file, item.path.value), imported.name.name, [...trail, file])
  }
  return undefined
}

/** A declaration with the file that it is in. */
export function declared(declaration: Exclude<Item, { kind: 'import' }>, file: string): Declared {
  return { kind: declaration.kind, declaration, file } as Declared
}

/**
 * The places whose value a reader of a local name may see, those before it in the text: in a loop the value of the
 * round before has its place after it. Where there are none before it, all that there are.
 */
export function placesSeen(
  { analysis }: KnownFile,
  node: Name | Identifier,
  { places }: Extract<Definition, { kind: 'local' }>,
): readonly Identifier[] {
  const references = referencesOf(analysis.file)
  const read = references.readAt(node)
  const seen = read === undefined ? [] : references.seenBy(read)
  const all = places.filter((place) => seen.includes(place))
  const before = all.filter(({ from }) => from <= node.start)
  const [chosen = places] = [before, all].filter(({ length }) => length > 0)
  return chosen.map(({ identifier }) => identifier)
}
