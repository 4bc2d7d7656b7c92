import { describe, expect, test } from 'vitest'
import {
  type ClientCapabilities,
  CodeActionRequest,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  ExecuteCommandRequest,
} from 'vscode-languageserver-protocol/node'
import { type Client, codes, eventually, folderWith, PULLS, startClient } from './client'

/** It has a stride that drops pixels, which is information by default. */
const DROPS = `network N {
  input image: [3, 9, 9]
  output y = image -> maxpool(2)
}
`
const RULE = 'stride-drops-pixels'
const config = (severity: string) => JSON.stringify({ rules: { [RULE]: severity } })

const SYNCHRONISES: ClientCapabilities = {
  ...PULLS,
  textDocument: { ...PULLS.textDocument, synchronization: { dynamicRegistration: true } },
}

/** A folder that is open in a client. */
async function opened(files: Record<string, string>, settings: () => unknown = () => ({})) {
  const folder = await folderWith(files)
  const client = await startClient({
    folders: [folder.slice(0, -1)],
    capabilities: SYNCHRONISES,
    settings: () => settings(),
  })
  await eventually('the registrations', () =>
    client.registrations.some(({ method }) => method === 'textDocument/didClose'),
  )
  const severity = async (name: string) =>
    (await client.diagnostics(`${folder}${name}`)).map((each) => `${each.severity} ${each.code}`)
  return { folder, client, severity, configUri: `${folder}cnnlint.config.json` }
}

/** What was published last for a file. */
const last = (client: Client, uri: string) =>
  client.published.findLast((params) => params.uri === uri)?.diagnostics

describe('the nearest configuration', () => {
  test('reaches the rules, and is followed on the disk', async () => {
    const { folder, client, severity, configUri } = await opened({ 'a/n.cnn': DROPS })
    await client.open(`${folder}a/n.cnn`, DROPS)
    expect(await severity('a/n.cnn')).toEqual([`3 ${RULE}`])
    const refreshes = client.refreshes()
    await client.write(configUri, config('error'))
    await eventually('a request to pull again', () => client.refreshes() > refreshes)
    expect(await severity('a/n.cnn')).toEqual([`1 ${RULE}`])
    await client.write(`${folder}a/cnnlint.config.json`, config('off'))
    await eventually('no finding', async () => (await severity('a/n.cnn')).length === 0)
    await client.remove(`${folder}a/cnnlint.config.json`)
    await eventually('the one above', async () => (await severity('a/n.cnn'))[0] === `1 ${RULE}`)
  })

  test('counts as it stands in an open editor', async () => {
    const { folder, client, severity, configUri } = await opened({
      'n.cnn': DROPS,
      'cnnlint.config.json': config('error'),
    })
    await client.open(`${folder}n.cnn`, DROPS)
    expect(await severity('n.cnn')).toEqual([`1 ${RULE}`])
    await client.open(configUri, config('warning'))
    expect(await severity('n.cnn')).toEqual([`2 ${RULE}`])
    const refreshes = client.refreshes()
    await client.change(configUri, config('hint'))
    await eventually('a request to pull again', () => client.refreshes() > refreshes)
    expect(await severity('n.cnn')).toEqual([`4 ${RULE}`])
    await client.close(configUri)
    expect(await severity('n.cnn')).toEqual([`1 ${RULE}`])
  })

  test('is overruled by the settings of the editor, which reach a rule that is off', async () => {
    let settings: unknown = {}
    const { folder, client, severity } = await opened(
      { 'n.cnn': DROPS, 'cnnlint.config.json': config('off') },
      () => settings,
    )
    await client.open(`${folder}n.cnn`, DROPS)
    expect(await severity('n.cnn')).toEqual([])
    settings = { diagnostics: { severity: { [RULE]: 'warning' } } }
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    expect(await severity('n.cnn')).toEqual([`2 ${RULE}`])
  })

  test('holds for documents that have not been saved', async () => {
    const { folder, client } = await opened({ 'cnnlint.config.json': config('error') })
    for (const uri of ['untitled:Untitled-1', `untitled:${new URL(folder).pathname}a/new.cnn`]) {
      await client.open(uri, DROPS)
      expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([1])
    }
  })

  test('is read again by itself where the client does not watch files', async () => {
    const folder = await folderWith({ 'n.cnn': DROPS })
    const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } } })
    expect(codes(await client.diagnostics(`${folder}n.cnn`))).toEqual([`2 ${RULE}`])
    await client.write(`${folder}cnnlint.config.json`, config('off'))
    await eventually('no finding', async () => (await client.diagnostics(`${folder}n.cnn`)).length === 0)
  })
})

describe('ignored files', () => {
  const files = { 'old/n.cnn': DROPS.replace('(2)', '(12)'), 'cnnlint.config.json': '{ "ignore": ["old"] }' }

  test('have no problems and no fixes, but hovers', async () => {
    const { folder, client, severity } = await opened(files)
    const uri = `${folder}old/n.cnn`
    await client.open(uri, files['old/n.cnn'])
    expect(await severity('old/n.cnn')).toEqual([])
    const range = { start: { line: 2, character: 24 }, end: { line: 2, character: 24 } }
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    })
    expect(actions).toEqual([])
    expect(await client.hover(uri, 2, 24)).toContain('maxpool')
  })

  test('are left out when the workspace is checked', async () => {
    const { client } = await opened({ ...files, 'n.cnn': DROPS })
    const command = { command: 'cnnlint.checkWorkspace' }
    expect(await client.connection.sendRequest(ExecuteCommandRequest.type, command)).toEqual({
      files: 1,
      errors: 0,
      warnings: 0,
    })
  })
})

describe('mistakes in a configuration', () => {
  const WRONG = '{\n  "rules": { "stride-drop-pixels": "off" }\n}\n'

  test('are published at their place while the configuration is in use, and go with it', async () => {
    const { folder, client, configUri } = await opened({ 'n.cnn': DROPS, 'cnnlint.config.json': WRONG })
    await client.open(`${folder}n.cnn`, DROPS)
    await client.diagnostics(`${folder}n.cnn`)
    const [mistake] = await eventually('the mistake', () => last(client, configUri))
    expect(mistake).toMatchObject({
      code: 'config-unknown-rule',
      severity: 1,
      range: { start: { line: 1, character: 13 }, end: { line: 1, character: 33 } },
      codeDescription: { href: expect.stringMatching(/\/diagnostics\/config-unknown-rule\.md$/) },
    })
    await client.write(configUri, '{}')
    await eventually('no mistake', () => last(client, configUri)?.length === 0)
    await client.write(configUri, WRONG)
    await eventually('the mistake again', () => last(client, configUri)?.length === 1)
    await client.remove(configUri)
    await eventually('no mistake', () => last(client, configUri)?.length === 0)
  })

  test('are published for one that is open, and for what it extends', async () => {
    const { folder, client, configUri } = await opened({ 'team.json': WRONG })
    await client.open(configUri, '{ "extends": ["./team.json", "strcit"] }')
    await eventually('both', () => last(client, configUri) && last(client, `${folder}team.json`))
    expect(codes(last(client, configUri) ?? [])).toEqual(['0 config-extends-not-found'])
    expect(codes(last(client, `${folder}team.json`) ?? [])).toEqual(['1 config-unknown-rule'])
    await client.change(configUri, '{ "extends": ["strict"] }')
    await eventually('neither', () =>
      [configUri, `${folder}team.json`].every((uri) => last(client, uri)?.length === 0),
    )
    expect(await client.pull(configUri)).toEqual({ kind: 'full', items: [] })
  })

  test('are published to clients that do not pull, too', async () => {
    const folder = await folderWith({ 'n.cnn': DROPS, 'cnnlint.config.json': WRONG })
    const client = await startClient({ capabilities: { textDocument: { publishDiagnostics: {} } } })
    await client.open(`${folder}n.cnn`, DROPS)
    await eventually('the mistake', () => last(client, `${folder}cnnlint.config.json`))
    await client.open(`${folder}cnnlint.config.json`, '{}')
    await eventually('no mistake', () => last(client, `${folder}cnnlint.config.json`)?.length === 0)
    await client.close(`${folder}cnnlint.config.json`)
    await eventually('the mistake again', () => last(client, `${folder}cnnlint.config.json`)?.length === 1)
  })
})

test('about a configuration itself the server says nothing', async () => {
  const { client, configUri } = await opened({})
  await client.open(configUri, '{ "rules": {} }')
  expect(await client.hover(configUri, 0, 4)).toBeUndefined()
  const formatting = { textDocument: { uri: configUri }, options: { tabSize: 2, insertSpaces: true } }
  expect(await client.connection.sendRequest(DocumentFormattingRequest.type, formatting)).toBeNull()
  const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
    textDocument: { uri: configUri },
  })
  expect(report).toEqual({ kind: 'full', items: [] })
})

test('only the texts of configurations are asked for, in the schemes of the workspace', async () => {
  const { client } = await opened({})
  const asked = client.registrations.filter(({ method }) => method.startsWith('textDocument/'))
  expect(asked.map(({ method }) => method)).toEqual([
    'textDocument/didOpen',
    'textDocument/didChange',
    'textDocument/didClose',
  ])
  for (const { registerOptions } of asked) {
    expect(registerOptions).toMatchObject({
      documentSelector: [{ scheme: 'file', pattern: '**/cnnlint.config.json' }],
    })
  }
})
