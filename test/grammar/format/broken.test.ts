import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { format } from '../../../grammar/format'
import { lex } from '../../../grammar/lexer'
import { sampled } from '../../helpers/sample'
import { samples } from './samples'
import { tokens } from './shape'

const INSERTED = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '->',
  '=',
  '"',
  '@',
  ';',
  '3x',
  'if',
  'else',
  'return',
  'x = f(',
  '# c\n',
  '\n',
  '+',
]

interface Mutation {
  readonly kind: 'delete' | 'cut' | 'insert' | 'swap'
  readonly at: number
  readonly what: number
}

/** A text as it may look in the middle of an edit. */
function mutate(text: string, { kind, at, what }: Mutation): string {
  const all = lex(text).tokens
  const token = all[at % Math.max(1, all.length)]
  if (!token) return text
  const start = token.startOffset
  const end = start + token.image.length
  const inserted = INSERTED[what % INSERTED.length] as string
  if (kind === 'delete') return text.slice(0, start) + text.slice(end)
  if (kind === 'swap') return text.slice(0, start) + inserted + text.slice(end)
  if (kind === 'insert') return `${text.slice(0, start)}${inserted} ${text.slice(start)}`
  const lineEnd = text.indexOf('\n', end)
  return text.slice(0, end) + (lineEnd < 0 ? '' : text.slice(lineEnd))
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'cut', 'insert', 'swap'),
  at: fc.nat(100_000),
  what: fc.nat(1_000),
})

const comments = (text: string) => lex(text).comments.map(({ image }) => image.trimEnd())

describe('half-written texts: nothing is lost, and a second time changes nothing', () => {
  test.each(sampled(samples(), 15))('$name', ({ text }) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const broken = mutations.reduce(mutate, text)
        const once = format(broken)
        expect(tokens(once)).toEqual(tokens(broken))
        expect(comments(once)).toEqual(comments(broken))
        expect(format(once)).toBe(once)
      }),
      { numRuns: 12, seed: 1 },
    )
  })
})

test('any text at all is formatted without a crash', () => {
  const pieces = fc.constantFrom(
    ...INSERTED,
    'network N {',
    'block f(x: tensor)',
    'y = x -> relu',
    '## doc\n',
    ' ',
    '\r\n',
    '\t',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      const once = format(text)
      expect(tokens(once)).toEqual(tokens(text))
      expect(format(once)).toBe(once)
    }),
    { numRuns: 1_000, seed: 1 },
  )
})
