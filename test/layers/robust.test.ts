import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { isViolation, type LayerDeclaration, type OptionType } from '../../server/src/model/layer'
import { inputField, transformField, transformFor } from '../../server/src/model/receptive-field'

/** Small numbers mostly, and those where arithmetic or memory would give way. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) },
  fc.constantFrom(64, 1000, 4097, 1_000_003, 2 ** 31, Number.MAX_SAFE_INTEGER),
)
const shape = fc.array(number, { minLength: 1, maxLength: 6 })
const signed = fc.oneof(number, fc.integer({ min: -9, max: 0 }))

/** Any value that the binder lets through for a tensor with this many spatial axes. */
function value(type: OptionType, axes: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'int': {
      const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = type
      return signed.filter((n) => n >= min && n <= max)
    }
    case 'float':
      return fc.double({ min: type.min ?? -10, max: type.max ?? 10, noNaN: true })
    case 'bool':
      return fc.boolean()
    case 'word':
      return fc.constantFrom(...type.words)
    case 'size': {
      const entry = signed.filter((n) => n >= type.min)
      return list(type.open ? fc.option(entry) : entry, axes)
    }
    case 'factors':
      return list(fc.oneof(number, fc.double({ min: -2, max: 5, noNaN: true })), axes)
    case 'padding': {
      const amounts = fc.record({ begin: list(signed, axes), end: list(signed, axes) })
      const names = fc.constantFrom('valid', 'half', 'full', 'same').map((name) => ({ name }))
      return type.named ? fc.oneof(amounts, names) : amounts
    }
    case 'ints':
      return fc.array(
        signed.filter((n) => n >= (type.min ?? Number.NEGATIVE_INFINITY)),
        { maxLength: 6 },
      )
    case 'table':
      return fc.array(fc.array(signed, { maxLength: 4 }), { maxLength: 4 })
  }
}

function list<T>(item: fc.Arbitrary<T>, length: number) {
  return fc.array(item, { minLength: length, maxLength: length })
}

function call(layer: LayerDeclaration<Record<string, unknown>>) {
  const tensors = layer.tensors
    .flatMap(({ rest }) => (rest ? [rest.min + 1] : [1]))
    .reduce((a, b) => a + b, 0)
  const shapes = fc.oneof(
    fc.array(shape, { minLength: tensors, maxLength: tensors }),
    // Tensors of one shape reach deeper than unequal ones.
    shape.map((one) => Array.from({ length: tensors }, () => one)),
  )
  return shapes.chain((shapes) => {
    const axes = Math.max(0, (shapes[0]?.length ?? 1) - 1)
    const options = Object.entries(layer.options).map(([name, spec]) => {
      const given = value(spec.type, axes)
      return [name, spec.optional ? fc.option(given, { nil: undefined }) : given] as const
    })
    return fc.record({ options: fc.record(Object.fromEntries(options)) }).map(({ options }) => ({
      shapes,
      items: shapes.map(() => 1),
      options,
    }))
  })
}

test.each(LAYERS.map((layer) => [layer.name, layer] as const))('%s answers every call', (_, declared) => {
  const layer = declared as unknown as LayerDeclaration<Record<string, unknown>>
  fc.assert(
    fc.property(call(layer), (call) => {
      const result = layer.infer(call)
      if (isViolation(result)) {
        expect(layer.constraints).toContain(result.constraint)
        const { what, why, todo } = result.constraint.words(result.data as never)
        for (const part of [what, why, todo]) expect(part).not.toMatch(/undefined|NaN|\[object|^$/)
        return
      }
      expect(result.shapes.length).toBeGreaterThan(0)
      for (const size of result.shapes.flat()) expect(size).toBeGreaterThanOrEqual(1)
      layer.formula?.(call, result)
      for (const [i, shape] of call.shapes.entries()) {
        const seen = inputField(shape)
        for (const [output, to] of result.shapes.entries()) {
          if (seen !== null) transformField(seen, transformFor(result.field, i, output), shape, to)
        }
      }
    }),
    { numRuns: 300 },
  )
})
