/** What grew with the square of a file's length, or of its faults, took a minute for these texts. */
import { expect, test } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { analyzed } from '../helpers/problems'

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join('')

const network = (body: string) =>
  `network N {\n  input image: [3, 8, 8]\n${body}  output y = image -> relu\n}\n`

test.each([
  ['unknown names', network(lines(8_000, (i) => `a${i} = imige${i}`)), { 'unknown-name': 8_000 }],
  [
    'unknown layers',
    network(lines(8_000, (i) => `a${i} = image -> cnov${i}(3)`)),
    { 'unknown-layer': 8_000 },
  ],
  ['names that nothing reads', network(lines(8_000, (i) => `a${i} = ${i}`)), { 'unused-name': 8_000 }],
  ['missing operands', network(lines(8_000, (i) => `a${i} = 1 +`)), { 'syntax-error': 8_000 }],
  ['unclosed strings', network(lines(8_000, (i) => `a${i} = "b`)), { 'unclosed-string': 8_000 }],
  [
    'comments that silence',
    network(lines(4_000, (i) => `# cnnlint-disable-next-line unused-name\n  a${i} = ${i}`)),
    {},
  ],
  [
    'comments that silence nothing',
    network(lines(4_000, (i) => `# cnnlint-disable-next-line unused-name\n  _a${i} = ${i}`)),
    { 'unused-silence': 4_000 },
  ],
  [
    'comments that silence, one below the other',
    network(`${lines(4_000, () => '# cnnlint-disable-next-line unused-name')}  a = 1\n`),
    {},
  ],
  ['outputs', network(lines(8_000, (i) => `output y${i} = image -> relu`)), {}],
  [
    'names bound in branches that may not run',
    `network N(k) {\n  input x: [3, 8, 8]\n${lines(2_000, (i) => `if k == ${i} { x = x -> conv(${i + 1}, 1) }`)}  output x\n}\n`,
    {},
  ],
])('%s: all are found in one pass', (_, source, codes) => {
  const start = performance.now()
  const { analysis } = analyzed(source)
  const found: Record<string, number> = {}
  for (const { code } of findings(analysis)) found[code] = (found[code] ?? 0) + 1
  expect(found).toEqual(codes)
  expect(performance.now() - start).toBeLessThan(3_000)
})
