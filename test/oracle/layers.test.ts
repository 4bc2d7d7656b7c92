import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import type { Shape } from '../../server/src/model/shape'
import { analyzed } from '../helpers/problems'
import { type LayerRow, type OperationRow, rowsOf } from './rows'

const CONSTRAINTS = new Set(LAYERS.flatMap(({ constraints }) => constraints.map(({ code }) => code)))

/** What the analysis says of an expression, in the rows' terms; a refusal must be one error in it. */
function analysed(expression: string, inputs: Readonly<Record<string, Shape>>) {
  const declared = Object.entries(inputs).map(([name, shape]) => `  input ${name}: [${shape.join(', ')}]\n`)
  const source = `network Row {\n${declared.join('')}  output y = ${expression}\n}\n`
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
  expect(problem?.range.start).toBeGreaterThanOrEqual(source.indexOf(expression))
  return { out: null }
}

function expected({ layer, out, params, macs }: Omit<LayerRow, 'in'>) {
  return { layer, ...(out === null ? { out } : { out, params, macs }) }
}

describe.each(['layers.jsonl', 'edges.jsonl'])('%s', (file) => {
  test('shapes, parameters, MACs and refusals are PyTorch’s', () => {
    const rows = rowsOf<LayerRow>(file)
    const results = rows.map((row) => ({ layer: row.layer, ...analysed(`x -> ${row.layer}`, { x: row.in }) }))
    expect(results).toEqual(rows.map(expected))
  })
})

describe('operations.jsonl', () => {
  test('shapes, parameters, MACs and refusals of operations on several tensors are PyTorch’s', () => {
    const rows = rowsOf<OperationRow>('operations.jsonl')
    const results = rows.map((row) => {
      const inputs = Object.fromEntries(row.in.map((shape, i) => ['abc'[i] as string, shape]))
      return { layer: row.layer, ...analysed(row.layer, inputs) }
    })
    expect(results).toEqual(rows.map(expected))
  })
})
