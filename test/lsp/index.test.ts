import { test } from 'vitest'
import { FileChangeType } from 'vscode-languageserver-protocol/node'
import { type Client, codes, eventually, folderWith, startClient } from './client'

/** A file with a network, whose blocks are there for others: one for the last importer alone, one for nobody. */
const LIBRARY = `block common(x: tensor) { return x -> conv(8, 3) }
block rare(x: tensor) { return x -> conv(8, 1) }
block never(x: tensor) { return x -> conv(8, 5) }
network N {
  input image: [3, 8, 8]
  output y = image -> common
}
`

const importing = (name: string, body = `output y = image -> ${name}`) => `from "./library.cnn" import ${name}
network N {
  input image: [3, 8, 8]
  ${body}
}
`

/** Importers of `common`, and a last one of `rare`. */
function importers(count: number, body?: string): Readonly<Record<string, string>> {
  const names = Array.from({ length: count }, (_, i) => `user${String(i).padStart(3, '0')}.cnn`)
  return Object.fromEntries(
    names.map((name, i) => [name, i + 1 < count ? importing('common', body) : importing('rare')]),
  )
}

/** What is found while somebody imports `rare`, and while nobody does. Nothing before the workspace is known. */
const IN_USE = '2 unused-declaration'
const UNUSED = '1 unused-declaration,2 unused-declaration'

/** Waits until this is found in the library. */
const finds = (client: Client, library: string, expected: string) =>
  eventually(expected, async () => codes(await client.diagnostics(library)).join() === expected)

test.each([
  ['more importers than are open', 40, undefined],
  ['more importers than can be analysed', 12, 'output y = image -> common -> 3000 * relu'],
])('a block is in use that the last one imports: %s', async (_, count, body) => {
  const folder = await folderWith({ 'library.cnn': LIBRARY, ...importers(count, body) })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const library = `${folder}library.cnn`
  await finds(client, library, IN_USE)
  await client.open(library, LIBRARY)
  await finds(client, library, IN_USE)
})

test('importers come and go with their files', async () => {
  const folder = await folderWith({ 'library.cnn': LIBRARY })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const [library, user] = [`${folder}library.cnn`, `${folder}user.cnn`]
  await finds(client, library, UNUSED)
  await client.write(user, importing('rare'))
  await finds(client, library, IN_USE)
  await client.write(user, importing('common'))
  await finds(client, library, UNUSED)
  await client.write(user, importing('rare'))
  await finds(client, library, IN_USE)
  await client.remove(user)
  await finds(client, library, UNUSED)
})

test('an importer counts as it is in the editor', async () => {
  const folder = await folderWith({ 'library.cnn': LIBRARY, 'user.cnn': importing('rare') })
  const client = await startClient({ folders: [folder.slice(0, -1)] })
  const [library, user] = [`${folder}library.cnn`, `${folder}user.cnn`]
  await finds(client, library, IN_USE)
  await client.open(user, importing('common'))
  await finds(client, library, UNUSED)
  await client.change(user, importing('rare'))
  await finds(client, library, IN_USE)
})

test('files that only the client can read are known too', async () => {
  const [library, user] = ['memfs:/library.cnn', 'memfs:/user.cnn']
  const files = new Map([
    [library, LIBRARY],
    [user, importing('rare')],
  ])
  const client = await startClient({ folders: ['memfs:/'], files })
  await client.open(library, LIBRARY)
  await finds(client, library, IN_USE)
  files.delete(user)
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: user, type: FileChangeType.Deleted }],
  })
  await finds(client, library, UNUSED)
})
