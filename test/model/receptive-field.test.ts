import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AxisMap, SAME, WHOLE } from '../../server/src/model/axis-map'
import { measureField } from '../../server/src/model/measure-field'
import {
  type Field,
  GLOBAL,
  inputField,
  mergeFields,
  misalignments,
  transformField,
} from '../../server/src/model/receptive-field'
import { edge } from '../../server/src/model/strip'
import {
  adaptiveStep,
  type Cell,
  interpolationStep,
  nearestStep,
  pixels,
  type Step,
  shiftStep,
  transposedStep,
  union,
  windowStep,
} from './brute'

const LENGTH = 900
const LINE = [1, LENGTH]

const int = (min: number, max: number) => fc.integer({ min, max })
const window = fc
  .record({ kernel: int(1, 5), stride: int(1, 3), padding: int(0, 3), dilation: int(1, 3) })
  .map(({ padding, ...window }) => ({
    ...window,
    padding: Math.min(padding, window.dilation * (window.kernel - 1)),
  }))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: window.map(windowStep) },
  { weight: 2, arbitrary: window.map(transposedStep) },
  fc.tuple(int(1, 4), int(1, 4)).map(([from, to]) => nearestStep(from, to)),
  fc
    .tuple(int(1, 4), int(1, 4), fc.constantFrom(1, 2))
    .map(([from, to, reach]) => interpolationStep(from, to, reach as 1 | 2)),
  fc.tuple(int(1, 4), int(1, 3)).map(([from, to]) => adaptiveStep(from, to)),
  int(-3, 3).map(shiftStep),
)
const chain = fc.array(step, { minLength: 1, maxLength: 5 })

function fieldOf(steps: readonly Step[]): Field {
  return steps.reduce(
    (field, { map }) => transformField(field, { kind: 'maps', maps: [WHOLE, map] }, LINE, LINE) as Field,
    inputField([1, LENGTH]) as Field,
  )
}

/** Upsampling is cut short: it only brings the end nearer. */
function run(steps: readonly Step[]): readonly Cell[] {
  return steps.reduce((cells, step) => step.run(cells).slice(0, 2 * LENGTH), pixels(LENGTH))
}

/** What the algebra says that position n sees. */
function seen(field: Field, n: number): Cell {
  const strips = field.axes[0]?.strips ?? []
  return union(
    strips.map((strip) => {
      const [low, high] = [edge(strip, 'low', n), edge(strip, 'high', n)]
      return low <= high ? { low, high } : null
    }),
  )
}

/** Positions in the middle, which see no border of any map in between. */
function middle(cells: readonly Cell[]): readonly number[] {
  return Array.from({ length: Math.floor(cells.length / 3) }, (_, i) => i + Math.floor(cells.length / 3))
}

function extent(cell: Cell): number {
  return cell === null ? 0 : cell.high - cell.low + 1
}

describe('composition', () => {
  test('of any layers shows exactly what every position sees', () => {
    fc.assert(
      fc.property(chain, (steps) => {
        const cells = run(steps)
        const field = fieldOf(steps)
        const positions = middle(cells)
        fc.pre(positions.length > 20 && Math.max(...cells.map(extent)) < LENGTH / 8)
        expect(positions.map((n) => seen(field, n))).toEqual(positions.map((n) => cells[n]))
        const measured = measureField(field, [1, LENGTH])
        const largest = Math.max(...positions.map((n) => extent(cells[n] ?? null)))
        const period = field.axes[0]?.strips[0]?.low.length ?? 0
        if (period <= positions.length) expect(measured).toMatchObject({ size: [largest] })
      }),
      { numRuns: 400 },
    )
  })

  test('the stride is how far the region moves, the padding how far the first reaches outside', () => {
    fc.assert(
      fc.property(fc.array(window.map(windowStep), { minLength: 1, maxLength: 4 }), (steps) => {
        const cells = run(steps)
        const positions = middle(cells)
        fc.pre(positions.length > 3)
        const [first = 0, second = 0] = positions
        const [a, b] = [cells[first] as NonNullable<Cell>, cells[second] as NonNullable<Cell>]
        const measured = measureField(fieldOf(steps), [1, cells.length])
        if (measured === 'global') throw new Error('global')
        expect(measured.stride).toEqual([b.low - a.low])
        expect(measured.padding[0]).toBe((b.low - a.low) * first - a.low)
      }),
    )
  })

  test('stacked small kernels see what one large kernel sees', () => {
    const three = windowStep({ kernel: 3, stride: 1, padding: 1, dilation: 1 })
    expect(measureField(fieldOf([three, three]), [1, 99])).toMatchObject({ size: [5], padding: [2] })
    expect(measureField(fieldOf([three, three, three]), [1, 99])).toMatchObject({ size: [7], padding: [3] })
  })

  test('a context module of growing dilation sees 3, 5, 9, 17, 33, 65 and 67 pixels', () => {
    const steps = [1, 1, 2, 4, 8, 16, 1].map((dilation) => {
      return windowStep({ kernel: 3, stride: 1, padding: dilation, dilation })
    })
    const sizes = steps.map((_, i) => measureField(fieldOf(steps.slice(0, i + 1)), [1, 99]))
    expect(sizes).toMatchObject([3, 5, 9, 17, 33, 65, 67].map((size) => ({ size: [size], stride: [1] })))
  })

  test('periods beyond the bound give an enclosing region', () => {
    const coprime = [nearestStep(4091, 4093), nearestStep(4079, 4093), interpolationStep(4073, 4093, 1)]
    const field = fieldOf(coprime)
    const cells = run(coprime)
    for (const n of middle(cells)) {
      const [exact, bound] = [cells[n] as NonNullable<Cell>, seen(field, n) as NonNullable<Cell>]
      expect(bound.low).toBeLessThanOrEqual(exact.low)
      expect(bound.high).toBeGreaterThanOrEqual(exact.high)
      expect(extent(bound) - extent(exact)).toBeLessThan(8)
    }
  })
})

describe('merging', () => {
  test('is the union of what the paths see, whatever their strides', () => {
    fc.assert(
      fc.property(chain, chain, (a, b) => {
        const [left, right] = [run(a), run(b)]
        const length = Math.min(left.length, right.length)
        fc.pre(length > 60 && Math.max(...left.map(extent), ...right.map(extent)) < LENGTH / 8)
        const shape = [1, length]
        const parts = [a, b].map((steps) => ({ fields: [fieldOf(steps)], shape }))
        const [merged] = mergeFields(parts, shape)
        const positions = middle(left).filter((n) => 3 * n >= right.length && 3 * n < 2 * right.length)
        fc.pre(positions.length > 0)
        expect(positions.map((n) => seen(merged as Field, n))).toEqual(
          positions.map((n) => union([left[n] ?? null, right[n] ?? null])),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('a path that sees everything is context for a local one, and global alone', () => {
    const local = fieldOf([windowStep({ kernel: 3, stride: 1, padding: 1, dilation: 1 })])
    const global = transformField(local, GLOBAL, LINE, LINE) as Field
    const shape = [1, LENGTH]
    expect(measureField(global, shape)).toBe('global')
    const [merged] = mergeFields(
      [
        { fields: [global], shape },
        { fields: [local], shape },
      ],
      shape,
    )
    expect(measureField(merged as Field, shape)).toMatchObject({ size: [3], context: true })
    const [both] = mergeFields(
      [
        { fields: [global], shape },
        { fields: [global], shape },
      ],
      shape,
    )
    expect(measureField(both as Field, shape)).toBe('global')
  })

  test('a value that all positions read stays where it is', () => {
    const one = fieldOf([windowStep({ kernel: 5, stride: 1, padding: 0, dilation: 1 })])
    const self = inputField([1, 5]) as Field
    const [merged] = mergeFields(
      [
        { fields: [one], shape: [1, 1] },
        { fields: [self], shape: [1, 5] },
      ],
      [1, 5],
    )
    expect([0, 2, 4].map((n) => seen(merged as Field, n))).toEqual([0, 2, 4].map(() => ({ low: 0, high: 4 })))
  })

  test('an input that one path does not see keeps the other’s field', () => {
    const field = inputField([1, 9])
    const parts = [
      { fields: [field, null], shape: [1, 9] },
      { fields: [null, field], shape: [1, 9] },
    ]
    expect(mergeFields(parts, [1, 9])).toEqual([field, field])
  })
})

describe('axes', () => {
  const maps = (...list: AxisMap[]) => ({ kind: 'maps', maps: list }) as const
  const field = inputField([3, 8, 9]) as Field

  test('each goes its own way', () => {
    const tall = windowStep({ kernel: 7, stride: 2, padding: 3, dilation: 1 }).map
    const seen = transformField(field, maps(WHOLE, tall, SAME), [3, 8, 9], [3, 4, 9]) as Field
    expect(measureField(seen, [3, 4, 9])).toEqual({
      size: [7, 1],
      stride: [2, 1],
      padding: [3, 0],
      context: false,
    })
  })

  test('a permutation carries them along', () => {
    const moved = transformField(field, { kind: 'move', to: [2, 0, 1] }, [3, 8, 9], [8, 9, 3]) as Field
    expect(moved.axes.map(({ along }) => along)).toEqual([0, 1])
  })

  test('values in another shape see as much as before, until a layer mixes them', () => {
    const wide = transformField(
      field,
      maps(WHOLE, windowStep({ kernel: 3, stride: 1, padding: 1, dilation: 1 }).map, SAME),
      [3, 8, 9],
      [3, 8, 9],
    ) as Field
    const reshaped = (to: readonly number[]) =>
      transformField(wide, { kind: 'regroup', from: [3, 8, 9], to }, [3, 8, 9], to) as Field
    const unmoved = { stride: [null, null], padding: [null, null], context: false }
    const flat = reshaped([216])
    expect(measureField(flat, [216])).toEqual({ size: [3, 1], ...unmoved })
    expect(measureField(transformField(flat, maps(WHOLE), [216], [10]) as Field, [10])).toBe('global')
    // Eight rows of nine values in each channel: mixing two rows sees one row more, and all columns.
    const pairs = reshaped([12, 18])
    const mixed = transformField(pairs, maps(SAME, WHOLE), [12, 18], [12, 5]) as Field
    expect(measureField(mixed, [12, 5])).toEqual({ ...unmoved, size: [4, null] })
    // Seven does not divide the columns: the values are told one by one.
    const uneven = reshaped([24 * 3, 3])
    const thirds = transformField(uneven, maps(SAME, WHOLE), [72, 3], [72, 5]) as Field
    expect(measureField(thirds, [72, 5])).toEqual({ ...unmoved, size: [3, 3] })
    const odd = reshaped([54, 4])
    const fours = transformField(odd, maps(SAME, WHOLE), [54, 4], [54, 5]) as Field
    expect(measureField(fours, [54, 5])).toEqual({ ...unmoved, size: [4, 9] })
  })

  test('one that is seen as a whole leaves the others', () => {
    const seen = transformField(field, maps(SAME, WHOLE, SAME), [3, 8, 9], [3, 1, 9]) as Field
    expect(measureField(seen, [3, 1, 9])).toMatchObject({ size: [null, 1] })
  })

  test('a vector as input has no field', () => {
    expect(inputField([10])).toBeNull()
  })
})

describe('misalignments', () => {
  const conv = (kernel: number, padding: number, stride = 1) => {
    return fieldOf([windowStep({ kernel, stride, padding, dilation: 1 })])
  }

  test('none between paths with one stride and one centre', () => {
    expect(misalignments([conv(3, 1), conv(5, 2), conv(1, 0)])).toEqual([])
  })

  test('a path that lost its border is off centre', () => {
    expect(misalignments([conv(3, 0), conv(1, 0)])).toEqual([{ axis: 0, strides: [1, 1], centres: [1, 0] }])
  })

  test('paths of different strides', () => {
    expect(misalignments([conv(1, 0, 2), conv(1, 0)])).toEqual([
      { axis: 0, strides: [2, 1], centres: [0, 0] },
    ])
  })

  test('positions of a transposed convolution that see nothing do not count', () => {
    const sparse = fieldOf([transposedStep({ kernel: 1, stride: 2, padding: 0, dilation: 1 })])
    expect(misalignments([sparse, sparse])).toEqual([])
  })
})
