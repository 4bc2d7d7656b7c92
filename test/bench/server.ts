import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  CompletionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRequest,
  type Position,
  type ProtocolConnection,
  SemanticTokensRequest,
  ShutdownRequest,
  SignatureHelpRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'

/** One document in the real language server, a child process spoken to over pipes. */
export interface BenchServer {
  open(uri: string, text: string): Promise<DocumentDiagnosticReport>
  /** Replaces a piece of the document, and waits for the diagnostics of what it then is. */
  edit(
    uri: string,
    change: { start: Position; end: Position; text: string },
  ): Promise<DocumentDiagnosticReport>
  hover(uri: string, position: Position): Promise<unknown>
  /** The tokens of the whole document. */
  tokens(uri: string): Promise<unknown>
  /** The hints of the lines from `first` up to `last`. */
  hints(uri: string, first: number, last: number): Promise<unknown>
  symbols(uri: string): Promise<unknown>
  completion(uri: string, position: Position): Promise<unknown>
  signature(uri: string, position: Position): Promise<unknown>
  close(uri: string): Promise<void>
  /** Memory that the process holds, in bytes. */
  memory(): number
  stop(): Promise<void>
}

export async function startServer(program: string): Promise<BenchServer> {
  // With the room for objects that the extension gives it.
  const args = ['--max-semi-space-size=64', program, '--stdio']
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  connection.listen()
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {
      textDocument: {
        diagnostic: { relatedDocumentSupport: false },
        hover: { contentFormat: ['markdown'] },
      },
    },
  })
  await connection.sendNotification(InitializedNotification.type, {})
  return serverOver(connection, child)
}

function serverOver(connection: ProtocolConnection, child: ChildProcess): BenchServer {
  let version = 0
  const pull = (uri: string) =>
    connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } })
  return {
    async open(uri, text) {
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'cnn', version: ++version, text },
      })
      return pull(uri)
    },
    async edit(uri, { start, end, text }) {
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start, end }, text }],
      })
      return pull(uri)
    },
    hover: (uri, position) => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
    tokens: (uri) => connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } }),
    completion: (uri, position) =>
      connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position }),
    signature: (uri, position) =>
      connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position }),
    hints: (uri, first, last) =>
      connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
      }),
    symbols: (uri) => connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } }),
    close: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    memory: () =>
      1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await connection.sendRequest(ShutdownRequest.type)
      await connection.sendNotification(ExitNotification.type)
      await ended
      connection.dispose()
    },
  }
}
