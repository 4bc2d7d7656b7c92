import { describe, expect, test } from 'vitest'
import { nearest } from '../../server/src/model/suggest'

describe('nearest', () => {
  test.each([
    ['cnov', ['conv', 'relu', 'concat'], ['conv']],
    ['batchnrom', ['batchnorm', 'layernorm'], ['batchnorm']],
    ['MAXPOOL', ['maxpool', 'avgpool'], ['maxpool']],
    ['relu', ['relu6', 'prelu', 'relu'], ['relu', 'relu6', 'prelu']],
    ['xyz', ['conv', 'relu'], []],
    ['ad', ['add', 'sub'], ['add']],
    ['maxpoool', ['maxpool', 'avgpool'], ['maxpool']],
  ])('of %s among %j is %j', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toEqual(expected)
  })

  test('names each candidate once, and at most three', () => {
    expect(nearest('aaaa', ['aaab', 'aaab', 'aaac', 'aaad', 'aaae'])).toEqual(['aaab', 'aaac', 'aaad'])
  })
})
