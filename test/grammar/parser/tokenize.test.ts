import { expect, test } from 'vitest'
import { tokenize } from '../../../grammar/tokenize'
import { allSources } from './sources'

/** The tokens as `kind text`, one after the other. */
const kinds = (text: string) => tokenize(text).map((token) => `${token.kind} ${token.text}`)

test('words are keywords only where the grammar takes them as such', () => {
  expect(kinds('input input: input.for -> output')).toEqual([
    'keyword input',
    'name input',
    'punctuation :',
    'name input',
    'punctuation .',
    'name for',
    'operator ->',
    'name output',
  ])
  expect(kinds('f(if=1, network=2) if a')).toEqual([
    'name f',
    'punctuation (',
    'name if',
    'operator =',
    'number 1',
    'punctuation ,',
    'name network',
    'operator =',
    'number 2',
    'punctuation )',
    'keyword if',
    'name a',
  ])
})

test('literals, operators and comments', () => {
  expect(kinds('## d\na = [3x3, 4.1G, "s", true, none] and not b # c')).toEqual([
    'comment ## d',
    'name a',
    'operator =',
    'punctuation [',
    'size 3x3',
    'punctuation ,',
    'number 4.1G',
    'punctuation ,',
    'string "s"',
    'punctuation ,',
    'constant true',
    'punctuation ,',
    'constant none',
    'punctuation ]',
    'keyword and',
    'keyword not',
    'name b',
    'comment # c',
  ])
})

test('the tokens of a correct text are in order and leave out nothing but white space', () => {
  for (const { name, text } of allSources()) {
    let end = 0
    for (const token of tokenize(text)) {
      expect([name, text.slice(end, token.start).trim()]).toEqual([name, ''])
      expect(text.slice(token.start, token.end)).toBe(token.text)
      end = token.end
    }
    expect(text.slice(end).trim()).toBe('')
  }
})
