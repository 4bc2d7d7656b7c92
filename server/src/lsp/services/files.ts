import type { Connection, RequestType } from 'vscode-languageserver'
import { type FileParams, REQUESTS_TO_CLIENT } from '../messages'
import type { ServerConfig } from '../server-config'
import { normalizeUri } from '../uri'

/** The file system as the server needs it. */
export interface FileSystem {
  /** The text of a file, undefined when it cannot be read. Never rejects. */
  read(uri: string): Promise<string | undefined>
  /** The `.cnn` files in a folder and below it, sorted. Never rejects. */
  find(folder: string): Promise<readonly string[]>
  /** The `.cnn` files in a folder, but not below it. Never rejects. */
  list(folder: string): Promise<readonly string[]>
}

export interface FileSystemNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  /** Undefined where there is none. */
  readonly disk: FileSystem | undefined
}

/**
 * Reads files on the disk through `disk`, all others by asking the client: those of a workspace that is
 * not on this machine, and all of them in a browser, which has no disk.
 */
export function createFileSystem({ connection, config, disk }: FileSystemNeeds): FileSystem {
  const ask = async <R>(request: RequestType<FileParams, R, void>, uri: string, otherwise: R): Promise<R> =>
    config.servesFiles ? connection.sendRequest(request, { uri }).catch(() => otherwise) : otherwise
  const sorted = (uris: readonly string[]) => uris.map(normalizeUri).sort()
  const client: FileSystem = {
    read: async (uri) => (await ask(REQUESTS_TO_CLIENT.readFile, uri, null)) ?? undefined,
    find: async (folder) => sorted(await ask(REQUESTS_TO_CLIENT.findFiles, folder, [])),
    list: async (folder) => sorted(await ask(REQUESTS_TO_CLIENT.listFiles, folder, [])),
  }
  const holderOf = (uri: string) => (disk !== undefined && uri.startsWith('file:') ? disk : client)
  return {
    read: (uri) => holderOf(uri).read(uri),
    find: (folder) => holderOf(folder).find(folder),
    list: (folder) => holderOf(folder).list(folder),
  }
}
