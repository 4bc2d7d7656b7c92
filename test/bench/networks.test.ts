import { describe, expect, test } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { median } from './measure'
import { LENET, RESNET152, writtenOut } from './networks'

const analyzed = (text: string) => analyze('a.cnn', memoryHost({ 'a.cnn': text }))

describe('the measured files', () => {
  test.each([LENET, RESNET152, writtenOut(8), writtenOut(14), writtenOut(1000)])(
    '$name has no problem, nor has it after its edit that none but an expectation sees',
    ({ text, edit }) => {
      expect(analyzed(text).problems).toEqual([])
      expect(text).toContain(edit.from)
      const edited = analyzed(text.replace(edit.from, edit.to)).problems
      expect(edited.filter(({ code }) => code !== 'expect-failed')).toEqual([])
    },
  )

  test.each([8, 13, 14, 15, 1000])('a written out network has %d layers', (layers) => {
    expect(analyzed(writtenOut(layers).text).networks[0]?.layers).toHaveLength(layers)
  })
})

test('the median is in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})
