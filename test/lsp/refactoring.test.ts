import { expect, test } from 'vitest'
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  ShowMessageNotification,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { type Client, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3) -> relu
}
`
const STAGES = { start: { line: 2, character: 22 }, end: { line: 2, character: 40 } }

test('refactorings are offered by kind, and say which kinds there are', async () => {
  const client = await startClient()
  expect(client.initialized.capabilities.codeActionProvider).toMatchObject({
    codeActionKinds: expect.arrayContaining(['refactor.extract', 'refactor.inline', 'refactor.rewrite']),
  })
  await client.open(URI, TEXT)
  const [action, ...others] = await actionsAt(client, ['refactor.extract.block'])
  expect(others).toEqual([])
  expect(action).toMatchObject({ title: 'Extract block conv_relu', kind: 'refactor.extract.block' })
  expect(action?.command).toBeUndefined()
  expect(applied(TEXT, action)).toBe(`block conv_relu(x: tensor) {
  return x -> conv(8, 3) -> relu
}

network N {
  input image: [3, 8, 8]
  output y = image -> conv_relu
}
`)
})

test('an editor that can is asked for a better name than the one made up', async () => {
  const client = await startClient({ initializationOptions: { editorCommands: true } })
  await client.open(URI, TEXT)
  const [action] = await actionsAt(client, ['refactor.extract.block'])
  expect(action?.command).toMatchObject({
    command: '_cnnlint.renameAt',
    arguments: [URI, { line: 6, character: 22 }],
  })
})

test('in a large network a refactoring is proven when it is chosen, and one that proves wrong changes nothing', async () => {
  const layers = '  x = x -> conv(8, 3, padding=1) -> relu\n'.repeat(200)
  const text = TEXT.replace('  output', `  x = image\n${layers}  z = image -> conv(8, 5)\n  output`)
  const capabilities = { textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } } }
  const client = await startClient({ capabilities })
  const messages: string[] = []
  client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    messages.push(message)
  })
  await client.open(URI, text)
  const line = text.split('\n').findIndex((each) => each.includes('conv(8, 5)'))
  const range = { start: { line, character: 16 }, end: { line, character: 16 } }
  const chosen = async () => {
    const [action] = await actionsAt(client, ['refactor.rewrite'], range)
    expect(action).toMatchObject({ title: 'Factorise into 1×5 and 5×1 (saves 25 % of 608 parameters)' })
    expect(action?.edit).toBeUndefined()
    return client.connection.sendRequest(CodeActionResolveRequest.type, action as CodeAction)
  }
  expect(applied(text, await chosen())).toContain('z = image -> conv(8, 1x5) -> relu -> conv(8, 5x1)\n')
  expect(messages).toEqual([])

  await client.change(
    URI,
    text.replace('\n}', '\n  expect params == z.params + x.params + y.params\n  expect z.params == 608\n}'),
  )
  expect((await chosen()).edit).toBeUndefined()
  expect(messages).toEqual([expect.stringMatching(/^Factorise into 1×5 and 5×1 .*: not done/)])
})

async function actionsAt(client: Client, only: string[], range = STAGES): Promise<readonly CodeAction[]> {
  const context = { diagnostics: [], only }
  const params = { textDocument: { uri: URI }, range, context }
  return ((await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []) as CodeAction[]
}

function applied(text: string, action: CodeAction | undefined): string {
  const document = TextDocument.create(URI, 'cnn', 1, text)
  return TextDocument.applyEdits(document, [...(action?.edit?.changes?.[URI] ?? [])])
}
