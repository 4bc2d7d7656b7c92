import { describe, expect, test } from 'vitest'
import { displayWidth, pad, truncate, wrap } from '../../server/src/cli/width'

test.each([
  ['conv', 4],
  ['größe', 5],
  ['深い', 4],
  ['😀', 2],
  ['e\u0301', 1],
  ['64×56', 5],
])('%s takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

describe('cells', () => {
  test('are filled up on the side that is free', () => {
    expect(pad('深い', 6)).toBe('深い  ')
    expect(pad('12', 4, 'right')).toBe('  12')
    expect(pad('long', 2)).toBe('long')
  })

  test('are cut to the width with an ellipsis inside it', () => {
    expect(truncate('bottleneck(64)', 14)).toBe('bottleneck(64)')
    expect(truncate('bottleneck(64)', 8)).toBe('bottlen…')
    expect(truncate('深い深い', 5)).toBe('深い…')
    expect(displayWidth(truncate('深い深い', 4))).toBeLessThanOrEqual(4)
  })
})

test('texts wrap at spaces', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a verylongword b', 5)).toEqual(['a', 'verylongword', 'b'])
  expect(wrap('  ', 5)).toEqual([])
})
