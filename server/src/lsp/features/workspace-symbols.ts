import { workspaceSymbols } from '../../features/navigation/workspace-symbols'
import { wrapRequest } from '../requests'
import type { Feature } from './feature'

export const workspaceSymbolFeature: Feature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register({ connection, requests, workspaceTrees }) {
    connection.onWorkspaceSymbol(
      wrapRequest(requests, { name: 'workspace symbols', empty: null, needs: ['query'] }, async ({ query }) =>
        workspaceSymbols(await workspaceTrees.all(), query),
      ),
    )
  },
}
