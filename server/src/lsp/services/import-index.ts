import { importsIn, importsOf } from '../../../../grammar/imports'
import { memo } from '../../../../grammar/memo'
import { pause } from '../requests'
import { resolveImport } from '../uri'
import type { Documents } from './documents'
import type { FileSystem } from './files'

/** How many files are read for their imports; a workspace with more is known in part. */
const MOST_FILES = 10_000

/** How many files are read at a time; between them other messages come first. */
const AT_A_TIME = 32

/** What one import takes from a file. */
interface FileImport {
  readonly file: string
  readonly names: readonly string[]
}

/** Which files import which, as their import lines alone say it: open files as they are in the editor. */
export interface ImportIndex {
  /**
   * Reads the imports of these files and of all that they import, unless they are known, and drops what was known of
   * others. False when there are too many of them.
   */
  read(uris: readonly string[]): Promise<boolean>
  /** The files that import this one, directly or not. */
  importersOf(uri: string): readonly string[]
  /** The names that a file takes from another one. */
  namesTaken(from: string, by: string): readonly string[]
  /** Called when these files changed on the disk. */
  forget(uris: readonly string[]): void
}

export interface ImportIndexNeeds {
  readonly documents: Documents
  readonly files: FileSystem
}

export function createImportIndex({ documents, files }: ImportIndexNeeds): ImportIndex {
  const disk = new Map<string, readonly FileImport[]>()
  const reading = new Map<string, Promise<void>>()
  const inTree = memo(importsOf)
  /** What {@link importing} was made from, beside the files on the disk. */
  let openBefore: string | undefined
  let importing = new Map<string, string[]>()

  const resolved = (uri: string, imports: ReturnType<typeof importsIn>) =>
    imports.map(({ path, names }): FileImport => ({ file: resolveImport(uri, path), names }))

  const importsOfFile = (uri: string): readonly FileImport[] => {
    const tree = documents.tree(uri)
    return tree === undefined ? (disk.get(uri) ?? []) : resolved(uri, inTree(tree))
  }

  const changed = () => {
    openBefore = undefined
  }

  /** When the file changes during a read, the result is dropped. */
  const readOne = (uri: string): Promise<void> => {
    const known = reading.get(uri)
    if (known !== undefined) return known
    const started = files.read(uri).then((text) => {
      if (reading.get(uri) !== started) return
      reading.delete(uri)
      disk.set(uri, text === undefined ? [] : resolved(uri, importsIn(text)))
      changed()
    })
    reading.set(uri, started)
    return started
  }

  /** For each file those that import it directly; made again when an import has changed, not with every edit. */
  const direct = (): ReadonlyMap<string, readonly string[]> => {
    const open = JSON.stringify(documents.uris().map((uri) => [uri, importsOfFile(uri)]))
    if (open === openBefore) return importing
    openBefore = open
    importing = new Map()
    for (const uri of new Set([...documents.uris(), ...[...disk.keys()].sort()])) {
      for (const { file } of importsOfFile(uri)) {
        const others = importing.get(file)
        if (others === undefined) importing.set(file, [uri])
        else if (others.at(-1) !== uri) others.push(uri)
      }
    }
    return importing
  }

  return {
    async read(uris) {
      const reached = new Set(uris)
      const order = [...reached]
      for (let done = 0; done < Math.min(order.length, MOST_FILES); done += AT_A_TIME) {
        const batch = order.slice(done, done + AT_A_TIME)
        const unknown = batch.filter((uri) => !disk.has(uri))
        if (unknown.length > 0) {
          await Promise.all(unknown.map(readOne))
          await pause()
        }
        for (const { file } of batch.flatMap(importsOfFile)) {
          if (reached.has(file)) continue
          reached.add(file)
          order.push(file)
        }
      }
      for (const uri of [...disk.keys()].filter((each) => !reached.has(each))) disk.delete(uri)
      changed()
      return order.length <= MOST_FILES
    },
    importersOf(uri) {
      const by = direct()
      const found = new Set([uri])
      // The iteration goes on to what is added on the way.
      for (const file of found) for (const other of by.get(file) ?? []) found.add(other)
      found.delete(uri)
      return [...found]
    },
    namesTaken: (from, by) => importsOfFile(by).flatMap(({ file, names }) => (file === from ? names : [])),
    forget(uris) {
      for (const uri of uris) {
        reading.delete(uri)
        disk.delete(uri)
      }
      changed()
    },
  }
}
