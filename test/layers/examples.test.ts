import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { analyzed } from '../helpers/problems'

describe('the example in a layer’s documentation', () => {
  test.each(LAYERS.map((layer) => [layer.name, layer] as const))('%s', (_, layer) => {
    const { analysis } = analyzed(`${layer.example}\n`)
    expect(analysis.problems).toEqual([])
    expect(analysis.expectations.length).toBeGreaterThan(0)
    expect(analysis.expectations.every(({ holds }) => holds)).toBe(true)
    const [graph] = analysis.networks
    expect(graph?.layers.map((node) => node.layer.name)).toContain(layer.name)
    // A layer keeps weights exactly when it says so: options that are switched off aside, the example shows them.
    const nodes = graph?.layers.filter((node) => node.layer === layer) ?? []
    if (layer.weighted !== true) expect(nodes.flatMap(({ weights }) => weights)).toEqual([])
  })
})
