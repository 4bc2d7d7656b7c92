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

const CONSTRAINTS = new Map(
  LAYERS.flatMap(({ constraints }) => constraints.map((one) => [`${one.code} ${one.example}`, one] as const)),
)

test.each([...CONSTRAINTS.values()].map((one) => [one.code, one] as const))(
  'the example of %s has that problem alone',
  (code, { example }) => {
    expect(analyzed(example).analysis.problems.map((problem) => problem.code)).toEqual([code])
  },
)
