import type { InlayHint } from 'vscode-languageserver'
import { inlayHints, type Remembered, resolveInlayHint } from '../../features/inlay-hints'
import { fromRange } from '../../features/support/view'
import { wrapDocumentRequest, wrapRequest } from '../requests'
import type { Services } from '../services'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

export const inlayHintFeature: Feature = {
  capabilities: () => ({ inlayHintProvider: { resolveProvider: true } }),
  register(services) {
    registerList(services)
    registerResolve(services)
  },
}

function registerList({ connection, requests, documents, settings, analyses }: Services) {
  /** By document, what its hints were when its text was last whole. */
  const remembered = new Map<string, Remembered>()
  documents.onClose((uri) => remembered.delete(uri))

  connection.languages.inlayHint.on(
    wrapDocumentRequest(
      requests,
      { name: 'inlay hints', empty: null, needs: ['range'] },
      async (uri, params, checkpoint) => {
        const wanted = (await settings.of(uri)).inlayHints
        if (!wanted.shapes && !wanted.optionNames) return null
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return null
        const range = fromRange(view.lines(uri), params.range)
        const editedLine = documents.editedLine(uri)
        // What is saved, or written by a program, is nothing that is being typed.
        const before = editedLine === undefined ? undefined : remembered.get(uri)
        const answer = inlayHints(view, { range, settings: wanted, editedLine, before })
        if (documents.get(uri) !== undefined) remembered.set(uri, answer.remembered)
        return answer.hints
      },
    ),
  )
}

function registerResolve({ connection, requests, settings, analyses }: Services) {
  connection.languages.inlayHint.resolve(async (hint, token) => {
    const options = { name: 'inlay hint', empty: hint }
    return wrapRequest(requests, options, async (_: InlayHint, checkpoint) => {
      const sent: unknown = hint.data?.uri
      if (typeof sent !== 'string') return hint
      const uri = normalizeUri(sent)
      const view = await analyses.view(uri, checkpoint)
      return view === undefined ? hint : resolveInlayHint(view, hint, (await settings.of(uri)).hover)
    })(hint, token)
  })
}
