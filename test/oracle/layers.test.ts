import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { analyzed } from '../helpers/problems'
import { type LayerRow, rowsOf } from './rows'

const CONSTRAINTS = new Set(LAYERS.flatMap(({ constraints }) => constraints.map(({ code }) => code)))

/** What the analysis says of a row, in the row's terms; a refusal must be one error at the stage. */
function analysed({ layer, in: input }: LayerRow) {
  const source = `network Row {\n  input x: [${input.join(', ')}]\n  output y = x -> ${layer}\n}\n`
  const { analysis } = analyzed(source)
  const [graph] = analysis.networks
  const tensor = graph?.outputs[0]?.tensor
  if (tensor !== undefined) {
    expect(analysis.problems).toEqual([])
    return { out: tensor.shape, params: graph?.totals?.params, macs: graph?.totals?.macs }
  }
  const [problem, ...others] = analysis.problems
  expect(others).toEqual([])
  expect(CONSTRAINTS).toContain(problem?.code)
  expect(problem?.severity).toBe('error')
  expect(problem?.range.start).toBeGreaterThanOrEqual(source.indexOf('x ->'))
  return { out: null }
}

describe.each(['layers.jsonl', 'edges.jsonl'])('%s', (file) => {
  test('shapes, parameters, MACs and refusals are PyTorch’s', () => {
    const rows = rowsOf<LayerRow>(file)
    const expected = rows.map(({ layer, out, params, macs }) => ({
      layer,
      ...(out === null ? { out } : { out, params, macs }),
    }))
    expect(rows.map((row) => ({ layer: row.layer, ...analysed(row) }))).toEqual(expected)
  })
})
