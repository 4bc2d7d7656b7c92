import type { Totals } from '../../model/graph'

/** The words that mean a network's or an application's totals in an `expect`. */
export const TOTALS: Readonly<Record<string, (totals: Totals) => number>> = {
  params: ({ params }) => params,
  macs: ({ macs }) => macs,
  layers: ({ weightLayers }) => weightLayers,
  depth: ({ depth }) => depth,
}
