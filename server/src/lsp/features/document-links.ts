import { documentLinks } from '../../features/document-links'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const documentLinkFeature: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register({ connection, requests, analyses }) {
    connection.onDocumentLinks(
      wrapDocumentRequest(requests, { name: 'document links', empty: null }, async (uri, _, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        return view === undefined ? null : documentLinks(view)
      }),
    )
  },
}
