/** Applications that fail alike are looked at once: a repetition, or a block, may apply a layer thousands of times. */
import type { Value } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { isList, isUnknown } from '../../model/value'
import type { Certain, UncertainStage } from './infer'

/** What is certain of the applications of each layer that were looked at, by what they were given. */
export type KnownStages = Map<AnyLayer, Map<string, Certain>>

/** The same as `infer` finds, found once for applications that are given the same. */
export function inferOnce(
  known: KnownStages,
  stage: UncertainStage,
  infer: (stage: UncertainStage) => Certain,
): Certain {
  const key = keyOf(stage)
  if (key === undefined) return infer(stage)
  let ofLayer = known.get(stage.layer)
  if (ofLayer === undefined) {
    ofLayer = new Map()
    known.set(stage.layer, ofLayer)
  }
  const found = ofLayer.get(key)
  if (found !== undefined) return found
  let asksOrigin = false
  const inputs = stage.inputs.map((input) => {
    const { origin } = input
    if (origin === undefined) return input
    const asked = () => {
      asksOrigin = true
      return origin()
    }
    return { ...input, origin: asked }
  })
  const certain = infer({ ...stage, inputs })
  // What made a tensor is no part of the key.
  if (!asksOrigin) ofLayer.set(key, certain)
  return certain
}

function keyOf({ options, faulty, inputs }: UncertainStage): string | undefined {
  const values = options.map(({ option, value }) => [option, plain(value)])
  if (values.some(([, value]) => value === undefined)) return undefined
  const tensors = inputs.map(({ shape, firm, items, origin }) => [shape, firm, items, origin !== undefined])
  return JSON.stringify([values, faulty, tensors])
}

/** A value as JSON writes it; undefined for tensors and layers, which nothing tells apart there. */
function plain(value: Value): unknown {
  if (isUnknown(value)) return { unknown: true }
  if (!isList(value)) return typeof value === 'object' && value !== null ? undefined : value
  const items = value.map(plain)
  return items.includes(undefined) ? undefined : items
}
