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

/** The command of this extension by which a lens leads somewhere; it takes a URI, a position and what to show. */
export const SHOW_AT = '_cnnlint.showAt'

/** The command that tries another size of an input; the server takes a {@link TrySize}. */
export const TRY_SIZE = 'cnnlint.trySize'

/** What {@link TRY_SIZE} takes. */
export interface TrySize {
  readonly uri: string
  /** Both may be left out where they go without saying. */
  readonly network?: string
  readonly input?: string
  /** As the language writes it; null goes back to the text's own. */
  readonly size?: string | null
}

/** The command that answers with a list of {@link NetworkInput}; it takes a document and whether to look for sizes. */
export const INPUT_SIZES = 'cnnlint.inputSizes'

/** An input of a network of a document. */
export interface NetworkInput {
  readonly network: string
  readonly input: string
  /** The size of the text, as the language writes it. */
  readonly declared: string
  /** The size that is tried in its place. */
  readonly tried?: string
  /** Sizes that are worth a try. */
  readonly suggestions: readonly string[]
  /** Which sizes work, in sentences. */
  readonly sizes: readonly string[]
}

/** The request for {@link PlaceTotals} at a position of a document. */
export const TOTALS = 'cnnlint/totals'

/** What the network or block around a place comes to. */
export interface PlaceTotals {
  readonly name: string
  /** `25.6M params · 4.09 GMACs`. */
  readonly text: string
  /** The inputs of which another size is tried. */
  readonly tried: readonly {
    readonly network: string
    readonly input: string
    /** `image 3×320×320`. */
    readonly text: string
    /** The size of the text. */
    readonly declared: string
  }[]
}

/** What the client tells the server of itself when it starts it. */
export interface InitializationOptions {
  /** The editor shows the faults of JSON by itself, in configurations too. */
  readonly checksJson: boolean
  /** It runs the commands of VS Code's editor that the server's answers name. */
  readonly editorCommands: boolean
  /** The user does not trust the workspace: the server reads nothing outside of it. */
  readonly isRestricted: boolean
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
