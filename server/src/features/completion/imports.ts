/** Files that can be imported, and the names that a file offers. */

import { CompletionItemKind } from 'vscode-languageserver-types'
import type { Import, Range } from '../../../../grammar/tree'
import { relativePath } from '../imports/text'
import type { View } from '../support/view'
import type { Proposal } from './item'

const KINDS = {
  block: CompletionItemKind.Class,
  network: CompletionItemKind.Module,
  constant: CompletionItemKind.Constant,
} as const

/**
 * The paths of the files, the nearest first; without `content`, the quotes are not written yet. What imports the
 * file already would make a circle.
 */
export function importPaths(
  { analysis, importers }: View,
  files: readonly string[],
  content: Range | undefined,
): readonly Proposal[] {
  const circular = new Set([analysis.uri, ...importers.map(({ uri }) => uri)])
  return files
    .filter((file) => !circular.has(file))
    .flatMap((file) => {
      const path = importPath(analysis.uri, file)
      return path === undefined ? [] : [{ file, path }]
    })
    .sort((a, b) => distance(a.path) - distance(b.path) || (a.path < b.path ? -1 : 1))
    .map(({ file, path }) => ({
      label: path,
      kind: CompletionItemKind.File,
      documented: { kind: 'file', file },
      ...(content === undefined ? { text: `"${path}"` } : { range: content }),
    }))
}

/** How many folders lie between: those to go up weigh more. */
function distance(path: string): number {
  const steps = path.split('/')
  return steps.length + 2 * steps.filter((step) => step === '..').length
}

/** A URI without an authority, as unsaved documents have it, lies in no folder. */
const NO_PATH = /^[a-z][\w+.-]*:(?!\/\/)/i

/** How an import of one file names another; undefined on another file system, or where one has no folder. */
function importPath(from: string, to: string): string | undefined {
  return NO_PATH.test(from) || NO_PATH.test(to) ? undefined : relativePath(from, to)
}

/** The names that the imported file declares and the import does not name yet. */
export function importableNames({ analysis, resolve }: View, node: Import, at: number): readonly Proposal[] {
  const file = resolve(analysis.uri, node.path.value)
  const taken = new Set(node.names.flatMap(({ name }) => (name.start === at ? [] : [name.name])))
  return (analysis.files.get(file)?.items ?? []).flatMap((item): Proposal[] => {
    if (item.kind === 'import' || item.name.name === '' || taken.has(item.name.name)) return []
    const { name } = item.name
    return [
      {
        label: name,
        kind: KINDS[item.kind],
        detail: item.kind,
        documented: { kind: 'imported', name, file },
      },
    ]
  })
}
