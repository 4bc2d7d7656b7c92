import { expect, test } from 'vitest'
import { FileChangeType, WorkspaceDiagnosticRequest } from 'vscode-languageserver-protocol/node'
import { type Client, codes, folderWith, startClient } from './client'

const BLOCK = 'block b(x: tensor) { return x -> conv(8, 3) }\n'
const BROKEN = BLOCK.replace('3)', '9)')
const USER = `from "./blocks.cnn" import b
network N {
  input image: [3, 8, 8]
  output y = image -> b
}
`
const FOLDER = 'vscode-vfs://github/someone/networks'
const USER_URI = `${FOLDER}/main.cnn`
const BLOCKS_URI = `${FOLDER}/blocks.cnn`

const workspaceFiles = async (client: Client) => {
  const report = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
    previousResultIds: [],
  })
  return report.items.map(({ uri }) => uri)
}

test('files of a virtual workspace are read through the client', async () => {
  const files = new Map([
    [BLOCKS_URI, BLOCK],
    [USER_URI, USER],
  ])
  const client = await startClient({ folders: [FOLDER], files })
  await client.open(USER_URI, USER)
  expect(await client.diagnostics(USER_URI)).toEqual([])
  expect(await workspaceFiles(client)).toEqual([BLOCKS_URI, USER_URI])
  files.set(BLOCKS_URI, BROKEN)
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: BLOCKS_URI, type: FileChangeType.Changed }],
  })
  expect(codes(await client.diagnostics(USER_URI))).toEqual(['3 window-exceeds-input'])
})

test('files on the disk are still read there', async () => {
  const folder = await folderWith({ 'blocks.cnn': BLOCK, 'main.cnn': USER })
  const client = await startClient({
    folders: [folder.slice(0, -1), FOLDER],
    files: new Map([[`${folder}blocks.cnn`, BROKEN]]),
  })
  await client.open(`${folder}main.cnn`, USER)
  expect(await client.diagnostics(`${folder}main.cnn`)).toEqual([])
})

test('a client that does not serve files is not asked', async () => {
  const client = await startClient({ folders: [FOLDER] })
  const asked: string[] = []
  for (const method of ['cnnlint/readFile', 'cnnlint/findFiles']) {
    client.connection.onRequest(method, () => {
      asked.push(method)
      return null
    })
  }
  await client.open(USER_URI, USER)
  expect(codes(await client.diagnostics(USER_URI))).toEqual(['0 import-not-found'])
  expect(await workspaceFiles(client)).toEqual([])
  expect(asked).toEqual([])
})
