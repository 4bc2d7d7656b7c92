import { documentHighlight } from '../../features/navigation/highlight'
import { references } from '../../features/navigation/references'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** Where a name is used: in all files, or in one for the editor to highlight. */
export const referencesFeature: Feature = {
  capabilities: () => ({ referencesProvider: true, documentHighlightProvider: true }),
  register({ connection, requests, workspaceTrees }) {
    connection.onReferences(
      wrapDocumentRequest(
        requests,
        { name: 'references', empty: null, needs: ['position', 'context'] },
        async (uri, params) => {
          const workspace = await workspaceTrees.all()
          const offset = workspace.lines(uri).offset(params.position)
          return references(workspace, uri, offset, params.context)
        },
      ),
    )
    connection.onDocumentHighlight(
      wrapDocumentRequest(
        requests,
        { name: 'highlights', empty: null, needs: ['position'] },
        async (uri, { position }) => {
          const workspace = await workspaceTrees.reachedFrom(uri)
          return documentHighlight(workspace, uri, workspace.lines(uri).offset(position))
        },
      ),
    )
  },
}
