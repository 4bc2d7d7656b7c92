import { parse } from '../../../../grammar/parse'
import type { SourceFile } from '../../../../grammar/tree'
import type { Host } from '../../check/analysis'
import { isInside, resolveImport } from '../uri'
import type { Documents } from './documents'
import type { FileWatch } from './file-watch'
import type { FileSystem } from './files'

/** Without a watcher, what was read from the disk is trusted for this many milliseconds. */
export const UNWATCHED_MS = 1000

/** The trees of all files in use: open editors first, then the disk. */
export interface Sources {
  /** Reads what is loaded; evaluation is synchronous and starts after {@link load}. */
  readonly host: Host
  tree(uri: string): SourceFile | undefined
  /** Reads these files and everything that they import, directly or not, unless it is known already. */
  load(uris: readonly string[]): Promise<void>
  /** The file itself and everything that it imports, directly or not, as far as it is loaded; missing files too. */
  closure(uri: string): ReadonlySet<string>
  /** Called when these files, or all in these folders, changed on the disk: they are read again when they are next needed. */
  forget(uris: readonly string[]): void
  /** Whether a file that was read from the disk lies in a folder. */
  hasInside(folder: string): boolean
}

interface DiskFile {
  /** Undefined when there is no such file. */
  readonly tree: SourceFile | undefined
  readonly readAt: number
}

export interface SourcesNeeds {
  readonly documents: Documents
  readonly files: FileSystem
  readonly watch: FileWatch
}

export function createSources({ documents, files, watch }: SourcesNeeds): Sources {
  const disk = new Map<string, DiskFile>()
  const reading = new Map<string, Promise<void>>()
  const imported = new WeakMap<SourceFile, readonly string[]>()
  let closures = new Map<string, ReadonlySet<string>>()

  const tree = (uri: string) => documents.tree(uri) ?? disk.get(uri)?.tree

  const isKnown = (uri: string, since: number) => {
    if (documents.get(uri) !== undefined) return true
    const oldest = watch.isActive() ? Number.NEGATIVE_INFINITY : since - UNWATCHED_MS
    return (disk.get(uri)?.readAt ?? Number.NEGATIVE_INFINITY) > oldest
  }

  /** When the file changes during a read, the result is dropped: the next round of {@link load} reads again. */
  const read = (uri: string): Promise<void> => {
    const known = reading.get(uri)
    if (known !== undefined) return known
    const started = files.read(uri).then((text) => {
      if (reading.get(uri) !== started) return
      reading.delete(uri)
      const before = disk.get(uri)
      const same = before !== undefined && before.tree?.text === text
      disk.set(uri, {
        tree: same ? before.tree : text === undefined ? undefined : parse(text),
        readAt: Date.now(),
      })
      if (!same) closures = new Map()
    })
    reading.set(uri, started)
    return started
  }

  const importsOf = (uri: string): readonly string[] => {
    const file = tree(uri)
    if (file === undefined) return []
    const known = imported.get(file)
    if (known !== undefined) return known
    const found = file.items.flatMap((item) =>
      item.kind === 'import' ? [resolveImport(uri, item.path.value)] : [],
    )
    imported.set(file, found)
    return found
  }

  const closure = (uri: string): ReadonlySet<string> => {
    const known = closures.get(uri)
    if (known !== undefined) return known
    const reached = new Set([uri])
    // Iterating over a set reaches what is added during the iteration.
    for (const file of reached) for (const path of importsOf(file)) reached.add(path)
    closures.set(uri, reached)
    return reached
  }

  const forget = (uris: readonly string[]) => {
    const known = [...disk.keys(), ...reading.keys()]
    const inside = uris.flatMap((uri) => (disk.has(uri) ? [] : known.filter((file) => isInside(file, uri))))
    for (const uri of [...uris, ...inside]) {
      reading.delete(uri)
      const file = disk.get(uri)
      // The tree stays: it stays in use when the text is still the same.
      if (file !== undefined) disk.set(uri, { ...file, readAt: Number.NEGATIVE_INFINITY })
    }
  }

  documents.onChange(() => {
    closures = new Map()
  })
  documents.onClose((uri) => {
    closures = new Map()
    forget([uri])
  })

  return {
    host: { file: tree, resolve: resolveImport, refuses: files.refuses },
    tree,
    closure,
    async load(uris) {
      const since = Date.now()
      for (;;) {
        const reached = new Set(uris.flatMap((uri) => [...closure(uri)]))
        const unknown = [...reached].filter((uri) => !isKnown(uri, since))
        if (unknown.length === 0) return
        await Promise.all(unknown.map(read))
      }
    },
    forget,
    hasInside: (folder) => [...disk.keys()].some((file) => isInside(file, folder)),
  }
}
