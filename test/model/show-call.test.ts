import { expect, test } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { showCall } from '../../server/src/model/show-call'

/** The spelling of the one layer that is applied to a map of 8 channels and 16×16 pixels. */
function spelled(layer: string): string | undefined {
  const text = `k = 3\nnetwork N {\n  input x: [8, 16, 16]\n  output y = x -> ${layer}\n}\n`
  const { networks, problems } = analyze('a.cnn', memoryHost({ 'a.cnn': text }))
  expect(problems).toEqual([])
  const node = networks[0]?.layers[0]
  return node && showCall(node)
}

test.each([
  ['relu', 'relu'],
  ['bn', 'batchnorm'],
  ['conv(4, k)', 'conv(4, 3)'],
  ['conv(4, 3x3, stride=1)', 'conv(4, 3)'],
  ['conv(4, 1x3, padding=0x1, bias=false)', 'conv(4, [1, 3], padding=[0, 1], bias=false)'],
  ['conv(4, 3, padding=same)', 'conv(4, 3, padding=same)'],
  ['conv(4, 2, padding=[1, 0, 1, 0])', 'conv(4, 2, padding=[1, 0, 1, 0])'],
  ['conv(4, 2, padding=[1, 1, 1, 1])', 'conv(4, 2, padding=1)'],
  ['maxpool(2)', 'maxpool(2)'],
  ['maxpool(2, stride=2)', 'maxpool(2)'],
  ['maxpool(3, stride=2, ceil=true)', 'maxpool(3, stride=2, ceil=true)'],
  ['leaky_relu(0.2)', 'leaky_relu(slope=0.2)'],
  ['upsample(1.5, mode=bilinear)', 'upsample(scale=1.5, mode=bilinear)'],
])('%s is spelled %s', (written, expected) => {
  expect(spelled(written)).toBe(expected)
})
