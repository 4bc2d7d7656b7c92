import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  FileChangeType,
  type Hover,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Registration,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node'

/** What a test's client does as an editor would. */
export interface Client {
  readonly connection: ProtocolConnection
  readonly process: ChildProcess
  readonly initialized: InitializeResult
  /** The text that the server logged, a message an entry. */
  readonly log: readonly string[]
  /** What the server asked to be told of. */
  readonly registrations: readonly Registration[]
  /** How often the server asked for all diagnostics to be pulled again. */
  refreshes(): number
  /** What was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[]
  open(uri: string, text: string): Promise<void>
  /** Replaces the range, or the whole text when there is none. */
  change(uri: string, text: string, range?: { start: Position; end: Position }): Promise<void>
  close(uri: string): Promise<void>
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>
  /** The problems of a file, pulled in full. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>
  /** The Markdown of the hover on the first place of `text` in the document, its second letter to be exact. */
  hover(uri: string, line: number, character: number): Promise<string | undefined>
  /** Writes a file to the disk and tells the server, as a watching client does. */
  write(uri: string, text: string): Promise<void>
  remove(uri: string): Promise<void>
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: object
  /** Folders that the client has open; none when absent. */
  readonly folders?: readonly string[]
  /** What the client answers for the section `cnnlint`, by the scope asked for; without it, it cannot be asked. */
  readonly settings?: (scope: string | undefined) => unknown
  /** Files that only the client can read, by their addresses; without them, it reads none for the server. */
  readonly files?: ReadonlyMap<string, string>
}

/** What VS Code can do, as far as the server looks at it. */
export const PULLS: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: true } },
  workspace: {
    workspaceFolders: true,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
}

/** The server as it is shipped. */
export const serverProgram = () => join(inject('programs'), 'server.cjs')

/** Starts the server as a process of its own and initializes it. The test's end ends it. */
export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const child = spawn(process.execPath, [serverProgram(), '--stdio'], { stdio: 'pipe' })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const stderr: string[] = []
  child.stderr.on('data', (data) => stderr.push(String(data)))
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => {
      // Requests under way would wait for ever.
      connection.dispose()
      resolve()
    })
  })
  const log: string[] = []
  const registrations: Registration[] = []
  const published: PublishDiagnosticsParams[] = []
  let refreshes = 0
  connection.onNotification(LogMessageNotification.type, ({ message }) => void log.push(message))
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void published.push(params))
  connection.onRequest(RegistrationRequest.type, (params) => void registrations.push(...params.registrations))
  connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshes++)
  connection.onRequest(WorkDoneProgressCreateRequest.type, () => {})
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null),
  )
  if (options.files !== undefined) serveFiles(connection, options.files)
  connection.listen()
  onTestFinished(async () => {
    if (child.exitCode === null) {
      await connection.sendRequest(ShutdownRequest.type).catch(() => {})
      await connection.sendNotification('exit').catch(() => {})
    }
    await exited
    if (stderr.length > 0) throw new Error(`The server wrote to standard error: ${stderr.join('')}`)
  })

  const params: InitializeParams = {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? PULLS,
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: uri })) ?? null,
    initializationOptions: { ...options.initializationOptions, servesFiles: options.files !== undefined },
  }
  const initialized = await connection.sendRequest(InitializeRequest.type, params)
  await connection.sendNotification(InitializedNotification.type, {})

  let version = 1
  const pull = (uri: string, previousResultId?: string) =>
    connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    })
  const watched = (uri: string, type: FileChangeType) =>
    connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type }] })
  return {
    connection,
    process: child,
    initialized,
    log,
    registrations,
    published,
    refreshes: () => refreshes,
    open: (uri, text) =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'cnn', version: version++, text },
      }),
    change: (uri, text, range) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: version++ },
        contentChanges: [range === undefined ? { text } : { range, text }],
      }),
    close: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    pull,
    async diagnostics(uri) {
      const report = await pull(uri)
      if (report.kind !== 'full') throw new Error('The report is not full.')
      return report.items
    },
    async hover(uri, line, character) {
      const params = { textDocument: { uri }, position: { line, character } }
      const hover: Hover | null = await connection.sendRequest(HoverRequest.type, params)
      return (hover?.contents as MarkupContent | undefined)?.value
    },
    async write(uri, text) {
      await writeFile(new URL(uri), text)
      await watched(uri, FileChangeType.Changed)
    },
    async remove(uri) {
      await rm(new URL(uri))
      await watched(uri, FileChangeType.Deleted)
    },
  }
}

/** Answers what the server asks about files that it cannot read itself. */
export function serveFiles(connection: ProtocolConnection, files: ReadonlyMap<string, string>): void {
  connection.onRequest('cnnlint/readFile', ({ uri }) => files.get(uri) ?? null)
  connection.onRequest('cnnlint/listFiles', ({ uri }) =>
    [...files.keys()].filter((file) => file.startsWith(uri) && !file.slice(uri.length + 1).includes('/')),
  )
  connection.onRequest('cnnlint/findFiles', ({ uri }) =>
    [...files.keys()].filter((file) => file.startsWith(uri)),
  )
}

/** A folder with these files, removed when the test ends; returns the address of the folder, with a slash at its end. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cnnlint-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return `${pathToFileURL(folder)}/`
}

/** Asks again until the answer is neither undefined nor false, for ten seconds. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 10_000
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`Waited ten seconds in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The codes of diagnostics, with their lines from 0. */
export function codes(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, range }) => `${range.start.line} ${code}`)
}
