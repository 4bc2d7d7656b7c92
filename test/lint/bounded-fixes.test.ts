/** Each fix is proven by an analysis: where a file has very many mistakes, not all of them are looked for. */
import { expect, test } from 'vitest'
import type { Host } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { fixReporter } from '../../server/src/cli/offered'
import { codeActions } from '../../server/src/features/code-actions'
import { findings } from '../../server/src/lint/findings'
import { fixAll, fixBudget, UNASKED } from '../../server/src/lint/fix-all'
import { DEFAULT_LINT } from '../../server/src/lint/settings'
import { viewOf } from '../features/view'

const MANY = 1_000

/** How many analyses may be made of such a file for one request. */
const MOST_ANALYSES = 80

/** A network with a mistake in each of many lines; every analysis of it reads the file that it imports. */
function faulty(line: (i: number) => string, count = MANY) {
  const lines = Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join('')
  const sources = {
    'test.cnn': `from "./width.cnn" import WIDTH\n\nnetwork N {\n  input image: [3, 8, 8]\n${lines}  output y = image -> conv(WIDTH, 1)\n}\n`,
    'width.cnn': 'WIDTH = 8\n',
  }
  const memory = memoryHost(sources)
  let analyses = 0
  const host: Host = {
    ...memory,
    file(uri) {
      if (uri === 'width.cnn') analyses++
      return memory.file(uri)
    },
  }
  const analysis = analyze('test.cnn', host)
  const made = () => {
    const count = analyses
    analyses = 0
    return count
  }
  expect(made()).toBeGreaterThan(0)
  return { analysis, host, made }
}

const KINDS = [
  ['names that are misspelt', (i: number) => `output o${i} = imagee -> relu`],
  ['windows that are too large', (i: number) => `output o${i} = image -> conv(3, 9)`],
  ['names that nothing reads', (i: number) => `a${i} = ${i}`],
] as const

test.each(KINDS)('%s: fixing all of a file ends', (_, line) => {
  const { analysis, host, made } = faulty(line)
  const budget = fixBudget()
  fixAll(analysis, host, UNASKED, {}, budget)
  expect(made()).toBeLessThan(MOST_ANALYSES)
})

test.each(KINDS)('%s: the code actions of a whole file end, and say so', (_, line) => {
  const { host, made } = faulty(line)
  const view = viewOf(host, 'test.cnn', ['test.cnn'])
  const range = { start: { line: 0, character: 0 }, end: { line: MANY + 9, character: 0 } }
  const titles = [...codeActions(view, host, { range, only: ['quickfix'] })].map(({ title }) => title)
  expect(made()).toBeLessThan(MOST_ANALYSES)
  expect(titles[0]).not.toMatch(/^Select less/)
  const said = titles.filter((title) => /^Select less to see the fixes of [\d,]+ more problems$/.test(title))
  expect(said).toHaveLength(1)
})

test.each(KINDS)('%s: the fixes that are reported end', (_, line) => {
  const { analysis, host, made } = faulty(line)
  const fixesOf = fixReporter({ analysis, importers: [] }, host, DEFAULT_LINT)
  const last = findings(analysis).map(fixesOf).at(-1)
  expect(made()).toBeLessThan(MOST_ANALYSES)
  expect(last).toBe(undefined)
})

test('a few mistakes are all fixed', () => {
  const { analysis, host } = faulty((i) => `a${i} = ${i}`, 20)
  const budget = fixBudget()
  const text = fixAll(analysis, host, UNASKED, {}, budget)
  expect(text).toContain('output y')
  expect(text).not.toMatch(/a\d+ =/)
  expect(budget.isSpent).toBe(false)
})
