import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver'
import { DEFAULT_SETTINGS, readSettings, SECTION, type Settings } from '../../features/support/settings'
import type { ServerConfig } from '../server-config'
import type { Project } from './project'

/** The settings as the client has them; they are those of a workspace folder, or of a file outside of all. */
export interface SettingsReader {
  /** Registers for changes, where the client wants that. */
  register(): Promise<void>
  /** The settings that hold for a file. */
  of(uri: string): Promise<Settings>
  /** Called when settings have changed. */
  onChange(listener: () => void): void
}

export interface SettingsNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  readonly project: Project
  /** Receives what the client could not answer. */
  readonly log: (message: string) => void
}

export function createSettings({ connection, config, project, log }: SettingsNeeds): SettingsReader {
  const listeners: (() => void)[] = []
  /** What a client that cannot be asked has sent by itself. */
  let sent = DEFAULT_SETTINGS
  let known = new Map<string, Promise<Settings>>()

  const ask = async (scopeUri: string): Promise<Settings> => {
    try {
      return readSettings(await connection.workspace.getConfiguration({ scopeUri, section: SECTION }))
    } catch (error) {
      log(`The client did not send its settings: ${error}`)
      return DEFAULT_SETTINGS
    }
  }

  connection.onDidChangeConfiguration(({ settings }) => {
    known = new Map()
    sent = readSettings((settings as Record<string, unknown> | null)?.[SECTION])
    for (const listener of listeners) listener()
  })

  return {
    async register() {
      if (!config.registers.settings) return
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION })
    },
    of(uri) {
      if (!config.answersSettings) return Promise.resolve(sent)
      const scope = project.folderOf(uri) ?? uri
      const settings = known.get(scope) ?? ask(scope)
      known.set(scope, settings)
      return settings
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
