import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useCli } from '../cli/helper'
import { type LayerRow, type NetworkRow, rowsOf } from './rows'

const cli = useCli()

interface Summary {
  readonly networks: readonly {
    readonly name: string
    readonly line: number
    readonly outputs: readonly { readonly shape: readonly number[] | null }[]
    readonly params: number | null
    readonly macs: number | null
    readonly complete?: false
    readonly bindings: Readonly<
      Record<string, { shape: unknown; params: number; rf: Field | 'global' | null }>
    >
  }[]
  readonly diagnostics: readonly { readonly severity: string; readonly line: number }[]
}

interface Field {
  readonly size: readonly (number | null)[]
  readonly seen: readonly (number | null)[]
}

/** What `cnnlint summary` prints for a file with this text. */
async function summary(name: string, text: string): Promise<Summary> {
  writeFileSync(join(cli.folder, name), text)
  const { out, err } = await cli(['summary', name, '--format', 'json'])
  expect(err).toBe('')
  return JSON.parse(out) as Summary
}

test.each(['layers.jsonl', 'edges.jsonl'])('the summary of the layers of %s is PyTorch’s', async (file) => {
  const rows = rowsOf<LayerRow>(file)
  const text = rows.map(
    (row, i) => `network N${i} {\n  input x: [${row.in.join(', ')}]\n  output y = x -> ${row.layer}\n}\n`,
  )
  const { networks, diagnostics } = await summary('rows.cnn', text.join(''))
  const errorLines = diagnostics.filter(({ severity }) => severity === 'error').map(({ line }) => line)
  expect(
    networks.map(({ outputs, params, macs, complete }, i) => {
      // Of a layer that is refused, what is certain is shown all the same.
      const out = complete === false ? null : (outputs[0]?.shape ?? null)
      return { layer: rows[i]?.layer, ...(out === null ? { out } : { out, params, macs }) }
    }),
  ).toEqual(
    rows.map(({ layer, out, params, macs }) => ({
      layer,
      ...(out === null ? { out } : { out, params, macs }),
    })),
  )
  // Each refused row has one error, at its stage: the third of its four lines.
  expect(errorLines).toEqual(rows.flatMap(({ out }, i) => (out === null ? [4 * i + 3] : [])))
})

test('the summary of the networks is PyTorch’s', async () => {
  const rows = rowsOf<NetworkRow>('networks.jsonl')
  const { networks } = await summary('networks.cnn', rows.map(({ source }) => source).join(''))
  for (const [i, row] of rows.entries()) {
    const { params, macs, bindings } = networks[i] as Summary['networks'][number]
    expect([row.id, params, macs]).toEqual([row.id, row.params, row.macs])
    for (const [name, { out, params: own, rf }] of Object.entries(row.bindings)) {
      const found = bindings[name]
      const { size = [], seen = [] } = found?.rf && found.rf !== 'global' ? found.rf : {}
      expect([row.source, name, found?.shape, found?.params]).toEqual([row.source, name, out, own])
      for (const [axis, extent] of rf.entries()) {
        if (extent === null) continue
        // What was measured at a small size may be less than the receptive field, but never more than is seen.
        const least = extent < (size[axis] ?? 0) ? Math.min(extent, seen[axis] ?? 0) : size[axis]
        expect([row.source, name, axis, least]).toEqual([row.source, name, axis, extent])
      }
    }
  }
})
