import { expect, it, vi } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { type FixPolicy, fixAll, isFixedBy } from '../../server/src/lint/fix-all'
import type { Severity } from '../../server/src/model/problem'
import type { AnyRule } from '../../server/src/rules/frame/rule'

/** Rules that would have one word for another, so that each text shows which fixes were applied. */
vi.mock('../../server/src/rules/index', async () => {
  const { rule } = await import('../../server/src/rules/frame/rule')
  const replacing = (from: string, to: string, severity: Severity, fixes: 'safe' | 'suggestion') =>
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
      fixes,
      *fix({ analysis: { uri } }, start) {
        yield { action: to, file: uri, edits: [{ start, end: start + from.length, text: to }], shows: null }
      },
    })
  const RULES: readonly AnyRule[] = [
    replacing('relu', 'gelu', 'warning', 'safe'),
    replacing('gelu', 'silu', 'hint', 'safe'),
    replacing('silu', 'tanh', 'error', 'suggestion'),
    replacing('sigmoid', 'elu', 'info', 'safe'),
    replacing('elu', 'sigmoid', 'info', 'safe'),
  ]
  return { RULES, findRule: (code: string) => RULES.find((each) => each.code === code) }
})

const EDITOR: FixPolicy = { severities: ['error', 'warning'], suggestions: false }
const SAFE: FixPolicy = { severities: ['error', 'warning', 'info', 'hint'], suggestions: false }
const ALL: FixPolicy = { ...SAFE, suggestions: true }

function fixedFlow(flow: string, policy: FixPolicy): string | undefined {
  const text = (stages: string) =>
    `network N {\n  input image: [3, 8, 8]\n  output y = image -> ${stages}\n}\n`
  const host = memoryHost({ 'test.cnn': text(flow) })
  const after = fixAll(analyze('test.cnn', host), host, policy)
  return after === undefined ? undefined : /image -> (.*)/.exec(after)?.[1]
}

it.each([
  ['relu', EDITOR, 'gelu'],
  ['relu', SAFE, 'silu'],
  ['relu', ALL, 'tanh'],
  ['relu -> conv(4, 9) -> relu', EDITOR, 'gelu -> conv(4, 9, padding=1) -> gelu'],
  ['gelu', EDITOR, undefined],
  ['silu', SAFE, undefined],
  ['tanh', ALL, undefined],
  // Two rules that contradict each other end, and nothing is gained.
  ['sigmoid', SAFE, undefined],
  ['sigmoid -> relu', SAFE, 'sigmoid -> silu'],
])('%s', (flow, policy, expected) => {
  expect(fixedFlow(flow, policy)).toBe(expected)
})

it('counts what can be fixed by severity and by the kind of the fix', () => {
  expect(isFixedBy({ code: 'window-exceeds-input', severity: 'error' }, EDITOR)).toBe(true)
  expect(isFixedBy({ code: 'relu-to-gelu', severity: 'hint' }, EDITOR)).toBe(false)
  expect(isFixedBy({ code: 'silu-to-tanh', severity: 'error' }, SAFE)).toBe(false)
  expect(isFixedBy({ code: 'silu-to-tanh', severity: 'error' }, ALL)).toBe(true)
})
