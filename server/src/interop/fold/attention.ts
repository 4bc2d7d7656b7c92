/** Attention that exporters spell out. */
import type { ImportTensor, Operation } from '../graph/graph'
import { type Fold, is, only, standing, type Wiring } from './pattern'

/** What only lays heads out, or scales the queries. */
const LAYOUT: readonly string[] = ['reshape', 'permute', 'affine', 'slice', 'power']

/** The way back from a tensor through operations that only lay it out, each read by nothing else. */
function laidOut(wiring: Wiring, tensor: ImportTensor | undefined, shared: readonly string[] = []) {
  const parts: Operation[] = []
  let at = tensor
  for (;;) {
    const maker = wiring.maker(at)
    if (maker === undefined || !LAYOUT.includes(maker.layer.name)) break
    const isRead = wiring.readers(at as ImportTensor).length === 1 && !wiring.isOutput(at as ImportTensor)
    if (!isRead && !shared.includes(maker.layer.name)) break
    parts.push(maker)
    at = maker.inputs[0]
  }
  return { source: at, parts }
}

/**
 * softmax(q·kᵀ/√d)·v over heads, projected before and after (Vaswani et al. 2017, §3.2.2). The three projections
 * may be one linear layer, cut in three.
 */
const selfAttention: Fold = {
  name: 'projections, softmax(q · kᵀ) · v and a projection are attention',
  match(last, wiring) {
    if (!is(last, 'linear')) return undefined
    const after = laidOut(wiring, last.inputs[0])
    const weighted = only(wiring, after.source, 'matmul')
    const softmax = only(wiring, weighted?.inputs[0], 'softmax')
    const before = laidOut(wiring, softmax?.inputs[0])
    const scores = only(wiring, before.source, 'matmul')
    if (weighted === undefined || softmax === undefined || scores === undefined) return undefined
    if (before.parts.some(({ layer }) => layer.name === 'slice')) return undefined
    const roads = [scores.inputs[0], scores.inputs[1], weighted.inputs[1]].map((tensor) =>
      laidOut(wiring, tensor),
    )
    const projections = roads.map(({ source }) => wiring.maker(source))
    if (!projections.every((projection) => is(projection, 'linear'))) return undefined
    const sources = new Set(projections.map((projection) => (projection as Operation).inputs[0]))
    const [x] = sources
    if (sources.size !== 1 || x?.shape?.length !== 2) return undefined
    const [steps, features] = x.shape as readonly [number, number]
    const heads = headsOf(softmax.outputs[0]?.shape, steps)
    const distinct = [...new Set(projections)] as Operation[]
    const projected = distinct.reduce((sum, { options }) => sum + Number(options.features), 0)
    if (heads === undefined || projected !== 3 * features || last.options.features !== features)
      return undefined
    const biased = new Set([...distinct, last].map(({ options }) => options.bias !== false))
    if (biased.size !== 1 || !readByThese(distinct, roads, wiring)) return undefined
    const parts = [
      ...distinct,
      ...roads.flatMap((road) => road.parts.toReversed()),
      scores,
      ...before.parts.toReversed(),
      softmax,
      weighted,
      ...after.parts.toReversed(),
      last,
    ]
    const [bias] = biased
    return {
      parts,
      made: [standing(last, 'attention', [x], { heads, bias: bias === true }, parts)],
    }
  },
}

/** How many heads there are, by the axes of the scores: [heads, steps, steps], or one without an axis for it. */
function headsOf(shape: readonly number[] | undefined, steps: number): number | undefined {
  if (shape === undefined || shape.at(-1) !== steps || shape.at(-2) !== steps) return undefined
  return shape.slice(0, -2).reduce((product, size) => product * size, 1)
}

/** Whether the projections are read by the three roads and by nothing else. */
function readByThese(
  projections: readonly Operation[],
  roads: readonly { readonly parts: readonly Operation[] }[],
  wiring: Wiring,
): boolean {
  const parts = new Set(roads.flatMap((road) => road.parts))
  return projections.every(({ outputs }) =>
    outputs.every(
      (tensor) => !wiring.isOutput(tensor) && wiring.readers(tensor).every((reader) => parts.has(reader)),
    ),
  )
}

export const ATTENTION: readonly Fold[] = [selfAttention]
