import type { FileOperationRegistrationOptions } from 'vscode-languageserver'
import { importsAfterMove } from '../../features/imports/moved'
import { wrapRequest } from '../requests'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

/** The files and folders whose moves the server wants to be notified of. */
export const MOVED_FILES: FileOperationRegistrationOptions = {
  filters: [
    { pattern: { glob: '**/*.cnn', matches: 'file' } },
    { pattern: { glob: '**', matches: 'folder' } },
  ],
}

/** Before files move, the imports that lead to them are changed. */
export const movedFilesFeature: Feature = {
  capabilities: () => ({ workspace: { fileOperations: { willRename: MOVED_FILES } } }),
  register({ connection, requests, workspaceTrees }) {
    connection.workspace.onWillRenameFiles(
      wrapRequest(requests, { name: 'renamed files', empty: null, needs: ['files'] }, async ({ files }) => {
        const moves = files.map(({ oldUri, newUri }) => ({
          from: normalizeUri(oldUri),
          to: normalizeUri(newUri),
        }))
        const changes = importsAfterMove(await workspaceTrees.all(), moves)
        return Object.keys(changes).length === 0 ? null : { changes }
      }),
    )
  },
}
