import { lineIndex } from '../../grammar/positions'
import { ask, someMethods } from '../lsp/asks'
import { randomBelow, randomEdits, textsToEdit } from '../lsp/random-edits'
import { type BenchServer, startServer } from './server'
import { printTable } from './table'

const EDITS = 10_000
const STEP = 1_000

/** How much larger the heap may be at the end than after the first step. */
const MAX_GROWTH = 0.1

/**
 * What the server's heap holds while texts are edited at random and everything is asked of them. At each
 * measurement all texts are what they were in the beginning, so that only what is kept needlessly makes it grow.
 * @returns whether it stays as it is
 */
export async function printHeap(program: string): Promise<boolean> {
  const texts = textsToEdit()
  const below = randomBelow(1)
  const server = await startServer(program)
  const heaps: number[] = []
  try {
    for (const [uri, text] of texts) await server.open(uri, text)
    let edits = 0
    for (const edit of randomEdits(texts, below)) {
      await server.edit(edit.uri, edit.inserted, edit.range)
      const position = lineIndex(edit.text).position(below(edit.text.length + 1))
      const place = { uri: edit.uri, position, below }
      await Promise.all(someMethods(below).map((method) => ask(server.request, method, place)))
      if (++edits % STEP === 0) {
        console.error(`› ${edits} edits`)
        heaps.push(await heapAtRest(server, texts))
      }
      if (edits === EDITS) break
    }
  } finally {
    await server.stop()
  }
  const [first, last] = [heaps[0] ?? 0, heaps.at(-1) ?? 0]
  const growth = last / first - 1
  console.log(`\nHeap of the language server with ${texts.size} open files, after random edits`)
  printTable([
    ...heaps.map((heap, i) => [
      `${((i + 1) * STEP).toLocaleString('en-US')} edits`,
      `${(heap / 1e6).toFixed(1)} MB`,
    ]),
    ['growth', `${(100 * growth).toFixed(1)} %`],
  ])
  return growth <= MAX_GROWTH
}

async function heapAtRest(server: BenchServer, texts: ReadonlyMap<string, string>): Promise<number> {
  for (const [uri, text] of texts) {
    await server.edit(uri, text)
    await server.request('cnnlint/trySize', { uri, size: null })
  }
  // What is done when texts rest is done.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await server.request('workspace/diagnostic', { previousResultIds: [] })
  await server.heap()
  return server.heap()
}
