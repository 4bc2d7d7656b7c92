import { builtinModules } from 'node:module'
import { createContext, Script } from 'node:vm'
import { MessageChannel } from 'node:worker_threads'
import { build } from 'esbuild'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PortMessageReader,
  PortMessageWriter,
  ShutdownRequest,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node'
import { bundles } from '../../scripts/build.mjs'
import { eventually, serveFiles } from './client'

/** The programs that run in a browser. */
const web = bundles.filter(({ platform }) => platform === 'browser')

async function bundle(name: string) {
  const options = web.find(({ entryPoints }) => entryPoints && name in entryPoints)
  return build({ ...options, sourcemap: false, write: false, metafile: true })
}

describe.each(web.flatMap(({ entryPoints }) => Object.keys(entryPoints ?? {})))('%s', (name) => {
  test('has nothing of Node in it, and nothing of VS Code but its interface', async () => {
    const { metafile } = await bundle(name)
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
    expect(new Set(imports.map(({ path }) => path))).toEqual(
      new Set(name === 'extension.web' ? ['vscode'] : []),
    )
    // A package may name a built-in module and say that browsers have none; then what needs it fails there.
    const replaced = Object.keys(metafile.inputs).filter((file) => file.startsWith('(disabled):'))
    const builtins = replaced.filter((file) => builtinModules.includes(file.slice('(disabled):'.length)))
    expect(builtins).toEqual([])
  })
})

const FOLDER = 'memfs:/networks'
const GOOD = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`

test('the server runs with what a worker has, and ends with its client', async () => {
  const { outputFiles } = await bundle('server.web')
  const worker = startWorker(outputFiles[0]?.text ?? '')
  const connection = createProtocolConnection(
    new PortMessageReader(worker.port),
    new PortMessageWriter(worker.port),
  )
  serveFiles(
    connection,
    new Map([
      [`${FOLDER}/good.cnn`, GOOD],
      [`${FOLDER}/bad.cnn`, GOOD.replace('3)', '9)')],
    ]),
  )
  connection.listen()
  await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    workspaceFolders: [{ uri: FOLDER, name: 'networks' }],
    initializationOptions: { servesFiles: true },
  })
  await connection.sendNotification(InitializedNotification.type, {})
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: 'untitled:one', languageId: 'cnn', version: 1, text: GOOD },
  })
  const hover = await connection.sendRequest('textDocument/hover', {
    textDocument: { uri: 'untitled:one' },
    position: { line: 2, character: 23 },
  })
  expect(JSON.stringify(hover)).toContain('3×8×8 → 8×6×6')
  const report = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] })
  expect(
    report.items.map(({ uri, ...item }) => [uri, 'items' in item ? item.items.map(({ code }) => code) : []]),
  ).toEqual([
    [`${FOLDER}/bad.cnn`, ['window-exceeds-input']],
    [`${FOLDER}/good.cnn`, []],
  ])
  expect(worker.isClosed()).toBe(false)
  await connection.sendRequest(ShutdownRequest.type)
  await connection.sendNotification(ExitNotification.type)
  await eventually('the end of the worker', () => worker.isClosed())
})

/** Runs a script with the globals of the language itself and the few of a worker that it may rely on. */
function startWorker(script: string) {
  const { port1: port, port2 } = new MessageChannel()
  onTestFinished(() => port.close())
  let closed = false
  const self = {
    onmessage: (_: { readonly data: unknown }) => {},
    postMessage: (data: unknown) => port2.postMessage(data),
    addEventListener: () => {},
    close: () => {
      closed = true
    },
    console,
    setTimeout,
    clearTimeout,
    TextEncoder,
    TextDecoder,
  }
  port2.on('message', (data) => self.onmessage({ data }))
  const scope = createContext(Object.assign(self, { self }))
  new Script(script, { filename: 'server.web.js' }).runInContext(scope)
  return { port, isClosed: () => closed }
}
