import { mkdir, symlink } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { codes, eventually, folderWith, startClient } from './client'

const BLOCK = 'block b(x: tensor) { return x -> conv(8, 3) }\n'
const USER = `from "../outside/blocks.cnn" import b
network N {
  input image: [3, 8, 8]
  output y = image -> b
}
`
const FILES = {
  'outside/blocks.cnn': BLOCK,
  'outside/cnnlint.config.json': '{ "rules": { "stride-drops-pixels": "error" } }',
  'inside/blocks.cnn': BLOCK,
  'inside/main.cnn': USER,
}

async function opened(isTrusted: boolean, text: string) {
  const root = await folderWith(FILES)
  await symlink(new URL(`${root}outside/blocks.cnn`), new URL(`${root}inside/link.cnn`))
  const options = { folders: [`${root}inside`], initializationOptions: { isRestricted: !isTrusted } }
  const client = await startClient(options)
  const main = `${root}inside/main.cnn`
  await client.open(main, text)
  return { client, main, root }
}

test('in a trusted workspace imports lead anywhere', async () => {
  const { client, main } = await opened(true, USER)
  expect(await client.diagnostics(main)).toEqual([])
})

test('in a restricted workspace nothing outside is read, and the import says why', async () => {
  const { client, main } = await opened(false, USER)
  const [problem, ...others] = await client.diagnostics(main)
  expect(others).toEqual([])
  expect(problem).toMatchObject({ code: 'import-not-found', range: { start: { line: 0, character: 5 } } })
  expect(problem?.message).toMatch(/lies outside of the workspace, which the editor does not trust/)
  await client.change(main, USER.replace('../outside', '.'))
  expect(await client.diagnostics(main)).toEqual([])
})

test('in a restricted workspace a link does not lead out of it either', async () => {
  const { client, main } = await opened(false, USER.replace('../outside/blocks', './link'))
  expect(codes(await client.diagnostics(main))).toEqual(['0 import-not-found'])
})

test('in a restricted workspace a configuration extends none that lies outside', async () => {
  const { client, main, root } = await opened(false, USER.replace('../outside', '.'))
  await client.write(`${root}inside/cnnlint.config.json`, '{ "extends": ["../outside/cnnlint.config.json"] }')
  await client.diagnostics(main)
  const found = await eventually('the mistake', () => {
    const last = client.published.findLast(({ uri }) => uri.endsWith('inside/cnnlint.config.json'))
    return last?.diagnostics.length === 1 && last.diagnostics[0]
  })
  expect(found.code).toBe('config-extends-not-found')
})

test('imports of what is no regular file are errors at once', async () => {
  const root = await folderWith({ 'main.cnn': '' })
  await mkdir(new URL(`${root}folder.cnn`))
  await symlink('/dev/zero', new URL(`${root}zero.cnn`))
  const text = ['./folder.cnn', './zero.cnn', '/dev/tty', '/dev/zero', '/proc/self/mem']
    .map((path, i) => `from "${path}" import u${i}`)
    .join('\n')
  const client = await startClient({ folders: [root.slice(0, -1)] })
  await client.open(`${root}main.cnn`, text)
  const found = await client.diagnostics(`${root}main.cnn`)
  expect(codes(found)).toEqual([0, 1, 2, 3, 4].map((line) => `${line} import-not-found`))
})
