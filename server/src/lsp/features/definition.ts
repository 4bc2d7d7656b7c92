import type { Location, LocationLink } from 'vscode-languageserver'
import { definition } from '../../features/navigation/definition'
import { typeDefinition } from '../../features/navigation/type-definition'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const definitionFeature: Feature = {
  capabilities: () => ({ definitionProvider: true, typeDefinitionProvider: true }),
  register({ connection, requests, config, analyses, workspaceTrees }) {
    connection.onDefinition(
      wrapDocumentRequest(
        requests,
        { name: 'definition', empty: null, needs: ['position'] },
        async (uri, { position }) => {
          const workspace = await workspaceTrees.reachedFrom(uri)
          const links = definition(workspace, uri, workspace.lines(uri).offset(position))
          return config.links.definition ? links : asLocations(links)
        },
      ),
    )
    connection.onTypeDefinition(
      wrapDocumentRequest(
        requests,
        { name: 'type definition', empty: null, needs: ['position'] },
        async (uri, { position }, checkpoint) => {
          const view = await analyses.view(uri, checkpoint)
          if (view === undefined) return null
          const workspace = await workspaceTrees.reachedFrom(uri)
          const links = typeDefinition(view, workspace, view.lines(uri).offset(position))
          return config.links.typeDefinition ? links : asLocations(links)
        },
      ),
    )
  },
}

/** Links as plain locations, for a client that knows no others. */
function asLocations(links: readonly LocationLink[]): Location[] {
  return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }))
}
