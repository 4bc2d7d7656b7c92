import { expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import type { Problem } from '../../server/src/model/problem'
import { findRule } from '../../server/src/rules/index'
import { declaredPlace } from '../helpers/findings'
import { analysisOf, EXAMPLES } from './examples'
import { REVIEWED } from './findings'

/** What is found in a file, at calls that lead to an imported block too, with the files that import it known. */
function found(path: string): readonly Problem[] {
  const importers = EXAMPLES.filter((other) => other !== path).flatMap((other) =>
    analysisOf(other).files.has(path) ? [analysisOf(other)] : [],
  )
  return findings(analysisOf(path), { importers })
}

it('finds in the examples what has been reviewed, and nothing else', () => {
  const reviewed = REVIEWED.flatMap(({ code, places }) =>
    Object.entries(places).flatMap(([path, all]) => all.map((place) => `${path} ${code} ${place}`)),
  )
  const all = EXAMPLES.flatMap((path) =>
    found(path).map((problem) => `${path} ${problem.code} ${declaredPlace(problem, analysisOf(path))}`),
  )
  expect(all.sort()).toEqual(reviewed.sort())
})

it('finds nothing that would colour the folders of networks as they were published', () => {
  const severe = EXAMPLES.flatMap(found).filter(
    ({ severity }) => severity === 'warning' || severity === 'error',
  )
  expect(severe).toEqual([])
})

it('reviews findings of rules alone, with a reason and in examples that exist', () => {
  for (const { code, reason, places } of REVIEWED) {
    expect(findRule(code), code).toBeDefined()
    expect(reason.length, code).toBeGreaterThan(20)
    expect(Object.keys(places).filter((path) => !EXAMPLES.includes(path))).toEqual([])
  }
})
