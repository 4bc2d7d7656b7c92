/** The messages between this extension and the language server that are not part of the protocol itself. */

/** The command by which a client asks the server to check every `.cnn` file of the workspace. */
export const CHECK_WORKSPACE = 'cnnlint.checkWorkspace'

/** What the server answers to {@link CHECK_WORKSPACE}: the files it checked and the problems it published. */
export interface WorkspaceReport {
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

/** The command of this extension by which the server has a name changed that it made up; it takes a URI and a position. */
export const RENAME_AT = '_cnnlint.renameAt'
