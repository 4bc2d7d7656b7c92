import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PROBLEM_KINDS } from '../../server/src/check/problems'
import { CONFIG_KINDS } from '../../server/src/config/problems'
import { FIXES } from '../../server/src/fixes/index'
import { LAYERS } from '../../server/src/layers'
import { RULES } from '../../server/src/rules/index'

const codes = RULES.map(({ code }) => code)
const others = [
  ...CONFIG_KINDS.map(({ code }) => code),
  ...PROBLEM_KINDS.map(({ code }) => code),
  ...LAYERS.flatMap(({ constraints }) => constraints.map(({ code }) => code)),
]

it('lists every rule of the directory, sorted', () => {
  const files = readdirSync('server/src/rules').filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  expect(codes).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort())
})

it('has a test for every rule', () => {
  const tests = readdirSync('test/rules').map((file) => file.replace(/\.test\.ts$/, ''))
  for (const code of codes) expect(tests).toContain(code)
})

it('has for every rule a check in which it finds something, and one in which it finds nothing', () => {
  for (const code of codes) {
    const text = readFileSync(`test/rules/${code}.test.ts`, 'utf8')
    const checks = text.split(/\bcheck(?:Rule|Findings|Problems)\(/).slice(1)
    // Some tests write the carets in a helper of their own.
    expect([code, text.includes(`[${code}]`)]).toEqual([code, true])
    expect([code, checks.some((check) => !check.includes(`[${code}]`))]).toEqual([code, true])
  }
})

it('uses no code that a diagnostic has', () => {
  expect(codes.filter((code) => others.includes(code))).toEqual([])
  for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z\d]+)+$/)
})

it('proposes fixes for codes that exist, in their order', () => {
  const proposed = Object.keys(FIXES)
  expect(proposed).toEqual(proposed.toSorted())
  // Faults of the text itself have a code of the parser's.
  const known = [...others, 'syntax-error']
  expect(proposed.filter((code) => !known.includes(code))).toEqual([])
})
