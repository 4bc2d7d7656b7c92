import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver'
import { isConfigFile } from '../../config/names'
import { type Checkpoint, describeError } from '../requests'
import type { ServerConfig } from '../server-config'
import type { ConfigDiagnostics } from './config-diagnostics'
import type { Documents } from './documents'
import type { Reports } from './reports'
import type { SettingsReader } from './settings'
import type { Tried } from './tried'

/** For how many milliseconds nothing may change before diagnostics are published, or clients asked to request them. */
const REST_MS = 120

/** Brings diagnostics to the client: it is asked to request them, or else they are published. */
export interface DiagnosticsService {
  /** Called when something changed; `edited` is the open document in which it did. */
  changed(edited?: string): void
  /** Brings the diagnostics of files that need not be open to the client. */
  show(uris: readonly string[]): Promise<void>
  stop(): void
}

export interface DiagnosticsNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  readonly log: (message: string) => void
  readonly documents: Documents
  readonly settings: SettingsReader
  readonly tried: Tried
  readonly reports: Reports
  readonly configDiagnostics: ConfigDiagnostics
}

export function createDiagnostics(needs: DiagnosticsNeeds): DiagnosticsService {
  const { connection, documents, reports, configDiagnostics, log } = needs
  const { pullsDiagnostics, refreshes } = needs.config
  const refreshViews = [
    ...(refreshes.inlayHints ? [() => connection.languages.inlayHint.refresh()] : []),
    ...(refreshes.semanticTokens ? [() => connection.languages.semanticTokens.refresh()] : []),
    ...(refreshes.codeLenses ? [() => connection.sendRequest(CodeLensRefreshRequest.type)] : []),
  ]
  let timer: ReturnType<typeof setTimeout> | undefined
  let edited = new Set<string>()
  /** Files whose diagnostics were published though they are not open. */
  const published = new Set<string>()

  /** Publishes what a file has now. A report is dropped when an edit comes first, as the edit causes another one. */
  const publish = async (uri: string) => {
    const version = documents.get(uri)?.version
    const revision = documents.revision(uri)
    const overtaken = new Error('overtaken')
    const checkpoint: Checkpoint = () => {
      if (documents.revision(uri) !== revision) throw overtaken
    }
    try {
      const { items } = await reports.of(uri, checkpoint)
      checkpoint()
      const name = documents.get(uri)?.uri ?? uri
      const params = { uri: name, diagnostics: items }
      await connection.sendDiagnostics(version === undefined ? params : { ...params, version })
    } catch (error) {
      if (error !== overtaken) log(`diagnostics failed: ${describeError(error)}`)
    }
  }

  const refresh = () => {
    // A client that does not know the request has said so in its capabilities. When the request fails, it is not repeated.
    if (refreshes.diagnostics) connection.languages.diagnostics.refresh().catch(() => {})
  }

  /** What is shown in the text of a file may change with other files and with the settings too. */
  const refreshAll = () => {
    for (const refreshView of refreshViews) refreshView().catch(() => {})
  }

  const settle = async () => {
    const typed = edited
    edited = new Set()
    const outdated = await reports.outdated([...documents.uris(), ...published])
    if (outdated.length > 0) refreshAll()
    if (!pullsDiagnostics) for (const uri of new Set([...typed, ...outdated])) await publish(uri)
    else if (outdated.length > 0) refresh()
    await configDiagnostics.update()
  }

  const changed = (uri?: string) => {
    if (uri !== undefined && !isConfigFile(uri)) edited.add(uri)
    clearTimeout(timer)
    timer = setTimeout(() => {
      settle().catch((error) => log(`diagnostics failed: ${describeError(error)}`))
    }, REST_MS)
  }

  const closed = (uri: string) => {
    if (pullsDiagnostics || published.has(uri) || isConfigFile(uri)) changed()
    else void connection.sendDiagnostics({ uri, diagnostics: [] })
  }

  documents.onChange(changed)
  documents.onClose(closed)
  needs.settings.onChange(() => changed())
  needs.tried.onChange(changed)

  return {
    changed,
    async show(uris) {
      if (pullsDiagnostics) return refresh()
      for (const uri of uris) {
        published.add(uri)
        await publish(uri)
      }
    },
    stop: () => clearTimeout(timer),
  }
}
