import type { Block, Network } from '../../../grammar/tree'
import { showShape } from '../model/shape'
import { declarationParts } from './code-lens'
import { showTried, triedFor } from './input-sizes/tried'
import type { View } from './support/view'

/** What the network or block around a place comes to, for a line of status. */
export interface PlaceTotals {
  readonly name: string
  /** `25.6M params · 4.09 GMACs`. */
  readonly text: string
  /** The inputs of which another size is tried. */
  readonly tried: readonly TriedTotals[]
}

interface TriedTotals {
  readonly network: string
  readonly input: string
  /** `image 3×320×320`. */
  readonly text: string
  /** The size of the text. */
  readonly declared: string
}

/** The totals of the declaration around an offset, or of the file's only network. */
export function totalsAt(view: View, offset: number): PlaceTotals | undefined {
  const { items } = view.analysis.file
  const named = items.filter(
    (item): item is Block | Network => item.kind === 'network' || item.kind === 'block',
  )
  const networks = named.filter(({ kind }) => kind === 'network')
  const around = named.find(({ start, end }) => start <= offset && offset <= end)
  const declaration = around ?? (networks.length === 1 ? networks[0] : undefined)
  if (declaration === undefined) return undefined
  const tried = triedFor(view, declaration).map(({ graph, node }) => ({
    network: graph.name,
    input: node.name.name,
    text: showTried(node),
    declared: showShape(node.declared ?? []),
  }))
  const parts = declarationParts(view, declaration).slice(0, 2)
  return { name: declaration.name.name, text: parts.join(' · '), tried }
}
