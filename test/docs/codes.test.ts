import { describe, expect, test } from 'vitest'
import { configProblems } from '../../scripts/docs/codes'
import { CONFIGURATION, describedCodes } from '../../server/src/config/codes'
import { LAYERS } from '../../server/src/layers'
import type { DescribedCode } from '../../server/src/lint/codes'
import { repairedExample, runExample } from '../../server/src/lint/examples'
import { analyzed } from '../helpers/problems'

const ERRORS = describedCodes().filter(({ kind }) => kind === 'error')

describe('the page of a diagnostic', () => {
  test.each(ERRORS.map((described) => [described.code, described] as const))('%s', (code, described) => {
    expect(codesIn(described, described.example)).toEqual([code])
    const repaired = repairedExample(described)
    expect(repaired).toBeDefined()
    expect(repaired).not.toBe(described.example)
    expect(codesIn(described, repaired as string)).toEqual([])
  })
})

/** The codes of the errors in a text, each once. */
function codesIn(described: DescribedCode, text: string): readonly string[] {
  const problems =
    described.category === CONFIGURATION ? configProblems(text) : runExample(described, text).found
  const errors = problems.filter(({ severity }) => severity === 'error')
  return [...new Set(errors.map(({ code }) => code))]
}

test('constraints of one code say the same fault, none with the words of its condition', () => {
  const titles = new Map<string, string>()
  for (const { code, title, explanation, text } of LAYERS.flatMap(({ constraints }) => constraints)) {
    const said = `${title}\n${explanation}`
    expect(titles.get(code) ?? said).toBe(said)
    titles.set(code, said)
    expect(title).not.toBe(text)
  }
})

test('a declared repair of a constraint’s example repairs it', () => {
  for (const { constraints } of LAYERS) {
    for (const constraint of constraints) {
      const { instead } = constraint
      if (instead !== undefined)
        expect([constraint.code, problemCodes(instead)]).toEqual([constraint.code, []])
    }
  }
})

function problemCodes(text: string): readonly string[] {
  return analyzed(text).analysis.problems.map(({ code }) => code)
}
