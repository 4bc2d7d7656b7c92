import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Shape } from '../../server/src/model/shape'

/** One layer that PyTorch executed, or refused: then `out` is null and `why` its message. */
export interface LayerRow {
  readonly id: string
  readonly layer: string
  readonly in: Shape
  readonly out: Shape | null
  readonly params?: number
  readonly macs?: number
  readonly why?: string
}

/** An expression of the inputs `a`, `b` and `c` that PyTorch executed, or refused. */
export interface OperationRow extends Omit<LayerRow, 'in'> {
  readonly in: readonly Shape[]
}

/** A random network that PyTorch executed; `rf` is null along an axis where the borders hide its extent. */
export interface NetworkRow {
  readonly id: string
  readonly source: string
  readonly input: Shape
  readonly bindings: Readonly<
    Record<string, { readonly out: Shape; readonly params: number; readonly rf: readonly (number | null)[] }>
  >
  readonly params: number
  /** Left out where they were not counted. */
  readonly macs?: number
}

/**
 * A receptive field along one axis: `seen` measured in PyTorch, all else composed by a program of its own. Null where
 * everything is seen, `nothing` where the region is empty though there be no borders. Stride and padding are left out
 * where they are not constant, `seen` behind a border that mirrors or wraps.
 */
export type FieldAxis =
  | {
      readonly size: number
      readonly stride?: number | undefined
      readonly padding?: number | undefined
      readonly seen?: number | undefined
    }
  | 'nothing'
  | null

export interface FieldRow {
  readonly id: string
  readonly text: string
  /** By name. */
  readonly tensors: Readonly<Record<string, { readonly shape: Shape; readonly axes: readonly FieldAxis[] }>>
}

export function rowsOf<Row>(file: string): readonly Row[] {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
