import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { PROBLEM_KINDS } from '../../server/src/check/problems'
import { FIXES } from '../../server/src/fixes/index'
import { LAYERS } from '../../server/src/layers/index'
import { findings } from '../../server/src/lint/findings'
import { type FixPolicy, fixAll, UNASKED } from '../../server/src/lint/fix-all'
import { exampleSettings, type LintSettings } from '../../server/src/lint/settings'
import { RULES } from '../../server/src/rules/index'
import { renamed } from '../rules/renamed'

const CHOICES: FixPolicy = { choices: true }

/** The rules whose fixes promise to keep something. */
const safe = RULES.filter(({ fixes }) => fixes?.some((each) => each !== 'choice'))
const settings: LintSettings = new Map(safe.flatMap((rule) => [...exampleSettings(rule)]))

/** What examples import, under every name that it gets. */
const SUFFIXES = ['', ...Array.from({ length: 200 }, (_, i) => `_${i}`)]
const BLOCKS = SUFFIXES.map((suffix) => `block unit${suffix}(x: tensor) { return x -> relu }\n`).join('')

const hostOf = (text: string) => memoryHost({ 'test.cnn': text, 'blocks.cnn': BLOCKS })

/** The text with all fixes applied, and the codes of what is found then. */
function fixed(text: string, policy = CHOICES) {
  const host = hostOf(text)
  const after = fixAll(analyze('test.cnn', host), host, policy, { settings }) ?? text
  return { text: after, codes: codesIn(after) }
}

function codesIn(text: string): readonly string[] {
  return findings(analyze('test.cnn', hostOf(text)), { settings }).map(({ code }) => code)
}

it('fixes the example of every rule whose fix keeps something; unasked only those that keep the network', () => {
  const left: string[] = []
  for (const { code, example } of safe) {
    expect([code, ...codesIn(example)]).toEqual([code, code])
    expect([code, ...fixed(example).codes]).toEqual([code])
    left.push(...fixed(example, UNASKED).codes)
  }
  expect(left.sort()).toEqual([
    'bias-before-batchnorm',
    'pointwise-at-finer-map',
    'rebound-without-use',
    'unused-name',
  ])
})

describe('a file with every fault that can be fixed', () => {
  const constraints = LAYERS.flatMap((layer) => layer.constraints)
  const errors = [...new Map([...PROBLEM_KINDS, ...constraints].map((kind) => [kind.code, kind])).values()]
    .filter(
      ({ code, example }) => FIXES[code] && !example.includes('import') && fixed(example).codes.length === 0,
    )
    .map(({ example }) => example)
  const sound = ['', ...safe.map(({ instead }) => instead)]
  const faulty = [...errors, ...safe.map(({ example }) => example)]
  const parts = [...faulty, ...sound].map((text, i) => renamed(text, `_${i}`))

  it('has none left, and nothing else is changed', () => {
    expect(errors.length).toBeGreaterThan(15)
    const whole = fixed(parts.join(''))
    expect(whole.codes).toEqual([])
    // Each part is as it would be alone, and what had no fault is as it was.
    expect(whole.text).toBe(parts.map((part) => fixed(part).text).join(''))
    const rest = parts.slice(faulty.length).join('')
    expect(whole.text.endsWith(rest)).toBe(true)
  })
})
