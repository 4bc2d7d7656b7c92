import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver'
import { LEGEND, semanticTokens, tokenEdits } from '../../features/semantic-tokens'
import { fromRange } from '../../features/support/view'
import { type Checkpoint, wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

const NO_TOKENS: SemanticTokens = { data: [] }

/** Semantic tokens; the last answer for each open document is kept, so that only the differences are sent. */
export const semanticTokenFeature: Feature = {
  capabilities: () => ({ semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true } }),
  register({ connection, requests, documents, analyses }) {
    const options = { name: 'semantic tokens', empty: NO_TOKENS }
    const sent = new Map<string, { readonly resultId: string; readonly data: number[] }>()
    let answers = 0
    documents.onClose((uri) => sent.delete(uri))

    const answer = async (uri: string, checkpoint: Checkpoint) => {
      const view = await analyses.view(uri, checkpoint)
      if (view === undefined) return undefined
      const made = { resultId: String(++answers), data: semanticTokens(view) }
      if (documents.get(uri) !== undefined) sent.set(uri, made)
      return made
    }

    connection.languages.semanticTokens.on(
      wrapDocumentRequest(
        requests,
        options,
        async (uri, _, checkpoint) => (await answer(uri, checkpoint)) ?? NO_TOKENS,
      ),
    )
    connection.languages.semanticTokens.onDelta(
      wrapDocumentRequest(
        requests,
        { ...options, needs: ['previousResultId'] },
        async (uri, { previousResultId }, checkpoint): Promise<SemanticTokens | SemanticTokensDelta> => {
          const before = sent.get(uri)
          const made = await answer(uri, checkpoint)
          if (made === undefined) return NO_TOKENS
          if (before?.resultId !== previousResultId) return made
          return { resultId: made.resultId, edits: tokenEdits(before.data, made.data) }
        },
      ),
    )
    connection.languages.semanticTokens.onRange(
      wrapDocumentRequest(requests, { ...options, needs: ['range'] }, async (uri, { range }, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return NO_TOKENS
        return { data: semanticTokens(view, fromRange(view.lines(uri), range)) }
      }),
    )
  },
}
