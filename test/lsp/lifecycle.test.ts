import { type ChildProcessWithoutNullStreams, fork, spawn } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { serverProgram, startClient } from './client'

/** A message as it was on the wire. */
interface Message {
  readonly id?: number | string | null
  readonly method?: string
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

interface RawServer {
  readonly process: ChildProcessWithoutNullStreams
  send(message: object | string): void
  /** Everything that came back; throws when that is not a sequence of whole messages. */
  messages(): readonly Message[]
  answer(id: number): Promise<Message>
  readonly exit: Promise<number | null>
}

/** The server without a client's library in between. */
async function startRaw(): Promise<RawServer> {
  const child = spawn(process.execPath, [serverProgram(), '--stdio'])
  onTestFinished(() => void child.kill())
  let output = Buffer.alloc(0)
  child.stdout.on('data', (data: Buffer) => {
    output = Buffer.concat([output, data])
  })
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const messages = () => {
    const found: Message[] = []
    for (let at = 0; at < output.length; ) {
      const head = /^Content-Length: (\d+)\r\n(?:Content-Type: [^\r\n]*\r\n)?\r\n/.exec(
        output.toString('latin1', at, at + 200),
      )
      if (head === null) throw new Error(`No message: ${output.toString('utf8', at, at + 200)}`)
      const start = at + head[0].length
      const end = start + Number(head[1])
      if (end > output.length) break
      found.push(JSON.parse(output.toString('utf8', start, end)))
      at = end
    }
    return found
  }
  return {
    process: child,
    exit,
    messages,
    send(message) {
      const text = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })
      child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    },
    async answer(id) {
      for (let i = 0; i < 500; i++) {
        const found = messages().find((message) => message.id === id && message.method === undefined)
        if (found !== undefined) return found
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`No answer to ${id}.`)
    },
  }
}

const INITIALIZE = { method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }

test('the server says what it can do', async () => {
  const { initialized } = await startClient()
  expect(initialized.serverInfo?.name).toBe('cnnlint')
  expect(initialized.capabilities).toMatchObject({
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: {
      codeActionKinds: [
        ...['quickfix', 'source.organizeImports', 'source.fixAll.cnnlint'],
        ...['refactor.extract', 'refactor.inline', 'refactor.rewrite'],
      ],
      resolveProvider: true,
    },
    diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
    executeCommandProvider: {
      commands: ['cnnlint.checkWorkspace', 'cnnlint.trySize', 'cnnlint.inputSizes'],
    },
  })
})

test('it starts, shuts down and exits with 0, and writes nothing but messages', async () => {
  const server = await startRaw()
  server.send({ id: 1, ...INITIALIZE })
  await server.answer(1)
  server.send({ method: 'initialized', params: {} })
  const document = { uri: 'file:///t.cnn', languageId: 'cnn', version: 1, text: 'network N {\n  x = (\n}' }
  server.send({ method: 'textDocument/didOpen', params: { textDocument: document } })
  server.send({ id: 2, method: 'shutdown' })
  expect(await server.answer(2)).toMatchObject({ result: null })
  server.send({ method: 'exit' })
  expect(await server.exit).toBe(0)
  expect(server.messages().length).toBeGreaterThan(1)
})

test('it exits with 1 when it was not shut down before, or its input ends', async () => {
  const server = await startRaw()
  server.send({ id: 1, ...INITIALIZE })
  await server.answer(1)
  server.send({ method: 'exit' })
  expect(await server.exit).toBe(1)
  const other = await startRaw()
  other.process.stdin.end()
  expect(await other.exit).toBe(1)
})

test('it ends when nobody reads its answers any more', async () => {
  const server = await startRaw()
  server.send({ id: 1, ...INITIALIZE })
  await server.answer(1)
  server.process.stdout.destroy()
  const ask = setInterval(() => server.send({ id: 2, method: 'workspace/symbol', params: {} }), 20)
  server.process.stdin.on('error', () => {})
  expect(await server.exit).toBe(1)
  clearInterval(ask)
})

test('requests before the start and after the end are errors, and it starts only once', async () => {
  const server = await startRaw()
  const params = { textDocument: { uri: 'file:///t.cnn' }, position: { line: 0, character: 0 } }
  server.send({ id: 1, method: 'textDocument/hover', params })
  expect((await server.answer(1)).error?.code).toBe(-32002)
  server.send({ id: 2, ...INITIALIZE })
  expect((await server.answer(2)).error).toBeUndefined()
  server.send({ id: 3, ...INITIALIZE })
  expect((await server.answer(3)).error?.code).toBe(-32600)
  server.send({ id: 4, method: 'shutdown' })
  await server.answer(4)
  server.send({ id: 5, method: 'textDocument/hover', params })
  expect((await server.answer(5)).error?.code).toBe(-32600)
})

test.each([
  ['textDocument/hover', { textDocument: { uri: 'file:///t.cnn' }, position: { line: 0, character: 0 } }],
  ['workspace/executeCommand', { command: 'cnnlint.checkWorkspace' }],
  ['cnnlint/trySize', { uri: 'file:///t.cnn' }],
  ['textDocument/semanticTokens/full', { textDocument: { uri: 'file:///t.cnn' } }],
  ['shutdown', undefined],
  ['no/suchMethod', {}],
])('%s is refused before the start', async (method, params) => {
  const server = await startRaw()
  server.send({ id: 1, method, params })
  expect((await server.answer(1)).error?.code).toBe(-32002)
  server.send({ id: 2, ...INITIALIZE })
  expect((await server.answer(2)).error).toBeUndefined()
})

test('what is notified before the start is dropped', async () => {
  const server = await startRaw()
  const textDocument = { uri: 'file:///t.cnn', languageId: 'cnn', version: 1, text: 'x = 1' }
  server.send({ method: 'textDocument/didOpen', params: { textDocument } })
  server.send({ method: 'initialized', params: {} })
  server.send({ id: 1, ...INITIALIZE })
  await server.answer(1)
  const params = { textDocument: { uri: textDocument.uri } }
  server.send({ id: 2, method: 'textDocument/documentSymbol', params })
  expect(await server.answer(2)).toMatchObject({ result: null })
})

test('malformed messages are answered with errors and cost nothing else', async () => {
  const server = await startRaw()
  server.send({ id: 1, ...INITIALIZE })
  await server.answer(1)
  server.send('{ this is no JSON')
  server.send({ id: 2, method: 'no/suchMethod', params: {} })
  expect((await server.answer(2)).error?.code).toBe(-32601)
  server.send({ id: 3, method: 'textDocument/hover' })
  expect((await server.answer(3)).error?.code).toBe(-32602)
  server.send({ id: 4, method: 'textDocument/hover', params: { textDocument: { uri: 7 } } })
  expect((await server.answer(4)).error?.code).toBe(-32602)
  server.send({
    id: 5,
    method: 'textDocument/hover',
    params: { textDocument: { uri: '::not a uri::' }, position: { line: 0, character: 0 } },
  })
  expect((await server.answer(5)).error).toBeUndefined()
  server.send({ method: 'textDocument/didChange', params: { textDocument: { uri: 'file:///unknown.cnn' } } })
  server.send({ method: 'textDocument/didOpen', params: null })
  server.send({ method: '$/unknown', params: [] })
  const good = { textDocument: { uri: 'file:///unknown.cnn' }, position: { line: 9, character: 9 } }
  server.send({ id: 6, method: 'textDocument/hover', params: good })
  expect(await server.answer(6)).toMatchObject({ result: null })
})

test('it talks over the channel of a child process too', async () => {
  const child = fork(serverProgram(), ['--node-ipc'], { stdio: 'pipe' })
  const answer = new Promise((resolve) => child.on('message', resolve))
  const exit = new Promise((resolve) => child.on('exit', resolve))
  child.send({ jsonrpc: '2.0', id: 1, ...INITIALIZE })
  expect(await answer).toMatchObject({ id: 1, result: { serverInfo: { name: 'cnnlint' } } })
  child.send({ jsonrpc: '2.0', id: 2, method: 'shutdown' })
  child.send({ jsonrpc: '2.0', method: 'exit' })
  expect(await exit).toBe(0)
})

test('it says on standard error what it needs when it is started without a transport', async () => {
  const child = spawn(process.execPath, [serverProgram()])
  let error = ''
  child.stderr.on('data', (data) => {
    error += data
  })
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect(code).toBe(2)
  expect(error).toMatch(/--stdio/)
  expect(error.trim().split('\n')).toHaveLength(1)
})
