import { expect, it } from 'vitest'
import type { Range } from '../../grammar/tree'
import { analyze } from '../../server/src/check/analyze'
import { sampled } from '../helpers/sample'
import { analysisOf, EXAMPLES, exampleHost, textOf } from './examples'
import { type Mutant, mutants } from './mutants'

it('notices at least 95 of 100 changed numbers, and three of four in every file', () => {
  const counts = sampled(EXAMPLES, 3).map((path) => {
    const all = [...mutants(analysisOf(path).file, textOf(path))]
    const survivors = all.filter((mutant) => !isNoticed(path, mutant))
    return { path, all: all.length, survivors: survivors.map(({ change }) => change) }
  })
  for (const { path, all, survivors } of counts) {
    expect(survivors.length, `${path}: ${survivors.join(', ')}`).toBeLessThanOrEqual(all / 4)
  }
  const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0)
  const survived = total(counts.map(({ survivors }) => survivors.length))
  expect(survived / total(counts.map(({ all }) => all))).toBeLessThan(0.05)
}, 600_000)

/**
 * Whether the changed text makes an error in one of the file's networks or in one that imports it. They are run
 * one by one, until one fails: first the network that the change is in.
 */
function isNoticed(path: string, { text, start }: Mutant): boolean {
  const host = exampleHost({ path, text })
  const readers = EXAMPLES.filter((other) => other !== path && analysisOf(other).files.has(path))
  const networks = [path, ...readers].flatMap((file) => analysisOf(file).networks)
  const changed = networks.filter(({ file, declaration }) => file === path && contains(declaration, start))
  return [...new Set([...changed, ...networks])].some(({ file, name }) =>
    analyze(file, host, { network: name }).problems.some(({ severity }) => severity === 'error'),
  )
}

const contains = (range: Range, offset: number): boolean => range.start <= offset && offset < range.end
