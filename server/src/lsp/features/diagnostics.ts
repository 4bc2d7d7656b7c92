import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import { wrapDocumentRequest, wrapRequest } from '../requests'
import type { Report } from '../services/reports'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

const NO_PROBLEMS: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] }

/** Diagnostics for clients that ask for them; the service of the same name brings them to all others. */
export const diagnosticFeature: Feature = {
  capabilities: () => ({
    diagnosticProvider: { identifier: 'cnnlint', interFileDependencies: true, workspaceDiagnostics: true },
  }),
  register({ connection, requests, documents, project, reports }) {
    connection.languages.diagnostics.on(
      wrapDocumentRequest(
        requests,
        { name: 'diagnostics', empty: NO_PROBLEMS, stale: askAgain },
        async (uri, { previousResultId }, checkpoint) =>
          toReport(await reports.of(uri, checkpoint), previousResultId),
      ),
    )
    connection.languages.diagnostics.onWorkspace(
      wrapRequest(
        requests,
        { name: 'workspace diagnostics', empty: { items: [] }, needs: ['previousResultIds'] },
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
  },
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
