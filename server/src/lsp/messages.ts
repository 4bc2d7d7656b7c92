import { type Position, RequestType } from 'vscode-languageserver'
import type { NetworkInput } from '../features/input-sizes/network-inputs'
import { TRY_SIZE, type TrySize } from '../features/input-sizes/try-lens'
import type { PlaceTotals } from '../features/totals'

// Everything that the server and its clients say to each other and that is no part of the Language Server Protocol.
// `docs/protocol.md` describes it, and `client/src/protocol.ts` declares the same for the extension.

/** What a client says about itself in `initialize`. */
export interface InitializationOptions {
  /** The editor reports the faults of JSON by itself, in configurations too. */
  readonly checksJson: boolean
  /** It runs the commands of VS Code's editor that the server's answers name. */
  readonly editorCommands: boolean
  /** The user does not trust the workspace: the server reads nothing outside of it. */
  readonly isRestricted: boolean
  /** It answers the requests of {@link REQUESTS_TO_CLIENT}. */
  readonly servesFiles: boolean
}

/** The part of a request's parameters that names a document. */
export interface DocumentParams {
  readonly textDocument: { readonly uri: string }
}

export interface InputsParams extends DocumentParams {
  /** Also say which sizes work, which takes longer. */
  readonly sizes?: boolean
}

export interface TotalsParams extends DocumentParams {
  readonly position: Position
}

/** What the server asks about a file or a folder. */
export interface FileParams {
  readonly uri: string
}

/** What {@link COMMANDS.checkWorkspace} answers. */
export interface WorkspaceReport {
  /** How many files were checked. */
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

/** The requests that clients may send. */
export const REQUESTS_TO_SERVER = {
  /** Tries another size of an input. */
  trySize: new RequestType<TrySize, null, void>('cnnlint/trySize'),
  /** The inputs of a document's networks. */
  inputs: new RequestType<InputsParams, readonly NetworkInput[], void>('cnnlint/inputs'),
  /** The totals of the network or block at a position. */
  totals: new RequestType<TotalsParams, PlaceTotals | null, void>('cnnlint/totals'),
}

/** The requests that the server sends to a client that said that it serves files. */
export const REQUESTS_TO_CLIENT = {
  /** The text of a file; null when it cannot be read. */
  readFile: new RequestType<FileParams, string | null, void>('cnnlint/readFile'),
  /** The `.cnn` files in a folder and below it. */
  findFiles: new RequestType<FileParams, readonly string[], void>('cnnlint/findFiles'),
  /** The `.cnn` files in a folder, but not below it. */
  listFiles: new RequestType<FileParams, readonly string[], void>('cnnlint/listFiles'),
}

/** The commands of `workspace/executeCommand`. */
export const COMMANDS = {
  /** Checks every `.cnn` file of the workspace, shows what it finds and answers with a {@link WorkspaceReport}. */
  checkWorkspace: 'cnnlint.checkWorkspace',
  /** Takes a {@link TrySize}; the user is asked for a size that is left out. */
  trySize: TRY_SIZE,
  /**
   * Answers with the inputs of a document's networks and the sizes that work, a list of {@link NetworkInput};
   * without the sizes, which take longer, where the argument says `sizes: false`.
   */
  inputSizes: 'cnnlint.inputSizes',
}
