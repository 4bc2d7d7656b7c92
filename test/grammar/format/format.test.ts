import { describe, expect, test } from 'vitest'
import { format, formatEdits } from '../../../grammar/format'
import { lex } from '../../../grammar/lexer'
import { parse } from '../../../grammar/parse'
import { CASES } from './cases'
import { languageExamples } from './language-page'
import { canonicalFiles, samples } from './samples'
import { shape, tokens } from './shape'

describe('before and after', () => {
  test.each(CASES)('$name', ({ before, after }) => {
    expect(format(before)).toBe(after)
    expect(format(after)).toBe(after)
  })
})

describe('canonical files stay as they are', () => {
  test.each([
    ...canonicalFiles(),
    ...languageExamples().map(({ line, text }) => ({ name: `line ${line}`, text })),
  ])('$name', ({ text }) => {
    expect(parse(text).problems).toEqual([])
    expect(format(text)).toBe(text)
  })
})

describe('formatting is idempotent and changes neither tokens nor meaning', () => {
  test.each(samples())('$name', ({ text }) => {
    const once = format(text)
    expect(format(once)).toBe(once)
    expect(tokens(once)).toEqual(tokens(text))
    expect(shape(parse(once))).toEqual(shape(parse(text)))
    expect(lex(once).comments.map(({ image }) => image.trimEnd())).toEqual(
      lex(text).comments.map(({ image }) => image.trimEnd()),
    )
  })
})

describe('edits', () => {
  test.each(samples())('of $name are in order, apart and needed', ({ text }) => {
    let from = -1
    for (const edit of formatEdits(text)) {
      expect(edit.start).toBeGreaterThan(from)
      expect(edit.end).toBeGreaterThanOrEqual(edit.start)
      expect(text.slice(edit.start, edit.end)).not.toBe(edit.text)
      from = edit.end
    }
  })

  test('a canonical text needs none', () => {
    for (const { text } of canonicalFiles()) expect(formatEdits(text)).toEqual([])
  })

  test('an edit is as small as it can be', () => {
    expect(formatEdits('A = 1\nB  = 2\n')).toEqual([{ start: 8, end: 9, text: '' }])
    expect(formatEdits('A = [1,2]')).toEqual([
      { start: 7, end: 7, text: ' ' },
      { start: 9, end: 9, text: '\n' },
    ])
  })

  test('no edit begins or ends between the two characters of a line end', () => {
    expect(formatEdits('A = 1\r\nB = 2\n')).toEqual([{ start: 12, end: 12, text: '\r' }])
    expect(formatEdits('A = 1\nB = 2\r\n')).toEqual([{ start: 11, end: 13, text: '\n' }])
  })
})

describe('a range', () => {
  const text = 'network N {\n a=x\n b=[\n1,2]\n c=x\n}\n'
  const within = (from: string, to: string) => {
    const range = { start: text.indexOf(from), end: text.indexOf(to) + to.length }
    return [...formatEdits(text, { range })]
      .reverse()
      .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text)
  }

  test('is widened to whole statements, and no other is touched', () => {
    expect(within('1', '2')).toBe('network N {\n a=x\n  b = [1, 2]\n c=x\n}\n')
    expect(within('a', 'b')).toBe('network N {\n  a = x\n  b = [1, 2]\n c=x\n}\n')
  })

  test('that holds the whole text formats all of it', () => {
    expect(within('network', '}\n')).toBe(format(text))
  })
})

test('10,000 lines', () => {
  const body = Array.from(
    { length: 10_000 },
    (_, i) => `  x${i} = x -> conv(64,3, padding = 1)->batchnorm -> relu # ${i}`,
  )
  const formatted = format(`network N {\n  input x: 3x8x8\n${body.join('\n')}\n}\n`)
  expect(formatted).toContain('  x9999 = x -> conv(64, 3, padding=1) -> batchnorm -> relu  # 9999\n')
})
