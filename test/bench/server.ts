import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { ALL_HINTS } from '../lsp/asks'
import { EVERYTHING } from '../lsp/everything'

/** What a heap holds, in bytes. */
export interface Heap {
  readonly all: number
  /** Of that, what V8 compiled: it grows for as long as functions become hot that were not yet. */
  readonly code: number
}

/** Documents in the real language server, a child process spoken to over pipes. */
export interface BenchServer {
  open(uri: string, text: string): Promise<DocumentDiagnosticReport>
  /** Replaces a piece of a document, or all of it, and waits for the diagnostics of what it then is. */
  edit(uri: string, text: string, range?: Range): Promise<DocumentDiagnosticReport>
  request(method: string, params: unknown): Promise<unknown>
  /** Memory that the process holds, in bytes. */
  memory(): number
  /** What its heap holds after all garbage has been collected. */
  heap(): Promise<Heap>
  stop(): Promise<void>
}

/** Runs in the server's process beside the server, which knows nothing of it. */
const HEAP_PROBE = `const v8 = require('node:v8')
process.on('message', () => {
  gc()
  const { code_and_metadata_size, bytecode_and_metadata_size } = v8.getHeapCodeStatistics()
  const code = code_and_metadata_size + bytecode_and_metadata_size
  process.send({ all: process.memoryUsage().heapUsed, code })
})
process.channel.unref()`

/** What the server asks for, and is told that it is done. */
const AGREED = [
  'client/registerCapability',
  'window/workDoneProgress/create',
  'workspace/diagnostic/refresh',
  'workspace/inlayHint/refresh',
  'workspace/semanticTokens/refresh',
  'workspace/codeLens/refresh',
]

export async function startServer(program: string): Promise<BenchServer> {
  const probe = join(dirname(program), 'heap-probe.cjs')
  await writeFile(probe, HEAP_PROBE)
  // With the room for objects that the extension gives it.
  const args = ['--max-semi-space-size=64', '--expose-gc', '--require', probe, program, '--stdio']
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
  if (child.stdin === null || child.stdout === null) throw new Error('The server has no standard streams.')
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => ALL_HINTS))
  for (const method of AGREED) connection.onRequest(method, () => null)
  connection.listen()
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: EVERYTHING,
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
    async edit(uri, text, range) {
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: ++version },
        contentChanges: [range === undefined ? { text } : { range, text }],
      })
      return pull(uri)
    },
    request: (method, params) => connection.sendRequest(method, params),
    memory: () =>
      1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })),
    async heap() {
      child.send('measure')
      const [heap] = await once(child, 'message')
      return heap
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await connection.sendRequest(ShutdownRequest.type)
      await connection.sendNotification(ExitNotification.type)
      await ended
      connection.dispose()
    },
  }
}
