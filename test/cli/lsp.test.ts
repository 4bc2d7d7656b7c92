import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { useCli } from './helper'

const cli = useCli()

test.each([[['lsp', '--stdio']], [['lsp']], [['lsp', '--stdio', '--clientProcessId=PID']]])(
  'cnnlint %j speaks the protocol on its standard streams, and ends when told',
  async (args) => {
    const own = args.map((arg) => arg.replace('PID', String(process.pid)))
    const child = spawn(process.execPath, [cli.program, ...own], { stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    )
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
  },
)
