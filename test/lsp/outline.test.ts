import { expect, test } from 'vitest'
import {
  DocumentLinkRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
} from 'vscode-languageserver-protocol/node'
import { folderWith, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image
    -> conv(8, 3)
    -> relu
}
`
const textDocument = { uri: URI }

test('a file has symbols with shapes, and they follow its edits', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const symbols = async () => {
    const [network] = (await client.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument,
    })) as DocumentSymbol[]
    return network?.children?.map(({ name, detail }) => `${name} ${detail}`)
  }
  expect(await symbols()).toEqual(['image 3×8×8', 'y 8×6×6'])
  await client.change(URI, TEXT.replace('8, 3', '16, 5'))
  expect(await symbols()).toEqual(['image 3×8×8', 'y 16×4×4'])
})

test('folding and selection answer, columns counted as was negotiated', async () => {
  const client = await startClient({ capabilities: { general: { positionEncodings: ['utf-8'] } } })
  await client.open(URI, TEXT.replace('image\n', 'größe\n').replace('image:', 'größe:'))
  expect(await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument })).toEqual([
    { startLine: 0, endLine: 4 },
    { startLine: 2, endLine: 4 },
  ])
  const positions = [{ line: 2, character: 14 }]
  const selections = await client.connection.sendRequest(SelectionRangeRequest.type, {
    textDocument,
    positions,
  })
  expect(selections?.[0]?.range).toEqual({
    start: { line: 2, character: 13 },
    end: { line: 2, character: 20 },
  })
  const closed = { textDocument: { uri: 'file:///closed.cnn' }, positions }
  expect(await client.connection.sendRequest(SelectionRangeRequest.type, closed)).toBeNull()
})

test('an import is a link to its file', async () => {
  const folder = await folderWith({ 'b.cnn': 'block b(x: tensor) { return x }\n' })
  const client = await startClient()
  await client.open(`${folder}a.cnn`, 'from "./b.cnn" import b\n')
  const links = await client.connection.sendRequest(DocumentLinkRequest.type, {
    textDocument: { uri: `${folder}a.cnn` },
  })
  expect(links?.map(({ target }) => target)).toEqual([`${folder}b.cnn`])
})
