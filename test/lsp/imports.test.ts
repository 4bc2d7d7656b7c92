import { expect, test } from 'vitest'
import { codes, eventually, folderWith, startClient } from './client'

const BLOCK = 'block b(x: tensor) { return x -> conv(8, 3) }\n'
const BROKEN = BLOCK.replace('3)', '9)')
const USER = `from "./blocks.cnn" import b
network N {
  input image: [3, 8, 8]
  output y = image -> b
}
`

test('imports are read from the disk and followed when they change there', async () => {
  const folder = await folderWith({ 'blocks.cnn': BLOCK, 'main.cnn': USER })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const [blocks, main] = [`${folder}blocks.cnn`, `${folder}main.cnn`]
  await client.open(main, USER)
  expect(await client.diagnostics(main)).toEqual([])
  await eventually('the watcher', () =>
    client.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'),
  )
  await client.pull(main)
  const refreshes = client.refreshes()
  await client.write(blocks, BROKEN)
  await eventually('a request to pull again', () => client.refreshes() > refreshes)
  const [problem] = await client.diagnostics(main)
  expect(problem?.code).toBe('window-exceeds-input')
  expect(problem?.range.start.line).toBe(3)
  expect(problem?.relatedInformation?.[0]?.location.uri).toBe(blocks)
  await client.remove(blocks)
  expect(codes(await client.diagnostics(main))).toEqual(['0 import-not-found'])
  await client.write(blocks, BLOCK)
  expect(await client.diagnostics(main)).toEqual([])
})

test('an open editor comes before the disk, until it is closed', async () => {
  const folder = await folderWith({ 'blocks.cnn': BLOCK, 'main.cnn': USER })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const [blocks, main] = [`${folder}blocks.cnn`, `${folder}main.cnn`]
  await client.open(main, USER)
  expect(await client.diagnostics(main)).toEqual([])
  await client.open(blocks, BLOCK)
  const refreshes = client.refreshes()
  await client.change(blocks, BROKEN)
  await eventually('a request to pull again', () => client.refreshes() > refreshes)
  expect(codes(await client.diagnostics(main))).toEqual(['3 window-exceeds-input'])
  await client.close(blocks)
  expect(await client.diagnostics(main)).toEqual([])
})

test('a fault in a block shows in its own file too while that is open, with the call that leads there', async () => {
  const folder = await folderWith({ 'blocks.cnn': BROKEN, 'main.cnn': USER })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const blocks = `${folder}blocks.cnn`
  await client.open(blocks, BROKEN)
  const [problem, ...others] = await eventually('the problem', async () => {
    const found = await client.diagnostics(blocks)
    return found.length > 0 && found
  })
  expect(others).toEqual([])
  expect(problem?.code).toBe('window-exceeds-input')
  expect(problem?.range.start).toEqual({ line: 0, character: BROKEN.indexOf('9') })
  expect(problem?.relatedInformation?.[0]?.location).toMatchObject({
    uri: `${folder}main.cnn`,
    range: { start: { line: 3 } },
  })
})

test('imports of imports are followed, circles end', async () => {
  const folder = await folderWith({
    'a.cnn': USER.replace('blocks', 'b'),
    'b.cnn': 'from "./c.cnn" import c\nblock b(x: tensor) { return x -> c }\n',
    'c.cnn': 'from "./b.cnn" import b\nblock c(x: tensor) { return x -> conv(8, 3) }\n',
  })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const [a, c] = [`${folder}a.cnn`, `${folder}c.cnn`]
  await client.open(a, USER.replace('blocks', 'b'))
  const before = codes(await client.diagnostics(a))
  await client.open(c, 'block c(x: tensor) { return x -> conv(8, 3) }\n')
  expect(await client.diagnostics(a)).toEqual([])
  await client.close(c)
  expect(codes(await client.diagnostics(a))).toEqual(before)
})

test('without a watcher, what is on the disk is read again after a while', async () => {
  const folder = await folderWith({ 'blocks.cnn': BLOCK, 'main.cnn': USER })
  const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } } })
  const main = `${folder}main.cnn`
  await client.open(main, USER)
  expect(await client.diagnostics(main)).toEqual([])
  await client.write(`${folder}blocks.cnn`, BROKEN)
  await eventually('the problem', async () => (await client.diagnostics(main)).length > 0)
})

test('names with spaces and other letters lead to their files, however the client writes them', async () => {
  const folder = await folderWith({ 'größe 1/my blocks.cnn': BLOCK, 'größe 1/main.cnn': '' })
  const client = await startClient()
  const main = `${folder}gr%C3%B6%C3%9Fe%201/main.cnn`
  await client.open(main, USER.replace('blocks', 'my blocks'))
  expect(await client.diagnostics(main)).toEqual([])
  const blocks = `${folder}größe 1/my blocks.cnn`
  await client.open(blocks, BROKEN)
  expect(codes(await client.diagnostics(main))).toEqual(['3 window-exceeds-input'])
})
