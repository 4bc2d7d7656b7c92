import {
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver'
import { codeActions, resolveCodeAction } from '../features/code-actions'
import { format } from '../features/format'
import { formatOnType } from '../features/format-on-type'
import { hover } from '../features/hover'
import { lacksName } from '../features/imports/add'
import { isDeferred, type RefactorOptions } from '../features/refactor'
import type { Settings } from '../features/settings'
import { fromRange } from '../features/view'
import type { Analyses } from './analyses'
import type { Documents } from './documents'
import { type Encoding, encodedLines } from './encoding'
import { registerHints } from './features/hints'
import { registerNavigation, workspaceOf } from './features/navigation'
import { registerOutline } from './features/outline'
import { registerTokens } from './features/tokens'
import { registerWriting } from './features/writing'
import type { Project } from './project'
import { pause, type RequestContext, wrapDocumentRequest, wrapRequest } from './requests'
import type { Sources } from './sources'
import { normalizeUri } from './uri'

/** What the features' requests are served with. */
export interface FeatureContext {
  readonly connection: Connection
  readonly context: RequestContext
  readonly documents: Documents
  readonly sources: Sources
  readonly project: Project
  readonly analyses: Analyses
  readonly settingsOf: (uri: string) => Promise<Settings>
  readonly encoding: () => Encoding
  /** What the client can do, once it has said so. */
  readonly capabilities: () => ClientCapabilities
  /** Whether the client is VS Code, or knows its commands. */
  readonly hasEditorCommands: () => boolean
}

/** Installs the handlers of the requests about one document. */
export function registerFeatures(server: FeatureContext): void {
  const { connection, context, documents, sources, analyses, settingsOf, encoding } = server
  const editor = () => refactorOptions(server)
  registerHints(server)
  registerNavigation(server)
  registerOutline(server)
  registerTokens(server)
  registerWriting(server)

  connection.onHover(
    wrapDocumentRequest(context, { name: 'hover', empty: null }, async (uri, { position }, checkpoint) => {
      const settings = await settingsOf(uri)
      const view = await analyses.view(uri, checkpoint)
      if (view === undefined) return null
      return hover(view, view.lines(uri).offset(position), settings.hover) ?? null
    }),
  )

  connection.onCodeAction(
    wrapDocumentRequest(context, { name: 'code actions', empty: null }, async (uri, params, checkpoint) => {
      const view = await analyses.view(uri, checkpoint)
      if (view === undefined) return null
      const { only, diagnostics } = params.context
      // The other files are of use only to a name that this one lacks.
      const workspace = lacksName(view) ? await workspaceOf(server) : undefined
      const request = { range: params.range, only, diagnostics, workspace, ...editor() }
      const actions: CodeAction[] = []
      // Each action is proven by an analysis, so that others come in between.
      for (const action of codeActions(view, sources.host, request)) {
        actions.push(action)
        await pause()
        checkpoint()
      }
      return actions
    }),
  )
  connection.onCodeActionResolve(async (action, token) => {
    const options = { name: 'code action', empty: action }
    return wrapRequest(context, options, async (_: CodeAction, checkpoint) => {
      const uri: unknown = action.data?.uri
      const view = typeof uri === 'string' ? await analyses.view(normalizeUri(uri), checkpoint) : undefined
      if (view === undefined) return action
      const resolved = resolveCodeAction(view, sources.host, action, editor())
      if (isDeferred(action.data) && resolved.edit === undefined) {
        const message = `${action.title}: not done, since it would change more than that.`
        await connection.sendNotification(ShowMessageNotification.type, {
          type: MessageType.Warning,
          message,
        })
      }
      return resolved
    })(action, token)
  })

  // Formatting reads the text alone, so that saving never waits for an analysis.
  connection.onDocumentFormatting(
    wrapDocumentRequest(context, { name: 'formatting', empty: null }, (uri) => {
      const text = documents.get(uri)?.getText()
      return text === undefined ? null : format(text, encodedLines(text, encoding()))
    }),
  )
  connection.onDocumentOnTypeFormatting(
    wrapDocumentRequest(context, { name: 'formatting on type', empty: null }, (uri, { position, ch }) => {
      const text = documents.get(uri)?.getText()
      if (text === undefined) return null
      const lines = encodedLines(text, encoding())
      return [...formatOnType(text, lines, lines.offset(position), ch)]
    }),
  )
  connection.onDocumentRangeFormatting(
    wrapDocumentRequest(context, { name: 'range formatting', empty: null }, (uri, { range }) => {
      const text = documents.get(uri)?.getText()
      if (text === undefined) return null
      const lines = encodedLines(text, encoding())
      return format(text, lines, fromRange(lines, range))
    }),
  )
}

/** What the client can do for refactorings; the command by which it renames is no part of the protocol. */
function refactorOptions({ capabilities, hasEditorCommands }: FeatureContext): RefactorOptions {
  const resolved = capabilities().textDocument?.codeAction?.resolveSupport?.properties ?? []
  return { renames: hasEditorCommands(), resolves: resolved.includes('edit') }
}
