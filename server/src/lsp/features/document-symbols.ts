import { documentSymbols } from '../../features/document-symbols'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const documentSymbolFeature: Feature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  register({ connection, requests, analyses }) {
    connection.onDocumentSymbol(
      wrapDocumentRequest(requests, { name: 'document symbols', empty: null }, async (uri, _, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        return view === undefined ? null : documentSymbols(view)
      }),
    )
  },
}
