import type { LayerNode } from './graph'
import { isViolation } from './layer'

/** The shape formula with an application's own numbers, one line for each axis that differs; none where it has none. */
export function showFormula({
  layer,
  inputs,
  options,
}: Pick<LayerNode, 'layer' | 'inputs' | 'options'>): readonly string[] {
  const call = { shapes: inputs.map(({ shape }) => shape), items: inputs.map(({ items }) => items), options }
  const result = layer.infer(call)
  if (layer.formula === undefined || isViolation(result)) return []
  return layer.formula(call, result)
}
