import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver'
import { version } from '../../../package.json'
import { CONFIG_FILE } from '../config/names'
import { FIX_ALL } from '../features/code-actions'
import { ON_TYPE } from '../features/format-on-type'
import { REFACTOR_KINDS } from '../features/refactor'
import { createAnalyses } from './analyses'
import { COMMANDS, createCommands } from './commands'
import { createConfigDiagnostics } from './config-diagnostics'
import { createConfigFiles } from './configs'
import { createDiagnostics } from './diagnostics'
import { createDocuments } from './documents'
import { type Encoding, negotiateEncoding } from './encoding'
import { registerFeatures } from './features'
import { HINT_CAPABILITIES } from './features/hints'
import { MOVED_FILES, navigationCapabilities } from './features/navigation'
import { OUTLINE_CAPABILITIES } from './features/outline'
import { registerSizes } from './features/sizes'
import { TOKEN_CAPABILITIES } from './features/tokens'
import { WRITING_CAPABILITIES } from './features/writing'
import { createFileSystem, type FileSystem } from './files'
import { createProject } from './project'
import { createReports } from './reports'
import { describeError, type RequestContext, type Stage } from './requests'
import { createSettings } from './settings'
import { createSources } from './sources'
import { createTried } from './tried'
import { fileName, normalizeUri } from './uri'

/**
 * Serves the protocol on a connection until the client ends it. Nothing here depends on Node: files are read
 * through `disk`, and what is not on a disk, or where there is none, through the client.
 */
export function startServer(connection: Connection, disk: FileSystem | undefined): void {
  let stage: Stage = 'starting'
  let encoding: Encoding = 'utf-16'
  let isWatched = false
  let checksJson = false
  let hasEditorCommands = false
  let clientServesFiles = false
  let capabilities: ClientCapabilities = {}

  const log = (message: string) => connection.console.error(message)
  const documents = createDocuments(() => encoding)
  const fileSystem = createFileSystem(connection, disk, () => clientServesFiles)
  const sources = createSources(documents, fileSystem, () => isWatched)
  const project = createProject(documents, sources, fileSystem, () => isWatched)
  const settings = createSettings(connection, () => diagnostics.changed(), log)
  const settingsOf = (uri: string) => settings.of(project.folderOf(uri) ?? uri)
  const configs = createConfigFiles(documents, fileSystem, project, settingsOf, () => isWatched)
  const tried = createTried(documents, (uri) => diagnostics.changed(uri))
  const analyses = createAnalyses(sources, project, configs.lintOf, tried.of, () => encoding)
  const reports = createReports(sources, analyses, settingsOf, configs.lintOf, log)
  const context: RequestContext = {
    stage: () => stage,
    version: (uri) => documents.get(uri)?.version,
    log,
  }
  const configDiagnostics = createConfigDiagnostics(
    connection,
    documents,
    configs,
    () => encoding,
    () => checksJson,
  )
  const diagnostics = createDiagnostics(connection, context, documents, project, reports, configDiagnostics)
  const runSizeCommand = registerSizes({ connection, context, analyses }, tried)
  createCommands(
    connection,
    context,
    documents,
    project,
    reports,
    configs.lintOf,
    diagnostics,
    runSizeCommand,
  )
  registerFeatures({
    connection,
    context,
    documents,
    sources,
    project,
    analyses,
    settingsOf,
    encoding: () => encoding,
    capabilities: () => capabilities,
    hasEditorCommands: () => hasEditorCommands,
  })

  connection.onInitialize((params) => {
    if (stage !== 'starting') {
      throw new ResponseError(ErrorCodes.InvalidRequest, 'The server has been initialized already.')
    }
    stage = 'running'
    capabilities = params.capabilities
    encoding = negotiateEncoding(capabilities)
    checksJson = params.initializationOptions?.checksJson === true
    hasEditorCommands = params.initializationOptions?.editorCommands === true
    clientServesFiles = params.initializationOptions?.servesFiles === true
    project.setFolders(foldersOf(params), [])
    settings.initialize(capabilities)
    diagnostics.initialize(capabilities)
    return initializeResult(encoding, capabilities)
  })

  connection.onInitialized(async () => {
    await settings.register().catch((error) => log(`The settings are not followed: ${describeError(error)}`))
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      // Of a folder that is deleted clients tell the folder alone.
      const watchers = [
        ...['**/*.cnn', `**/${CONFIG_FILE}`].map((globPattern) => ({ globPattern })),
        { globPattern: '**', kind: WatchKind.Delete },
      ]
      isWatched = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).then(
        () => true,
        () => false,
      )
    }
    await followConfigs().catch((error) =>
      log(`Open configurations are not followed: ${describeError(error)}`),
    )
    if (capabilities.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const uris = (folders: typeof added) => folders.map(({ uri }) => normalizeUri(uri))
        project.setFolders(uris(added), uris(removed))
        loadProject()
      })
    }
    loadProject()
  })

  /**
   * Asks for the texts of open configurations, and for nothing else about them: as a document of ours they would
   * be offered to our formatter beside the editor's own.
   */
  async function followConfigs() {
    if (capabilities.textDocument?.synchronization?.dynamicRegistration !== true) return
    const schemes = new Set(['file', ...project.folders().map((folder) => folder.replace(/:.*/, ''))])
    const documentSelector = [...schemes].map((scheme) => ({ scheme, pattern: `**/${CONFIG_FILE}` }))
    await connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector })
    await connection.client.register(DidChangeTextDocumentNotification.type, {
      documentSelector,
      syncKind: TextDocumentSyncKind.Incremental,
    })
    await connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector })
  }

  /** Until the workspace is known, an open file is analysed without the files that import it. */
  function loadProject() {
    project.load().then(
      () => diagnostics.changed(),
      (error) => log(`The workspace was not read: ${describeError(error)}`),
    )
  }

  /** Takes note of files that changed on the disk, and of folders that came or went. */
  function forget(uris: readonly string[]) {
    sources.forget(uris)
    configs.forget(uris)
    project.forget()
    loadProject()
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => normalizeUri(uri))
    const isOurs = (uri: string) => uri.endsWith('.cnn') || fileName(uri) === CONFIG_FILE
    const own = uris.filter((uri) => isOurs(uri) || sources.hasInside(uri))
    if (own.length > 0) forget(own)
  })
  connection.workspace.onDidRenameFiles(({ files }) => {
    forget(files.flatMap(({ oldUri, newUri }) => [normalizeUri(oldUri), normalizeUri(newUri)]))
  })
  documents.onChange((uri) => diagnostics.changed(uri))
  documents.onClose((uri) => diagnostics.closed(uri))

  connection.onShutdown(() => {
    stage = 'stopped'
    diagnostics.stop()
  })
  documents.listen(connection)
  connection.listen()
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => normalizeUri(uri))
  return rootUri ? [normalizeUri(rootUri)] : []
}

function initializeResult(encoding: Encoding, client: ClientCapabilities): InitializeResult {
  return {
    serverInfo: { name: 'cnnlint', version },
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      ...HINT_CAPABILITIES,
      ...navigationCapabilities(client),
      ...OUTLINE_CAPABILITIES,
      ...TOKEN_CAPABILITIES,
      ...WRITING_CAPABILITIES,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: ON_TYPE,
      codeActionProvider: {
        codeActionKinds: [
          CodeActionKind.QuickFix,
          CodeActionKind.SourceOrganizeImports,
          FIX_ALL,
          ...REFACTOR_KINDS,
        ],
        resolveProvider: true,
      },
      diagnosticProvider: { identifier: 'cnnlint', interFileDependencies: true, workspaceDiagnostics: true },
      executeCommandProvider: { commands: COMMANDS, workDoneProgress: true },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { willRename: { filters: MOVED_FILES }, didRename: { filters: MOVED_FILES } },
      },
    },
  }
}
