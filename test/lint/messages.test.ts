/** What holds of every message, tried with the examples of all pages. */
import { expect, test } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { CODES } from '../../server/src/lint/codes'
import { findings } from '../../server/src/lint/findings'

const messages = [...CODES.values()]
  .filter(({ category }) => category !== 'Configuration')
  .flatMap(({ example }) => {
    const analysis = analyze('example.cnn', memoryHost({ 'example.cnn': example ?? '' }))
    return findings(analysis).map(({ code, message }) => [code, message] as const)
  })

/** A message has a mistake for each of these that it matches. */
const MISTAKES: Readonly<Record<string, RegExp>> = {
  'digits in groups in a shape or in what can be copied':
    /\d,\d{3} ?×|× ?\d{1,3},\d{3}|^(?:[^`]*`[^`]*`)*[^`]*`[^`]*\d,\d{3}[^`]*`/,
  'a count without groups':
    /(?<![\d.,_×=[])\d{4,} (?:parameters|features|values|positions|rows|boxes|layers|items|weights|pixels|multiply)/,
  'a word of the language with a capital letter': /(?:^|\. )[A-Z][a-z]*(?:[(=]|_\w)/,
  'a command for a terminal': /`cnnlint /,
  'a sentence that is said twice': /(?:^|\. )([^.]{12,})\. (?:.*\. )?\1\./,
}

test('there are messages of all categories', () => {
  expect(messages.length).toBeGreaterThan(100)
})

test.each(Object.entries(MISTAKES))('no message has %s', (_, mistake) => {
  expect(messages.filter(([, message]) => mistake.test(message))).toEqual([])
})
