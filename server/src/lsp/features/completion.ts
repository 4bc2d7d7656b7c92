import { type CompletionItem, type CompletionParams, CompletionTriggerKind } from 'vscode-languageserver'
import { asksForPath, completion, resolveCompletion, TRIGGERS } from '../../features/completion'
import { wrapRequest } from '../requests'
import type { Services } from '../services'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

export const completionFeature: Feature = {
  capabilities: () => ({
    completionProvider: {
      triggerCharacters: [...TRIGGERS],
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
  }),
  register(services) {
    registerList(services)
    registerResolve(services)
  },
}

/**
 * A client filters one answer while its user goes on typing. So an answer about the text one letter ago is still
 * useful, and an edit in the meantime does not make it stale.
 */
function registerList({ connection, requests, config, project, analyses }: Services) {
  const answer = async (params: CompletionParams, checkpoint: () => void) => {
    const uri = normalizeUri(params.textDocument.uri)
    const view = await analyses.view(uri, checkpoint)
    if (view === undefined) return null
    const offset = view.lines(uri).offset(params.position)
    const files = asksForPath(view, offset) ? await project.neighbours(uri) : []
    const isTyped = params.context?.triggerKind === CompletionTriggerKind.TriggerCharacter
    const trigger = isTyped ? params.context?.triggerCharacter : undefined
    return completion(view, { offset, trigger, files, support: config.completion })
  }
  connection.onCompletion(
    wrapRequest(requests, { name: 'completion', empty: null, needs: ['textDocument', 'position'] }, answer),
  )
}

function registerResolve({ connection, requests, analyses }: Services) {
  connection.onCompletionResolve(async (item, token) => {
    const options = { name: 'completion item', empty: item }
    return wrapRequest(requests, options, async (_: CompletionItem, checkpoint) => {
      const uri: unknown = item.data?.uri
      const view = typeof uri === 'string' ? await analyses.view(normalizeUri(uri), checkpoint) : undefined
      return view === undefined ? item : resolveCompletion(view, item)
    })(item, token)
  })
}
