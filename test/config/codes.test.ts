import { expect, test } from 'vitest'
import { similarCodes } from '../../server/src/config/codes'

const CODES = [
  'bias-before-batchnorm',
  'large-kernel',
  'stride-drops-pixels',
  'stride-skips-pixels',
  'unused-name',
]

test.each([
  ['stride-drop-pixels', ['stride-drops-pixels', 'stride-skips-pixels']],
  ['stride_drops_pixels', ['stride-drops-pixels']],
  ['largeKernel', ['large-kernel']],
  ['cnnlint/large-kernel', ['large-kernel']],
  ['drops-pixels', ['stride-drops-pixels']],
  ['no-unused', ['unused-name']],
  ['bias-before-bn', ['bias-before-batchnorm']],
  ['before-of', []],
  ['something-else', []],
])('%s may stand for %j', (name, codes) => {
  expect(similarCodes(name, CODES)).toEqual(codes)
})
