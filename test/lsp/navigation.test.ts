import { rename, rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  type CodeAction,
  CodeActionRequest,
  DefinitionRequest,
  DidChangeWatchedFilesNotification,
  DidRenameFilesNotification,
  DocumentHighlightRequest,
  FileChangeType,
  LinkedEditingRangeRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type TextEdit,
  TypeDefinitionRequest,
  WillRenameFilesRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { lineIndex } from '../../grammar/positions'
import { type Client, codes, eventually, folderWith, PULLS, startClient } from './client'

const BLOCKS = 'WIDTH = 8\nblock unit(x: tensor, stride=1) { return x -> conv(WIDTH, 3, stride=stride) }\n'
const MAIN = `from "./lib/blocks.cnn" import unit

network N {
  input image: [3, 33, 33]
  a = image -> unit(stride=2)
  output y = concat([a -> conv(k, 1) for k in [4, 5]])
}
`
const OTHER = 'from "./lib/blocks.cnn" import unit as u\nblock two(x: tensor) { return x -> 2 * u }\n'

/** A workspace of three files of which the main one is open. */
async function started(capabilities = PULLS) {
  const folder = await folderWith({ 'main.cnn': MAIN, 'other.cnn': OTHER, 'lib/blocks.cnn': BLOCKS })
  const client = await startClient({ folders: [folder.slice(0, -1)], capabilities })
  const uri = `${folder}main.cnn`
  await client.open(uri, MAIN)
  const at = (text: string) => ({
    textDocument: { uri },
    position: lineIndex(MAIN).position(MAIN.indexOf(text)),
  })
  return { folder, client, uri, at, blocks: `${folder}lib/blocks.cnn`, other: `${folder}other.cnn` }
}

const applied = (text: string, edits: readonly TextEdit[] = []) =>
  TextDocument.applyEdits(TextDocument.create('file:///x', 'cnn', 1, text), [...edits])

test('a definition leads to another file; a client that knows links gets its range too', async () => {
  const plain = await started()
  const range = { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } }
  expect(await plain.client.connection.sendRequest(DefinitionRequest.type, plain.at('unit(s'))).toEqual([
    { uri: plain.blocks, range },
  ])
  const textDocument = { ...PULLS.textDocument, definition: { linkSupport: true } }
  const { client, at, blocks } = await started({ ...PULLS, textDocument })
  expect(await client.connection.sendRequest(DefinitionRequest.type, at('unit(s'))).toMatchObject([
    { targetUri: blocks, targetSelectionRange: range },
  ])
  expect(await client.connection.sendRequest(DefinitionRequest.type, at('conv'))).toEqual([])
})

test('references, highlights, the type definition and linked names answer', async () => {
  const { client, at, uri, blocks, other } = await started()
  const context = { includeDeclaration: true }
  const places = await client.connection.sendRequest(ReferencesRequest.type, { ...at('unit(s'), context })
  expect(places?.map((place) => place.uri).sort()).toEqual([blocks, uri, uri, other].sort())
  const highlights = await client.connection.sendRequest(DocumentHighlightRequest.type, at('a -> conv'))
  expect(highlights?.map(({ kind, range }) => [kind, range.start.line])).toEqual([
    [3, 4],
    [2, 5],
  ])
  const made = await client.connection.sendRequest(TypeDefinitionRequest.type, at('a -> conv'))
  expect(made).toMatchObject([{ uri: blocks, range: { start: { line: 1 } } }])
  const linked = await client.connection.sendRequest(LinkedEditingRangeRequest.type, at('k, 1'))
  expect(linked?.ranges).toHaveLength(2)
})

test('a name is renamed in all files, or it is said why not', async () => {
  const { client, at, uri, blocks, other } = await started()
  expect(client.initialized.capabilities.renameProvider).toBe(true)
  const prepared = await client.connection.sendRequest(PrepareRenameRequest.type, at('unit(s'))
  expect(prepared).toMatchObject({ placeholder: 'unit' })
  const edit = await client.connection.sendRequest(RenameRequest.type, { ...at('unit(s'), newName: 'piece' })
  expect(applied(MAIN, edit?.changes?.[uri])).toBe(MAIN.replaceAll('unit', 'piece'))
  expect(applied(BLOCKS, edit?.changes?.[blocks])).toBe(BLOCKS.replace('unit', 'piece'))
  expect(applied(OTHER, edit?.changes?.[other])).toBe(OTHER.replace('unit', 'piece'))

  const clashing = client.connection.sendRequest(RenameRequest.type, { ...at('unit(s'), newName: 'WIDTH' })
  await expect(clashing).rejects.toThrow('`WIDTH` is already declared in blocks.cnn, on line 1.')
  const builtIn = client.connection.sendRequest(PrepareRenameRequest.type, at('conv'))
  await expect(builtIn).rejects.toThrow('`conv` is a built-in layer and cannot be renamed.')
  expect(await client.connection.sendRequest(PrepareRenameRequest.type, at('[4'))).toBeNull()
  expect(client.log).toEqual([])
})

test('the names of the whole workspace are found', async () => {
  const { client, blocks } = await started()
  const symbols = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'ut' })
  expect(symbols?.map(({ name, location }) => [name, location.uri])).toEqual([['unit', blocks]])
})

test('the call hierarchy follows the data from file to file', async () => {
  const { client, at, uri } = await started()
  const [tensor] = (await client.connection.sendRequest(CallHierarchyPrepareRequest.type, at('a = '))) ?? []
  if (tensor === undefined) throw new Error('There is no item.')
  expect([tensor.name, tensor.detail]).toEqual(['a', '8×16×16'])
  const feeds = await client.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: tensor })
  expect(feeds?.map(({ from }) => from.name)).toEqual(['unit(stride=2)'])
  const uses = await client.connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item: tensor })
  expect(uses?.map(({ to }) => to.name)).toEqual(['conv(k, 1)'])
  const [block] = (await client.connection.sendRequest(CallHierarchyPrepareRequest.type, at('unit(s'))) ?? []
  if (block === undefined) throw new Error('There is no item.')
  const users = await client.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: block })
  expect(users?.map(({ from }) => [from.name, from.uri === uri]).sort()).toEqual([
    ['N', true],
    ['two', false],
  ])
})

test('imports follow files and folders that are renamed', async () => {
  const { client, folder, uri, other } = await started()
  const [files, folders] =
    client.initialized.capabilities.workspace?.fileOperations?.willRename?.filters ?? []
  expect([files?.pattern.glob, folders?.pattern.matches]).toEqual(['**/*.cnn', 'folder'])
  const willRename = (oldUri: string, newUri: string) =>
    client.connection.sendRequest(WillRenameFilesRequest.type, { files: [{ oldUri, newUri }] })
  const edit = await willRename(`${folder}lib`, `${folder}my%20lib`)
  expect(Object.keys(edit?.changes ?? {}).sort()).toEqual([uri, other].sort())
  expect(applied(MAIN, edit?.changes?.[uri])).toBe(MAIN.replace('./lib/', './my lib/'))
  const moved = await willRename(uri, `${folder}deep/main.cnn`)
  expect(applied(MAIN, moved?.changes?.[uri])).toBe(MAIN.replace('./lib/', '../lib/'))
  expect(await willRename(`${folder}elsewhere`, `${folder}somewhere`)).toBeNull()
})

test('a folder that is deleted or renamed takes its files along', async () => {
  const { client, folder, uri } = await started()
  expect(await client.diagnostics(uri)).toEqual([])
  const found = async () => {
    const symbols = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'unit' })
    return symbols?.map(({ location }) => location.uri.slice(folder.length))
  }
  await eventually('the watcher', () =>
    client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'),
  )
  expect(await found()).toEqual(['lib/blocks.cnn'])
  await rename(new URL(`${folder}lib`), new URL(`${folder}library`))
  const files = [{ oldUri: `${folder}lib`, newUri: `${folder}library` }]
  await client.connection.sendNotification(DidRenameFilesNotification.type, { files })
  expect(await found()).toEqual(['library/blocks.cnn'])
  expect(codes(await client.diagnostics(uri))).toContain('0 import-not-found')

  await rm(new URL(`${folder}library`), { recursive: true })
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: `${folder}library`, type: FileChangeType.Deleted }],
  })
  expect(await found()).toEqual([])
})

async function actionsAt(client: Client, uri: string, only?: string[]): Promise<readonly CodeAction[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }
  const context = { diagnostics: [], ...(only ? { only } : {}) }
  const found = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range,
    context,
  })
  return (found ?? []) as CodeAction[]
}

test('a name that the file lacks is imported by the first fix', async () => {
  const { client, uri } = await started()
  const text = MAIN.slice(MAIN.indexOf('network'))
  await client.change(uri, text)
  expect(codes(await client.diagnostics(uri))).toEqual(['2 unknown-layer'])
  const [first] = await actionsAt(client, uri)
  expect([first?.title, first?.isPreferred]).toEqual(['Import unit from "./lib/blocks.cnn"', true])
  await client.change(uri, applied(text, first?.edit?.changes?.[uri]))
  expect(await client.diagnostics(uri)).toEqual([])
})

test('imports are organised when that is asked for', async () => {
  const { client, uri } = await started()
  const kind = 'source.organizeImports'
  expect(await actionsAt(client, uri, [kind])).toEqual([])
  await client.change(uri, MAIN.replace('import unit', 'import WIDTH, unit'))
  const [action] = await actionsAt(client, uri, [kind])
  expect(action?.kind).toBe(kind)
  expect(applied(MAIN.replace('import unit', 'import WIDTH, unit'), action?.edit?.changes?.[uri])).toBe(MAIN)
  expect((await actionsAt(client, uri)).map((each) => each.kind)).not.toContain(kind)
})
