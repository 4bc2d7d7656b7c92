import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import { isConfigFile } from '../config/names'
import type { ConfigDiagnostics } from './config-diagnostics'
import type { Documents } from './documents'
import type { Project } from './project'
import type { Report, Reports } from './reports'
import {
  type Checkpoint,
  describeError,
  type RequestContext,
  wrapDocumentRequest,
  wrapRequest,
} from './requests'
import { normalizeUri } from './uri'

/** How long texts must rest before clients hear of what changed elsewhere, and, if they do not ask, at all. */
const REST_MS = 120

/** Brings diagnostics to the client: it asks for them, or else they are published. */
export interface DiagnosticsService {
  initialize(capabilities: ClientCapabilities): void
  /** Takes note that something changed; `edited` is the open document in which it did. */
  changed(edited?: string): void
  closed(uri: string): void
  /** Brings the diagnostics of files that need not be open to the client. */
  show(uris: readonly string[]): Promise<void>
  stop(): void
}

const NO_PROBLEMS: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] }

export function createDiagnostics(
  connection: Connection,
  context: RequestContext,
  documents: Documents,
  project: Project,
  reports: Reports,
  configs: ConfigDiagnostics,
): DiagnosticsService {
  let pulls = false
  let refreshes = false
  let refreshViews: (() => Promise<void>)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let edited = new Set<string>()
  /** Files whose diagnostics were published though they are not open. */
  const published = new Set<string>()

  /** Publishes what a file has now; a report that an edit overtakes is dropped, as the edit brings another. */
  const publish = async (uri: string) => {
    const version = documents.get(uri)?.version
    const overtaken = new Error('overtaken')
    const checkpoint: Checkpoint = () => {
      if (documents.get(uri)?.version !== version) throw overtaken
    }
    try {
      const { items } = await reports.of(uri, checkpoint)
      checkpoint()
      const name = documents.get(uri)?.uri ?? uri
      const params = { uri: name, diagnostics: items }
      await connection.sendDiagnostics(version === undefined ? params : { ...params, version })
    } catch (error) {
      if (error !== overtaken) context.log(`diagnostics failed: ${describeError(error)}`)
    }
  }

  const refresh = () => {
    // A client that does not know the request has said so in its capabilities; one that fails it is left alone.
    if (refreshes) connection.languages.diagnostics.refresh().catch(() => {})
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
    if (!pulls) for (const uri of new Set([...typed, ...outdated])) await publish(uri)
    else if (outdated.length > 0) refresh()
    await configs.update()
  }

  const changed = (uri?: string) => {
    if (uri !== undefined && !isConfigFile(uri)) edited.add(uri)
    clearTimeout(timer)
    timer = setTimeout(() => {
      settle().catch((error) => context.log(`diagnostics failed: ${describeError(error)}`))
    }, REST_MS)
  }

  connection.languages.diagnostics.on(
    wrapDocumentRequest(
      context,
      { name: 'diagnostics', empty: NO_PROBLEMS, stale: askAgain },
      async (uri, { previousResultId }, checkpoint) =>
        toReport(await reports.of(uri, checkpoint), previousResultId),
    ),
  )

  connection.languages.diagnostics.onWorkspace(
    wrapRequest(
      context,
      { name: 'workspace diagnostics', empty: { items: [] } },
      async ({ previousResultIds }, checkpoint) => {
        const previous = new Map(previousResultIds.map(({ uri, value }) => [normalizeUri(uri), value]))
        const items: WorkspaceDocumentDiagnosticReport[] = []
        // A file that was reported and is gone has no problems any more.
        for (const uri of new Set([...(await project.load()), ...previous.keys()])) {
          const report = toReport(await reports.peek(uri, checkpoint), previous.get(uri))
          items.push({ ...report, uri, version: documents.get(uri)?.version ?? null })
        }
        return { items }
      },
    ),
  )

  return {
    initialize({ textDocument, workspace }) {
      pulls = textDocument?.diagnostic !== undefined
      refreshes = workspace?.diagnostics?.refreshSupport === true
      refreshViews = [
        ...(workspace?.inlayHint?.refreshSupport ? [() => connection.languages.inlayHint.refresh()] : []),
        ...(workspace?.semanticTokens?.refreshSupport
          ? [() => connection.languages.semanticTokens.refresh()]
          : []),
        ...(workspace?.codeLens?.refreshSupport
          ? [() => connection.sendRequest(CodeLensRefreshRequest.type)]
          : []),
      ]
    },
    changed,
    closed(uri) {
      if (pulls || published.has(uri) || isConfigFile(uri)) changed()
      else void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
    async show(uris) {
      if (pulls) return refresh()
      for (const uri of uris) {
        published.add(uri)
        await publish(uri)
      }
    },
    stop: () => clearTimeout(timer),
  }
}

type FileReport = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport

function toReport({ resultId, items }: Report, previous: string | undefined): FileReport {
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items }
}

/** Clients take an empty answer for an empty list of problems; this one makes them ask again. */
function askAgain() {
  const data = { retriggerRequest: true }
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'The document changed while it was checked.', data)
}
