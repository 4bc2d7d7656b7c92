import { lineIndex } from '../../grammar/positions'
import { ask, someMethods } from '../lsp/asks'
import { randomBelow, randomEdits, textsToEdit } from '../lsp/random-edits'
import { type BenchServer, type Heap, startServer } from './server'
import { printTable } from './table'

const EDITS = 10_000
/** A step ends where the edits of one text do. */
const STEP = 1_000

/** How much more data the heap may hold at the end than after the first step. */
export const MAX_GROWTH = 0.1

/** By how much the data on the heap, compiled code aside, has grown since the first step. */
export function growthOf(heaps: readonly Heap[], of = ({ all, code }: Heap) => all - code): number {
  return of(heaps.at(-1) as Heap) / of(heaps[0] as Heap) - 1
}

/**
 * Prints what the server's heap holds while texts are edited at random and everything is asked of them.
 * @returns whether it stays as it is
 */
export async function printHeap(program: string): Promise<boolean> {
  const texts = textsToEdit()
  const heaps = await measureHeap(program, texts, EDITS, STEP)
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const data = ({ all, code }: Heap) => all - code
  console.log(`\nHeap of the language server with ${texts.size} open files, after random edits`)
  printTable([
    ['', 'all', 'without compiled code'],
    ...heaps.map((heap, i) => [
      `${((i + 1) * STEP).toLocaleString('en-US')} edits`,
      megabytes(heap.all),
      megabytes(data(heap)),
    ]),
    ['growth', percent(growthOf(heaps, ({ all }) => all)), percent(growthOf(heaps))],
  ])
  return growthOf(heaps) <= MAX_GROWTH
}

/** What the heap holds after every so many edits, while everything is asked of the texts. */
export async function measureHeap(
  program: string,
  texts: ReadonlyMap<string, string>,
  most: number,
  step: number,
): Promise<readonly Heap[]> {
  const below = randomBelow(1)
  const server = await startServer(program)
  const heaps: Heap[] = []
  try {
    for (const [uri, text] of texts) await server.open(uri, text)
    let edits = 0
    for (const edit of randomEdits(texts, below)) {
      await server.edit(edit.uri, edit.inserted, edit.range)
      const position = lineIndex(edit.text).position(below(edit.text.length + 1))
      const place = { uri: edit.uri, position, below }
      await Promise.all(someMethods(below).map((method) => ask(server.request, method, place)))
      if (++edits % step === 0) {
        heaps.push(await heapAtRest(server, texts))
      }
      if (edits === most) return heaps
    }
    return heaps
  } finally {
    await server.stop()
  }
}

/**
 * The heap while all texts are what they were in the beginning, so that only what is kept needlessly makes it grow.
 * They are set twice: the server keeps the analyses that were used last, and which those are depends on what was
 * imported when the first texts were set.
 */
async function heapAtRest(server: BenchServer, texts: ReadonlyMap<string, string>): Promise<Heap> {
  for (const [uri, text] of [...texts, ...texts]) {
    await server.edit(uri, text)
    await server.request('cnnlint/trySize', { uri, size: null })
  }
  // What is done when texts rest is done.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await server.heap()
  return server.heap()
}
