import { expect, it, vi } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { type FixPolicy, fixAll, mayFix, UNASKED } from '../../server/src/lint/fix-all'
import type { FixClass, Problem, Severity } from '../../server/src/model/problem'
import type { AnyRule } from '../../server/src/rules/frame/rule'

/** Rules that would have one word for another, so that each text shows which fixes were applied. */
vi.mock('../../server/src/rules/index', async () => {
  const { rule } = await import('../../server/src/rules/frame/rule')
  const replacing = (from: string, to: string, severity: Severity, own: FixClass) =>
    rule<number>({
      code: `${from}-to-${to}`,
      category: 'Language',
      severity,
      title: from,
      explanation: from,
      source: from,
      example: '',
      instead: '',
      words: () => ({ what: from, why: '', todo: '' }),
      check({ analysis: { file, uri } }, report) {
        for (const { index } of file.text.matchAll(new RegExp(`\\b${from}\\b`, 'g'))) {
          report({ place: { file: uri, range: { start: index, end: index + from.length } }, data: index })
        }
      },
      fixes: [own],
      *fix({ analysis: { uri } }, start) {
        yield { action: to, file: uri, edits: [{ start, end: start + from.length, text: to }], shows: null }
      },
    })
  const RULES: readonly AnyRule[] = [
    replacing('relu', 'gelu', 'warning', 'same-network'),
    replacing('gelu', 'silu', 'hint', 'same-network'),
    replacing('silu', 'tanh', 'error', 'choice'),
    replacing('sigmoid', 'elu', 'info', 'same-network'),
    replacing('elu', 'sigmoid', 'info', 'same-network'),
  ]
  return { RULES, findRule: (code: string) => RULES.find((each) => each.code === code) }
})

const ALL: FixPolicy = { choices: true }

function fixedFlow(flow: string, policy: FixPolicy): string | undefined {
  const text = (stages: string) =>
    `network N {\n  input image: [3, 8, 8]\n  output y = image -> ${stages}\n}\n`
  const host = memoryHost({ 'test.cnn': text(flow) })
  const after = fixAll(analyze('test.cnn', host), host, policy)
  return after === undefined ? undefined : /image -> (.*)/.exec(after)?.[1]
}

it.each([
  // The severity of a finding says nothing of its fix.
  ['relu', UNASKED, 'silu'],
  ['relu', ALL, 'tanh'],
  ['gelu', UNASKED, 'silu'],
  ['silu', UNASKED, undefined],
  ['tanh', ALL, undefined],
  // Beside an error nothing is applied that might rest on it; a choice may remove the error first.
  ['relu -> conv(4, 9) -> relu', UNASKED, undefined],
  ['relu -> conv(4, 9) -> relu', ALL, 'tanh -> conv(4, 9, padding=1) -> tanh'],
  ['relu -> sofmax', UNASKED, 'silu -> softmax'],
  // Two rules that contradict each other end, and nothing is gained.
  ['sigmoid', UNASKED, undefined],
  ['sigmoid -> relu', UNASKED, 'sigmoid -> silu'],
])('%s', (flow, policy, expected) => {
  expect(fixedFlow(flow, policy)).toBe(expected)
})

it('tells by its code whether a problem may be fixed', () => {
  const problem = (code: string) => ({ code }) as Problem
  expect(mayFix(problem('window-exceeds-input'), UNASKED)).toBe(false)
  expect(mayFix(problem('window-exceeds-input'), ALL)).toBe(true)
  expect(mayFix(problem('unknown-layer'), UNASKED)).toBe(true)
  expect(mayFix(problem('relu-to-gelu'), UNASKED)).toBe(true)
  expect(mayFix(problem('silu-to-tanh'), UNASKED)).toBe(false)
  expect(mayFix(problem('silu-to-tanh'), ALL)).toBe(true)
  expect(mayFix(problem('output-not-a-tensor'), ALL)).toBe(false)
})
