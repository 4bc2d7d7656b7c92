import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { format } from '../../../grammar/format'
import { lex } from '../../../grammar/lexer'
import { parse } from '../../../grammar/parse'
import { languageExamples } from './language-page'
import { canonicalFiles } from './samples'
import { shape, tokens } from './shape'

interface Place {
  readonly start: number
  readonly end: number
  readonly space: string
  /** Inside brackets that open and close on one line. */
  readonly bracketed: boolean
  /** Between two statements of a body. */
  readonly boundary: boolean
}

/** The places between the tokens of a text in canonical form, and what may change there without a trace. */
function places(text: string): Place[] {
  const all = lex(text).tokens
  return all.slice(1).map((token, index) => {
    const before = all[index] as (typeof all)[number]
    const start = before.startOffset + before.image.length
    const space = text.slice(start, token.startOffset)
    const lineOf = (offset: number) =>
      text.slice(text.lastIndexOf('\n', offset - 1) + 1, text.indexOf('\n', offset) >>> 0)
    const line = lineOf(token.startOffset)
    const column = token.startOffset - text.lastIndexOf('\n', token.startOffset - 1) - 1
    const depth = [...line.slice(0, column)].reduce(
      (sum, c) => sum + Number('(['.includes(c)) - Number(')]'.includes(c)),
      0,
    )
    const balanced =
      [...line].filter((c) => '(['.includes(c)).length === [...line].filter((c) => ')]'.includes(c)).length
    const indentOf = (text: string) => text.length - text.trimStart().length
    return {
      start,
      end: token.startOffset,
      space,
      bracketed: !space.includes('\n') && depth > 0 && balanced && !line.includes('{'),
      boundary:
        /^\n *$/.test(space) &&
        indentOf(line) > 0 &&
        indentOf(line) === indentOf(lineOf(before.startOffset)) &&
        !/[{},]/.test(before.image) &&
        !['->', '}'].includes(token.image),
    }
  })
}

const word = /[\p{L}\p{M}\p{Nd}_"]/u

/** Gives each place another space, chosen by a number. */
function respace(text: string, choices: readonly number[]): string {
  let result = ''
  let from = 0
  places(text).forEach(({ start, end, space, bracketed, boundary }, index) => {
    const choice = choices[index % choices.length] as number
    const touching = word.test(text.charAt(start - 1)) && word.test(text.charAt(end))
    let now = space
    if (space.includes('#')) now = space.replace(/[ \t]*$/, ' '.repeat(choice))
    else if (space.includes('\n'))
      now = boundary && choice === 0 ? ' ' : space.replace(/ *$/, ' '.repeat(choice))
    else if (bracketed && choice === 5) now = '\n  '
    else now = touching ? ' '.repeat(choice + 1) : (['', ' ', '\t', '   ', ' \t', ''][choice] as string)
    result += text.slice(from, start) + now
    from = end
  })
  return result + text.slice(from)
}

const choices = fc.array(fc.nat(5), { minLength: 1, maxLength: 97 })

describe('a canonical text is found again whatever its spacing', () => {
  const files = [
    ...canonicalFiles(),
    ...languageExamples().map(({ line, text }) => ({ name: `LANGUAGE.md:${line}`, text })),
  ]
  test.each(files)('$name', ({ text }) => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const other = respace(text, numbers)
        fc.pre(JSON.stringify(tokens(other)) === JSON.stringify(tokens(text)))
        expect(shape(parse(other))).toEqual(shape(parse(text)))
        expect(format(other)).toBe(text)
      }),
      { numRuns: 40, maxSkipsPerRun: 10, seed: 1 },
    )
  })
})
