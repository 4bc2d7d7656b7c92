import { expect, test } from 'vitest'
import {
  type SemanticTokens,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node'
import { startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`
const textDocument = { uri: URI }

test('tokens come whole, as a difference, and for a range', async () => {
  const client = await startClient()
  const { connection } = client
  const legend = client.initialized.capabilities.semanticTokensProvider?.legend
  expect(legend?.tokenTypes).toContain('tensor')
  await client.open(URI, TEXT)
  const whole = await connection.sendRequest(SemanticTokensRequest.type, { textDocument })
  expect(whole?.data.length).toBe(5 * 5)

  await client.change(URI, TEXT.replace('conv', 'bn -> conv'))
  const previousResultId = whole?.resultId ?? ''
  const changed = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
    textDocument,
    previousResultId,
  })
  if (changed === null || !('edits' in changed)) throw new Error('The answer is no difference.')
  const data = [...(whole?.data ?? [])]
  for (const { start, deleteCount, data: inserted = [] } of changed.edits) {
    data.splice(start, deleteCount, ...inserted)
  }
  const again = await connection.sendRequest(SemanticTokensRequest.type, { textDocument })
  expect(data).toEqual(again?.data)

  // What the server does not know any more is answered whole.
  const lost = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
    textDocument,
    previousResultId,
  })
  expect((lost as SemanticTokens).data).toEqual(again?.data)

  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }
  const part = await connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range })
  expect(part?.data.length).toBe(5)
})
