import type { ServerCapabilities } from 'vscode-languageserver'
import { documentLinks } from '../../features/document-links'
import { documentSymbols } from '../../features/document-symbols'
import { foldingRanges } from '../../features/folding'
import { selectionRange } from '../../features/selection-ranges'
import { encodedLines } from '../encoding'
import type { FeatureContext } from '../features'
import { wrapDocumentRequest } from '../requests'

export const OUTLINE_CAPABILITIES: ServerCapabilities = {
  documentSymbolProvider: true,
  documentLinkProvider: {},
  foldingRangeProvider: true,
  selectionRangeProvider: true,
}

/** What a file is made of: its symbols and links, and what folds or is selected as one. */
export function registerOutline({
  connection,
  context,
  documents,
  analyses,
  encoding,
}: FeatureContext): void {
  connection.onDocumentSymbol(
    wrapDocumentRequest(context, { name: 'document symbols', empty: null }, async (uri, _, checkpoint) => {
      const view = await analyses.view(uri, checkpoint)
      return view === undefined ? null : documentSymbols(view)
    }),
  )
  connection.onDocumentLinks(
    wrapDocumentRequest(context, { name: 'document links', empty: null }, async (uri, _, checkpoint) => {
      const view = await analyses.view(uri, checkpoint)
      return view === undefined ? null : documentLinks(view)
    }),
  )

  // Both read the text alone: they answer before an analysis is there.
  connection.onFoldingRanges(
    wrapDocumentRequest(context, { name: 'folding', empty: null }, (uri) => {
      const file = documents.tree(uri)
      return file === undefined ? null : foldingRanges(file, encodedLines(file.text, encoding()))
    }),
  )
  connection.onSelectionRanges(
    wrapDocumentRequest(context, { name: 'selection', empty: null }, (uri, { positions }) => {
      const file = documents.tree(uri)
      if (file === undefined) return null
      const lines = encodedLines(file.text, encoding())
      return positions.map((position) => selectionRange(file, lines, lines.offset(position)))
    }),
  )
}
