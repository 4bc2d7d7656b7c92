/** What the language lacks stays in its place, with its shape, below a comment that names it. */
import { expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import { tracer } from '../../server/src/interop/from/trace/tracer'
import { batchAt, type TensorValue } from '../../server/src/interop/from/trace/values'
import { imported } from '../../server/src/interop/imported'

it.each([true, false])('flat: %s', (flat) => {
  const trace = tracer(1)
  const image = { shape: [3, 8, 8] }
  const x: TensorValue = { kind: 'tensor', tensor: image, dims: [1, 3, 8, 8], batch: batchAt(0) }
  const odd = trace.opaque(
    { path: [], called: 'FancyOp' },
    [x],
    [1, 5, 8, 8],
    'the language has no such layer',
  )
  const [y] = trace.apply({ path: [], called: 'Relu' }, { layer: 'relu', inputs: [odd] }) as [TensorValue]
  const { text, report } = imported(
    {
      name: 'Odd',
      origin: 'a test',
      inputs: [{ name: 'image', tensor: image, shape: image.shape }],
      operations: trace.operations,
      outputs: [{ name: 'out', tensor: y.tensor }],
      remarks: [],
    },
    { flat },
  )
  expect(text).toMatch(/# FancyOp: the language has no such layer\n.*opaque\(.*\[5, 8, 8\]\)/)
  expect(parse(text).problems).toEqual([])
  expect(report).toContain('FancyOp: the language has no such layer (1×).')
})
