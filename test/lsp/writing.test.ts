import { expect, test } from 'vitest'
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  CompletionTriggerKind,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node'
import { type Client, folderWith, PULLS, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  a = image -> conv(8, 3, padding=1)
  y = a -> 
}
`
const SNIPPETS: ClientCapabilities = {
  ...PULLS,
  textDocument: { ...PULLS.textDocument, completion: { completionItem: { snippetSupport: true } } },
}

test('layers are proposed on a half-written line, and documented when they are looked at', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const list = await complete(client, URI, 3, 11)
  expect(list.isIncomplete).toBe(false)
  const conv = itemOf(list, 'conv')
  expect(conv.textEdit).toEqual({
    range: { start: { line: 3, character: 11 }, end: { line: 3, character: 11 } },
    newText: 'conv',
  })
  expect(conv.documentation).toBeUndefined()
  const resolved = await client.connection.sendRequest(CompletionResolveRequest.type, conv)
  expect(resolved.documentation).toMatchObject({ value: expect.stringContaining('Slides a window') })
})

test('snippets, and commands of the editor, go to clients that know them', async () => {
  const client = await startClient({ capabilities: SNIPPETS })
  await client.open(URI, TEXT)
  const conv = itemOf(await complete(client, URI, 3, 11), 'conv')
  expect(conv.textEdit?.newText).toBe(`conv(\${1:channels}, \${2:kernel})`)
  expect(conv.insertTextFormat).toBe(2)
  expect(conv.command).toBeUndefined()
})

test('a list that a character opens is empty where it would be in the way', async () => {
  const client = await startClient()
  await client.open(URI, TEXT.replace('-> \n', '-> conv(8, 3, padding=\n'))
  const context = { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: '=' }
  const list = await complete(client, URI, 3, 30, context)
  expect(list.items[0]).toMatchObject({ label: '1', detail: '→ 8×8×8' })
  const space = await complete(client, URI, 3, 6, { ...context, triggerCharacter: ' ' })
  expect(space.items).toEqual([])
})

test('imports find the files of the workspace, and those beside a file that is in none', async () => {
  const root = await folderWith({ 'blocks.cnn': '', 'deep/fpn.cnn': '', 'main.cnn': 'from ""' })
  const inside = await startClient({ folders: [root] })
  await inside.open(`${root}main.cnn`, 'from ""')
  const labels = async (client: Client) =>
    (await complete(client, `${root}main.cnn`, 0, 6)).items.map(({ label }) => label)
  expect(await labels(inside)).toEqual(['./blocks.cnn', './deep/fpn.cnn'])
  const outside = await startClient()
  await outside.open(`${root}main.cnn`, 'from ""')
  await outside.open('untitled:Untitled-1', '')
  expect(await labels(outside)).toEqual(['./blocks.cnn'])
})

test('an edit while a list is made does not take it away', async () => {
  const client = await startClient()
  const large = TEXT.replace('  y =', `${'  a = a -> relu\n'.repeat(2000)}  y =`)
  await client.open(URI, large)
  const list = complete(client, URI, 2003, 11)
  await client.change(URI, large.replace('-> \n', '-> c\n'))
  expect(itemOf(await list, 'conv')).toBeDefined()
})

test('the signature of the call that is being written', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const ask = (line: number, character: number) =>
    client.connection.sendRequest(SignatureHelpRequest.type, {
      textDocument: { uri: URI },
      position: { line, character },
    })
  const help = await ask(2, 23)
  expect(help?.signatures[0]?.label).toMatch(/^conv\(x: tensor, channels, kernel, /)
  expect(help?.activeParameter).toBe(2)
  expect(await ask(3, 5)).toBeNull()
  expect(client.initialized.capabilities.signatureHelpProvider).toEqual({
    triggerCharacters: ['('],
    retriggerCharacters: [','],
  })
})

async function complete(
  client: Client,
  uri: string,
  line: number,
  character: number,
  context?: { triggerKind: CompletionTriggerKind; triggerCharacter?: string },
): Promise<CompletionList> {
  const params = { textDocument: { uri }, position: { line, character }, ...(context ? { context } : {}) }
  return (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList
}

function itemOf({ items }: CompletionList, label: string): CompletionItem {
  const item = items.find((each) => each.label === label)
  if (item === undefined) throw new Error(`'${label}' is not proposed.`)
  return item
}
