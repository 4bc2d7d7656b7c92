import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isViolation } from '../../server/src/model/layer'
import { apply, inferred, scalars } from './apply'

const int = (min: number, max: number) => fc.integer({ min, max })
const window = fc.record({
  input: int(1, 40),
  kernel: int(1, 7),
  stride: int(1, 5),
  dilation: int(1, 3),
  begin: int(0, 4),
  end: int(0, 4),
})

test('a convolution has as many outputs as its window has places', () => {
  fc.assert(
    fc.property(window, ({ input, kernel, stride, dilation, begin, end }) => {
      let places = 0
      for (let at = 0; at + dilation * (kernel - 1) < begin + input + end; at += stride) places++
      const call = `conv(2, ${kernel}, stride=${stride}, padding=[${begin}, ${end}], dilation=${dilation})`
      const { result } = apply(call, [3, input])
      if (places === 0) expect(isViolation(result)).toBe(true)
      else expect(result).toMatchObject({ shapes: [[2, places]], macs: places * 6 * kernel })
    }),
  )
})

test('named paddings keep what they promise', () => {
  fc.assert(
    fc.property(window, ({ input, kernel, stride, dilation }) => {
      const options = `stride=${stride}, dilation=${dilation}`
      const same = inferred(apply(`conv(2, ${kernel}, ${options}, padding=same)`, [3, input]))
      expect(same.shapes).toEqual([[2, Math.ceil(input / stride)]])
      const full = inferred(apply(`conv(2, ${kernel}, dilation=${dilation}, padding=full)`, [3, input]))
      expect(full.shapes).toEqual([[2, input + dilation * (kernel - 1)]])
      const half = inferred(apply(`conv(2, ${kernel}, dilation=${dilation}, padding=half)`, [3, input]))
      const span = dilation * (kernel - 1) + 1
      expect(half.shapes).toEqual([[2, span % 2 === 1 ? input : input + 1]])
    }),
  )
})

test('rounding up adds at most one window, and it starts inside', () => {
  fc.assert(
    fc.property(window, ({ input, kernel, stride, begin }) => {
      const padding = Math.min(begin, Math.floor(kernel / 2))
      const options = `${kernel}, stride=${stride}, padding=${padding}`
      const [floor, ceil] = ['false', 'true'].map(
        (ceil) => apply(`maxpool(${options}, ceil=${ceil})`, [1, input]).result,
      )
      if (!floor || !ceil || isViolation(floor) || isViolation(ceil)) return
      const [fewer, more] = [floor.shapes[0]?.[1] ?? 0, ceil.shapes[0]?.[1] ?? 0]
      expect([fewer, fewer + 1]).toContain(more)
      expect((more - 1) * stride).toBeLessThan(input + padding)
      // No pixel behind the last window could have started another.
      expect((more - 1) * stride + kernel >= input + 2 * padding || more * stride >= input + padding).toBe(
        true,
      )
    }),
  )
})

test('a transposed convolution undoes the convolution’s size, output_padding choosing among the sizes', () => {
  fc.assert(
    fc.property(window, ({ input, kernel, stride, dilation, begin }) => {
      const options = `${kernel}, stride=${stride}, padding=${begin}, dilation=${dilation}`
      const { result } = apply(`conv(2, ${options})`, [3, input])
      if (isViolation(result)) return
      const small = result.shapes[0]?.[1] ?? 0
      const rest = (input + 2 * begin - dilation * (kernel - 1) - 1) % stride
      const back = inferred(apply(`conv_transpose(3, ${options}, output_padding=${rest})`, [2, small]))
      expect(back.shapes).toEqual([[3, input]])
    }),
  )
})

test('a separable convolution is a depthwise and a pointwise one', () => {
  fc.assert(
    fc.property(
      window,
      int(1, 6),
      int(1, 6),
      ({ input, kernel, stride, dilation, begin }, inputs, outputs) => {
        const options = `${kernel}, stride=${stride}, padding=${begin}, dilation=${dilation}`
        const whole = apply(`separable_conv(${outputs}, ${options})`, [inputs, input]).result
        const depthwise = apply(`depthwise_conv(${options})`, [inputs, input]).result
        expect(isViolation(whole)).toBe(isViolation(depthwise))
        if (isViolation(whole) || isViolation(depthwise)) return
        const pointwise = inferred(apply(`conv(${outputs}, 1)`, depthwise.shapes[0] ?? []))
        expect(whole.shapes).toEqual(pointwise.shapes)
        expect(scalars(whole)).toBe(scalars(depthwise) + scalars(pointwise))
        expect(whole.macs).toBe((depthwise.macs ?? 0) + (pointwise.macs ?? 0))
        expect(whole.field).toEqual(inferred(apply(`conv(${outputs}, ${options})`, [inputs, input])).field)
      },
    ),
  )
})

test('a convolution in groups is that many convolutions', () => {
  fc.assert(
    fc.property(int(1, 4), int(1, 4), int(1, 4), int(1, 5), (groups, inputs, outputs, kernel) => {
      const whole = inferred(
        apply(`conv(${groups * outputs}, ${kernel}, groups=${groups})`, [groups * inputs, 9]),
      )
      const one = inferred(apply(`conv(${outputs}, ${kernel})`, [inputs, 9]))
      expect([scalars(whole), whole.macs]).toEqual([groups * scalars(one), groups * (one.macs ?? 0)])
    }),
  )
})

test('a complete connection table is a dense convolution', () => {
  const table = JSON.stringify(Array.from({ length: 4 }, () => [0, 1, 2]))
  const listed = inferred(apply(`conv(4, 3, connections=${table})`, [3, 9, 9]))
  const dense = inferred(apply('conv(4, 3)', [3, 9, 9]))
  expect([scalars(listed), listed.macs]).toEqual([scalars(dense), dense.macs])
})

test('pixel_shuffle and space_to_depth undo each other', () => {
  fc.assert(
    fc.property(int(1, 5), int(1, 4), int(1, 6), (channels, factor, size) => {
      const shape = [channels, size * factor, 2 * factor]
      const [packed = []] = inferred(apply(`space_to_depth(${factor})`, shape)).shapes
      expect(inferred(apply(`pixel_shuffle(${factor})`, packed)).shapes).toEqual([shape])
    }),
  )
})

test('what is split and joined again is what it was', () => {
  fc.assert(
    fc.property(int(1, 6), int(1, 6), fc.constantFrom(0, 1, -1), (parts, each, axis) => {
      const shape = [parts * each, parts * each]
      const pieces = inferred(apply(`split(${parts}, axis=${axis})`, shape)).shapes
      expect(pieces).toHaveLength(parts)
      if (parts > 1) expect(inferred(apply(`concat(axis=${axis})`, ...pieces)).shapes).toEqual([shape])
    }),
  )
})
