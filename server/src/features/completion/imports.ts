/** Files that can be imported, and the names that a file offers. */
import { CompletionItemKind } from 'vscode-languageserver-types'
import type { Import, Range } from '../../../../grammar/tree'
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
      const path = relativePath(analysis.uri, file)
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

/** `./blocks.cnn`, `../shared/fpn.cnn`: how an import of one file names another; undefined on another file system. */
export function relativePath(from: string, to: string): string | undefined {
  if (NO_PATH.test(from) || NO_PATH.test(to)) return undefined
  const own = from.split('/')
  const other = to.split('/')
  let same = 0
  while (same < own.length - 1 && same < other.length - 1 && own[same] === other[same]) same++
  // Of a URI, scheme and authority are the first three parts.
  if (from.includes('://') ? same < 3 : same === 0 && from.startsWith('/')) return undefined
  const up = own.length - 1 - same
  const steps = [...(up === 0 ? ['.'] : new Array<string>(up).fill('..')), ...other.slice(same)]
  return steps.map(decoded).join('/')
}

/** Paths are written as people read them. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
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
