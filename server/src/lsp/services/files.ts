import type { Connection, RequestType } from 'vscode-languageserver'
import { type FileParams, REQUESTS_TO_CLIENT } from '../messages'
import type { ServerConfig } from '../server-config'
import { isInside, normalizeUri } from '../uri'

/** Files where they lie: on the disk, or with the client. */
export interface FileStore {
  /** The text of a file, undefined when it cannot be read. Never rejects. */
  read(uri: string): Promise<string | undefined>
  /** The `.cnn` files in a folder and below it, sorted. Never rejects. */
  find(folder: string): Promise<readonly string[]>
  /** The `.cnn` files in a folder, but not below it. Never rejects. */
  list(folder: string): Promise<readonly string[]>
  /** Where links lead to: the address of the file or folder itself; undefined where there is none. Never rejects. */
  target?(uri: string): Promise<string | undefined>
}

/** The file system as the server needs it. */
export interface FileSystem extends Omit<FileStore, 'target'> {
  /** Whether a file is not read for its place, wherever a link to it may lie. */
  refuses(uri: string): boolean
}

export interface FileSystemNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  /** Undefined where there is none. */
  readonly disk: FileStore | undefined
  /** The workspace's folders as they are now. */
  readonly folders: () => readonly string[]
}

/**
 * Reads files on the disk through `disk`, all others by asking the client: those of a workspace that is
 * not on this machine, and all of them in a browser, which has no disk.
 */
export function createFileSystem({ connection, config, disk, folders }: FileSystemNeeds): FileSystem {
  const ask = async <R>(request: RequestType<FileParams, R, void>, uri: string, otherwise: R): Promise<R> =>
    config.servesFiles ? connection.sendRequest(request, { uri }).catch(() => otherwise) : otherwise
  const sorted = (uris: readonly string[]) => uris.map(normalizeUri).sort()
  const client: FileStore = {
    read: async (uri) => (await ask(REQUESTS_TO_CLIENT.readFile, uri, null)) ?? undefined,
    find: async (folder) => sorted(await ask(REQUESTS_TO_CLIENT.findFiles, folder, [])),
    list: async (folder) => sorted(await ask(REQUESTS_TO_CLIENT.listFiles, folder, [])),
  }
  const holderOf = (uri: string) => (disk !== undefined && uri.startsWith('file:') ? disk : client)
  const refuses = (uri: string) => config.isRestricted && !folders().some((folder) => isInside(uri, folder))
  /** A link in the workspace must not lead out of it either. */
  const leadsOut = async (uri: string) => {
    const { target } = holderOf(uri)
    if (!config.isRestricted || target === undefined) return false
    const [file, ...roots] = await Promise.all([uri, ...folders()].map(target))
    return file !== undefined && !roots.some((root) => root !== undefined && isInside(file, root))
  }
  return {
    refuses,
    read: async (uri) => (refuses(uri) || (await leadsOut(uri)) ? undefined : holderOf(uri).read(uri)),
    find: (folder) => holderOf(folder).find(folder),
    list: (folder) => holderOf(folder).list(folder),
  }
}
