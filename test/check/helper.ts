import { expect } from 'vitest'
import type { Analysis, AnalyzeOptions } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { dedent } from '../helpers/annotations'

/** Analyses a text; `body` of a network `N` with the input `image: [3, 8, 8]` when it declares none itself. */
export function analyzeText(text: string, options?: AnalyzeOptions): Analysis {
  return analyze('test.cnn', memoryHost({ 'test.cnn': dedent(text) }), options)
}

/** Fails unless the source has no problem and every one of its `expect` lines was evaluated and holds. */
export function holds(source: string): void {
  const text = dedent(source)
  const analysis = analyze('test.cnn', memoryHost({ 'test.cnn': text }))
  expect(analysis.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([])
  const written = text.match(/^\s*expect /gm)?.length ?? 0
  expect(written).toBeGreaterThan(0)
  const checked = new Set(
    analysis.expectations.filter((one) => one.holds === true).map((one) => one.condition),
  )
  expect(checked.size).toBe(written)
}

/** `holds` for the lines of a network with the input `image: [3, 8, 8]`. */
export function holdsIn(lines: string): void {
  const body = dedent(lines)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
  holds(['network N {', '  input image: [3, 8, 8]', ...body, '}', ''].join('\n'))
}
