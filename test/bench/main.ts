// How fast the parts are, and how their time grows with the text: npm run bench.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Position } from 'vscode-languageserver'
import { format } from '../../grammar/format'
import { parse } from '../../grammar/parse'
import { lineIndex } from '../../grammar/positions'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { printHeap } from './heap'
import { measure } from './measure'
import { type BenchFile, LENET, RESNET152, writtenOut } from './networks'
import { type BenchServer, startServer } from './server'
import { printTable } from './table'

const URI = 'file:///bench.cnn'
const EDITS = 300
/** The lines of a screen. */
const SCREEN = 60

/** The most that the features may take which an editor asks for while a user types, at 1,000 layers. */
const GOAL_MS = 10

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  parse: 'parse',
  analyse: 'analyse',
  rules: 'rules',
  format: 'format',
  edit: 'edit to diagnostics (server)',
}

/** What an editor asks for at places of the line that is edited. */
const FEATURES: readonly [description: string, method: string, params: (place: Positions) => object][] = [
  ['hover', 'textDocument/hover', ({ layer }) => ({ position: layer })],
  ['semantic tokens', 'textDocument/semanticTokens/full', () => ({})],
  ['inlay hints of a screen', 'textDocument/inlayHint', ({ layer }) => ({ range: screen(layer) })],
  ['completion of a name', 'textDocument/completion', ({ name }) => ({ position: name })],
  ['completion of a layer', 'textDocument/completion', ({ layer }) => ({ position: layer })],
  ['signature help', 'textDocument/signatureHelp', ({ inCall }) => ({ position: inCall })],
  ['code lens', 'textDocument/codeLens', () => ({})],
  ['document symbols', 'textDocument/documentSymbol', () => ({})],
  ['folding', 'textDocument/foldingRange', () => ({})],
  ['highlights', 'textDocument/documentHighlight', ({ name }) => ({ position: name })],
  ['definition', 'textDocument/definition', ({ name }) => ({ position: name })],
  [
    'code actions',
    'textDocument/codeAction',
    ({ layer }) => ({ range: { start: layer, end: layer }, context: { diagnostics: [] } }),
  ],
]

interface Positions {
  /** Where the line's first value begins, the name of a tensor. */
  readonly name: Position
  /** In the name of what is called. */
  readonly layer: Position
  /** Behind the parenthesis that opens its call. */
  readonly inCall: Position
}

const screen = ({ line }: Position) => ({
  start: { line, character: 0 },
  end: { line: line + SCREEN, character: 0 },
})

interface Row {
  readonly name: string
  readonly layers: number
  /** Medians in milliseconds by what was measured. */
  readonly times: Readonly<Record<string, number>>
}

warnWhenBusy()
const server = await bundledServer()
try {
  const rows: Row[] = []
  for (const file of [LENET, RESNET152, writtenOut(1_000), writtenOut(10_000)]) {
    console.error(`› ${file.name}`)
    rows.push(await measureFile(file, server.program))
  }
  printTimes(rows)
  console.error(`› Memory after ${EDITS} edits`)
  await printMemory(server.program, writtenOut(1_000))
  console.error('› Heap after random edits')
  if (!(await printHeap(server.program))) process.exitCode = 1
} finally {
  await rm(server.folder, { recursive: true, force: true })
}

/** Others' work on the same processors makes all times longer, and the growth unreadable. */
function warnWhenBusy() {
  const [load = 0] = loadavg()
  const processors = availableParallelism()
  if (load < processors / 2) return
  console.error(
    `› The machine is busy (load ${load.toFixed(1)} on ${processors} processors): times are too long`,
  )
}

/** The language server as it is shipped, in a folder of its own. */
async function bundledServer() {
  const folder = await mkdtemp(join(tmpdir(), 'cnnlint-bench-'))
  const program = join(folder, 'server.cjs')
  await build({
    entryPoints: ['server/src/lsp/main.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    define: { 'import.meta.url': '__filename' },
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  })
  return { folder, program }
}

async function measureFile(file: BenchFile, program: string): Promise<Row> {
  const { name, text } = file
  const host = memoryHost({ [URI]: text })
  const layers = analyze(URI, host).networks.reduce((sum, network) => sum + network.layers.length, 0)
  const times: Record<string, number> = {}
  const take = async (what: string, action: () => unknown) => {
    times[what] = await measure(action)
  }
  await take('parse', () => parse(text))
  // The host keeps the tree as long as its text stays the same.
  await take('analyse', () => analyze(URI, host))
  // As after an edit: what rules keep of a tree or of an analysis is made anew.
  times.rules = await measure((analysis) => findings(analysis), {
    prepare: () => analyze(URI, memoryHost({ [URI]: text })),
  })
  await take('format', () => format(text))
  const session = await startServer(program)
  try {
    await session.open(URI, text)
    await take('edit', editor(session, file))
    const places = positions(file)
    for (const [description, method, params] of FEATURES) {
      const request = { textDocument: { uri: URI }, ...params(places) }
      const answer = await session.request(method, request)
      // There need not be anything to fix or to refactor; all else that is empty was asked at the wrong place.
      if (isEmpty(answer) && method !== 'textDocument/codeAction') throw new Error(`No ${description}.`)
      await take(`${description} (server)`, () => session.request(method, request))
    }
  } finally {
    await session.stop()
  }
  return { name, layers, times }
}

/** Whether an answer holds nothing. */
function isEmpty(answer: unknown): boolean {
  const items = (answer as { items?: unknown } | null)?.items ?? answer
  return items === null || (Array.isArray(items) && items.length === 0)
}

/** In the line that an edit changes. */
function positions({ text, edit }: BenchFile): Positions {
  const parenthesis = text.indexOf('(', text.indexOf(edit.from))
  const line = text.lastIndexOf('\n', parenthesis)
  const { position } = lineIndex(text)
  return {
    name: position(text.indexOf('= ', line) + 2),
    layer: position(parenthesis - 1),
    inCall: position(parenthesis + 1),
  }
}

/** An edit and, the next time, its undoing; each waits for the diagnostics. */
function editor(session: BenchServer, { text, edit }: BenchFile) {
  const offset = text.indexOf(edit.from)
  const start = lineIndex(text).position(offset)
  let [now, next] = [edit.from, edit.to]
  return async () => {
    const end = { line: start.line, character: start.character + now.length }
    await session.edit(URI, next, { start, end })
    ;[now, next] = [next, now]
  }
}

function printTimes(rows: readonly Row[]) {
  const whats = Object.keys(rows[0]?.times ?? {})
  const both = ({ times }: Row) => (times.parse ?? 0) + (times.analyse ?? 0)
  const line = (label: string, value: (row: Row) => string) => [label, ...rows.map(value)]
  console.log('\nMedians in milliseconds')
  printTable([
    line('', ({ name }) => name),
    line('layers', ({ layers }) => layers.toLocaleString('en-US')),
    ...whats.map((what) =>
      line(DESCRIPTIONS[what] ?? what, ({ times }) => (times[what] ?? Number.NaN).toFixed(2)),
    ),
    line('parse + analyse', (row) => both(row).toFixed(2)),
    line('layers per millisecond (parse + analyse)', (row) => (row.layers / both(row)).toFixed(0)),
  ])
  const slow = slowFeatures(rows)
  if (slow.length > 0) console.log(`\nOver ${GOAL_MS} ms at 1,000 layers: ${slow.join(', ')}`)
  const [small, large] = rows.slice(-2) as [Row, Row]
  const growth = (what: string) => ((large.times[what] ?? 0) / (small.times[what] ?? 1)).toFixed(1)
  console.log(`\nGrowth from ${small.name} to ${large.name}`)
  printTable([
    ...whats.map((what) => [DESCRIPTIONS[what] ?? what, `${growth(what)}×`]),
    ['parse + analyse', `${(both(large) / both(small)).toFixed(1)}×`],
  ])
}

/** The features that take longer than they may. */
function slowFeatures(rows: readonly Row[]): readonly string[] {
  const times = rows.find(({ name }) => name === writtenOut(1_000).name)?.times ?? {}
  return FEATURES.map(([description]) => description).filter(
    (description) => (times[`${description} (server)`] ?? 0) > GOAL_MS,
  )
}

/** What the server's process holds after opening a file, and after many edits. */
async function printMemory(program: string, file: BenchFile) {
  const session = await startServer(program)
  try {
    const megabytes = () => `${Math.round(session.memory() / 1e6)} MB`
    const rows = [['after the start', megabytes()]]
    await session.open(URI, file.text)
    const edit = editor(session, file)
    rows.push([`after opening ${file.name}`, megabytes()])
    for (let i = 1; i <= EDITS; i++) {
      await edit()
      if (i % (EDITS / 3) === 0) rows.push([`after ${i} edits`, megabytes()])
    }
    console.log('\nMemory of the language server')
    printTable(rows)
  } finally {
    await session.stop()
  }
}
