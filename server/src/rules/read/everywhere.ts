import type { LayerNode } from '../../model/graph'
import type { Survey } from '../frame/survey'

/**
 * Whether the text of a layer stands for nothing but these applications, so that a change of it meets no other.
 */
export function standsForThese(survey: Survey, { site }: LayerNode, nodes: Iterable<LayerNode>): boolean {
  const own = new Set<LayerNode>()
  for (const node of nodes) if (node.site === site) own.add(node)
  return own.size === survey.applications(site)
}
