import { selectionRange } from '../../features/selection-ranges'
import { encodedLines } from '../encoding'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** What is selected as one; it reads the text alone and answers before an analysis is there. */
export const selectionRangeFeature: Feature = {
  capabilities: () => ({ selectionRangeProvider: true }),
  register({ connection, requests, config, documents }) {
    connection.onSelectionRanges(
      wrapDocumentRequest(
        requests,
        { name: 'selection', empty: null, needs: ['positions'] },
        (uri, { positions }) => {
          const file = documents.tree(uri)
          if (file === undefined) return null
          const lines = encodedLines(file.text, config.encoding)
          return positions.map((position) => selectionRange(file, lines, lines.offset(position)))
        },
      ),
    )
  },
}
