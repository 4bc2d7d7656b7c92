import { expect, test } from 'vitest'
import { isTensor } from '../../server/src/check/evaluate/values'
import type { Tensor } from '../../server/src/model/graph'
import { seenOfInput } from '../../server/src/model/seen'
import { analyzed } from '../helpers/problems'
import { type NetworkRow, rowsOf } from './rows'

/** Where the row knows no extent, none is compared. */
function field(tensor: Tensor, known: readonly (number | null)[]) {
  const seen = seenOfInput(tensor, 0)
  const size = seen === null || seen === 'global' ? known.map(() => seen) : seen.size
  return known.map((extent, axis) => (extent === null ? null : size[axis]))
}

test.each(['networks.jsonl', 'paths.jsonl'])(
  'shapes, parameters and receptive fields of all bindings of %s are PyTorch’s',
  (file) => {
    for (const row of rowsOf<NetworkRow>(file)) {
      const { analysis } = analyzed(row.source)
      expect(analysis.problems, row.source).toEqual([])
      const [graph] = analysis.networks
      const actual: Record<string, unknown> = {}
      for (const { name, value } of graph?.bindings ?? []) {
        if (!isTensor(value) || row.bindings[name.name] === undefined) continue
        const { rf = [] } = row.bindings[name.name] ?? {}
        actual[name.name] = {
          out: value.tensor.shape,
          params: value.measure?.params,
          rf: field(value.tensor, rf),
        }
      }
      const { params, macs } = graph?.totals ?? {}
      expect({ source: row.source, bindings: actual, params, macs: row.macs && macs }).toEqual({
        source: row.source,
        bindings: row.bindings,
        params: row.params,
        macs: row.macs,
      })
    }
  },
)
