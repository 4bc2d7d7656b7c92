import type { Attribute } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { showShape } from '../../model/shape'
import { isTensor, isUnknown, UNKNOWN } from '../../model/value'
import { ATTRIBUTES } from '../language/attributes'
import { unknownAttribute } from '../problems/names'
import { closest, describeValue } from '../words'
import { problemAt } from './problems'
import type { Env } from './state'

export function attribute(node: Attribute, value: Value, env: Env): Value {
  const { name } = node.name
  if (isUnknown(value) || name === '') return UNKNOWN
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
