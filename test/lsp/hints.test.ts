import { expect, test } from 'vitest'
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
  InlayHintResolveRequest,
  type MarkupContent,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver-protocol/node'
import { type Client, eventually, folderWith, PULLS, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`
const textDocument = { uri: URI }

test('a lens above a network, unless it is switched off', async () => {
  let codeLens: unknown = {}
  const client = await startClient({ settings: () => ({ codeLens }) })
  await client.open(URI, TEXT)
  const lenses = () => client.connection.sendRequest(CodeLensRequest.type, { textDocument })
  expect(await lenses()).toMatchObject([
    {
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } },
      command: { title: '224 params · 7.78 KMACs · rf 3 · 1 weight layer', command: '' },
    },
    {
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 13 } },
      command: { title: 'Try another size…', command: 'cnnlint.trySize' },
    },
  ])
  codeLens = { enable: false }
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
  expect(await lenses()).toBeNull()
})

/** The labels of the hints of a document by their lines. */
async function hints({ connection }: Client, uri = URI) {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }
  return (await connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? []
}
const labels = async (client: Client, uri = URI) =>
  (await hints(client, uri)).map(({ position, label }) => {
    const text = typeof label === 'string' ? label : label.map(({ value }) => value).join('')
    return `${position.line} ${text}`
  })

test('hints show shapes, and one that is pointed at shows more', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  expect(await labels(client)).toEqual(['2 → 8×6×6'])
  const [hint] = await hints(client)
  if (hint === undefined) throw new Error('There is no hint.')
  const resolved = await client.connection.sendRequest(InlayHintResolveRequest.type, hint)
  expect((resolved.tooltip as MarkupContent).value).toMatch(/^\*\*3×8×8 → 8×6×6\*\*/)
  const [part] = resolved.label
  expect(part).toMatchObject({ location: { uri: URI, range: { start: { line: 2, character: 22 } } } })
})

test('hints below stay while a line is half written', async () => {
  const client = await startClient()
  await client.open(URI, TEXT.replace('}', '  z = y -> relu\n}'))
  expect(await labels(client)).toEqual(['2 → 8×6×6', '3 → 8×6×6'])
  const end = { line: 2, character: 'output y = image -> conv(8, 3)'.length + 2 }
  await client.change(URI, ' -> conv(4', { start: end, end })
  expect(await labels(client)).toContain('3 → 8×6×6')
  await client.change(URI, ', 3)', {
    start: { ...end, character: end.character + 10 },
    end: { ...end, character: end.character + 10 },
  })
  expect(await labels(client)).toEqual(['2 → 4×4×4', '3 → 4×4×4'])
})

test('hints keep off the line that is edited when the settings say so', async () => {
  const inlayHints: unknown = { hideOnEditedLine: true, optionNames: true }
  const client = await startClient({ settings: () => ({ inlayHints }) })
  await client.open(URI, TEXT.replace('}', '  z = y -> relu\n}'))
  expect(await labels(client)).toEqual(['2 → 8×6×6', '3 → 8×6×6', '2 channels:', '2 kernel:'])
  const start = { line: 2, character: 27 }
  await client.change(URI, '4', { start, end: { ...start, character: 28 } })
  expect(await labels(client)).toEqual(['3 → 4×6×6'])
  await client.connection.sendNotification('textDocument/didSave', { textDocument })
  expect((await labels(client)).length).toBe(4)
})

test('what is shown is asked for again when an imported file changes', async () => {
  const block = (width: number) => `block b(x: tensor) { return x -> conv(${width}, 1) }\n`
  const folder = await folderWith({ 'b.cnn': block(4) })
  const workspace = {
    ...PULLS.workspace,
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  }
  const client = await startClient({ capabilities: { ...PULLS, workspace }, folders: [folder] })
  const refreshed = new Set<string>()
  for (const { type } of [InlayHintRefreshRequest, CodeLensRefreshRequest, SemanticTokensRefreshRequest]) {
    client.connection.onRequest(type.method, () => void refreshed.add(type.method))
  }
  const uri = `${folder}n.cnn`
  await client.open(uri, `from "./b.cnn" import b\n${TEXT.replace('conv(8, 3)', 'b')}`)
  await client.diagnostics(uri)
  expect(await labels(client, uri)).toEqual(['3 → 4×8×8'])
  await client.open(`${folder}b.cnn`, block(5))
  await eventually('three refreshes', () => refreshed.size === 3)
  expect(await labels(client, uri)).toEqual(['3 → 5×8×8'])
})
