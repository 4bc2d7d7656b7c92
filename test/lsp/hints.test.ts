import { expect, test } from 'vitest'
import { CodeLensRequest } from 'vscode-languageserver-protocol/node'
import { startClient } from './client'

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
  expect(await lenses()).toEqual([
    {
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } },
      command: { title: '224 params · 7.78 KMACs · rf 3 · 1 weight layer', command: '' },
    },
  ])
  codeLens = { enable: false }
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
  expect(await lenses()).toBeNull()
})
