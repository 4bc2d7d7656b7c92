import type { Block, Call, Identifier, Name, Network, SourceFile, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt, walk } from '../../../../grammar/walk'
import { type Binding, type References, referencesOf } from '../../check/references'
import { calledBy, parameterOf } from './callee'
import { type BindingPlace, importedFrom, importsOf, type Workspace } from './workspace'

/** A name in the text, and the places where what it stands for gets its value. */
export interface NameAt {
  readonly node: Identifier | Name
  /** An import is followed to the declaration; several where paths meet. */
  readonly places: readonly BindingPlace[]
}

/** What an occurrence of a name does there. */
export type Role =
  /** Gives the name its value. */
  | 'binds'
  /** Brings the name from another file. */
  | 'imports'
  /** Gives a parameter its value: `stride=2`. */
  | 'gives'
  | 'reads'

export interface Occurrence {
  readonly file: string
  readonly node: Identifier | Name
  readonly role: Role
}

/** The name at an offset; undefined where there is none, or where it stands for nothing that a text binds. */
export function nameAt(workspace: Workspace, file: string, offset: number): NameAt | undefined {
  const tree = workspace.files.get(file)
  if (tree === undefined) return undefined
  const path = nodesAt(tree, offset)
  const node = path.at(-1)
  if ((node?.kind !== 'identifier' && node?.kind !== 'name') || node.name === '') return undefined
  const found = placesOf(workspace, file, referencesOf(tree), node, path)
  const places = found.map((place) => declaredPlace(workspace, place))
  return places.length === 0 ? undefined : { node, places }
}

function placesOf(
  workspace: Workspace,
  file: string,
  references: References,
  node: Identifier | Name,
  path: readonly SyntaxNode[],
): readonly BindingPlace[] {
  const own = references.bindingAt(node)
  if (own !== undefined) return [{ file, binding: own }]
  const read = references.readAt(node)
  if (read !== undefined) return references.seenBy(read).map((binding) => ({ file, binding }))
  const [call, parent] = path.slice(-3)
  if (parent?.kind === 'imported-name') {
    const place = importedFrom(workspace, file, parent)
    return place === undefined ? [] : [place]
  }
  if (parent?.kind !== 'argument' || parent.name !== node || call?.kind !== 'call') return []
  return givenParameters(workspace, file, call, node.name)
}

/** The parameters that an argument with a name gives, one for each block that may be called. */
function givenParameters(
  workspace: Workspace,
  file: string,
  call: Call,
  name: string,
): readonly BindingPlace[] {
  return calledBy(workspace, file, call.callee).flatMap((called) => {
    const binding = parameterOf(workspace, called.file, called.declaration, name)
    return binding === undefined ? [] : [{ file: called.file, binding }]
  })
}

/** The declaration behind a name that is imported under its own name; other places are what they are. */
function declaredPlace(workspace: Workspace, place: BindingPlace): BindingPlace {
  const { node } = place.binding
  if (node.kind !== 'imported-name' || node.alias !== undefined) return place
  return importedFrom(workspace, place.file, node) ?? place
}

/**
 * Everything that has the same name for the same reason, in all files: the readers of these places, whatever
 * else such a reader may see, the imports of a declaration with what they bring, and the arguments that give a
 * parameter by its name. It is what must be renamed at once.
 */
export function occurrencesOf(workspace: Workspace, places: readonly BindingPlace[]): readonly Occurrence[] {
  const open = new Map<Binding, string>()
  const found = new Map<Identifier | Name, Occurrence>()
  const add = ({ file, binding }: BindingPlace) => {
    if (!open.has(binding)) open.set(binding, file)
  }
  for (const place of places) add(place)
  // A map's iteration goes on to what is added on the way.
  for (const [binding, file] of open) {
    const tree = workspace.files.get(file)
    if (tree === undefined) continue
    const { bindings, reads } = referencesOf(tree).variableOf(binding)
    for (const other of bindings) add({ file, binding: other })
    const isBrought = declaredPlace(workspace, { file, binding }).binding !== binding
    found.set(binding.identifier, {
      file,
      node: binding.identifier,
      role: isBrought ? 'imports' : 'binds',
    })
    for (const { node } of reads) if (!found.has(node)) found.set(node, { file, node, role: 'reads' })
    for (const each of elsewhere(workspace, { file, binding })) {
      if ('binding' in each) add(each)
      else found.set(each.node, each)
    }
  }
  return inOrder([...found.values()])
}

/** What goes by the name of a binding outside of its own body or file. */
function* elsewhere(workspace: Workspace, place: BindingPlace): Generator<BindingPlace | Occurrence> {
  const { file, binding } = place
  switch (binding.kind) {
    case 'import': {
      const declared = declaredPlace(workspace, place)
      if (declared.binding !== binding) yield declared
      break
    }
    case 'constant':
    case 'block':
    case 'network':
      for (const { file: other, imported } of importsOf(workspace, file, binding.name)) {
        const tree = workspace.files.get(other)
        const own = tree && referencesOf(tree).bindingAt(imported.name)
        if (own !== undefined) yield { file: other, binding: own }
        else yield { file: other, node: imported.name, role: 'imports' }
      }
      break
    case 'parameter':
      yield* givenByName(workspace, place)
  }
}

/** The arguments that give a parameter by its name, and the other parameters that these may give. */
function* givenByName(workspace: Workspace, { binding }: BindingPlace): Generator<BindingPlace | Occurrence> {
  const owner = binding.scope as Block | Network
  const { name } = binding
  for (const [file, tree] of workspace.files) {
    if (!tree.text.includes(name)) continue
    for (const { call, node } of callsGiving(tree, name)) {
      const given = givenParameters(workspace, file, call, name)
      if (!given.some((each) => each.binding.scope === owner)) continue
      yield { file, node, role: 'gives' }
      yield* given
    }
  }
}

/** The calls of a file that give an argument by this name, each with the name. */
export function callsGiving(
  tree: SourceFile,
  name: string,
): readonly { readonly call: Call; readonly node: Identifier }[] {
  const found: { readonly call: Call; readonly node: Identifier }[] = []
  walk(tree, (node) => {
    if (node.kind !== 'call') return
    for (const arg of node.args) if (arg.name?.name === name) found.push({ call: node, node: arg.name })
  })
  return found
}

function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  return [...occurrences].sort((a, b) =>
    a.file === b.file ? a.node.start - b.node.start : a.file < b.file ? -1 : 1,
  )
}
