import { expect, test } from 'vitest'
import { summarize } from '../../client/src/report'

test.each([
  [{ files: 0, errors: 0, warnings: 0 }, 'The workspace has no .cnn files.'],
  [{ files: 1, errors: 0, warnings: 0 }, 'No problems in 1 file.'],
  [{ files: 12, errors: 1, warnings: 0 }, '1 error in 12 files.'],
  [{ files: 12, errors: 0, warnings: 2 }, '2 warnings in 12 files.'],
  [{ files: 1234, errors: 3, warnings: 1 }, '3 errors and 1 warning in 1,234 files.'],
])('%j is shown as a sentence', (report, sentence) => {
  expect(summarize(report)).toBe(sentence)
})
