import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver'
import type { CompletionSupport } from '../features/completion'
import type { RefactorOptions } from '../features/refactor'
import type { SignatureSupport } from '../features/signature-help'
import { type Encoding, negotiateEncoding } from './encoding'
import type { InitializationOptions } from './messages'
import { normalizeUri } from './uri'

/** Everything that the handshake decides: what the client said about itself, as far as the server uses it. */
export interface ServerConfig {
  readonly encoding: Encoding
  /** The workspace's folders at the start. */
  readonly folders: readonly string[]
  /** The client reports folders that are added or removed. */
  readonly followsFolders: boolean
  /** The client answers requests for its settings; another one sends them by itself. */
  readonly answersSettings: boolean
  /** What the client sends after the server has registered for it. */
  readonly registers: {
    readonly settings: boolean
    readonly watchedFiles: boolean
    /** The texts of documents that the client did not start the server for. */
    readonly documents: boolean
  }
  /** The client asks for diagnostics; to another one they are published. */
  readonly pullsDiagnostics: boolean
  /** What the client requests again when the server asks it to. */
  readonly refreshes: {
    readonly diagnostics: boolean
    readonly inlayHints: boolean
    readonly semanticTokens: boolean
    readonly codeLenses: boolean
  }
  /** The client's editor reports the faults of JSON by itself. */
  readonly checksJson: boolean
  /** The user does not trust the workspace: nothing outside of it is read. */
  readonly isRestricted: boolean
  /** The client reads files for the server. */
  readonly servesFiles: boolean
  readonly completion: CompletionSupport
  readonly signatureHelp: SignatureSupport
  readonly refactoring: RefactorOptions
  /** The client knows links, which say from where they lead; another one gets plain locations. */
  readonly links: { readonly definition: boolean; readonly typeDefinition: boolean }
  readonly preparesRename: boolean
  /** The editor knows the command that shows what a lens tells of. */
  readonly lensesLead: boolean
}

/** Reads the parameters of `initialize`. What they leave out the client cannot do. */
export function readServerConfig(params: InitializeParams): ServerConfig {
  const { capabilities } = params
  const { textDocument, workspace } = capabilities
  const options: Partial<InitializationOptions> = params.initializationOptions ?? {}
  const editorCommands = options.editorCommands === true
  return {
    encoding: negotiateEncoding(capabilities),
    folders: foldersOf(params),
    followsFolders: workspace?.workspaceFolders === true,
    answersSettings: workspace?.configuration === true,
    registers: {
      settings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
      watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      documents: textDocument?.synchronization?.dynamicRegistration === true,
    },
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      inlayHints: workspace?.inlayHint?.refreshSupport === true,
      semanticTokens: workspace?.semanticTokens?.refreshSupport === true,
      codeLenses: workspace?.codeLens?.refreshSupport === true,
    },
    checksJson: options.checksJson === true,
    isRestricted: options.isRestricted === true,
    servesFiles: options.servesFiles === true,
    completion: completionSupport(capabilities, editorCommands),
    signatureHelp: signatureSupport(capabilities),
    refactoring: {
      // The command by which VS Code renames is no part of the protocol.
      renames: editorCommands,
      resolves: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    },
    links: {
      definition: textDocument?.definition?.linkSupport === true,
      typeDefinition: textDocument?.typeDefinition?.linkSupport === true,
    },
    preparesRename: textDocument?.rename?.prepareSupport === true,
    lensesLead: editorCommands,
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => normalizeUri(uri))
  return rootUri ? [normalizeUri(rootUri)] : []
}

function completionSupport({ textDocument }: ClientCapabilities, editorCommands: boolean): CompletionSupport {
  const item = textDocument?.completion?.completionItem
  return {
    snippets: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    commitCharacters: item?.commitCharactersSupport === true,
    editorCommands,
  }
}

function signatureSupport({ textDocument }: ClientCapabilities): SignatureSupport {
  const information = textDocument?.signatureHelp?.signatureInformation
  return {
    labelOffsets: information?.parameterInformation?.labelOffsetSupport === true,
    noActiveParameter: information?.noActiveParameterSupport === true,
  }
}
