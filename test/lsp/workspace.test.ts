import { expect, test } from 'vitest'
import {
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  ExecuteCommandRequest,
  InitializeRequest,
  WorkDoneProgress,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node'
import { type Client, codes, eventually, folderWith, PULLS, startClient } from './client'

const GOOD = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`
const BAD = GOOD.replace('3)', '9)')

const report = (client: Client, previousResultIds: { uri: string; value: string }[] = []) =>
  client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds })

test('the whole workspace is reported, files that are not open included', async () => {
  const folder = await folderWith({
    'good.cnn': GOOD,
    'deep/down/bad.cnn': BAD,
    'node_modules/x/bad.cnn': BAD,
  })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const first = await report(client)
  expect(first.items.map(({ uri, kind }) => [uri.slice(folder.length), kind])).toEqual([
    ['deep/down/bad.cnn', 'full'],
    ['good.cnn', 'full'],
  ])
  const ids = first.items.map(({ uri, resultId }) => ({ uri, value: resultId as string }))
  const second = await report(client, ids)
  expect(second.items.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])

  await client.remove(`${folder}deep/down/bad.cnn`)
  const third = await report(client, ids)
  expect(third.items.find(({ uri }) => uri.endsWith('bad.cnn'))).toMatchObject({ kind: 'full', items: [] })
})

test('several folders are one workspace, and they come and go', async () => {
  const one = await folderWith({ 'a.cnn': BAD })
  const two = await folderWith({ 'b.cnn': BAD })
  const client = await startClient({ folders: [one.slice(0, -1)] })
  const files = async () => (await report(client)).items.map(({ uri }) => uri)
  expect(await files()).toEqual([`${one}a.cnn`])
  const folder = (uri: string) => ({ uri: uri.slice(0, -1), name: uri })
  const change = (added: string[], removed: string[]) =>
    client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: added.map(folder), removed: removed.map(folder) },
    })
  await change([two], [])
  expect(await files()).toEqual([`${one}a.cnn`, `${two}b.cnn`].sort())
  await change([], [one])
  expect(await files()).toEqual([`${two}b.cnn`])
})

test('a second initialize is refused and changes nothing', async () => {
  const one = await folderWith({ 'a.cnn': BAD })
  const two = await folderWith({ 'b.cnn': BAD })
  const client = await startClient({ folders: [one.slice(0, -1)] })
  await report(client)
  const again = client.connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: PULLS,
  })
  await expect(again).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest })
  await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
    event: { added: [{ uri: two.slice(0, -1), name: 'two' }], removed: [] },
  })
  const { items } = await report(client)
  expect(items.map(({ uri }) => uri)).toEqual([`${one}a.cnn`, `${two}b.cnn`].sort())
})

test('the command checks every file and answers with counts; a client that pulls is told to', async () => {
  const folder = await folderWith({
    'good.cnn': GOOD,
    'bad.cnn': BAD,
    'worse.cnn': `${BAD}${BAD.replace('N', 'M')}`,
  })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const command = { command: 'cnnlint.checkWorkspace' }
  expect(await client.connection.sendRequest(ExecuteCommandRequest.type, command)).toEqual({
    files: 3,
    errors: 3,
    warnings: 0,
  })
  await eventually('a request to pull', () => client.refreshes() > 0)
})

test('the command publishes for a client that does not pull, and shows its progress', async () => {
  const folder = await folderWith({ 'good.cnn': GOOD, 'bad.cnn': BAD })
  const client = await startClient({
    folders: [folder.slice(0, -1)],
    capabilities: { window: { workDoneProgress: true } },
  })
  const progress: string[] = []
  client.connection.onProgress(WorkDoneProgress.type, 'token', ({ kind }) => void progress.push(kind))
  await client.connection.sendRequest(ExecuteCommandRequest.type, {
    command: 'cnnlint.checkWorkspace',
    workDoneToken: 'token',
  })
  expect(progress[0]).toBe('begin')
  expect(progress.at(-1)).toBe('end')
  const bad = client.published.find(({ uri }) => uri.endsWith('bad.cnn'))
  expect(codes(bad?.diagnostics ?? [])).toEqual(['2 window-exceeds-input'])
  // What was published for a file that is not open follows the file.
  await client.write(`${folder}bad.cnn`, GOOD)
  await eventually('no problem', () => {
    const last = client.published.findLast(({ uri }) => uri.endsWith('bad.cnn'))
    return last?.diagnostics.length === 0
  })
})

test('without a folder the command checks what is open', async () => {
  const client = await startClient()
  await client.open('file:///test/bad.cnn', BAD)
  const answer = await client.connection.sendRequest(ExecuteCommandRequest.type, {
    command: 'cnnlint.checkWorkspace',
  })
  expect(answer).toEqual({ files: 1, errors: 1, warnings: 0 })
})

test('another command is an error', async () => {
  const client = await startClient()
  const unknown = client.connection.sendRequest(ExecuteCommandRequest.type, { command: 'cnnlint.nothing' })
  await expect(unknown).rejects.toThrow(/no command/)
})

const OPEN = 'file:///test/n.cnn'

test('settings switch diagnostics off and set their severity, and are followed', async () => {
  let settings: unknown = {}
  const client = await startClient({ settings: () => settings })
  const changed = () =>
    client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
  await client.open(OPEN, BAD)
  expect((await client.diagnostics(OPEN))[0]?.severity).toBe(1)
  await eventually('the registration', () =>
    client.registrations.some(({ method }) => method === 'workspace/didChangeConfiguration'),
  )
  const refreshes = client.refreshes()
  settings = { diagnostics: { severity: { 'window-exceeds-input': 'information' } } }
  await changed()
  await eventually('a request to pull again', () => client.refreshes() > refreshes)
  expect((await client.diagnostics(OPEN))[0]?.severity).toBe(3)
  settings = { diagnostics: { severity: { 'window-exceeds-input': 'off' } } }
  await changed()
  expect(await client.diagnostics(OPEN)).toEqual([])
  settings = { diagnostics: { enable: false } }
  await changed()
  expect(await client.diagnostics(OPEN)).toEqual([])
  // The command shows problems until the text changes, even so.
  const answer = await client.connection.sendRequest(ExecuteCommandRequest.type, {
    command: 'cnnlint.checkWorkspace',
  })
  expect(answer).toEqual({ files: 1, errors: 1, warnings: 0 })
  expect(await client.diagnostics(OPEN)).toHaveLength(1)
  await client.change(OPEN, `${BAD}\n`)
  expect(await client.diagnostics(OPEN)).toEqual([])
  settings = { diagnostics: 'nonsense', hover: 7 }
  await changed()
  expect((await client.diagnostics(OPEN))[0]?.severity).toBe(1)
})

test('a report of the workspace does not hide that an open file has another one', async () => {
  let settings: unknown = {}
  const folder = await folderWith({ 'bad.cnn': BAD })
  const client = await startClient({ folders: [folder.slice(0, -1)], settings: () => settings })
  await client.open(`${folder}bad.cnn`, BAD)
  expect(await client.diagnostics(`${folder}bad.cnn`)).toHaveLength(1)
  const refreshes = client.refreshes()
  settings = { diagnostics: { enable: false } }
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
  await report(client)
  await eventually('a request to pull again', () => client.refreshes() > refreshes)
})

test('settings are asked for each folder', async () => {
  const [one, two] = [await folderWith({ 'a.cnn': BAD }), await folderWith({ 'b.cnn': BAD })]
  const client = await startClient({
    folders: [one.slice(0, -1), two.slice(0, -1)],
    settings: (scope) => ({ diagnostics: { enable: scope !== two.slice(0, -1) } }),
  })
  expect(await client.diagnostics(`${one}a.cnn`)).toHaveLength(1)
  expect(await client.diagnostics(`${two}b.cnn`)).toEqual([])
})

test('a client that cannot be asked sends its settings by itself', async () => {
  const { configuration: _, ...workspace } = PULLS.workspace ?? {}
  const client = await startClient({ capabilities: { ...PULLS, workspace } })
  await client.open(OPEN, BAD)
  expect(await client.diagnostics(OPEN)).toHaveLength(1)
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { cnnlint: { diagnostics: { enable: false } } },
  })
  expect(await client.diagnostics(OPEN)).toEqual([])
})
