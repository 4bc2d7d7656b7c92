import { expect, test } from 'vitest'
import type { ClientCapabilities } from 'vscode-languageserver-protocol/node'
import { codes, eventually, folderWith, startClient } from './client'

/** An editor that neither pulls diagnostics nor can be asked for anything. */
const PLAIN: ClientCapabilities = {}

const BAD = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 9)
}
`

test('a client that does not pull is sent the problems of what it opens, edits and closes', async () => {
  const client = await startClient({ capabilities: PLAIN })
  const uri = 'file:///test/n.cnn'
  const last = () => client.published.findLast((params) => params.uri === uri)
  await client.open(uri, BAD)
  const first = await eventually('the problem', () => last())
  expect(codes(first.diagnostics)).toEqual(['2 window-exceeds-input'])
  expect(first.version).toBe(1)
  await client.change(uri, '3', { start: { line: 2, character: 30 }, end: { line: 2, character: 31 } })
  await eventually('no problem', () => last()?.diagnostics.length === 0)
  expect(last()?.version).toBe(2)
  await client.change(uri, '9', { start: { line: 2, character: 30 }, end: { line: 2, character: 31 } })
  await eventually('the problem again', () => last()?.diagnostics.length === 1)
  await client.close(uri)
  await eventually('nothing for a closed document', () => last()?.diagnostics.length === 0)
})

test('of several edits in a row only the last text is published', async () => {
  const client = await startClient({ capabilities: PLAIN })
  const uri = 'file:///test/n.cnn'
  await client.open(uri, BAD)
  for (let i = 0; i < 20; i++) await client.change(uri, BAD.replace('9', String(9 + i)))
  await eventually('the last text', () => client.published.some(({ version }) => version === 21))
  expect(client.published.map(({ version }) => version)).toEqual([21])
  expect(client.published[0]?.diagnostics[0]?.message).toMatch(/28/)
})

test('an edit in an imported file is published for the files that import it', async () => {
  const folder = await folderWith({})
  const client = await startClient({ capabilities: PLAIN })
  const [blocks, main] = [`${folder}blocks.cnn`, `${folder}main.cnn`]
  await client.open(main, USER)
  await eventually(
    'the missing import',
    () => client.published.at(-1)?.diagnostics[0]?.code === 'import-not-found',
  )
  await client.open(blocks, BLOCK)
  await eventually('the import', () => {
    const last = client.published.findLast(({ uri }) => uri === main)
    return last?.diagnostics.length === 0
  })
  await client.change(blocks, BLOCK.replace('3)', '9)'))
  await eventually('the fault', () => {
    const last = client.published.findLast(({ uri }) => uri === main)
    return codes(last?.diagnostics ?? []).includes('3 window-exceeds-input')
  })
})

const BLOCK = 'block b(x: tensor) { return x -> conv(8, 3) }\n'
const USER = `from "./blocks.cnn" import b
network N {
  input image: [3, 8, 8]
  output y = image -> b
}
`
