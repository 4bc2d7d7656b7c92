import { expect, test } from 'vitest'
import { codes, startClient } from './client'

const GOOD = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3)
}
`
const URI = 'file:///test/n.cnn'

test('problems are shown with their code, their page, their source and their range', async () => {
  const client = await startClient()
  await client.open(URI, GOOD.replace('3)', '9)'))
  const [problem, ...others] = await client.diagnostics(URI)
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    code: 'window-exceeds-input',
    source: 'cnnlint',
    severity: 1,
    range: { start: { line: 2 }, end: { line: 2 } },
  })
  expect(problem?.codeDescription?.href).toMatch(/window-exceeds-input/)
  expect(problem?.message).toMatch(/9/)
})

test('a result that has not changed is not sent again', async () => {
  const client = await startClient()
  await client.open(URI, GOOD.replace('3)', '9)'))
  const first = await client.pull(URI)
  expect(first.kind).toBe('full')
  expect(await client.pull(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
  // A change that leaves every problem as it was leaves the result as it was.
  await client.change(URI, ' ', { start: { line: 3, character: 1 }, end: { line: 3, character: 1 } })
  expect(await client.pull(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
  await client.change(URI, '\n', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })
  const second = await client.pull(URI, first.resultId)
  expect(second.kind).toBe('full')
  expect(second.resultId).not.toBe(first.resultId)
})

test('edits reach the analysis, several in one message too', async () => {
  const client = await startClient()
  await client.open(URI, GOOD)
  expect(await client.diagnostics(URI)).toEqual([])
  await client.change(URI, '9', { start: { line: 2, character: 30 }, end: { line: 2, character: 31 } })
  expect(codes(await client.diagnostics(URI))).toEqual(['2 window-exceeds-input'])
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: URI, version: 100 },
    contentChanges: [
      { range: { start: { line: 2, character: 30 }, end: { line: 2, character: 31 } }, text: '' },
      { range: { start: { line: 2, character: 30 }, end: { line: 2, character: 30 } }, text: '5' },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# first\n' },
    ],
  })
  expect(await client.diagnostics(URI)).toEqual([])
  await client.change(URI, GOOD.replace('8, 8]', '2, 2]'))
  expect(codes(await client.diagnostics(URI))).toEqual(['2 window-exceeds-input'])
})

test('a document that is not open is read from the disk; where there is none it has no problems', async () => {
  const client = await startClient()
  expect(await client.diagnostics('file:///nowhere/at/all.cnn')).toEqual([])
  expect(await client.diagnostics('untitled:Untitled-1')).toEqual([])
  await client.open('untitled:Untitled-1', GOOD.replace('3)', '9)'))
  expect(codes(await client.diagnostics('untitled:Untitled-1'))).toEqual(['2 window-exceeds-input'])
})
