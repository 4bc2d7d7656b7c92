import { describe, expect, test } from 'vitest'
import { parse } from '../../grammar/parse'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { languageExamples } from './format/language-page'

describe('the examples of the language reference', () => {
  test.each(languageExamples())('line $line is read and analysed without a problem', ({ text }) => {
    expect(parse(text).problems).toEqual([])
    expect(analyze('page.cnn', memoryHost({ 'page.cnn': text })).problems).toEqual([])
  })
})

/** Each line states in the language what the reference says about it. */
const FACTS = `
network Values {
  expect 8 / 2 == 4
  expect -2 ** 2 == -4
  expect 2 ** 3 ** 2 == 512
  expect -7 // 2 == -4 and -7 % 2 == 1
  expect 1 < 2 <= 2
  expect (0 or "") == "" and (none or [] or 3) == 3
  expect (2 and 3) == 3 and (0 and 3) == 0
  expect not none and not false and not 0 and not "" and not []
  expect 4.1G == 4_100_000_000
  expect 0x10 == [0, 10]
  expect 3x224x224 == [3, 224, 224]
  expect [1, 2] + [3] == [1, 2, 3]
  expect 2 * [1, 2] == [1, 2, 1, 2]
  expect [1, 2, 3][-1] == 3
  expect "a" + "b" == "ab"
  expect "1" != 1 and true != 1
  expect [2 ** i for i in range(4)] == [1, 2, 4, 8]
  expect [a * b for a, b in zip([1, 2], [3, 4])] == [3, 8]
  expect min([3, 1, 2]) == 1 and max(3, 1, 2) == 3
  expect range(2, -1, -1) == [2, 1, 0] and reversed([1, 2]) == [2, 1]
  expect floor(1.5) == 1 and ceil(1.5) == 2 and abs(-3) == 3 and len([1, 2]) == 2 and sum([1, 2]) == 3
  expect not (61.1M ~= 60M)
  expect 60.97M ~= 60M and 61.1M ~= 61M
}

block doubled(x: tensor, width, act: layer = relu) { return x -> 2 * conv(width, 3, padding=half) -> act }

network Calls {
  input x: 8x16x16
  y = x -> (if true then add(x) else identity)
  pooled = x -> maxpool(2)
  back = pooled -> max_unpool(pooled=pooled)
  a, b = x -> split(2)
  same = x -> 0 * conv(8, 3)
  later = x -> conv(64)(3)
  joined = a -> concat(b)
  named = x -> conv(4, 3) as inner -> relu
  twice = x -> doubled(4)(act=tanh)
  for i in range(2) { last = i }
  expect y.shape == x.shape
  expect back.shape == x.shape
  expect a.channels == 4
  expect same.shape == x.shape
  expect later.shape == [64, 14, 14]
  expect joined.shape == x.shape
  expect inner.shape == [4, 14, 14]
  expect twice.params == (8 * 9 * 4 + 4) + (4 * 9 * 4 + 4)
  expect last == 1
  expect x.spatial == [16, 16] and x.rank == 3 and x.height == 16 and x.items == 1
  output y
}
`

test('what the reference says about values and calls holds', () => {
  const { problems, expectations } = analyze('facts.cnn', memoryHost({ 'facts.cnn': FACTS }))
  const shown = problems.map(({ code, range }) => `${code}: ${FACTS.slice(range.start, range.end)}`)
  expect(shown).toEqual([])
  expect(expectations.map(({ holds }) => holds)).toEqual(FACTS.match(/^ {2}expect /gm)?.map(() => true))
})
