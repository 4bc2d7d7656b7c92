import { expect, test } from 'vitest'
import type { Tensor } from '../../server/src/model/graph'
import { seenOfInput } from '../../server/src/model/seen'
import { isTensor } from '../../server/src/model/value'
import { analyzed } from '../helpers/problems'
import { type NetworkRow, rowsOf } from './rows'

/**
 * The rows were measured at small sizes, on the values whose region reaches neither border of the input. Where borders of
 * inner maps have cut all of those, the row tells less than the receptive field: as many axes as stand here.
 */
const BELOW: Readonly<Record<string, number>> = { 'networks.jsonl': 5, 'paths.jsonl': 46 }

test.each(Object.entries(BELOW))(
  'shapes, parameters and receptive fields of all bindings of %s are PyTorch’s',
  (file, expectedBelow) => {
    let below = 0
    /** The row's extents where they agree with ours; where the row knows none, none is compared. */
    const field = (tensor: Tensor, known: readonly (number | null)[]) => {
      const found = seenOfInput(tensor, 0)
      if (found === null || found === 'global') return known.map((extent) => extent && found)
      return known.map((extent, axis) => {
        const size = found.size[axis] as number
        if (extent === null || extent === size) return extent
        const isBelow = extent < size && extent <= (found.seen[axis] as number)
        if (isBelow) below++
        return isBelow ? extent : size
      })
    }
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
    expect(below).toBe(expectedBelow)
  },
)
