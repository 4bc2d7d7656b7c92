import { expect, test } from 'vitest'
import { rulesText, ruleText } from '../../server/src/cli/formats/rules-text'
import type { Output } from '../../server/src/cli/terminal'
import type { DescribedCode } from '../../server/src/lint/codes'

const out: Output = { write: () => {}, paint: (_, text) => text, columns: 80 }

const rule: DescribedCode = {
  code: 'some-rule',
  kind: 'rule',
  category: 'Padding and sampling',
  severity: 'off',
  title: 'A finding',
  explanation: 'Why it is one.',
  example: 'WIDTH = 8\n',
  instead: 'WIDTH = 16\n',
  fixes: ['same-network', 'same-function'],
  options: {
    limit: { type: 'number', default: 8, min: 1, documentation: 'The most that is allowed.' },
    budget: { type: 'number', documentation: 'Not checked unless it is set.' },
    strictly: { type: 'boolean', default: false, documentation: 'Whether equality counts.' },
  },
}

test('a rule is explained with its options, its fix, and that it is off', () => {
  expect(ruleText(rule, out).split('\nPage')[0]).toBe(`some-rule off
Padding and sampling

A finding

Why it is one.

It is off unless a configuration sets its severity.

It has fixes, which are offered when analysis proves them:
- same network: the parameters, their order and the outputs stay as they are.
check --fix applies it.
- same function: the outputs can stay the same, but old checkpoints no longer
load. check --fix --unsafe-fixes applies it.

Options
  limit: number ≥ 1; 8 when left out
    The most that is allowed.
  budget: number; not set when left out
    Not checked unless it is set.
  strictly: true or false; false when left out
    Whether equality counts.

Example
  WIDTH = 8

Repaired
  WIDTH = 16
`)
})

test('in the list, the kinds of fixes have marks', () => {
  const listed = rulesText([rule, { ...rule, fixes: ['choice'] }, { ...rule, fixes: [] }], out)
  expect(listed.match(/off\S*/g)?.slice(0, 3)).toEqual(['off*', 'off+', 'off'])
})
