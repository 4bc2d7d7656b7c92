import { format } from '../../features/format'
import { formatOnType, ON_TYPE } from '../../features/format-on-type'
import { fromRange } from '../../features/support/view'
import { encodedLines } from '../encoding'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** Formatting reads the text alone, so that saving never waits for an analysis. */
export const formattingFeature: Feature = {
  capabilities: () => ({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: ON_TYPE,
  }),
  register({ connection, requests, config, documents }) {
    connection.onDocumentFormatting(
      wrapDocumentRequest(requests, { name: 'formatting', empty: null }, (uri) => {
        const text = documents.get(uri)?.getText()
        return text === undefined ? null : format(text, encodedLines(text, config.encoding))
      }),
    )
    connection.onDocumentRangeFormatting(
      wrapDocumentRequest(
        requests,
        { name: 'range formatting', empty: null, needs: ['range'] },
        (uri, { range }) => {
          const text = documents.get(uri)?.getText()
          if (text === undefined) return null
          const lines = encodedLines(text, config.encoding)
          return format(text, lines, fromRange(lines, range))
        },
      ),
    )
    connection.onDocumentOnTypeFormatting(
      wrapDocumentRequest(
        requests,
        { name: 'formatting on type', empty: null, needs: ['position', 'ch'] },
        (uri, { position, ch }) => {
          const text = documents.get(uri)?.getText()
          if (text === undefined) return null
          const lines = encodedLines(text, config.encoding)
          return [...formatOnType(text, lines, lines.offset(position), ch)]
        },
      ),
    )
  },
}
