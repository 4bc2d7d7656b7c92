import { expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { conv } from '../../server/src/layers/conv'
import { hasWindow, windowOptionsOf } from '../../server/src/layers/window'
import { analyzed } from '../helpers/problems'

/** What `WindowOptions` says of each of its options. */
const KINDS = {
  kernel: 'size',
  stride: 'size',
  padding: 'padding',
  dilation: 'size',
  output_padding: 'size',
  padding_mode: 'word',
}

test('the options of every layer that slides a window have the types that are read', () => {
  const sliding = LAYERS.filter((layer) => hasWindow({ layer }))
  const wrong = sliding.flatMap(({ name, options }) =>
    Object.entries(KINDS).flatMap(([option, kind]) => {
      const spec = options[option]
      return spec === undefined || spec.type.kind === kind
        ? []
        : [`${name}(${option}) is a ${spec.type.kind}`]
    }),
  )
  expect(wrong).toEqual([])
  expect(sliding.map(({ name }) => name)).toEqual(
    LAYERS.filter(({ options }) => options.kernel !== undefined).map(({ name }) => name),
  )
})

test('a layer knows its applications, and with them the types of their options', () => {
  const { analysis } = analyzed(`
    network N {
      input image: [3, 32, 32]
      output y = image -> conv(8, [3, 5], stride=2) -> relu
    }
  `)
  const [first, second] = analysis.networks[0]?.layers ?? []
  expect(conv.applied(first) && [first.options.channels, first.options.kernel]).toEqual([8, [3, 5]])
  expect([conv.applied(second), conv.applied(undefined)]).toEqual([false, false])
  expect(first && windowOptionsOf(first).stride).toEqual([2, 2])
  expect(second && windowOptionsOf(second)).toEqual({})
})
