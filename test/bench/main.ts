// How fast the parts are, and how their time grows with the text: npm run bench.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { format } from '../../grammar/format'
import { parse } from '../../grammar/parse'
import { lineIndex } from '../../grammar/positions'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/rules/frame/findings'
import { measure } from './measure'
import { type BenchFile, LENET, RESNET152, writtenOut } from './networks'
import { type BenchServer, startServer } from './server'
import { printTable } from './table'

const URI = 'file:///bench.cnn'
const EDITS = 300
/** The lines of a screen. */
const SCREEN = 60

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  parse: 'parse',
  analyse: 'analyse',
  rules: 'rules',
  format: 'format',
  edit: 'edit to diagnostics (server)',
  hover: 'hover (server)',
  tokens: 'semantic tokens (server)',
  hints: 'inlay hints of a screen (server)',
  completion: 'completion (server)',
  signature: 'signature help (server)',
  symbols: 'document symbols (server)',
}

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
    const position = lineIndex(text).position(
      text.indexOf(file.edit.from) + file.edit.from.indexOf('conv') + 1,
    )
    await take('hover', () => session.hover(URI, position))
    await take('tokens', () => session.tokens(URI))
    await take('hints', () => session.hints(URI, position.line, position.line + SCREEN))
    // In the name of a layer, and at its first option.
    await take('completion', () => session.completion(URI, position))
    const { line, character } = position
    await take('signature', () => session.signature(URI, { line, character: character + 'onv('.length }))
    await take('symbols', () => session.symbols(URI))
  } finally {
    await session.stop()
  }
  return { name, layers, times }
}

/** An edit and, the next time, its undoing; each waits for the diagnostics. */
function editor(session: BenchServer, { text, edit }: BenchFile) {
  const offset = text.indexOf(edit.from)
  const start = lineIndex(text).position(offset)
  let [now, next] = [edit.from, edit.to]
  return async () => {
    const end = { line: start.line, character: start.character + now.length }
    await session.edit(URI, { start, end, text: next })
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
  const [small, large] = rows.slice(-2) as [Row, Row]
  const growth = (what: string) => ((large.times[what] ?? 0) / (small.times[what] ?? 1)).toFixed(1)
  console.log(`\nGrowth from ${small.name} to ${large.name}`)
  printTable([
    ...whats.map((what) => [DESCRIPTIONS[what] ?? what, `${growth(what)}×`]),
    ['parse + analyse', `${(both(large) / both(small)).toFixed(1)}×`],
  ])
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
