import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Range } from 'vscode-languageserver-types'
import { lineIndex } from '../../grammar/positions'

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

/** How many edits a text suffers before it is whole again. */
const EDITS_A_TEXT = 40

/** A random number from 0 up to the limit, which is left out. */
export type Below = (limit: number) => number

/** One edit of a document; without a range it replaces all. */
export interface RandomEdit {
  readonly uri: string
  readonly range?: Range
  readonly inserted: string
  /** The text of the document after it. */
  readonly text: string
}

/** The examples and the fixtures of the editors' tests, by the addresses that they are opened under. */
export function textsToEdit(): ReadonlyMap<string, string> {
  const root = join(import.meta.dirname, '../..')
  const files = globSync(['examples/**/*.cnn', 'test/e2e/workspace/*.cnn'], { cwd: root }).sort()
  return new Map(files.map((file) => [`file:///fuzz/${file}`, readFileSync(join(root, file), 'utf8')]))
}

/** Few of them, one of which imports another, so that a server has soon read them. */
export function fewTexts(): ReadonlyMap<string, string> {
  return new Map([...textsToEdit()].filter(([uri]) => /workspace\/|lenet5|unet\.cnn|fcn/.test(uri)))
}

/** Edits without end: of one document after another, each made whole first. */
export function* randomEdits(texts: ReadonlyMap<string, string>, below: Below): Generator<RandomEdit> {
  const documents = [...texts]
  const originals = [...texts.values()]
  for (;;) {
    const [uri, original] = documents[below(documents.length)] as [string, string]
    let text = original
    yield { uri, inserted: text, text }
    for (let i = 1; i < EDITS_A_TEXT; i++) {
      const { start, end, inserted } = randomEdit(text, originals, below)
      const lines = lineIndex(text)
      const range = { start: lines.position(start), end: lines.position(end) }
      // A position cannot stand between the halves of a line end: the text is what the protocol makes of it.
      const document = TextDocument.create(uri, 'cnn', 1, text)
      text = TextDocument.applyEdits(document, [{ range, newText: inserted }])
      yield { uri, range, inserted, text }
    }
  }
}

function randomEdit(text: string, others: readonly string[], below: Below) {
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T
  const start = below(text.length + 1)
  const end = Math.min(text.length, start + pick([0, 0, 1, 1, 2, 5, 20, 200]))
  const chunk = below(text.length + 1)
  const inserted = [
    () => '',
    () => pick(PIECES),
    () => pick(PIECES),
    () => text.slice(chunk, chunk + below(80)),
    () => String.fromCharCode(32 + below(95)),
    () => pick(others).slice(chunk, chunk + below(200)),
  ]
  return { start, end, inserted: pick(inserted)() }
}

/** Random numbers, the same for the same seed (a linear congruential generator with Knuth's MMIX constants). */
export function randomBelow(seed: number): Below {
  let state = BigInt(seed)
  return (limit) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Math.floor((Number(state >> 11n) / 2 ** 53) * limit)
  }
}
