import { describe, expect, test } from 'vitest'
import {
  showBytes,
  showCount,
  showCountOf,
  showField,
  showFraction,
  showShort,
  showTensor,
} from '../../server/src/model/show'

describe('counts', () => {
  test('are grouped by thousands', () => {
    expect(showCount(25557032)).toBe('25,557,032')
    expect(showCount(7)).toBe('7')
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
  expect(showTensor({ shape: [512, 7, 7], items: 2000 })).toBe('2,000 × (512×7×7)')
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

  test('are global or none as a whole', () => {
    expect(showField('global').full).toBe('global')
    expect(showField(null).full).toBe('none')
  })
})
