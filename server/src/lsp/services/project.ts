import type { ServerConfig } from '../server-config'
import { isInside, parentOf } from '../uri'
import type { Documents } from './documents'
import type { FileWatch } from './file-watch'
import type { FileSystem } from './files'
import type { Sources } from './sources'

/** The workspace's folders and the `.cnn` files in them. */
export interface Project {
  changeFolders(added: readonly string[], removed: readonly string[]): void
  folders(): readonly string[]
  /** The innermost folder that a file lies in. */
  folderOf(uri: string): string | undefined
  /** Finds the files if that has not been done, reads them and their imports, and returns their URIs, sorted. */
  load(): Promise<readonly string[]>
  /**
   * The files that import this one, directly or not: open ones first. None for a file that is not open: the
   * problems in it that a call causes are shown in the importer, at the call.
   */
  importers(uri: string): readonly string[]
  /** The files that a file could import: those of the workspace, or of its own folder where it is in none. */
  neighbours(uri: string): Promise<readonly string[]>
  /** Forgets which files there are: they are looked for again when they are next needed. */
  forget(): void
}

export interface ProjectNeeds {
  readonly config: ServerConfig
  readonly documents: Documents
  readonly files: FileSystem
  readonly sources: Sources
  readonly watch: FileWatch
}

export function createProject({ config, documents, files, sources, watch }: ProjectNeeds): Project {
  let folders = config.folders
  let found: readonly string[] = []
  let finding: Promise<readonly string[]> | undefined

  const find = async () => {
    const lists = await Promise.all(folders.map((folder) => files.find(folder)))
    return [...new Set(lists.flat())].sort()
  }
  const forget = () => {
    finding = undefined
  }

  const folderOf = (uri: string) =>
    folders.filter((folder) => isInside(uri, folder)).sort((a, b) => b.length - a.length)[0]

  const load = async () => {
    if (!watch.isActive()) forget()
    const current = finding ?? find()
    finding = current
    const uris = await current
    await sources.load(uris)
    // When something changed during the search, its result is still returned, but not kept.
    if (finding === current) found = uris
    return uris
  }

  return {
    changeFolders(added, removed) {
      folders = [...new Set([...folders.filter((folder) => !removed.includes(folder)), ...added])]
      forget()
    },
    folders: () => folders,
    folderOf,
    load,
    importers(uri) {
      if (documents.get(uri) === undefined) return []
      const candidates = new Set([...documents.uris(), ...found])
      return [...candidates].filter((file) => file !== uri && sources.closure(file).has(uri))
    },
    async neighbours(uri) {
      const others = folderOf(uri) === undefined ? await files.list(parentOf(uri)) : await load()
      const open = documents.uris().filter((each) => each.endsWith('.cnn'))
      return [...new Set([...open, ...others])]
    },
    forget,
  }
}
