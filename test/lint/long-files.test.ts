/** What grew with the square of a file's length, or of its faults, took a minute for these texts. */
import { expect, test } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { growth, LINEAR } from '../helpers/growth'
import { analyzed } from '../helpers/problems'

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join('')

const network = (body: string) =>
  `network N {\n  input image: [3, 8, 8]\n${body}  output y = image -> relu\n}\n`

test.each([
  ['unknown names', (n: number) => network(lines(n, (i) => `a${i} = imige${i}`)), 'unknown-name'],
  [
    'unknown layers',
    (n: number) => network(lines(n, (i) => `a${i} = image -> cnov${i}(3)`)),
    'unknown-layer',
  ],
  ['names that nothing reads', (n: number) => network(lines(n, (i) => `a${i} = ${i}`)), 'unused-name'],
  ['missing operands', (n: number) => network(lines(n, (i) => `a${i} = 1 +`)), 'syntax-error'],
  ['unclosed strings', (n: number) => network(lines(n, (i) => `a${i} = "b`)), 'unclosed-string'],
  [
    'comments that silence',
    (n: number) => network(lines(n, (i) => `# cnnlint-disable-next-line unused-name\n  a${i} = ${i}`)),
    undefined,
  ],
  [
    'comments that silence nothing',
    (n: number) => network(lines(n, (i) => `# cnnlint-disable-next-line unused-name\n  _a${i} = ${i}`)),
    'unused-silence',
  ],
  [
    'comments that silence, one below the other',
    (n: number) => network(`${lines(n, () => '# cnnlint-disable-next-line unused-name')}  a = 1\n`),
    undefined,
  ],
  ['outputs', (n: number) => network(lines(n, (i) => `output y${i} = image -> relu`)), undefined],
  [
    'names bound in branches that may not run',
    (n: number) =>
      `network N(k) {\n  input x: [3, 8, 8]\n${lines(n / 2, (i) => `if k == ${i} { x = x -> conv(${i + 1}, 1) }`)}  output x\n}\n`,
    undefined,
  ],
  [
    'branches of which one is never taken',
    (n: number) =>
      `network N {\n  input x: [3, 8, 8]\n  k = 1\n${lines(n, (i) => `if k == ${i + 2} { k = ${i} } else { k = 1 }`)}  output y = x -> conv(k, 1)\n}\n`,
    'branch-never-taken',
  ],
] as const)('%s: all are found in one pass', (_, source, code) => {
  const counts = (size: number) => {
    const found: Record<string, number> = {}
    for (const problem of findings(analyzed(source(size)).analysis)) {
      found[problem.code] = (found[problem.code] ?? 0) + 1
    }
    return found
  }
  const ratio = growth((size) => {
    expect(counts(size)).toEqual(code === undefined ? {} : { [code]: size })
  }, 4_000)
  expect(ratio).toBeLessThan(LINEAR)
})
