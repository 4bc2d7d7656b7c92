import type { LayerNode, NetworkGraph } from '../model/graph'
import { product } from '../model/shape'
import { showBytes, showCount } from '../model/show'
import { showCall } from '../model/show-call'
import { rule } from './frame/rule'
import { showShare } from './read/saving'

/** What is limited, by the name of its option. */
interface Budget {
  readonly name: 'maxParams' | 'maxMacs' | 'maxActivationBytes'
  readonly noun: string
  readonly total: (graph: NetworkGraph) => number | undefined
  /** What one application of a layer takes. */
  readonly take: (node: LayerNode) => number
  readonly show: (count: number) => string
}

interface Exceeded {
  readonly budget: Budget
  readonly limit: number
  readonly total: number
  /** The layer that takes most. */
  readonly most: LayerNode
}

interface Overspent {
  readonly network: string
  readonly exceeded: readonly [Exceeded, ...Exceeded[]]
}

const BUDGETS: readonly Budget[] = [
  {
    name: 'maxParams',
    noun: 'parameters',
    total: ({ totals }) => totals?.params,
    take: ({ params }) => params,
    show: showCount,
  },
  {
    name: 'maxMacs',
    noun: 'multiply–accumulates',
    total: ({ totals }) => totals?.macs,
    take: ({ macs }) => macs,
    show: showCount,
  },
  {
    name: 'maxActivationBytes',
    noun: 'bytes of activations',
    total: ({ layers }) => layers.reduce((sum, node) => sum + activationBytes(node), 0),
    take: activationBytes,
    show: (bytes) => `${showCount(bytes)}${bytes < 1000 ? '' : ` (${showBytes(bytes)})`}`,
  },
]

export const budgetExceeded = rule({
  code: 'budget-exceeded',
  category: 'Width, depth and cost',
  severity: 'error',
  title: 'The network takes more than the configured budget',
  explanation: [
    'A device or a project may allow only so many parameters, operations or bytes. The configuration sets the',
    'budgets; without one, nothing is checked. They hold for every network; an `expect` states what must hold for',
    'one.',
  ].join('\n'),
  source:
    'Howard et al. 2017 (MobileNets), §1 and §3.3: networks are chosen by the resources that the application has',
  example: network('conv(64, 3, padding=1, bias=false) -> batchnorm -> relu'),
  exampleOptions: { maxParams: 5_000 },
  instead: network('conv(32, 3, padding=1, bias=false) -> batchnorm -> relu'),
  options: {
    maxParams: {
      type: 'number',
      min: 0,
      documentation: 'the most parameters (trainable ones, shared ones once, as `params` in an `expect`)',
    },
    maxMacs: {
      type: 'number',
      min: 0,
      documentation: 'the most multiply–accumulates for one image, as `macs` in an `expect`',
    },
    maxActivationBytes: {
      type: 'number',
      min: 0,
      documentation:
        'the most bytes that the outputs of all layers take together for one image, four (float32) for each value: what training keeps for the backward pass. Layers that only rename values (flatten, reshape, permute, identity) are left out',
    },
  },
  words: ({ network, exceeded: [first, ...others] }: Overspent) => ({
    what: `${network} has ${[first, ...others].map(spell).join('; ')}`,
    why: `\`${showCall(first.most)}\` takes most: ${first.budget.show(first.budget.take(first.most))} ${first.budget.noun} (${showShare(first.budget.take(first.most), first.total)})`,
    todo: 'make the network smaller, or raise the budget',
  }),
  check({ survey, analysis, options }, report) {
    if (BUDGETS.every(({ name }) => options[name] === undefined)) return
    for (const { graph } of survey.networks) {
      // The totals of a network of which a part is unknown are unknown too.
      if (graph.totals === undefined || graph.file !== analysis.uri) continue
      const [first, ...others] = BUDGETS.flatMap((budget) => exceeded(graph, budget, options[budget.name]))
      if (first === undefined) continue
      report({
        place: { file: graph.file, range: graph.declaration.name },
        data: { network: graph.name, exceeded: [first, ...others] },
        related: [first, ...others].map(({ budget, most, total }) => ({
          file: most.file,
          range: most.site,
          message: `takes most: ${budget.show(budget.take(most))} ${budget.noun} (${showShare(budget.take(most), total)})`,
        })),
      })
    }
  },
})

function network(layer: string): string {
  return `network N {\n  input image: [16, 32, 32]\n  output y = image -> ${layer}\n}\n`
}

function spell({ budget, total, limit }: Exceeded): string {
  return `${budget.show(total)} ${budget.noun}, ${budget.show(total - limit)} above the budget of ${budget.show(limit)}`
}

function exceeded(graph: NetworkGraph, budget: Budget, limit: number | undefined): readonly Exceeded[] {
  const total = limit === undefined ? undefined : budget.total(graph)
  if (limit === undefined || total === undefined || total <= limit) return []
  let [most] = graph.layers as readonly [LayerNode]
  for (const node of graph.layers) if (budget.take(node) > budget.take(most)) most = node
  return [{ budget, limit, total, most }]
}

function activationBytes({ layer, outputs }: LayerNode): number {
  const { rearranges } = layer.traits
  if (rearranges === 'shape' || rearranges === 'axes') return 0
  let values = 0
  for (const { items, shape } of outputs) values += items * product(shape)
  return 4 * values
}
