/** The messages between this extension and the language server that are not part of the protocol itself. */

/** The command by which a client asks the server to check every `.cnn` file of the workspace. */
export const CHECK_WORKSPACE = 'cnnlint.checkWorkspace'

/** What the server answers to {@link CHECK_WORKSPACE}: the files it checked and the problems it published. */
export interface WorkspaceReport {
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

/** What the client tells the server of itself when it starts it. */
export interface InitializationOptions {
  /** The editor tells the faults of JSON by itself, in configurations too. */
  readonly checksJson: boolean
  /** It runs the commands of VS Code's editor that the server's answers name. */
  readonly editorCommands: boolean
  /** It answers {@link READ_FILE}, {@link FIND_FILES} and {@link LIST_FILES}. */
  readonly servesFiles: boolean
}

/** What the server asks about a file or a folder. */
export interface FileParams {
  readonly uri: string
}

/** The request by which the server asks for the text of a file; answered with null when it cannot be read. */
export const READ_FILE = 'cnnlint/readFile'

/** The request by which the server asks for the `.cnn` files in a folder and below it. */
export const FIND_FILES = 'cnnlint/findFiles'

/** The request by which the server asks for the `.cnn` files in a folder, but not below it. */
export const LIST_FILES = 'cnnlint/listFiles'
