import { expect, test } from 'vitest'
import type { Tensor } from '../../server/src/model/graph'
import { seenOfInput } from '../../server/src/model/seen'
import { isTensor } from '../../server/src/model/value'
import { analyzed } from '../helpers/problems'
import { type NetworkRow, rowsOf } from './rows'

/**
 * The measurement leaves out every value that sees the input's first or last pixel, since padding may have cut
 * what it sees. In these two the largest region ends just there and is whole: it is the receptive field.
 */
const UP_TO_THE_BORDER: Readonly<Record<string, Readonly<Record<string, readonly (number | null)[]>>>> = {
  P91: { t3: [45, null] },
  P100: { t2: [21, 40] },
}

/** Where the row knows no extent, none is compared. */
function field(tensor: Tensor, known: readonly (number | null)[]) {
  const seen = seenOfInput(tensor, 0)
  const size = seen === null || seen === 'global' ? known.map(() => seen) : seen.size
  return known.map((extent, axis) => (extent === null ? null : size[axis]))
}

function withWhole({ id, bindings }: NetworkRow): NetworkRow['bindings'] {
  const whole = Object.entries(UP_TO_THE_BORDER[id] ?? {})
  return Object.fromEntries([
    ...Object.entries(bindings),
    ...whole.map(
      ([name, rf]) => [name, { ...(bindings[name] as NetworkRow['bindings'][string]), rf }] as const,
    ),
  ])
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
        bindings: withWhole(row),
        params: row.params,
        macs: row.macs,
      })
    }
  },
)
