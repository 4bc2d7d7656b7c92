import { expect, test } from 'vitest'
import { PICTURED, pictureOf } from '../../scripts/docs/pictures'
import { CURVES } from '../../scripts/docs/pictures/curves'
import { findLayer, LAYERS } from '../../server/src/layers'
import type { AnyLayer } from '../../server/src/model/layer'

test('a picture belongs to one layer, which there is', () => {
  expect([...new Set(PICTURED)]).toEqual(PICTURED)
  expect(PICTURED.filter((name) => findLayer(name)?.name !== name)).toEqual([])
})

const elementwise = LAYERS.filter(
  ({ traits, tensors }) => traits.activation && traits.elementwise && tensors.length === 1,
)

test('every function of single values is drawn', () => {
  expect(Object.keys(CURVES).sort()).toEqual(elementwise.map(({ name }) => name).sort())
})

test.each(elementwise.map((layer) => [layer.name, layer] as const))(
  'the curve of %s has the values that it declares',
  (name, { traits, options }) => {
    const standard = Object.fromEntries(
      Object.entries(options).map(([option, spec]) => [option, Number(spec.default)]),
    )
    const range = typeof traits.range === 'function' ? traits.range(standard) : traits.range
    const values = [...Array(161).keys()].map((i) => CURVES[name]?.(i / 10 - 8) as number)
    expect(values.every(Number.isFinite)).toBe(true)
    if (typeof range === 'string') return
    expect(Math.min(...values)).toBeGreaterThanOrEqual(range.least)
    expect(Math.max(...values)).toBeLessThanOrEqual(range.most)
    const { keeps } = traits
    for (const x of [0.5, 2, 5]) if (keeps && x <= keeps.most) expect(CURVES[name]?.(x)).toBe(x)
  },
)

test('every picture is drawn within its frame, with words for those who do not see it', () => {
  for (const name of PICTURED) {
    const { svg = '', caption = '' } = pictureOf(findLayer(name) as AnyLayer) ?? {}
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
    expect([name, Number(width) > 50, Number(width) < 900, Number(height) < 500]).toEqual([
      name,
      true,
      true,
      true,
    ])
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    expect(svg).toContain(`<title>${caption}</title>`)
  }
})
