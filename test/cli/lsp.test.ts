import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { useCli } from './helper'

const cli = useCli()

/** Asks the server something over a connection, and tells it to end. */
async function talk(child: ChildProcess, reader: MessageReader, writer: MessageWriter) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const connection = createProtocolConnection(reader, writer)
  connection.listen()
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {},
  })
  expect(capabilities.hoverProvider).toBeTruthy()
  await connection.sendNotification(InitializedNotification.type, {})
  await connection.sendRequest(ShutdownRequest.type)
  await connection.sendNotification(ExitNotification.type)
  expect(await ended).toBe(0)
  connection.dispose()
}

test.each([[['lsp', '--stdio']], [['lsp']], [['lsp', '--stdio', '--clientProcessId=PID']]])(
  'cnnlint %j speaks the protocol on its standard streams, and ends when told',
  async (args) => {
    const own = args.map((arg) => arg.replace('PID', String(process.pid)))
    const child = spawn(process.execPath, [cli.program, ...own], { stdio: ['pipe', 'pipe', 'inherit'] })
    await talk(child, new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  },
)

test.each([
  ['--socket=PORT', ['--socket=PORT'], 0],
  ['--socket PORT', ['--socket', 'PORT'], 0],
  ['--pipe=NAME', ['--pipe=NAME'], 'pipe'],
] as const)('cnnlint lsp %s connects to where the editor waits', async (_, args, where) => {
  const name =
    process.platform === 'win32' ? `\\\\.\\pipe\\cnnlint-${process.pid}` : join(cli.folder, 'editor')
  const editor = createServer()
  if (where === 'pipe') editor.listen(name)
  else editor.listen(where, '127.0.0.1')
  await once(editor, 'listening')
  const address = editor.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const own = args.map((arg) => arg.replace('PORT', port).replace('NAME', name))
  const child = spawn(process.execPath, [cli.program, 'lsp', ...own], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [socket] = (await once(editor, 'connection')) as [Socket]
  await talk(child, new StreamMessageReader(socket), new StreamMessageWriter(socket))
  editor.close()
})

test('cnnlint lsp --node-ipc uses the channel of its parent', async () => {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const
  const child = spawn(process.execPath, [cli.program, 'lsp', '--node-ipc'], { stdio: [...stdio] })
  await talk(child, new IPCMessageReader(child), new IPCMessageWriter(child))
})

test.each([
  [['--socket=1'], /^Nothing can be reached at port 1: /],
  [['--socket=70000'], /^cnnlint: --socket needs the number of a port, from 1 to 65535, not 70000\n/],
  [['--pipe=./nobody'], /^Nothing can be reached at '.\/nobody': /],
  [['--node-ipc'], /^cnnlint: --node-ipc needs a program in Node/],
  [['--stdio', '--socket=1'], /^cnnlint: --stdio and --socket: give one of them\n/],
])('cnnlint lsp %j ends with status 2 and says why', async (args, message) => {
  const { status, err } = await cli.process(['lsp', ...args])
  expect(status).toBe(2)
  expect(err).toMatch(message)
})
