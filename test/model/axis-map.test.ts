import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  adaptiveMap,
  fraction,
  greatestCommonDivisor,
  interpolatedMap,
  modulo,
  nearestMap,
  transposedMap,
  WHOLE,
  windowMap,
} from '../../server/src/model/axis-map'

const int = (min: number, max: number) => fc.integer({ min, max })

describe('numbers', () => {
  test('the fraction of a decimal is the one that was meant', () => {
    const meant: readonly (readonly [number, number, number])[] = [
      [2, 2, 1],
      [1.5, 3, 2],
      [0.1, 1, 10],
      [1 / 3, 1, 3],
      [2.3, 23, 10],
      [0.875, 7, 8],
    ]
    for (const [value, numerator, denominator] of meant) {
      expect([value, fraction(value)]).toEqual([value, { numerator, denominator }])
    }
    fc.assert(
      fc.property(int(1, 500), int(1, 500), (a, b) => {
        const divisor = greatestCommonDivisor(a, b)
        expect(fraction(a / b)).toEqual({ numerator: a / divisor, denominator: b / divisor })
      }),
    )
  })

  test('the remainder has the sign of the divisor', () => {
    expect([-1, 0, 1, 4].map((n) => modulo(n, 3))).toEqual([2, 0, 1, 1])
  })
})

describe('maps', () => {
  test('a factor of one is no sampling', () => {
    for (const map of [nearestMap(7, 7), interpolatedMap(7, 7, 1), interpolatedMap(7, 7, 2)]) {
      expect(map).toEqual({ kind: 'periodic', advance: 1, taps: [[0]] })
    }
  })

  test('adaptive pooling with whole windows is pooling, and to one position sees all', () => {
    expect(adaptiveMap(12, 4)).toEqual(windowMap({ kernel: 3, stride: 3 }))
    expect(adaptiveMap(12, 1)).toBe(WHOLE)
  })

  test('a transposed convolution of stride 1 is a convolution, padded by what its own padding leaves', () => {
    expect(transposedMap({ kernel: 4, stride: 1, begin: 1, dilation: 2 })).toEqual(
      windowMap({ kernel: 4, dilation: 2, begin: 5 }),
    )
  })

  test('however large the numbers, a map stays small', () => {
    const huge = Number.MAX_SAFE_INTEGER
    const maps = [
      nearestMap(huge, huge - 1),
      interpolatedMap(3, huge, 2),
      adaptiveMap(huge, 7),
      transposedMap({ kernel: huge, stride: 2, begin: 0, dilation: 1 }),
      transposedMap({ kernel: 2, stride: huge, begin: 0, dilation: 1 }),
    ]
    expect(maps.map(({ kind }) => kind)).toEqual(maps.map(() => 'affine'))
  })
})
