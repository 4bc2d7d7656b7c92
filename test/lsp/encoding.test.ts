import { expect, test } from 'vitest'
import { HoverRequest } from 'vscode-languageserver-protocol/node'
import { encodedLines, negotiateEncoding } from '../../server/src/lsp/encoding'
import { PULLS, startClient } from './client'

const URI = 'file:///test/n.cnn'
/** Letters of two, three and four bytes stand before everything that is asked for. */
const TEXT = `network Ü {
  input größe: [3, 8, 8]
  ß一 = größe -> conv(8, 3) # 🙂 ok
  output y = ß一 -> relu
}
`

test.each(['utf-8', 'utf-16', 'utf-32'] as const)('positions count %s units', async (encoding) => {
  const capabilities = { ...PULLS, general: { positionEncodings: [encoding, 'utf-16'] } }
  const client = await startClient({ capabilities })
  expect(client.initialized.capabilities.positionEncoding).toBe(encoding)
  await client.open(URI, TEXT)
  const column = (line: number, text: string) => {
    const before = (TEXT.split('\n')[line] ?? '').split(text)[0] ?? ''
    if (encoding === 'utf-8') return Buffer.byteLength(before)
    return encoding === 'utf-16' ? before.length : [...before].length
  }
  const position = { line: 2, character: column(2, 'conv') }
  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: URI },
    position,
  })
  expect(hover?.range?.start).toEqual(position)
  // Behind the smiling face, and in front of it, an edit lands where the client means it.
  const behind = { line: 2, character: column(2, ' ok') }
  await client.change(URI, '!', { start: behind, end: behind })
  const at = { line: 2, character: column(2, '3)') }
  await client.change(URI, '9', { start: at, end: { line: 2, character: at.character + 1 } })
  const [problem] = await client.diagnostics(URI)
  expect(problem?.code).toBe('window-exceeds-input')
  expect(problem?.range.start).toEqual(at)
})

test('the first encoding that both know is taken', () => {
  expect(negotiateEncoding({})).toBe('utf-16')
  expect(negotiateEncoding({ general: { positionEncodings: [] } })).toBe('utf-16')
  expect(negotiateEncoding({ general: { positionEncodings: ['ebcdic', 'utf-8', 'utf-16'] } })).toBe('utf-8')
})

test('positions outside a line, and inside a letter, go to the nearest place', () => {
  const lines = encodedLines('aß🙂b\nc', 'utf-8')
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map((character) => lines.offset({ line: 0, character }))).toEqual([
    0, 1, 1, 2, 2, 2, 2, 4, 5, 5,
  ])
  expect([0, 1, 2, 4, 5, 6].map((offset) => lines.position(offset))).toEqual([
    { line: 0, character: 0 },
    { line: 0, character: 1 },
    { line: 0, character: 3 },
    { line: 0, character: 7 },
    { line: 0, character: 8 },
    { line: 1, character: 0 },
  ])
})
