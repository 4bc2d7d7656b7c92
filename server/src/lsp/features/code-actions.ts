import { type CodeAction, CodeActionKind, MessageType, ShowMessageNotification } from 'vscode-languageserver'
import { codeActions, FIX_ALL, resolveCodeAction } from '../../features/code-actions'
import { lacksName } from '../../features/imports/add'
import { isDeferred, REFACTOR_KINDS } from '../../features/refactor'
import { pause, wrapDocumentRequest, wrapRequest } from '../requests'
import type { Services } from '../services'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

const KINDS = [CodeActionKind.QuickFix, CodeActionKind.SourceOrganizeImports, FIX_ALL, ...REFACTOR_KINDS]

export const codeActionFeature: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: KINDS, resolveProvider: true } }),
  register(services) {
    registerList(services)
    registerResolve(services)
  },
}

function registerList({ connection, requests, config, sources, analyses, workspaceTrees }: Services) {
  connection.onCodeAction(
    wrapDocumentRequest(
      requests,
      { name: 'code actions', empty: null, needs: ['range', 'context'] },
      async (uri, params, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return null
        const { only, diagnostics } = params.context
        // The other files are needed only when this one uses a name that it does not define.
        const workspace = lacksName(view) ? await workspaceTrees.all() : undefined
        const request = { range: params.range, only, diagnostics, workspace, ...config.refactoring }
        const actions: CodeAction[] = []
        // Each action is proven by an analysis, so other requests are let in between.
        for (const action of codeActions(view, sources.host, request)) {
          actions.push(action)
          await pause()
          checkpoint()
        }
        return actions
      },
    ),
  )
}

function registerResolve({ connection, requests, config, sources, analyses }: Services) {
  connection.onCodeActionResolve(async (action, token) => {
    const options = { name: 'code action', empty: action }
    return wrapRequest(requests, options, async (_: CodeAction, checkpoint) => {
      const uri: unknown = action.data?.uri
      const view = typeof uri === 'string' ? await analyses.view(normalizeUri(uri), checkpoint) : undefined
      if (view === undefined) return action
      const resolved = resolveCodeAction(view, sources.host, action, config.refactoring)
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
}
