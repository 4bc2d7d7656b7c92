/** Calls in the order, and axes in the counting, of another framework: what is offered first for each of them. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import { changedLines } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

interface Found {
  readonly code: string
  /** The text that is underlined. */
  readonly at: string
  /** The lines that the first fix changes. */
  readonly first: string
  /** The fix is offered, but which one is right cannot be known. */
  readonly uncertain?: true
}

const NAMES = 'option-needs-name'
const UNKNOWN = 'unknown-option'

const CASES: Readonly<Record<string, readonly Found[]>> = {
  'k5a-pt-order': [
    { code: NAMES, at: '7', first: 'output y = image -> conv(64, 7, stride=2, padding=3) -> relu }' },
  ],
  'k5b-pt-order3': [
    { code: NAMES, at: '3', first: 'output y = image -> conv(16, 3) -> relu -> conv(16, 32, 3) -> relu }' },
    { code: NAMES, at: '3', first: 'output y = image -> conv(3, 16, 3) -> relu -> conv(32, 3) -> relu }' },
  ],
  'k5c-linear': [
    { code: NAMES, at: '10', first: 'output y = image -> conv(8, 3) -> flatten -> linear(10) }' },
  ],
  'k5d-deconv-order': [{ code: NAMES, at: '2', first: 'output y = x -> conv_transpose(32, 2, stride=2) }' }],
  'k5e-bn': [
    {
      code: NAMES,
      at: '16',
      first:
        'output y = x -> conv(16, 3) -> batchnorm -> relu -> upsample(scale_factor=2) -> lstm(16, 32, 2) }',
    },
    {
      code: UNKNOWN,
      at: 'scale_factor',
      first: 'output y = x -> conv(16, 3) -> batchnorm(16) -> relu -> upsample(scale=2) -> lstm(16, 32, 2) }',
    },
    {
      code: NAMES,
      at: '32',
      first:
        'output y = x -> conv(16, 3) -> batchnorm(16) -> relu -> upsample(scale_factor=2) -> lstm(32, layers=2) }',
    },
  ],
  '17-yolo-args-shifted': [
    {
      code: NAMES,
      at: '3',
      first: 'p1 = image -> conv(64, 128, stride=3, padding=1, dilation=2, groups=2) -> silu',
      uncertain: true,
    },
  ],
  'k13a-dim': [
    { code: UNKNOWN, at: 'dim', first: 'output y = concat(x, a, axis=0) -> conv(4, 1) -> softmax(dim=1) }' },
    { code: UNKNOWN, at: 'dim', first: 'output y = concat(x, a, dim=1) -> conv(4, 1) -> softmax(axis=0) }' },
  ],
  'k13b-split': [{ code: UNKNOWN, at: 'dim', first: 'a, b = x -> split(2, axis=0)' }],
  'k13c-concatax': [{ code: UNKNOWN, at: 'dim', first: 'output y = concat(x, a, axis=0) }' }],
}

it.each(Object.entries(CASES))('%s', (file, expected) => {
  const text = readFileSync(new URL(`${file}.cnn`, import.meta.url), 'utf8')
  const { analysis, host } = analyzed(text)
  const before = analysis.file.text
  const found = analysis.problems.map((problem): Partial<Found> => {
    const [fix] = offeredFixes({ analysis, host, problem })
    const { start, end } = problem.range
    return {
      code: problem.code,
      at: before.slice(start, end),
      ...(fix ? { first: changedLines(before, applyEdits(before, fix.edits)) } : {}),
      ...(fix?.drastic ? { uncertain: true } : {}),
    }
  })
  expect(found).toEqual(expected)
})
