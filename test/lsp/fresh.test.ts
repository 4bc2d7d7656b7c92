import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { CodeLens, Diagnostic, InlayHint, SemanticTokens } from 'vscode-languageserver-protocol/node'
import { lineIndex } from '../../grammar/positions'
import { IS_QUICK } from '../helpers/sample'
import { ALL_HINTS } from './asks'
import { type Client, startClient } from './client'
import { EVERYTHING } from './everything'
import { fewTexts, randomBelow, randomEdits } from './random-edits'

/** How many states are compared, and where the edits start: `CNNLINT_FRESH_STATES=200 CNNLINT_FUZZ_SEED=7`. */
const STATES = Number(process.env.CNNLINT_FRESH_STATES ?? (IS_QUICK ? 2 : 10))
const SEED = Number(process.env.CNNLINT_FUZZ_SEED ?? 1)

test(`an edited server answers as a fresh one does (${STATES} states, seed ${SEED})`, {
  timeout: (STATES * 10 + 60) * 1000,
}, async () => {
  const texts = fewTexts()
  const below = randomBelow(SEED)
  const edited = await opened(texts)
  const now = new Map(texts)
  let states = 0
  for (const { uri, text, inserted, range } of randomEdits(texts, below)) {
    await edited.change(uri, inserted, range)
    now.set(uri, text)
    // Answers between the edits leave something behind.
    const shown = await answers(edited, uri, text)
    if (below(8) > 0) continue
    const fresh = await opened(now)
    const expected = await answers(fresh, uri, text)
    await closed(fresh)
    const { hints, ...others } = expected
    expect(shown, text).toMatchObject(others)
    // While a line is being written, hints may say on what they said; once it is whole, or saved, they do not.
    const line = range === undefined ? undefined : range.start.line + inserted.split(/\r\n|\r|\n/).length - 1
    if (line === undefined || !isAtFault(expected.diagnostics, line)) expect(shown.hints, text).toEqual(hints)
    await edited.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
    expect(await answers(edited, uri, text), text).toEqual(expected)
    if (++states === STATES) break
  }
})

async function opened(texts: ReadonlyMap<string, string>): Promise<Client> {
  const client = await startClient({ capabilities: EVERYTHING, settings: () => ALL_HINTS })
  for (const [uri, text] of texts) await client.open(uri, text)
  return client
}

async function closed({ connection, process }: Client): Promise<void> {
  const exited = once(process, 'exit')
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  await exited
}

/** What is shown of a document without being asked for. */
async function answers(client: Client, uri: string, text: string) {
  const ask = <T>(method: string, more = {}): Promise<T> =>
    client.connection.sendRequest(method, { textDocument: { uri }, ...more })
  const end = lineIndex(text).position(text.length)
  const [diagnostics, hints, tokens, lenses] = await Promise.all([
    client.diagnostics(uri),
    ask<readonly InlayHint[] | null>('textDocument/inlayHint', {
      range: { start: { line: 0, character: 0 }, end },
    }),
    ask<SemanticTokens>('textDocument/semanticTokens/full'),
    ask<readonly CodeLens[] | null>('textDocument/codeLens'),
  ])
  return {
    diagnostics,
    hints: hints?.map(({ position, label }) => `${position.line} ${textOf(label)}`),
    tokens: tokens.data,
    lenses,
  }
}

function textOf(label: InlayHint['label']): string {
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('')
}

function isAtFault(diagnostics: readonly Diagnostic[], line: number): boolean {
  return diagnostics.some(({ range }) => range.start.line <= line && line <= range.end.line)
}
