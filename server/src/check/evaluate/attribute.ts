import type { Attribute } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { hasRank, type Outline } from '../../model/outline'
import { axisNames, showShape } from '../../model/shape'
import { isTensor, isUnknown, outlineOf, UNKNOWN } from '../../model/value'
import { ATTRIBUTES } from '../language/attributes'
import { unknownAttribute } from '../problems/names'
import { closest, describeValue } from '../words'
import { problemAt } from './problems'
import type { Env } from './state'

export function attribute(node: Attribute, value: Value, env: Env): Value {
  const { name } = node.name
  if (isUnknown(value) || name === '')
    return env.isExpect ? UNKNOWN : certainAttribute(name, outlineOf(value))
  const graph = { inputs: env.state.graph?.inputs.map((node) => ({ name: node.name, node })) ?? [] }
  const found =
    isTensor(value) && Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name]?.value(value, graph) : undefined
  if (found !== undefined) return found
  const has = isTensor(value)
    ? Object.keys(ATTRIBUTES).filter((each) => ATTRIBUTES[each]?.value(value, graph) !== undefined)
    : []
  const of = isTensor(value) ? `a tensor ${showShape(value.tensor.shape)}` : describeValue(value)
  return problemAt(env, unknownAttribute, { name, of, has, suggestions: closest(name, has) }, node.name)
}

/** An attribute of a tensor that rests on a fault, as far as it is certain. */
function certainAttribute(name: string, outline: Outline | undefined): Value {
  if (outline === undefined) return UNKNOWN
  const { firm, items } = outline
  const sizes = firm.map((size): Value => (typeof size === 'number' ? size : UNKNOWN))
  if (name === 'items') return items ?? UNKNOWN
  if (name === 'channels') return sizes[0] ?? UNKNOWN
  if (!hasRank(firm)) return UNKNOWN
  if (name === 'rank') return firm.length
  if (name === 'shape') return sizes
  if (name === 'spatial') return sizes.slice(1)
  const axis = axisNames(firm.length - 1).indexOf(name)
  return axis < 0 ? UNKNOWN : (sizes[axis + 1] ?? UNKNOWN)
}
