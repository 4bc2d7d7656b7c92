import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import { NESTING_LIMIT } from '../../../grammar/prepass/nesting'
import type { Range, SourceFile, SyntaxNode } from '../../../grammar/tree'
import { children } from '../../../grammar/walk'
import { checkNesting } from './nested'

/** A text may be anything: it is read without an error, into a tree whose nodes and problems have proper places. */
function check(text: string): SourceFile {
  const file = parse(text)
  expect(file).toMatchObject({ kind: 'file', start: 0, end: text.length })
  const isInside = ({ start, end }: Range) => 0 <= start && start <= end && end <= text.length
  const faulty = file.problems.filter(
    (problem) =>
      !isInside(problem) ||
      problem.message.includes('undefined') ||
      !(problem.fix?.edits ?? []).every(isInside),
  )
  expect(faulty).toEqual([])
  return file
}

const WORDS = [
  'x',
  'y',
  'conv',
  'input',
  'output',
  'shared',
  'block',
  'network',
  'import',
  'from',
  'return',
  'expect',
  'for',
  'in',
  'if',
  'then',
  'else',
  'as',
  'and',
  'or',
  'not',
  'true',
  'none',
  'elif',
  'let',
  'def',
  'True',
  '3',
  '3x3',
  '4.1G',
  '1.',
  '"s"',
  '"s',
  "'s'",
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  ':',
  '=',
  '->',
  '+',
  '-',
  '*',
  '**',
  '//',
  '==',
  '<',
  '~=',
  '&&',
  '!',
  ';',
  '=>',
  '+=',
  '@',
  '?',
  '# c',
  '## d',
  '\n',
  '\n  ',
  '\n    ',
  '\r\n',
  '\t',
  ' ',
]

describe('any text is read', () => {
  test('random characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void check(text)),
      { numRuns: 300 },
    )
  })

  test('random words of the language', () => {
    const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 120 })
    fc.assert(
      fc.property(soup, (words) => void checkNesting(check(words.join(' ')))),
      { numRuns: 1000 },
    )
  })

  test('random words in a body', () => {
    const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 })
    const inBody = (words: string[]) => `block f(x: tensor) {\n  a = 1\n  ${words.join(' ')}\n  b = 2\n}\n`
    fc.assert(
      fc.property(soup, (words) => void checkNesting(check(inBody(words)))),
      { numRuns: 1000 },
    )
  })
})

const COUNT = 30_000

function depth(node: SyntaxNode): number {
  return 1 + Math.max(0, ...children(node).slice(0, 10).map(depth))
}

const inBody = (text: string) => `block f(x: tensor) {\n  a = x -> relu\n  y = ${text}\n  b = x\n}\n`

describe('deep nesting is one problem and leaves a shallow tree', () => {
  test.each<[string, string]>([
    ['parentheses', inBody(`${'('.repeat(COUNT)}a${')'.repeat(COUNT)}`)],
    ['lists', inBody('['.repeat(COUNT) + ']'.repeat(COUNT))],
    ['calls', inBody('f('.repeat(COUNT) + ')'.repeat(COUNT))],
    ['indices', inBody(`${'a['.repeat(COUNT)}0${']'.repeat(COUNT)}`)],
    ['calls in a row', inBody(`x${'()'.repeat(COUNT)}`)],
    ['attributes in a row', inBody(`x${'.a'.repeat(COUNT)}`)],
    ['not', inBody(`${'not '.repeat(COUNT)}a`)],
    ['minus', inBody(`${'- '.repeat(COUNT)}a`)],
    ['a sum', inBody(`a${' + a'.repeat(COUNT)}`)],
    ['powers', inBody(`a${' ** a'.repeat(COUNT)}`)],
    ['choices', inBody(`${'if a then b else '.repeat(COUNT)}c`)],
    ['comprehensions', inBody('[a for b in '.repeat(COUNT) + ']'.repeat(COUNT))],
    ['else if', `block f() {\n if a { }${' else if b { c = 1 }'.repeat(COUNT)}\n b = 2\n}\n`],
    ['bodies', `block f() {\n${'if a {'.repeat(COUNT)}${'}'.repeat(COUNT)}\n}\n`],
  ])('%s', (_, text) => {
    const { problems, items } = check(text)
    expect(problems.map(({ code }) => code)).toEqual(['nesting-too-deep'])
    expect(problems[0]?.message).toContain(String(NESTING_LIMIT))
    expect(Math.max(...items.map(depth))).toBeLessThan(NESTING_LIMIT + 20)
  })

  test('the statements around it are read', () => {
    const [block] = check(inBody('('.repeat(COUNT))).items
    const names =
      block?.kind === 'block'
        ? block.body.statements.map((node) => node.kind === 'assign' && node.names[0]?.name)
        : []
    expect(names).toEqual(['a', 'y', 'b'])
  })

  test('what a person may write is not too deep', () => {
    const nested = `${'('.repeat(60)}a${')'.repeat(60)}`
    expect(check(inBody(nested)).problems).toEqual([])
    expect(check(inBody(Array.from({ length: 150 }, (_, i) => i).join(' + '))).problems).toEqual([])
    expect(check(inBody(`${'if a then b else '.repeat(60)}c`)).problems).toEqual([])
  })
})

describe('what is long but flat is read whole', () => {
  test.each<[string, string, number]>([
    ['stages', inBody(`x${' -> relu'.repeat(COUNT)}`), COUNT],
    ['items', inBody(`[${'a, '.repeat(COUNT)}]`), COUNT],
    ['arguments', inBody(`f(${'a=1, '.repeat(COUNT)})`), COUNT],
    ['statements', `block f() {\n${'a = 1\n'.repeat(COUNT)}}`, COUNT],
    ['constants', 'A = 1\n'.repeat(COUNT), COUNT],
  ])('%s', (_, text, count) => {
    const file = check(text)
    expect(file.problems).toEqual([])
    const widest = (node: SyntaxNode): number => {
      const below = children(node)
      return below.reduce((most, child) => Math.max(most, widest(child)), below.length)
    }
    expect(widest(file)).toBeGreaterThanOrEqual(count)
  })
})

describe('much that is wrong is read too', () => {
  const repeated = [
    '{',
    '}',
    '(',
    ')',
    '(]',
    '([{',
    '([{}])',
    '"',
    "'",
    '.',
    ',',
    '=',
    '->',
    'else ',
    'block ',
    'block f ',
    '@',
    '1.',
    'a, ',
    'x = f(\n',
    'f(x) {\n',
    'if a\n',
    'for i in x:\n',
    'elif b {}',
    'from "a" import ',
    '## a\n',
    '// a b\n',
    'x // ',
    '({',
    'f(\nf(',
  ]
  test.each(repeated)('%j again and again', (part) => {
    check(part.repeat(5_000))
  })
})
