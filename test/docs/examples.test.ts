import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { PROBLEM_KINDS } from '../../server/src/check/problems'
import { SYNTAX_KINDS } from '../../server/src/check/problems/syntax'
import { LAYERS } from '../../server/src/layers'
import { findings } from '../../server/src/lint/findings'
import { DEFAULT_LINT, exampleSettings } from '../../server/src/lint/settings'
import { findRule, RULES } from '../../server/src/rules/index'

/** What the examples may import. */
const FILES = {
  'blocks.cnn': 'block unit(x: tensor) { return x -> relu }\n',
  'broken.cnn': 'block broken(x: tensor) { return x -> conv(8, 3 }\n',
}

function codesOf(example: string, code: string): readonly string[] {
  const analysis = analyze('example.cnn', memoryHost({ ...FILES, 'example.cnn': example }))
  const rule = findRule(code)
  const settings = rule === undefined ? DEFAULT_LINT : exampleSettings(rule)
  return findings(analysis, { settings }).map(({ code }) => code)
}

const constraints = new Map(LAYERS.flatMap((layer) => layer.constraints.map((one) => [one.code, one])))

describe('the example has its problem and no other', () => {
  for (const { code, example } of [...PROBLEM_KINDS, ...SYNTAX_KINDS, ...RULES, ...constraints.values()]) {
    it(code, () => {
      expect(codesOf(example, code)).toEqual([code])
    })
  }
})

describe('what a rule says to write instead has no problem', () => {
  for (const { code, instead } of RULES) {
    it(code, () => {
      expect(codesOf(instead, code)).toEqual([])
    })
  }
})
