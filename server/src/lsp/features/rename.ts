import { LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import { linkedEditing } from '../../features/navigation/linked-editing'
import { isRefusal, prepareRename, type Refusal, rename } from '../../features/navigation/rename'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** Renaming on request, and while the name is typed. */
export const renameFeature: Feature = {
  capabilities: ({ preparesRename }) => ({
    // The protocol allows the options only where the client knows them.
    renameProvider: preparesRename ? { prepareProvider: true } : true,
    linkedEditingRangeProvider: true,
  }),
  register({ connection, requests, workspaceTrees }) {
    connection.onPrepareRename(
      wrapDocumentRequest(
        requests,
        { name: 'rename', empty: null, needs: ['position'] },
        async (uri, { position }) => {
          const workspace = await workspaceTrees.reachedFrom(uri)
          return accepted(prepareRename(workspace, uri, workspace.lines(uri).offset(position)))
        },
      ),
    )
    connection.onRenameRequest(
      wrapDocumentRequest(
        requests,
        { name: 'rename', empty: null, needs: ['position', 'newName'] },
        async (uri, { position, newName }) => {
          const workspace = await workspaceTrees.all()
          return accepted(rename(workspace, uri, workspace.lines(uri).offset(position), newName))
        },
      ),
    )
    connection.languages.onLinkedEditingRange(
      wrapDocumentRequest(
        requests,
        { name: 'linked editing', empty: null, needs: ['position'] },
        async (uri, { position }) => {
          const workspace = await workspaceTrees.reachedFrom(uri)
          return linkedEditing(workspace, uri, workspace.lines(uri).offset(position)) ?? null
        },
      ),
    )
  },
}

/** The answer, unless it is a refusal: that becomes an error, which the client shows to the user. */
function accepted<T extends object>(answer: T | Refusal | undefined): Exclude<T, Refusal> | null {
  if (isRefusal(answer)) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused)
  return (answer ?? null) as Exclude<T, Refusal> | null
}
