import type { ServerConfig } from '../server-config'
import { isInside, parentOf } from '../uri'
import type { Documents } from './documents'
import type { FileWatch } from './file-watch'
import type { FileSystem } from './files'
import type { ImportIndex } from './import-index'
import type { Sources } from './sources'

/** The files that import another one, directly or not. */
interface Importers {
  /** Open ones first, then by their names. */
  readonly files: readonly string[]
  /** False where there may be more: the workspace has not been read yet, or is too large for it. */
  readonly isWhole: boolean
}

/** The workspace's folders and the `.cnn` files in them. */
export interface Project {
  changeFolders(added: readonly string[], removed: readonly string[]): void
  folders(): readonly string[]
  /** The innermost folder that a file lies in. */
  folderOf(uri: string): string | undefined
  /** Finds the files if that has not been done, and reads which of them import which. */
  index(): Promise<void>
  /** Finds the files if that has not been done, reads them and their imports, and returns their URIs, sorted. */
  load(): Promise<readonly string[]>
  importers(uri: string): Importers
  /** The files that a file could import: those of the workspace, or of its own folder where it is in none. */
  neighbours(uri: string): Promise<readonly string[]>
  /** Called when single files appeared or changed on the disk, or went away. */
  filesChanged(present: readonly string[], gone: readonly string[]): void
  /** Forgets which files there are: they are looked for again when they are next needed. */
  forget(): void
}

export interface ProjectNeeds {
  readonly config: ServerConfig
  readonly documents: Documents
  readonly files: FileSystem
  readonly sources: Sources
  readonly imports: ImportIndex
  readonly watch: FileWatch
}

/** Folders that hold no networks of the workspace's own. */
const SKIPPED = /\/(?:node_modules|\.git)\//

export function createProject(needs: ProjectNeeds): Project {
  const { config, documents, files, sources, imports, watch } = needs
  let folders = config.folders
  let finding: Promise<readonly string[]> | undefined
  let isIndexed = false
  let indexing: Promise<void> = Promise.resolve()

  const find = async () => {
    const lists = await Promise.all(folders.map((folder) => files.find(folder)))
    return [...new Set(lists.flat())].sort()
  }
  const forget = () => {
    finding = undefined
  }

  const folderOf = (uri: string) =>
    folders.filter((folder) => isInside(uri, folder)).sort((a, b) => b.length - a.length)[0]

  const list = () => {
    if (!watch.isActive()) forget()
    finding ??= find()
    return finding
  }

  const load = async () => {
    const uris = await list()
    await sources.load(uris)
    return uris
  }

  const index = async () => {
    const current = folders
    const isWhole = await imports.read([...documents.uris(), ...(await list())])
    if (folders === current) isIndexed = isWhole
  }

  return {
    changeFolders(added, removed) {
      folders = [...new Set([...folders.filter((folder) => !removed.includes(folder)), ...added])]
      isIndexed = false
      forget()
    },
    folders: () => folders,
    folderOf,
    index() {
      // One after the other: each drops what it has not found.
      indexing = indexing.catch(() => {}).then(index)
      return indexing
    },
    load,
    importers(uri) {
      const importers = imports.importersOf(uri)
      const isOpen = (file: string) => documents.get(file) !== undefined
      const open = importers.filter(isOpen)
      const others = importers.filter((file) => !isOpen(file)).sort()
      return { files: [...open, ...others], isWhole: isIndexed }
    },
    async neighbours(uri) {
      const others = folderOf(uri) === undefined ? await files.list(parentOf(uri)) : await list()
      const open = documents.uris().filter((each) => each.endsWith('.cnn'))
      return [...new Set([...open, ...others])]
    },
    filesChanged(present, gone) {
      imports.forget([...present, ...gone])
      const own = present.filter((uri) => folderOf(uri) !== undefined && !SKIPPED.test(uri))
      finding = finding?.then((uris) =>
        [...new Set([...uris, ...own])].filter((uri) => !gone.includes(uri)).sort(),
      )
    },
    forget,
  }
}
