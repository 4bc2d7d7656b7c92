import { expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'
import { leftToFillIn } from './left'

test('nothing that a scaffold made is left to be filled in', () => {
  expect(leftToFillIn(root)).toEqual([])
})
