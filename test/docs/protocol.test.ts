import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import {
  CodeActionResolveRequest,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type RegistrationParams,
  RegistrationRequest,
  type ServerCapabilities,
  ShowMessageRequest,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node'
import { REQUESTS_TO_CLIENT } from '../../server/src/lsp/messages'
import { PROTOCOL_PAGE, type ProtocolRow, protocolTable } from '../helpers/protocol'
import { eventually, folderWith } from '../lsp/client'
import { EVERYTHING } from '../lsp/everything'
import { type Recorded, startRecorded } from '../lsp/recorded'

const fromEditor = protocolTable('From the editor')
const fromServer = protocolTable('From the server')

/** Handled by the library without effect: nothing is announced that would make an editor send them. */
const UNANNOUNCED = new Set([
  'textDocument/willSave',
  'textDocument/willSaveWaitUntil',
  'window/workDoneProgress/cancel',
])

const NETWORK = 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 9)\n}\n'

/** Rows as `method kind`, sorted. */
const stated = (rows: readonly ProtocolRow[]) => rows.map(({ Method, Kind }) => `${Method} ${Kind}`).sort()
const seen = (messages: ReadonlyMap<string, string>) =>
  [...messages].map(([method, kind]) => `${method} ${kind}`).sort()

async function initialize({ client }: Recorded, folder: string, capabilities = EVERYTHING) {
  const initialized = await client.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: [{ uri: folder, name: 'test' }],
  })
  await client.sendNotification(InitializedNotification.type, {})
  return initialized
}

const open = ({ client }: Recorded, uri: string) =>
  client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'cnn', version: 1, text: NETWORK },
  })

test('the table of what editors may send has every handler of the server, and nothing else', async () => {
  const session = startRecorded()
  await initialize(session, await folderWith({ 'a.cnn': NETWORK }))
  await eventually('the handlers that are added last', () =>
    session.handled.has('workspace/didChangeWorkspaceFolders'),
  )
  const handled = new Map([...session.handled].filter(([method]) => !UNANNOUNCED.has(method)))
  expect(stated(fromEditor)).toEqual(seen(handled))
})

test('the table names every capability that the server announces, and no other', async () => {
  const session = startRecorded()
  const { capabilities } = await initialize(session, await folderWith({}))
  const named = new Set(fromEditor.map(({ Capability = '' }) => Capability).filter(Boolean))
  expect([...named].sort()).toEqual(announced(capabilities))
})

/** The names of capabilities; those about the workspace are told apart. */
function announced({ workspace = {}, ...capabilities }: ServerCapabilities): readonly string[] {
  const aboutWorkspace = Object.keys(workspace).map((name) => `workspace.${name}`)
  return [...Object.keys(capabilities), ...aboutWorkspace].sort()
}

test('the table of commands has those that the server announces', async () => {
  const session = startRecorded()
  const { capabilities }: InitializeResult = await initialize(session, await folderWith({}))
  const commands = protocolTable('Commands').map(({ Command = '' }) => Command)
  expect(commands.sort()).toEqual([...(capabilities.executeCommandProvider?.commands ?? [])].sort())
})

test('the table of what the server sends has all that it was seen to send, and its own messages', async () => {
  const folder = await folderWith({ 'a.cnn': NETWORK })
  const sent = new Map([...(await able(folder)), ...(await unable(folder)), ...ownMessages()])
  expect(stated(fromServer)).toEqual(seen(sent))
})

/** What the server sends to an editor that can do everything, and fails to tell its settings at first. */
async function able(folder: string): Promise<ReadonlyMap<string, string>> {
  const session = startRecorded()
  const { client, sent } = session
  const registered: string[] = []
  client.onRequest(RegistrationRequest.type, ({ registrations }: RegistrationParams) => {
    registered.push(...registrations.map(({ method }) => method))
  })
  client.onRequest(WorkDoneProgressCreateRequest.type, () => {})
  client.onRequest(ShowMessageRequest.type, () => null)
  let settings: unknown
  client.onRequest(ConfigurationRequest.type, () => {
    if (settings === undefined) throw new Error('The settings are not there yet.')
    return [settings]
  })
  await initialize(session, folder)
  await open(session, `${folder}a.cnn`)
  await client.sendRequest(ExecuteCommandRequest.type, { command: 'cnnlint.checkWorkspace' })
  const arguments_ = [{ uri: `${folder}a.cnn`, network: 'N', input: 'image' }]
  await client.sendRequest(ExecuteCommandRequest.type, { command: 'cnnlint.trySize', arguments: arguments_ })
  await client.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: `${folder}a.cnn` } })
  settings = { diagnostics: { enable: false } }
  await client.sendNotification(DidChangeConfigurationNotification.type, { settings: null })
  const refreshes = ['diagnostic', 'inlayHint', 'semanticTokens', 'codeLens']
  await eventually('all to be refreshed', () =>
    refreshes.every((what) => sent.has(`workspace/${what}/refresh`)),
  )
  // What the server registers for is among what it handles.
  const methods = fromEditor.map(({ Method }) => Method)
  expect(registered.filter((method) => !methods.includes(method))).toEqual([])
  return sent
}

/** What the server sends to an editor that can do nothing. */
async function unable(folder: string): Promise<ReadonlyMap<string, string>> {
  const session = startRecorded()
  await initialize(session, folder, {})
  const uri = `${folder}a.cnn`
  await open(session, uri)
  await session.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: `${NETWORK}\n` }],
  })
  // A refactoring that is not there any more when it is chosen.
  const data = { uri, refactoring: 'extract-block', range: { start: 0, end: 0 } }
  await session.client.sendRequest(CodeActionResolveRequest.type, { title: 'Extract a block', data })
  await eventually('diagnostics', () => session.sent.has('textDocument/publishDiagnostics'))
  return session.sent
}

/** The messages that are no part of the protocol: not every editor is sent them. */
function ownMessages(): ReadonlyMap<string, string> {
  return new Map(Object.values(REQUESTS_TO_CLIENT).map(({ method }) => [method, 'request']))
}

test('no message of our own is declared but in the one file for them', () => {
  const files = globSync('server/src/**/*.ts').filter((file) =>
    /new (Request|Notification)Type/.test(readFileSync(file, 'utf8')),
  )
  expect(files).toEqual(['server/src/lsp/messages.ts'])
})

test('somebody has read the page since the messages or the capabilities were changed last', async () => {
  const session = startRecorded()
  const { capabilities } = await initialize(session, await folderWith({}))
  const hash = createHash('sha256')
  for (const file of ['server/src/lsp/messages.ts', 'client/src/protocol.ts']) {
    hash.update(declarations(readFileSync(file, 'utf8')))
  }
  hash.update(JSON.stringify(Object.entries(capabilities).sort()))
  const now = hash.digest('hex').slice(0, 16)
  const [, reviewed] = /<!-- reviewed: (\w*) -->/.exec(PROTOCOL_PAGE) ?? []
  expect(
    reviewed,
    `Our own messages or the capabilities have changed. Read docs/protocol.md, correct what is no longer true, and write 'reviewed: ${now}' at its end.`,
  ).toBe(now)
})

/** The code of a file without its imports and comments, and with single spaces. */
function declarations(code: string): string {
  return code
    .replace(/^import\s[^']*'[^']*'\r?$/gm, '')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replace(/\s+/g, ' ')
}
