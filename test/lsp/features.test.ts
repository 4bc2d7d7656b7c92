import { expect, test } from 'vitest'
import {
  CancellationTokenSource,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  HoverRequest,
  type TextEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { type Client, codes, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 9) -> relu
}
# cnnlint-disable kernel-covers-map
`
const GOOD = TEXT.replace('9)', '3)').replace(/#.*\n/, '')

test('a hover shows shapes, and its range is the name', async () => {
  const client = await startClient()
  await client.open(URI, GOOD)
  expect(await client.hover(URI, 2, 24)).toMatch(/^\*\*3×8×8 → 8×6×6\*\*\n/)
  expect(await client.hover(URI, 0, 0)).toMatch(/image 3×8×8 → y 8×6×6/)
  expect(await client.hover(URI, 3, 1)).toBeUndefined()
  expect(await client.hover(URI, 900, 1)).toBeUndefined()
  const position = { line: 2, character: 24 }
  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: URI },
    position,
  })
  expect(hover?.range).toEqual({ start: { line: 2, character: 22 }, end: { line: 2, character: 26 } })
})

test('settings shorten a hover', async () => {
  let hover: unknown = { details: 'shapes' }
  const client = await startClient({ settings: () => ({ hover }) })
  await client.open(URI, GOOD)
  expect(await client.hover(URI, 2, 24)).toBe('**3×8×8 → 8×6×6**')
  hover = { documentation: false }
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
  expect(await client.hover(URI, 2, 24)).toMatch(/Parameters/)
  expect(await client.hover(URI, 2, 24)).not.toMatch(/---/)
})

test('a document is formatted, whole or in part, even where it has errors', async () => {
  const client = await startClient()
  const text = `network   N {\ninput image:[3,8,8]\n   output y=image->conv( 8,3 )\n   x = (\n}\n`
  await client.open(URI, text)
  const options = { tabSize: 2, insertSpaces: true }
  const textDocument = { uri: URI }
  const whole = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options })
  expect(apply(text, whole)).toMatch(
    /^network N \{\n {2}input image: \[3, 8, 8\]\n {2}output y = image -> conv\(8, 3\)\n/,
  )
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } }
  const part = await client.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument,
    options,
    range,
  })
  expect(apply(text, part)).toMatch(/^network {3}N \{\n {2}input image: \[3, 8, 8\]\n {3}output y=image/)
  const closed = { textDocument: { uri: 'file:///closed.cnn' }, options }
  expect(await client.connection.sendRequest(DocumentFormattingRequest.type, closed)).toBeNull()
})

test('quick fixes are offered at a problem, and applying the first fixes it', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const [problem] = await client.diagnostics(URI)
  if (problem === undefined) throw new Error('There is no problem.')
  const actions = await actionsAt(client, { range: problem.range, context: { diagnostics: [problem] } })
  const [first] = actions
  expect(first?.kind).toBe('quickfix')
  // An editor would apply a preferred one without showing it, and another size is a choice.
  expect(first?.isPreferred).toBeUndefined()
  expect(first?.diagnostics).toEqual([problem])
  expect(first?.title).toMatch(/ → \d+×\d+×\d+$/)
  await client.change(URI, apply(TEXT, first?.edit?.changes?.[URI] ?? null))
  expect(codes(await client.diagnostics(URI))).toEqual([])
})

test('all that can be fixed is fixed at once, when it is asked for', async () => {
  const client = await startClient()
  const text = TEXT.replace('conv(8, 9) -> relu', 'rellu').replace(/#.*\n/, '')
  await client.open(URI, text)
  const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } }
  const context = { diagnostics: [], only: ['source.fixAll.cnnlint'] }
  const [action] = await actionsAt(client, { range, context })
  if (action === undefined) throw new Error('Nothing is offered.')
  const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, action)
  await client.change(URI, apply(text, resolved.edit?.changes?.[URI] ?? null))
  expect(await client.diagnostics(URI)).toEqual([])
})

test('an action without what it needs is given back as it is', async () => {
  const client = await startClient()
  const action: CodeAction = { title: 'Something else', data: { uri: 5 } }
  expect(await client.connection.sendRequest(CodeActionResolveRequest.type, action)).toEqual(action)
})

test('a cancelled request ends as cancelled, and one whose document changes is not answered for the old text', async () => {
  const client = await startClient()
  const large = `network N {\n  input image: [3, 64, 64]\n  x = image\n${'  x = x -> conv(8, 3, padding=1)\n'.repeat(3000)}}\n`
  await client.open(URI, large)
  const source = new CancellationTokenSource()
  const params = { textDocument: { uri: URI }, position: { line: 20, character: 13 } }
  const hover = client.connection.sendRequest(HoverRequest.type, params, source.token)
  source.cancel()
  await expect(hover).rejects.toMatchObject({ code: -32800 })

  await client.change(URI, large.replace('64, 64', '32, 32'))
  const overtaken = client.connection.sendRequest(HoverRequest.type, params)
  const pulled = client.pull(URI)
  await client.change(URI, large)
  await expect(overtaken).rejects.toMatchObject({ code: -32801 })
  // An editor takes an empty answer for an empty list of problems, so it is told to ask again.
  await expect(pulled).rejects.toMatchObject({ code: -32802, data: { retriggerRequest: true } })
  expect(await client.hover(URI, 20, 13)).toMatch(/8×64×64 → 8×64×64/)
})

async function actionsAt(client: Client, params: object): Promise<readonly CodeAction[]> {
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: URI },
    ...params,
  } as never)
  return (actions ?? []) as CodeAction[]
}

function apply(text: string, edits: readonly TextEdit[] | null): string {
  return TextDocument.applyEdits(TextDocument.create(URI, 'cnn', 1, text), [...(edits ?? [])])
}
