/** Sizes of inputs that are tried in place of those that the text gives: where they hold, and the mark of it. */
import type { Block, Input, Network } from '../../../../grammar/tree'
import { descendants } from '../../../../grammar/walk'
import { graphsOf } from '../../check/semantics/runs'
import type { InputNode, NetworkGraph } from '../../model/graph'
import { showShape } from '../../model/shape'
import type { View } from '../support/view'

/** Sizes of inputs by the network and the input, as texts of the language. */
export type TriedSizes = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface TriedInput {
  readonly graph: NetworkGraph
  readonly node: InputNode
}

/** The tried inputs that what a body comes to depends on. */
export function triedFor(view: View, declaration: Block | Network): readonly TriedInput[] {
  return graphsOf(view).flatMap((graph) => {
    const tried = triedIn(graph)
    const isRun = tried.length > 0 && graph.runs.some(({ frame }) => frame.declaration === declaration)
    return isRun ? tried.map((node) => ({ graph, node })) : []
  })
}

/** The inputs of a network of which another size is tried. */
export function triedIn({ inputs }: NetworkGraph): readonly InputNode[] {
  return inputs.flatMap(({ node }) => (node?.declared === undefined ? [] : [node]))
}

/** `image 3×320×320`. */
export function showTried({ name, tensor }: InputNode): string {
  return `${name.name} ${showShape(tensor.shape)}`
}

/** The `input` statements of a network, in order. */
export function inputStatements({ body }: Network): readonly Input[] {
  const found: Input[] = []
  for (const node of descendants(body)) if (node.kind === 'input') found.push(node)
  return found
}

/** Of the sizes that are tried, those whose network and input the text still has. */
export function stillThere(tried: TriedSizes, networks: readonly Network[]): TriedSizes {
  const kept: Record<string, Readonly<Record<string, string>>> = {}
  for (const network of networks) {
    const sizes = tried[network.name.name]
    if (sizes === undefined) continue
    const names = new Set(inputStatements(network).map(({ name }) => name.name))
    const inputs = Object.entries(sizes).filter(([name]) => names.has(name))
    if (inputs.length > 0) kept[network.name.name] = Object.fromEntries(inputs)
  }
  return kept
}
