import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'

function constant(text: string) {
  const file = parse(`A = ${text}`)
  const [item] = file.items
  if (item?.kind !== 'constant') throw new Error(`${text} is no constant`)
  return { value: item.value, problems: file.problems }
}

describe('numbers are exact', () => {
  test.each([
    ['25_557_032', 25_557_032, 1],
    ['4.1G', 4_100_000_000, 1e8],
    ['60M', 60_000_000, 1e6],
    ['0.1K', 100, 100],
    ['61.1M', 61_100_000, 1e5],
    ['60.97M', 60_970_000, 1e4],
    ['1.005K', 1005, 1],
    ['2.675T', 2_675_000_000_000, 1e9],
    ['2.5', 2.5, 0.1],
    ['2.50', 2.5, 0.01],
    ['1e-3', 0.001, 0.001],
    ['1.5e3', 1500, 100],
    ['1E+2', 100, 100],
    ['9007199254740991', Number.MAX_SAFE_INTEGER, 1],
    ['1_0.2_5', 10.25, 0.01],
    ['0', 0, 1],
  ])('%s', (text, value, unit) => {
    const { value: node, problems } = constant(text)
    expect(problems).toEqual([])
    expect(node).toMatchObject({ kind: 'number', value, unit, start: 4, end: 4 + text.length })
  })
})

describe('sizes are lists of integers', () => {
  test.each([
    ['3x3', [3, 3]],
    ['1x7', [1, 7]],
    ['3x224x224', [3, 224, 224]],
    ['0x10', [0, 10]],
    ['3x1_000', [3, 1000]],
  ])('%s', (text, values) => {
    const { value: node, problems } = constant(text)
    expect(problems).toEqual([])
    expect(node).toMatchObject({ kind: 'size', values })
  })
})

describe('what is no number is one problem at the whole word', () => {
  test.each([
    ['3x', 'as in `3x3`'],
    ['x3x'.slice(1), 'as in `3x3`'],
    ['2Kb', 'The suffixes are'],
    ['2k', 'The suffixes are'],
    ['1__0', 'single ones'],
    ['1_', 'single ones'],
    ['1_x3', 'single ones'],
    ['1.', 'write `1.0` or `1`'],
    ['.5', 'write `0.5`'],
    ['3abc', 'No letter, digit or `_` may touch a number'],
    ['3é', 'No letter, digit or `_` may touch a number'],
    ['1.2.3', 'No letter, digit or `_` may touch a number'],
    ['3x3x', 'as in `3x3`'],
    ['1e400', 'too large'],
    ['9007199254740992', '2^53 − 1'],
    ['10000T', '2^53 − 1'],
    ['3x9007199254740992', '2^53 − 1'],
  ])('%s', (text, hint) => {
    const { problems } = constant(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'invalid-number', start: 4, end: 4 + text.length })
    expect(problems[0]?.message).toContain(hint)
  })

  test('a malformed number is not a number, and the rest of the text is read', () => {
    const { value } = constant('3x + 2 * 1__0')
    expect(value).toMatchObject({
      operator: '+',
      left: { value: Number.NaN },
      right: { operator: '*', left: { value: 2 }, right: { value: Number.NaN } },
    })
  })
})
