import type { InlayHint, ServerCapabilities } from 'vscode-languageserver'
import { codeLenses } from '../../features/code-lens'
import { inlayHints, type Remembered, resolveInlayHint } from '../../features/inlay-hints'
import { tryLenses } from '../../features/try-lens'
import { fromRange } from '../../features/view'
import type { FeatureContext } from '../features'
import { wrapDocumentRequest, wrapRequest } from '../requests'
import { normalizeUri } from '../uri'

export const HINT_CAPABILITIES: ServerCapabilities = {
  codeLensProvider: {},
  inlayHintProvider: { resolveProvider: true },
}

/** What is shown above the lines and in them. */
export function registerHints({
  connection,
  context,
  documents,
  analyses,
  settingsOf,
}: FeatureContext): void {
  /** By document, what its hints were when its text was last whole. */
  const remembered = new Map<string, Remembered>()
  documents.onClose((uri) => remembered.delete(uri))

  connection.onCodeLens(
    wrapDocumentRequest(context, { name: 'code lens', empty: null }, async (uri, _, checkpoint) => {
      const { codeLens } = await settingsOf(uri)
      const view = codeLens.enable ? await analyses.view(uri, checkpoint) : undefined
      return view === undefined ? null : [...codeLenses(view, codeLens), ...tryLenses(view, codeLens)]
    }),
  )

  connection.languages.inlayHint.on(
    wrapDocumentRequest(context, { name: 'inlay hints', empty: null }, async (uri, params, checkpoint) => {
      const { inlayHints: settings } = await settingsOf(uri)
      if (!settings.shapes && !settings.optionNames) return null
      const view = await analyses.view(uri, checkpoint)
      if (view === undefined) return null
      const range = fromRange(view.lines(uri), params.range)
      const editedLine = documents.editedLine(uri)
      const answer = inlayHints(view, { range, settings, editedLine, before: remembered.get(uri) })
      if (documents.get(uri) !== undefined) remembered.set(uri, answer.remembered)
      return answer.hints
    }),
  )
  connection.languages.inlayHint.resolve(async (hint, token) => {
    const options = { name: 'inlay hint', empty: hint }
    return wrapRequest(context, options, async (_: InlayHint, checkpoint) => {
      const sent: unknown = hint.data?.uri
      if (typeof sent !== 'string') return hint
      const uri = normalizeUri(sent)
      const view = await analyses.view(uri, checkpoint)
      return view === undefined ? hint : resolveInlayHint(view, hint, (await settingsOf(uri)).hover)
    })(hint, token)
  })
}
