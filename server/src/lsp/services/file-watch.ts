import { type Connection, DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver'
import { CONFIG_FILE } from '../../config/names'
import type { ServerConfig } from '../server-config'

/** Whether the client reports files that change on the disk. */
export interface FileWatch {
  /** Asks the client to report them, where it can. */
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
        // When a folder is deleted, clients report the folder alone.
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
