import { describe, expect, test } from 'vitest'
import {
  showBytes,
  showCount,
  showCountOf,
  showField,
  showFraction,
  showRough,
  showSeen,
  showShort,
  showTensor,
} from '../../server/src/model/show'

describe('counts', () => {
  test('are grouped by thousands', () => {
    expect(showCount(25557032)).toBe('25,557,032')
    expect(showCount(7)).toBe('7')
  })

  test.each([
    [650, '650'],
    [2_621_450, '2.6M'],
    [1_024_000, '1M'],
    [99_950, '100K'],
    [7690, '7.7K'],
  ])('say about what %s costs', (count, shown) => {
    expect(showRough(count)).toBe(shown)
  })

  test('agree with their noun', () => {
    expect(showCountOf(1, 'error')).toBe('1 error')
    expect(showCountOf(0, 'error')).toBe('0 errors')
    expect(showCountOf(1200, 'file')).toBe('1,200 files')
  })

  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1K'],
    [25557032, '25.6M'],
    [999_499, '999K'],
    [999_500, '1M'],
    [4_089_184_256, '4.09G'],
    [1.5e15, '1,500T'],
  ])('%d in short is %s', (count, text) => {
    expect(showShort(count)).toBe(text)
  })

  test.each([
    [12, '12 B'],
    [602_112, '602 kB'],
    [102_228_128, '102 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(showBytes(bytes)).toBe(text)
  })

  test.each([
    [32, '32'],
    [0.5, '1/2'],
    [1.5, '3/2'],
    [-0.25, '−1/4'],
    [-1032, '−1,032'],
    [0, '0'],
    [2 / 3, '2/3'],
  ])('%d as a fraction is %s', (value, text) => {
    expect(showFraction(value)).toBe(text)
  })
})

test('regions show how many there are', () => {
  expect(showTensor({ shape: [64, 56, 56], items: 1 })).toBe('64×56×56')
  expect(showTensor({ shape: [512, 7, 7], items: 2000 })).toBe('2000 × (512×7×7)')
})

describe('receptive fields', () => {
  test('name stride and padding once where the axes agree', () => {
    const field = { size: [427, 427], stride: [32, 32], padding: [213, 213], context: false }
    expect(showField(field)).toEqual({
      size: '427×427',
      full: '427×427, stride 32, padding 213',
      short: '427 /32 +213',
    })
  })

  test('name each axis where they differ', () => {
    const field = { size: [7, 1], stride: [0.5, 1], padding: [3, 0], context: true }
    expect(showField(field).full).toBe('7×1 + context, stride 1/2×1, padding 3×0')
  })

  test('say which axis sees everything', () => {
    const field = { size: [3, null], stride: [1, null], padding: [1, null], context: false }
    expect(showField(field).full).toBe('3×all, stride 1×–, padding 1×–')
  })

  test('have no stride where the order of the positions is lost', () => {
    const field = { size: [16, 16], stride: [null, null], padding: [null, null], context: false }
    expect(showField(field).full).toBe('16×16')
  })

  test('are short in a table', () => {
    const base = { context: false }
    const cases = [
      [{ ...base, size: [351, 351], stride: [16, 16], padding: [175, 175] }, '351 /16 +175'],
      [{ ...base, size: [7, 1], stride: [0.5, 1], padding: [3, -2] }, '7×1 /0.5×1 +3×−2'],
      [{ ...base, size: [3, null], stride: [1, null], padding: [1, null] }, '3×all /1×– +1×–'],
      [{ context: true, size: [5], stride: [2], padding: [0] }, '5 /2 +0 + context'],
      [{ ...base, size: [16, 16], stride: [null, null], padding: [null, null] }, '16'],
    ] as const
    expect(cases.map(([field]) => showField(field).short)).toEqual(cases.map(([, short]) => short))
  })

  test('tell what borders leave of them where that is less', () => {
    const field = { size: [351, 351], stride: [16, 16], padding: [175, 175], context: false }
    expect(showSeen({ ...field, seen: [224, 224] })).toBe('of this input a value sees at most 224×224')
    expect(showSeen({ ...field, seen: [351, 300] })).toBe('of this input a value sees at most 351×300')
    expect(showSeen({ ...field, seen: [351, 351] })).toBeUndefined()
    expect(showSeen({ ...field, seen: [null, null] })).toBeUndefined()
    const tall = { ...field, size: [351, null], stride: [16, null], padding: [175, null] }
    expect(showSeen({ ...tall, seen: [224, null] })).toBe('of this input a value sees at most 224×all')
  })

  test('are global or none as a whole', () => {
    expect(showField('global').full).toBe('global')
    expect(showField(null).full).toBe('none')
  })
})
