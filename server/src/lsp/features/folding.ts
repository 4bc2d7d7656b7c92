import { foldingRanges } from '../../features/folding'
import { encodedLines } from '../encoding'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** Folding reads the text alone: it answers before an analysis is there. */
export const foldingFeature: Feature = {
  capabilities: () => ({ foldingRangeProvider: true }),
  register({ connection, requests, config, documents }) {
    connection.onFoldingRanges(
      wrapDocumentRequest(requests, { name: 'folding', empty: null }, (uri) => {
        const file = documents.tree(uri)
        return file === undefined ? null : foldingRanges(file, encodedLines(file.text, config.encoding))
      }),
    )
  },
}
