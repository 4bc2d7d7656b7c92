import { expect, test } from 'vitest'
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  ExecuteCommandRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
  ShowMessageRequest,
} from 'vscode-languageserver-protocol/node'
import { type Client, codes, eventually, PULLS, startClient } from './client'

const URI = 'file:///test/n.cnn'
const TEXT = `network N {
  input image: [3, 8, 8]
  output y = image -> conv(8, 3) -> maxpool(2)
  expect y.height == 3
}
`
const textDocument = { uri: URI }
const target = { uri: URI, network: 'N', input: 'image' }

const trySize = ({ connection }: Client, params: object) => connection.sendRequest('cnnlint/trySize', params)

async function labels({ connection }: Client): Promise<readonly string[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }
  const hints = await connection.sendRequest(InlayHintRequest.type, { textDocument, range })
  return (hints ?? []).map(({ label }) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
  )
}

const titles = async ({ connection }: Client) =>
  ((await connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? []).map(
    ({ command }) => command?.title,
  )

test('a size is tried until the text’s own is asked for again', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  expect(await labels(client)).toEqual(['→ 8×3×3'])
  await trySize(client, { ...target, size: '3x16x16' })
  expect(await labels(client)).toEqual(['→ 8×7×7'])
  expect(await client.hover(URI, 2, 24)).toContain('*for the tried input `image 3×16×16` of `N`, not 3×8×8*')
  expect(await titles(client)).toContain('Trying 3×16×16 — back to 3×8×8')
  // The expectation speaks of the declared size.
  expect(await client.diagnostics(URI)).toEqual([])

  await trySize(client, { ...target, size: '[3, 2, 2]' })
  const made = await client.diagnostics(URI)
  expect(codes(made)).toEqual(['2 window-exceeds-input'])
  expect(made[0]?.message).toMatch(/ Tried size: image 3×2×2\.$/)
  await trySize(client, { ...target, size: null })
  expect(await labels(client)).toEqual(['→ 8×3×3'])
  expect(await client.diagnostics(URI)).toEqual([])
})

test('it outlives edits, but not the closing of the document', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  await trySize(client, { uri: URI, size: '3x16x16' })
  await client.change(URI, TEXT.replace('conv(8', 'conv(4'))
  expect(await labels(client)).toEqual(['→ 4×7×7'])
  // While the name is being written, the size has no effect; then it has again.
  await client.change(URI, TEXT.replace('input image', 'input imag').replace('= image', '= imag'))
  expect(await labels(client)).toEqual(['→ 8×3×3'])
  await client.change(URI, TEXT)
  expect(await labels(client)).toEqual(['→ 8×7×7'])
  await client.close(URI)
  await client.open(URI, TEXT)
  expect(await labels(client)).toEqual(['→ 8×3×3'])
})

test('what is no size, and what is no input, is refused with a message', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const refusal = (params: object) => trySize(client, params).then(String, ({ message }) => message)
  expect(await refusal({ ...target, size: '3x0x8' })).toBe(
    "'3x0x8' is not a size. Write one as in 3x320x320.",
  )
  expect(await refusal({ ...target, size: 'large' })).toMatch(/is not a size/)
  expect(await refusal({ ...target, input: 'picture', size: '3x8x8' })).toBe(
    "There is no network with the input 'picture' of 'N'.",
  )
  expect(await refusal({ uri: 'file:///test/other.cnn', size: '3x8x8' })).toMatch(/no open document/)
  expect(await refusal({ size: '3x8x8' })).toMatch(/names no document/)
  await client.change(URI, `${TEXT}${TEXT.replace('network N', 'network M')}`)
  expect(await refusal({ uri: URI, input: 'image', size: '3x8x8' })).toMatch(/^Several networks/)
  expect(await labels(client)).toEqual(['→ 8×3×3', '→ 8×3×3'])
})

test('the views of the text are asked for again', async () => {
  const workspace = {
    ...PULLS.workspace,
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  }
  const client = await startClient({ capabilities: { ...PULLS, workspace } })
  const refreshed = new Set<string>()
  for (const { type } of [InlayHintRefreshRequest, CodeLensRefreshRequest]) {
    client.connection.onRequest(type.method, () => void refreshed.add(type.method))
  }
  await client.open(URI, TEXT)
  await client.diagnostics(URI)
  await trySize(client, { ...target, size: '3x16x16' })
  await eventually('two refreshes', () => refreshed.size === 2)
  await eventually('new diagnostics', () => client.refreshes() > 0)
})

test('a client that does not ask is sent the diagnostics for the tried size', async () => {
  const client = await startClient({ capabilities: {} })
  await client.open(URI, TEXT)
  await eventually('diagnostics', () => client.published.length > 0)
  await trySize(client, { ...target, size: '3x2x2' })
  await eventually('an error', () => client.published.at(-1)?.diagnostics[0]?.code === 'window-exceeds-input')
})

test('other editors run commands; without a size, the user is asked', async () => {
  const client = await startClient()
  const run = (command: string, argument: object) =>
    client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] })
  const asked: string[][] = []
  client.connection.onRequest(ShowMessageRequest.type, ({ actions = [] }) => {
    asked.push(actions.map(({ title }) => title))
    return actions.at(-1) ?? null
  })
  await client.open(URI, TEXT)
  await run('cnnlint.trySize', { ...target, size: '3x10x10' })
  expect(await labels(client)).toEqual(['→ 8×4×4'])
  await run('cnnlint.trySize', target)
  expect(asked).toEqual([['3x4x4', '3x12x12', '3x16x16', 'Back to 3x8x8']])
  expect(await labels(client)).toEqual(['→ 8×3×3'])
  expect(await run('cnnlint.inputSizes', { uri: URI })).toMatchObject([
    {
      network: 'N',
      input: 'image',
      declared: '3x8x8',
      sizes: [
        'Sizes at which no stride leaves out pixels: H ≡ 0 (mod 2), H ≥ 4, the same for W.',
        'Sizes that work: H ≥ 4, the same for W.',
      ],
    },
  ])
})

test('the totals at a position', async () => {
  const client = await startClient()
  await client.open(URI, TEXT)
  const totals = () =>
    client.connection.sendRequest('cnnlint/totals', { textDocument, position: { line: 2, character: 4 } })
  expect(await totals()).toEqual({ name: 'N', text: '224 params · 7.78 KMACs', tried: [] })
  await trySize(client, { ...target, size: '3x16x16' })
  expect(await totals()).toMatchObject({
    text: '224 params · 42.3 KMACs',
    tried: [{ network: 'N', input: 'image', text: 'image 3×16×16', declared: '3×8×8' }],
  })
})
