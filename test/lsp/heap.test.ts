import { expect, test } from 'vitest'
import { growthOf, MAX_GROWTH, measureHeap } from '../bench/heap'
import { IS_QUICK } from '../helpers/sample'
import { serverProgram } from './client'
import { fewTexts } from './random-edits'

/** How many edits there are between two looks at the heap; `npm run bench` makes many more, in all examples. */
const STEP = IS_QUICK ? 40 : 200

test(`the heap of the server does not grow with edits (${3 * STEP})`, { timeout: 300_000 }, async () => {
  const heaps = await measureHeap(serverProgram(), fewTexts(), 3 * STEP, STEP)
  expect(heaps).toHaveLength(3)
  expect(growthOf(heaps)).toBeLessThan(MAX_GROWTH)
})
