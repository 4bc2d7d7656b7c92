import type { Block, Constant, Import, ImportedName, Network, SourceFile } from '../../../../grammar/tree'
import type { Host } from '../../check/analysis'
import { type Binding, referencesOf } from '../../check/references'
import type { Lines } from '../support/view'

/** The files that a question about names goes to, open or not. */
export interface Workspace {
  readonly files: ReadonlyMap<string, SourceFile>
  /** The file that `path`, written in an import of `from`, names. */
  readonly resolve: (from: string, path: string) => string
  readonly lines: Lines
}

/** What a file declares for itself and for others. */
export type Declaration = Constant | Block | Network

/** A place that gives a name a value, with its file. */
export interface BindingPlace {
  readonly file: string
  readonly binding: Binding
}

/** The workspace as a source of texts for an analysis. */
export function hostOf({ files, resolve }: Workspace): Host {
  return { file: (uri) => files.get(uri), resolve }
}

/** The declaration that another file gets when it imports a name from this one. */
export function exportedBinding(tree: SourceFile, name: string): Binding | undefined {
  // A name that is declared twice stands for its first declaration, and what is imported is not handed on.
  const [first] = referencesOf(tree).bound(tree, name)
  return first?.kind === 'import' ? undefined : first
}

/** What an import brings; undefined where the file or its declaration is not there. */
export function importedFrom(
  workspace: Workspace,
  file: string,
  imported: ImportedName,
): BindingPlace | undefined {
  const tree = workspace.files.get(file)
  const declaration = tree?.items.find(
    (item): item is Import => item.kind === 'import' && item.names.includes(imported),
  )
  if (declaration === undefined) return undefined
  const target = workspace.resolve(file, declaration.path.value)
  const other = workspace.files.get(target)
  const binding = other && exportedBinding(other, imported.name.name)
  return binding && { file: target, binding }
}

/** The declaration behind an import, whatever the name that it is imported under. */
export function behindAlias(workspace: Workspace, place: BindingPlace): BindingPlace {
  const { node } = place.binding
  return (node.kind === 'imported-name' && importedFrom(workspace, place.file, node)) || place
}

/** The places that import a name of a file. */
export function importsOf(
  { files, resolve }: Workspace,
  file: string,
  name: string,
): readonly { readonly file: string; readonly imported: ImportedName }[] {
  const found: { file: string; imported: ImportedName }[] = []
  for (const [from, tree] of files) {
    if (!tree.text.includes(name)) continue
    for (const item of tree.items) {
      if (item.kind !== 'import') continue
      const named = item.names.filter((each) => each.name.name === name)
      if (named.length === 0 || resolve(from, item.path.value) !== file) continue
      for (const imported of named) found.push({ file: from, imported })
    }
  }
  return found
}

/** A file and everything that it imports, directly or not. */
export function closureOf({ files, resolve }: Workspace, file: string): ReadonlySet<string> {
  const reached = new Set([file])
  // A set's iteration goes on to what is added on the way.
  for (const each of reached) {
    for (const item of files.get(each)?.items ?? []) {
      if (item.kind === 'import') reached.add(resolve(each, item.path.value))
    }
  }
  return reached
}

/** The last part of a file's address, as it is read. */
export function fileName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
