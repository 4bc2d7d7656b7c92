/** Every fix that a rule offers, for its example and for the texts of its tests, does what it promises. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { offeredFixes } from '../../server/src/lint/offer'
import { exampleSettings, type LintSettings } from '../../server/src/lint/settings'
import { applyEdits, type FixClass, type Problem } from '../../server/src/model/problem'
import type { AnyRule } from '../../server/src/rules/frame/rule'
import { findRule, RULES } from '../../server/src/rules/index'
import { dedent, plain } from '../helpers/annotations'

/** The whole texts in the tests of a rule: those that no expression is put into. */
function textsOf({ code, example }: AnyRule): readonly string[] {
  const test = readFileSync(`test/rules/${code}.test.ts`, 'utf8')
  const written = [...test.matchAll(/`([^`]*)`/g)].map(([, text]) => text as string)
  const whole = written.filter((text) => /\bnetwork\b/.test(text) && !/\$\{|\\n/.test(text))
  return [example, ...whole.map((text) => plain(dedent(text)))]
}

const IMPORTED = 'block unit(x: tensor) { return x -> relu }\n'

function linted(text: string, settings: LintSettings) {
  const host = memoryHost({ 'test.cnn': text, 'blocks.cnn': IMPORTED })
  const analysis = analyze('test.cnn', host)
  return { host, analysis, problems: findings(analysis, { settings }) }
}

/** Problems of a kind that there are more of than before; what has become useless is shown next, and may be. */
function traded(before: readonly Problem[], now: readonly Problem[]): readonly string[] {
  const counts = (problems: readonly Problem[], code: string) =>
    problems.filter((each) => each.code === code).length
  return now
    .filter(({ code }) => counts(now, code) > counts(before, code))
    .filter(({ code, severity }) => {
      const isFollowing = findRule(code)?.category === 'Language'
      return severity === 'error' || (severity === 'warning' && !isFollowing)
    })
    .map(({ code, message }) => `${code}: ${message}`)
}

const shapes = ({ networks }: Analysis) =>
  networks.map(({ outputs }) => outputs.map(({ tensor }) => tensor?.shape))

/** The shapes of all weights in their order, as a checkpoint has them. */
const weights = ({ networks }: Analysis) =>
  networks.map(({ layers }) =>
    layers.flatMap((node) => node.weights.map(({ name, shape }) => [node.layer.name, name, ...shape])),
  )

const NO_CHECKPOINTS = '(old checkpoints no longer load)'

const hasErrors = ({ problems }: Analysis) => problems.some(({ severity }) => severity === 'error')

/** What a fix of a class really is: the class, or the one that it falls back to. */
function weakest(own: FixClass, before: Analysis, after: Analysis): FixClass {
  if (own === 'choice' || own === 'certain') return own
  if (JSON.stringify(shapes(before)) !== JSON.stringify(shapes(after))) return 'choice'
  const isSame = JSON.stringify(weights(before)) === JSON.stringify(weights(after))
  return own === 'same-network' && !isSame ? 'same-function' : own
}

const sumOf = ({ networks }: Analysis, what: 'params' | 'macs') =>
  networks.reduce((sum, { totals }) => sum + (totals?.[what] ?? 0), 0)

/**
 * The saving that a title promises, with what the whole text saves, which is no less: the layer may stand in a block
 * that is used more often. Shares are rounded, and do not count the normalisations between stacked layers.
 */
function saving(
  title: string,
  before: Analysis,
  after: Analysis,
): { promised: number; kept: number } | undefined {
  const found = /saves (?:(\d+) % of )?([\d,]+) (parameters|multiply–accumulates)/.exec(title)
  if (found === null) return undefined
  const [, percent, count = '', unit] = found
  const what = unit === 'parameters' ? 'params' : 'macs'
  const number = Number(count.replaceAll(',', ''))
  const promised = percent === undefined ? number : (number * (Number(percent) - 2)) / 100
  return { promised, kept: sumOf(before, what) - sumOf(after, what) }
}

describe.each(RULES.filter(({ fix }) => fix).map((rule) => [rule.code, rule] as const))(
  '%s',
  (code, rule) => {
    const settings = exampleSettings(rule)

    it('is gone with each of its fixes, and no warning comes for it', () => {
      let tried = 0
      for (const text of textsOf(rule)) {
        const { host, analysis, problems } = linted(text, settings)
        for (const problem of problems.filter((each) => each.code === code)) {
          for (const fix of offeredFixes({ analysis, host, problem }, { settings })) {
            const { title, edits } = fix
            const after = linted(applyEdits(text, edits), settings)
            const shown = `${title}\n${text}`
            const declared = rule.fixes ?? ['choice']
            if (!hasErrors(analysis)) expect(declared, shown).toContain(fix.class)
            expect(weakest(fix.class, analysis, after.analysis), shown).toBe(fix.class)
            if (fix.class === 'same-function') expect(title, shown).toContain(NO_CHECKPOINTS)
            else if (fix.class !== 'choice') expect(title, shown).not.toContain(NO_CHECKPOINTS)
            const left = after.problems.filter((each) => each.code === code)
            expect(traded(problems, after.problems), shown).toEqual([])
            // Removing one name may leave another without a use.
            const mostLeft = problems.filter((each) => each.code === code).length - 1
            if (rule.category !== 'Language') expect(left.length, shown).toBeLessThanOrEqual(mostLeft)
            const { promised, kept } = saving(title, analysis, after.analysis) ?? { promised: 0, kept: 0 }
            expect(kept, shown).toBeGreaterThanOrEqual(promised)
            tried++
          }
        }
      }
      expect(tried).toBeGreaterThan(0)
    })
  },
)
