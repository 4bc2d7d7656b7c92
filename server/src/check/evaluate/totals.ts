import type { LayerNode, Totals } from '../../model/graph'
import { type Env, since } from './state'

/** The totals of what a body has made since it began; undefined where something failed. */
export function bodyTotals(env: Env): Totals | undefined {
  const { graph } = env.state
  if (!graph || !env.body) return undefined
  const measure = since(env, env.body.start.mark)
  if (measure === undefined) return undefined
  const { layers } = graph
  const [first, end] = [env.body.start.layers, layers.length]
  // Counted when it is asked for: few runs of blocks ever are.
  let counted: ReturnType<typeof countWeightLayers> | undefined
  const count = () => {
    counted ??= countWeightLayers(layers, first, end)
    return counted
  }
  return {
    ...measure,
    get weightLayers() {
      return count().weightLayers
    },
    get depth() {
      return count().depth
    },
  }
}

/** Weight layers from the layer at `first` to that before `end` (shared ones once), and the most of them on one path. */
function countWeightLayers(
  layers: readonly LayerNode[],
  first: number,
  end: number,
): { weightLayers: number; depth: number } {
  // By id, which only grows: a map would cost more than all the rest.
  const start = layers[first]?.id ?? 0
  const depths: number[] = []
  let weightLayers = 0
  let depth = 0
  for (let i = first; i < end; i++) {
    const node = layers[i] as LayerNode
    const own = node.layer.weightLayers ?? 0
    if (node.sharedWith === undefined) weightLayers += own
    let longest = 0
    for (const { source } of node.inputs) {
      longest = Math.max(longest, depths[source.id - start] ?? 0)
    }
    depths[node.id - start] = longest + own
    depth = Math.max(depth, longest + own)
  }
  return { weightLayers, depth }
}
