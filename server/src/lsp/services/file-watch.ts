import { type Connection, DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver'
import { CONFIG_FILE } from '../../config/names'
import type { ServerConfig } from '../server-config'

/** Whether the client tells of files that change on the disk. */
export interface FileWatch {
  /** Asks the client to tell, where it can. */
  start(): Promise<void>
  /** False until the client has agreed. */
  isActive(): boolean
}

export interface FileWatchNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
}

export function createFileWatch({ connection, config }: FileWatchNeeds): FileWatch {
  let isActive = false
  return {
    async start() {
      if (!config.registers.watchedFiles) return
      const watchers = [
        ...['**/*.cnn', `**/${CONFIG_FILE}`].map((globPattern) => ({ globPattern })),
        // Of a folder that is deleted, clients tell the folder alone.
        { globPattern: '**', kind: WatchKind.Delete },
      ]
      isActive = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).then(
        () => true,
        () => false,
      )
    },
    isActive: () => isActive,
  }
}
