import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  LinkedEditingRangeRequest,
  type Position,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  TypeDefinitionRequest,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { format } from '../../grammar/format'
import { lineIndex } from '../../grammar/positions'
import { type Client, startClient } from './client'

/** How long random edits go on, and where they start: `CNNLINT_FUZZ_SECONDS=600 CNNLINT_FUZZ_SEED=7`. */
const SECONDS = Number(process.env.CNNLINT_FUZZ_SECONDS ?? 10)
const SEED = Number(process.env.CNNLINT_FUZZ_SEED ?? 1)

/** A request that takes longer than this, on a machine that is busy with other tests, counts as unanswered. */
const PATIENCE_MS = 30_000

/** What is typed: pieces of the language, whole and half, and what does not belong there. */
const PIECES = [
  ...['{', '}', '(', ')', '[', ']', ',', '->', '=', ':', '"', '#', '##', '\n', '\r\n', ' ', '\t', '3x', '-1'],
  ...['1e999', '9007199254740993', '0', '1T', '"', '\\', 'ß', '🙂', '\u0000', '\ud800', '\uFEFF', '…'],
  ...['conv(', 'conv(64, 3', 'relu', '-> relu', '200000 * relu', 'stride=', 'padding=half', 'as y', 'none'],
  ...['for i in range(3) {', 'if true {', 'else', 'return', 'expect params == 1', 'shared h = conv(8, 3)'],
  ...[
    'block b(x: tensor) { return x }',
    'network',
    'input image: [3, 8, 8]',
    'output y',
    'from "./b.cnn" import b',
  ],
  ...[
    'x = x -> x',
    'concat(x, x)',
    'add',
    'split(2)',
    '[i for i in range(9)]',
    '.shape',
    '[0]',
    '~=',
    '**',
    '//',
  ],
]

test(`random edits for ${SECONDS} s (seed ${SEED}) leave the server answering`, {
  timeout: (SECONDS + 60) * 1000,
}, async () => {
  const root = join(import.meta.dirname, '../..')
  const files = globSync(['examples/**/*.cnn', 'test/e2e/workspace/*.cnn'], { cwd: root }).sort()
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'))
  expect(texts.length).toBeGreaterThan(0)
  const random = generator(SEED)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const below = (limit: number) => Math.floor(random() * limit)

  const client = await startClient()
  const end = Date.now() + SECONDS * 1000
  let edits = 0
  const uris = files.map((file) => `file:///fuzz/${file}`)
  // All stay open, so that imports lead from one changing text to another.
  for (const [i, uri] of uris.entries()) await client.open(uri, texts[i] as string)
  while (Date.now() < end) {
    const index = below(files.length)
    const uri = uris[index] as string
    let text = texts[index] as string
    await client.change(uri, text)
    for (let step = 0; step < 40 && Date.now() < end; step++) {
      const edit = randomEdit(text)
      const lines = lineIndex(text)
      const range = { start: lines.position(edit.start), end: lines.position(edit.end) }
      await client.change(uri, edit.text, range)
      // A position cannot stand between the halves of a line end: the text is what the protocol makes of it.
      const document = TextDocument.create(uri, 'cnn', 1, text)
      text = TextDocument.applyEdits(document, [{ range, newText: edit.text }])
      edits++
      await probe(client, uri, text)
    }
  }
  expect(client.log).toEqual([])
  expect(client.process.exitCode).toBeNull()
  expect(edits).toBeGreaterThan(SECONDS)

  function randomEdit(text: string): { start: number; end: number; text: string } {
    const start = below(text.length + 1)
    const length = pick([0, 0, 1, 1, 2, 5, 20, 200])
    const stop = Math.min(text.length, start + length)
    const chunk = below(text.length + 1)
    const inserted = [
      () => '',
      () => pick(PIECES),
      () => pick(PIECES),
      () => text.slice(chunk, chunk + below(80)),
      () => String.fromCharCode(32 + below(95)),
      () => pick(texts).slice(chunk, chunk + below(200)),
    ]
    return { start, end: stop, text: pick(inserted)() }
  }

  async function probe(client: Client, uri: string, text: string): Promise<void> {
    const textDocument = { uri }
    const position = lineIndex(text).position(below(text.length + 1))
    const requests: Record<string, Promise<unknown>> = {
      diagnostics: client.pull(uri),
      completion: client.connection.sendRequest(CompletionRequest.type, { textDocument, position }),
      signature: client.connection.sendRequest(SignatureHelpRequest.type, { textDocument, position }),
      hover: client.connection.sendRequest(HoverRequest.type, { textDocument, position }),
    }
    if (below(10) === 0) requests.formatting = formats(client, uri, text)
    if (below(10) === 0) {
      const range = { start: position, end: position }
      const params = { textDocument, range, context: { diagnostics: [] } }
      requests['code actions'] = client.connection.sendRequest(CodeActionRequest.type, params)
    }
    if (below(5) === 0) Object.assign(requests, readings(client, uri, position))
    if (below(5) === 0) Object.assign(requests, leads(client, uri, position))
    await answered(requests, text)
  }

  /** What leads from a place in the text to others. A refused renaming is an answer too. */
  function leads({ connection }: Client, uri: string, position: Position): Record<string, Promise<unknown>> {
    const at = { textDocument: { uri }, position }
    const flow = async () => {
      const items = await connection.sendRequest(CallHierarchyPrepareRequest.type, at)
      for (const item of items ?? []) {
        await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item })
        await connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item })
      }
    }
    const context = { includeDeclaration: true }
    return {
      definition: connection.sendRequest(DefinitionRequest.type, at),
      'type definition': connection.sendRequest(TypeDefinitionRequest.type, at),
      references: connection.sendRequest(ReferencesRequest.type, { ...at, context }),
      highlights: connection.sendRequest(DocumentHighlightRequest.type, at),
      linked: connection.sendRequest(LinkedEditingRangeRequest.type, at),
      rename: connection.sendRequest(RenameRequest.type, { ...at, newName: 'fresh' }).catch(() => {}),
      'call hierarchy': flow(),
    }
  }

  /** What an editor asks for after each change, to show it in the text and around it. */
  function readings(
    { connection }: Client,
    uri: string,
    position: Position,
  ): Record<string, Promise<unknown>> {
    const textDocument = { uri }
    const range = { start: { line: 0, character: 0 }, end: position }
    return {
      'semantic tokens': connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
      'inlay hints': connection.sendRequest(InlayHintRequest.type, { textDocument, range }),
      'code lens': connection.sendRequest(CodeLensRequest.type, { textDocument }),
      'document symbols': connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
      'document links': connection.sendRequest(DocumentLinkRequest.type, { textDocument }),
      folding: connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
      selection: connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
    }
  }

  /** Also shows that the server's text is the client's, after all these edits. */
  async function formats(client: Client, uri: string, text: string): Promise<void> {
    const options = { tabSize: 2, insertSpaces: true }
    const params = { textDocument: { uri }, options }
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, params)
    const document = TextDocument.create(uri, 'cnn', 1, text)
    expect(TextDocument.applyEdits(document, edits ?? [])).toBe(format(text))
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

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator with Knuth's MMIX constants). */
function generator(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Number(state >> 11n) / 2 ** 53
  }
}
