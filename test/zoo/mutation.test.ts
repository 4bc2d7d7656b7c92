import { expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { analysisOf, EXAMPLES, exampleHost, textOf } from './examples'
import { mutants } from './mutants'

it('notices at least 95 of 100 changed numbers, and three of four in every file', () => {
  const counts = EXAMPLES.map((path) => {
    const all = [...mutants(analysisOf(path).file, textOf(path))]
    const survivors = all.filter(({ text }) => !isNoticed(path, text))
    return { path, all: all.length, survivors: survivors.map(({ change }) => change) }
  })
  for (const { path, all, survivors } of counts) {
    expect(survivors.length, `${path}: ${survivors.join(', ')}`).toBeLessThanOrEqual(all / 4)
  }
  const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0)
  const survived = total(counts.map(({ survivors }) => survivors.length))
  expect(survived / total(counts.map(({ all }) => all))).toBeLessThan(0.05)
}, 600_000)

/** Whether the changed text makes an error in the file itself or in one that imports it. */
function isNoticed(path: string, text: string): boolean {
  const host = exampleHost({ path, text })
  const readers = EXAMPLES.filter((other) => other !== path && analysisOf(other).files.has(path))
  return [path, ...readers].some((reader) =>
    analyze(reader, host).problems.some(({ severity }) => severity === 'error'),
  )
}
