import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { FIXES } from '../../server/src/fixes/index'
import { LAYERS } from '../../server/src/layers'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'

const constraints = new Map(LAYERS.flatMap((layer) => layer.constraints.map((one) => [one.code, one])))

/** Codes whose example has nothing that could be changed for certain. */
const UNFIXED = ['output-below-one']

describe('every fix that is offered for the example of a constraint fixes it', () => {
  for (const [code, { example }] of constraints) {
    if (FIXES[code] === undefined) continue
    it(code, () => {
      const host = memoryHost({ 'test.cnn': example })
      const analysis = analyze('test.cnn', host)
      const problem = analysis.problems.find((each) => each.code === code)
      if (problem === undefined) throw new Error('The example has no such problem.')
      const fixes = offeredFixes({ analysis, host, problem })
      expect(fixes.length === 0).toBe(UNFIXED.includes(code))
      for (const { edits, uncovered } of fixes) {
        const after = analyze('test.cnn', memoryHost({ 'test.cnn': applyEdits(example, edits) }))
        expect(after.problems.length).toBe(uncovered)
      }
    })
  }
})
