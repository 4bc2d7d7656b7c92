/** What is said of maps that differ where they meet because a stage before had rounded a size, and where. */
import { expect, it } from 'vitest'
import { analyzed } from '../helpers/problems'

interface Case {
  readonly title: string
  readonly input: string
  readonly body: string
  readonly message: string
  /** The texts of the related places, each with its message. */
  readonly causes: readonly string[]
}

const CASES: readonly Case[] = [
  {
    title: 'a pool halves an odd size',
    input: '8x125x250',
    body: 'output y = add(x, x -> maxpool(2) -> upsample(2))',
    message:
      '8×125×250 and 8×124×250 differ in height: 125 and 124. 125 is odd: maxpool(2) makes 62, doubled 124. ' +
      'Make the height of `x` 124 or 126 (a multiple of 2), or bring the enlarged map to the size of the other by resize.',
    causes: ['maxpool(2): 125 is odd: maxpool(2) makes 62, doubled 124'],
  },
  {
    title: 'a strided convolution rounds up',
    input: '8x25x27',
    body: 'output y = concat(x, x -> conv(8, 3, stride=2, padding=1) -> conv_transpose(8, 2, stride=2))',
    message:
      '8×25×27 and 8×26×28 differ in height (25 and 26) and width (27 and 28). ' +
      '25 is odd: conv(8, 3, stride=2, padding=1) makes 13, doubled 26. ' +
      'Make the height of `x` 24 or 26 and the width 26 or 28 (multiples of 2), or bring the enlarged map to the size of the other by resize.',
    causes: [
      'conv(8, 3, stride=2, padding=1): 25 is odd: conv(8, 3, stride=2, padding=1) makes 13, doubled 26',
    ],
  },
  {
    title: 'an average pool on a signal, by four',
    input: '8x1002',
    body: 'output y = add(x, x -> avgpool(4) -> conv(8, 3, padding=1) -> upsample(4))',
    message:
      '8×1002 and 8×1000 differ in length: 1002 and 1000. ' +
      '1002 is not divisible by 4: avgpool(4) makes 250, and 4·250 = 1000. ' +
      'Make the length of `x` 1000 or 1004 (a multiple of 4), or bring the enlarged map to the size of the other by resize.',
    causes: ['avgpool(4): 1002 is not divisible by 4: avgpool(4) makes 250, and 4·250 = 1000'],
  },
  {
    title: 'a volume, deep down',
    input: '1x60x64x64',
    body: `
      a = x -> conv(8, 3, padding=1) -> maxpool(2)
      b = a -> conv(8, 3, padding=1) -> maxpool(2)
      c = b -> maxpool(2)
      output y = add(b, c -> upsample(2))`,
    message:
      '8×15×16×16 and 8×14×16×16 differ in depth: 15 and 14. 15 is odd: maxpool(2) makes 7, doubled 14. ' +
      'Make the depth of `x` 56 or 64 (a multiple of 8), or bring the enlarged map to the size of the other by resize.',
    causes: ['maxpool(2): 15 is odd: maxpool(2) makes 7, doubled 14'],
  },
  {
    title: 'several stages round, at one place in the text',
    input: '1x25x25',
    body: 'output y = sub(x, x -> 4 * conv(1, 3, stride=2, padding=1) -> upsample(16))',
    message:
      '1×25×25 and 1×32×32 differ in height and width: 25 and 32. ' +
      '25 is odd: conv(1, 3, stride=2, padding=1) makes 13, doubled 26; 13 and 7 are rounded too. ' +
      'Make the height and the width of `x` 16 or 32 (multiples of 16), or bring the enlarged map to the size of the other by resize.',
    causes: [
      'conv(1, 3, stride=2, padding=1): 25 is odd: conv(1, 3, stride=2, padding=1) makes 13, doubled 26',
    ],
  },
  {
    title: 'two branches round differently',
    input: '8x25x26',
    body: 'output y = add(x -> conv(8, 3, stride=2, padding=1), x -> avgpool(2))',
    message:
      '8×13×13 and 8×12×13 differ in height: 13 and 12. ' +
      '25 is odd: conv(8, 3, stride=2, padding=1) makes 13, avgpool(2) makes 12. ' +
      'Make the height of `x` 24 or 26 (a multiple of 2), or let both branches round alike (ceil=true rounds up).',
    causes: [
      'conv(8, 3, stride=2, padding=1): 25 is odd: conv(8, 3, stride=2, padding=1) makes 13',
      'avgpool(2): 25 is odd: avgpool(2) makes 12',
    ],
  },
  {
    title: 'behind a stem without padding no multiple is known',
    input: '3x102x102',
    body: `
      a = x -> conv(8, 3, stride=2) -> conv(8, 3, padding=1)
      b = a -> maxpool(3)
      output y = add(a, b -> upsample(3))`,
    message:
      '8×50×50 and 8×48×48 differ in height and width: 50 and 48. ' +
      '50 is not divisible by 3: maxpool(3) makes 16, and 3·16 = 48. ' +
      'Choose a size of the input that no stage rounds, or bring the enlarged map to the size of the other by resize.',
    causes: ['maxpool(3): 50 is not divisible by 3: maxpool(3) makes 16, and 3·16 = 48'],
  },
]

it.each(CASES)('$title', ({ input, body, message, causes }) => {
  const { analysis } = analyzed(`network N {\n  input x: ${input}\n  ${body}\n}`)
  const [problem, ...others] = analysis.problems
  expect(others).toEqual([])
  expect(problem?.message).toBe(message)
  const found = problem?.related.map(({ range, message: said, isCause }) => {
    expect(isCause).toBe(true)
    return `${analysis.file.text.slice(range.start, range.end)}: ${said}`
  })
  expect(found).toEqual(causes)
})

it.each([
  ['a border that was lost', '8x25x25', 'output y = add(x -> conv(8, 3), x)'],
  [
    'a border lost beside sizes that were rounded alike',
    '8x25x25',
    'output y = add(x -> maxpool(2) -> conv(8, 3), x -> maxpool(2))',
  ],
  ['another number of channels', '8x25x25', 'output y = add(x -> conv(4, 1), x)'],
  ['sizes that were given', '8x25x25', 'output y = add(x -> maxpool(2) -> resize(24), x)'],
])('%s is no rounding', (_, input, body) => {
  const { analysis } = analyzed(`network N {\n  input x: ${input}\n  ${body}\n}`)
  const [problem] = analysis.problems
  expect(problem?.data).not.toHaveProperty('rounded')
  expect(problem?.related.filter(({ message }) => /is odd|not divisible/.test(message))).toEqual([])
})
