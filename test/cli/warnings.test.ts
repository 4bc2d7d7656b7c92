import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import type { Analysis } from '../../server/src/check/analysis'
import { run } from '../../server/src/cli/run'
import type { OnCrash } from '../../server/src/lint/findings'
import type { Problem, Severity } from '../../server/src/model/problem'
import { recorded } from './helper'

const finding = (severity: Severity, { uri }: Analysis): Problem => ({
  code: `some-${severity}`,
  severity,
  file: uri,
  range: { start: 0, end: 2 },
  message: 'Something.',
  related: [],
})

// Rules that find what the tests need: two warnings, an information, a hint; and one that fails.
vi.mock('../../server/src/lint/findings', () => ({
  findings(analysis: Analysis, { onCrash }: { readonly onCrash: OnCrash }) {
    onCrash({ code: 'crashing-rule' } as Parameters<OnCrash>[0], new Error('no way'))
    return (['warning', 'warning', 'info', 'hint'] as const).map((severity) => finding(severity, analysis))
  },
}))

const FILE = fileURLToPath(new URL('fixtures/lenet.cnn', import.meta.url))

async function check(...args: readonly string[]) {
  const [out, err] = [recorded(), recorded()]
  const status = await run(['check', FILE, ...args], { out, err, readInput: async () => '' })
  return { status, out: out.text(), err: err.text() }
}

describe('warnings', () => {
  test('do not fail by themselves', async () => {
    const { status, out } = await check()
    expect(status).toBe(0)
    expect(out).toMatch(/2 warnings, 1 info, 1 hint in 1 file\n$/)
  })

  test('fail when there are more than allowed', async () => {
    expect((await check('--max-warnings', '2')).status).toBe(0)
    const { status, err } = await check('--max-warnings', '1')
    expect(status).toBe(1)
    expect(err).toContain('cnnlint: 2 warnings are more than the 1 allowed\n')
  })

  test('count when they are not shown', async () => {
    const { status, out } = await check('--quiet', '--max-warnings', '0')
    expect([status, out]).toEqual([1, 'No problems in 1 file\n'])
  })
})

test('a rule that fails is named, and the rest is reported', async () => {
  const { status, out, err } = await check()
  expect(status).toBe(0)
  expect(out).toContain('warning[some-warning] Something.')
  expect(err).toContain('cnnlint: the rule crashing-rule failed on ')
  expect(err).toContain('Error: no way')
})
