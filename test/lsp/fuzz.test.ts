import { expect, test } from 'vitest'
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument'
import { format } from '../../grammar/format'
import { lineIndex } from '../../grammar/positions'
import { featureRequests, protocolTable } from '../helpers/protocol'
import { IS_QUICK } from '../helpers/sample'
import { ALL_HINTS, ASKED, ask, COMMANDED, type Send, someMethods } from './asks'
import { startClient } from './client'
import { EVERYTHING } from './everything'
import { type RandomEdit, randomBelow, randomEdits, textsToEdit } from './random-edits'

/** How long random edits go on, and where they start: `CNNLINT_FUZZ_SECONDS=600 CNNLINT_FUZZ_SEED=7`. */
const SECONDS = Number(process.env.CNNLINT_FUZZ_SECONDS ?? (IS_QUICK ? 2 : 10))
const SEED = Number(process.env.CNNLINT_FUZZ_SEED ?? 1)

/** A request that takes longer than this, on a machine that is busy with other tests, counts as unanswered. */
const PATIENCE_MS = 30_000

test('every request and command of the protocol page is asked', () => {
  expect(featureRequests().filter((method) => !ASKED.includes(method))).toEqual([])
  const commands = protocolTable('Commands').map(({ Command = '' }) => Command)
  expect(commands.filter((command) => !COMMANDED.includes(command))).toEqual([])
})

test(`random edits for ${SECONDS} s (seed ${SEED}) leave the server answering`, {
  timeout: (SECONDS + 60) * 1000,
}, async () => {
  const texts = textsToEdit()
  expect(texts.size).toBeGreaterThan(0)
  const below = randomBelow(SEED)
  const client = await startClient({ capabilities: EVERYTHING, settings: () => ALL_HINTS })
  const send: Send = (method, params) => client.connection.sendRequest(method, params)
  const end = Date.now() + SECONDS * 1000
  let edits = 0
  // All stay open, so that imports lead from one changing text to another.
  for (const [uri, text] of texts) await client.open(uri, text)
  for (const edit of randomEdits(texts, below)) {
    if (Date.now() > end) break
    await client.change(edit.uri, edit.inserted, edit.range)
    edits++
    await probe(edit)
  }
  expect(client.log).toEqual([])
  expect(client.process.exitCode).toBeNull()
  // At least one a second, unless the machine is busy with much else.
  expect(edits).toBeGreaterThan(IS_QUICK ? 0 : SECONDS)

  async function probe({ uri, text }: RandomEdit): Promise<void> {
    const position = lineIndex(text).position(below(text.length + 1))
    const place = { uri, position, below }
    const requests = someMethods(below).map((method) => [method, ask(send, method, place)] as const)
    if (below(10) === 0) requests.push(['formatting', formats(uri, text)])
    await answered(Object.fromEntries(requests), text)
  }

  /** Also shows that the server's text is the client's, after all these edits. */
  async function formats(uri: string, text: string): Promise<void> {
    const options = { tabSize: 2, insertSpaces: true }
    const edits = await send('textDocument/formatting', { textDocument: { uri }, options })
    const document = TextDocument.create(uri, 'cnn', 1, text)
    expect(TextDocument.applyEdits(document, (edits ?? []) as TextEdit[])).toBe(format(text))
  }
})

/** Waits for all answers, and fails with the names of those that do not come in time. */
async function answered(requests: Readonly<Record<string, Promise<unknown>>>, text: string): Promise<void> {
  const waiting = new Set(Object.keys(requests))
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`No answer within ${PATIENCE_MS} ms to: ${[...waiting].join(', ')}.`))
    timer = setTimeout(fail, PATIENCE_MS)
  })
  const all = Object.entries(requests).map(([name, request]) => request.then(() => waiting.delete(name)))
  try {
    await Promise.race([Promise.all(all), late])
  } catch (error) {
    throw new Error(`With this text:\n${text}`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
