import { inOrder, sourceId } from '../../model/applications'
import type { LayerNode, Measure, Totals, UncertainNode } from '../../model/graph'
import { hasUnknown } from '../../model/value'
import { type Builder, type Env, mark } from './state'

/**
 * The totals of what a body has made since it began; undefined where a part is unknown. What its results do not
 * depend on may fail: then they are all known.
 */
export function bodyTotals(env: Env): Totals | undefined {
  const { graph } = env.state
  if (!graph || !env.body || graph.isCut) return undefined
  const { start, ended = [] } = env.body
  const isWhole = graph.failures === start.mark.failures
  const isKnown = ended.length > 0 && !ended.some(hasUnknown)
  return isWhole || isKnown ? totalsFrom(env, graph, []) : undefined
}

/** What the totals of a body are at least: what is certain of the layers that rest on a fault counts too. */
export function bodyBounds(env: Env): Totals | undefined {
  const { graph } = env.state
  if (!graph || !env.body) return undefined
  return totalsFrom(env, graph, graph.uncertain.slice(env.body.start.uncertain))
}

function totalsFrom(env: Env, graph: Builder, uncertain: readonly UncertainNode[]): Totals {
  const start = env.body?.start
  const { layers } = graph
  const [first, end] = [start?.layers ?? 0, layers.length]
  // Counted when it is asked for: few runs of blocks ever are.
  let counted: ReturnType<typeof countWeightLayers> | undefined
  const count = () => {
    const made = uncertain.length === 0 ? layers : inOrder(layers.slice(first, end), uncertain)
    counted ??=
      made === layers ? countWeightLayers(made, first, end) : countWeightLayers(made, 0, made.length)
    return counted
  }
  return {
    ...measureFrom(start?.mark ?? NOTHING, mark(env), uncertain),
    get weightLayers() {
      return count().weightLayers
    },
    get depth() {
      return count().depth
    },
  }
}

const NOTHING: Measure = { params: 0, fixed: 0, macs: 0 }

function measureFrom(start: Measure, now: Measure, uncertain: readonly UncertainNode[]): Measure {
  const since = (figure: keyof Measure) =>
    uncertain.reduce((sum, { cost }) => sum + (cost[figure] ?? 0), now[figure] - start[figure])
  return { params: since('params'), fixed: since('fixed'), macs: since('macs') }
}

/** Weight layers from the layer at `first` to that before `end` (shared ones once), and the most of them on one path. */
function countWeightLayers(
  layers: readonly (LayerNode | UncertainNode)[],
  first: number,
  end: number,
): { weightLayers: number; depth: number } {
  // By id, which only grows: a map would cost more than all the rest.
  const start = layers[first]?.id ?? 0
  const depths: number[] = []
  let weightLayers = 0
  let depth = 0
  for (let i = first; i < end; i++) {
    const node = layers[i] as LayerNode | UncertainNode
    const isCounted = node.kind === 'layer' || node.cost.params !== null
    const own = isCounted ? (node.layer.weightLayers ?? 0) : 0
    if (node.kind === 'uncertain' || node.sharedWith === undefined) weightLayers += own
    let longest = 0
    for (const input of node.inputs) {
      const id = sourceId(input)
      if (id !== undefined) longest = Math.max(longest, depths[id - start] ?? 0)
    }
    depths[node.id - start] = longest + own
    depth = Math.max(depth, longest + own)
  }
  return { weightLayers, depth }
}
