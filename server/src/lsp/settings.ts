import type { ClientCapabilities, Connection } from 'vscode-languageserver'
import { DidChangeConfigurationNotification } from 'vscode-languageserver'
import { DEFAULT_SETTINGS, readSettings, SECTION, type Settings } from '../features/settings'
import { normalizeUri } from './uri'

/** The settings as the client has them, for a workspace folder or a file outside of all. */
export interface SettingsReader {
  /** Learns what the client can do. */
  initialize(capabilities: ClientCapabilities): void
  /** Registers for changes, where the client wants that. */
  register(): Promise<void>
  of(scope: string | undefined): Promise<Settings>
}

/** `onChange` is called when settings have changed; `log` receives what the client could not answer. */
export function createSettings(
  connection: Connection,
  onChange: () => void,
  log: (message: string) => void,
): SettingsReader {
  let canAsk = false
  let mustRegister = false
  /** What a client that cannot be asked has sent by itself. */
  let sent = DEFAULT_SETTINGS
  let known = new Map<string | undefined, Promise<Settings>>()

  const ask = async (scope: string | undefined): Promise<Settings> => {
    try {
      const item = scope === undefined ? { section: SECTION } : { scopeUri: scope, section: SECTION }
      return readSettings(await connection.workspace.getConfiguration(item))
    } catch (error) {
      log(`The client did not tell its settings: ${error}`)
      return DEFAULT_SETTINGS
    }
  }

  connection.onDidChangeConfiguration(({ settings }) => {
    known = new Map()
    sent = readSettings((settings as Record<string, unknown> | null)?.[SECTION])
    onChange()
  })

  return {
    initialize({ workspace }) {
      canAsk = workspace?.configuration === true
      mustRegister = workspace?.didChangeConfiguration?.dynamicRegistration === true
    },
    async register() {
      if (!mustRegister) return
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION })
    },
    of(scope) {
      if (!canAsk) return Promise.resolve(sent)
      const key = scope === undefined ? undefined : normalizeUri(scope)
      const settings = known.get(key) ?? ask(scope)
      known.set(key, settings)
      return settings
    },
  }
}
