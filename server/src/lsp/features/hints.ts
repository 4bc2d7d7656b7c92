import type { ServerCapabilities } from 'vscode-languageserver'
import { codeLenses } from '../../features/codeLens'
import type { FeatureContext } from '../features'
import { wrapDocumentRequest } from '../requests'

export const HINT_CAPABILITIES: ServerCapabilities = {
  codeLensProvider: {},
}

/** What is shown between the lines and behind them. */
export function registerHints({ connection, context, analyses, settingsOf }: FeatureContext): void {
  connection.onCodeLens(
    wrapDocumentRequest(context, { name: 'code lens', empty: null }, async (uri, _, checkpoint) => {
      const { codeLens } = await settingsOf(uri)
      const view = codeLens.enable ? await analyses.view(uri, checkpoint) : undefined
      return view === undefined ? null : codeLenses(view, codeLens)
    }),
  )
}
