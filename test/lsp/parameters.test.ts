import { expect, test } from 'vitest'
import { DidChangeTextDocumentNotification, ErrorCodes } from 'vscode-languageserver-protocol/node'
import { ASKED } from './asks'
import { codes, startClient } from './client'

const URI = 'file:///test/n.cnn'

const GOOD = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`

/** What these take is made by the server itself, and comes back as it is where there is nothing to add. */
const RESOLVED = ['completionItem/resolve', 'codeAction/resolve', 'inlayHint/resolve']

/** A document is all that these need. */
const NEEDS_DOCUMENT = [
  'textDocument/diagnostic',
  'textDocument/codeLens',
  'textDocument/documentSymbol',
  'textDocument/documentLink',
  'textDocument/foldingRange',
  'textDocument/formatting',
  'textDocument/semanticTokens/full',
  'cnnlint/inputs',
]

test('requests without their parameters, or with those of another kind, are refused, and nothing fails', async () => {
  const client = await startClient()
  await client.open(URI, GOOD)
  const onDocument = { textDocument: { uri: URI }, position: 3, range: { start: {} }, positions: [7] }
  const wrong = { ...onDocument, item: 'x', query: 1, files: [{}], command: [] }
  for (const method of ASKED.filter((each) => !RESOLVED.includes(each))) {
    for (const params of [{}, { textDocument: {} }, wrong]) {
      const asked = client.connection.sendRequest(method, params)
      if (params === wrong && NEEDS_DOCUMENT.includes(method)) await asked
      else await expect(asked, method).rejects.toMatchObject({ code: ErrorCodes.InvalidParams })
    }
  }
  expect(client.log).toEqual([])
})

test('a second text under the same version, or an older one, is the text that counts', async () => {
  const client = await startClient()
  await client.open(URI, GOOD)
  expect(await client.diagnostics(URI)).toEqual([])
  const send = (version: number, text: string) =>
    client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: URI, version },
      contentChanges: [{ text }],
    })
  await send(1, GOOD.replace('3)', '9)'))
  expect(codes(await client.diagnostics(URI))).toEqual(['2 window-exceeds-input'])
  await send(1, GOOD)
  expect(await client.diagnostics(URI)).toEqual([])
  await send(0, GOOD.replace('3)', '10)'))
  expect(codes(await client.diagnostics(URI))).toEqual(['2 window-exceeds-input'])
})
