/** Arithmetic of a tensor and a number, which is a layer that an operator stands for. */
import type { Binary, Expression } from '../../../../grammar/tree'
import { affine, power } from '../../layers/arithmetic'
import type { TensorValue, Value } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { divisionByZero } from '../problems/values'
import { applyWithOptions } from './builtin'
import { fromFlow } from './given'
import { problemAt } from './problems'
import type { Env } from './state'

interface Operation {
  readonly layer: AnyLayer
  readonly options: Readonly<Record<string, number>>
}

const scaled = (factor: number, offset: number): Operation => ({ layer: affine, options: { factor, offset } })
const raised = (exponent: number): Operation => ({ layer: power, options: { exponent } })

/** `x operator number`; undefined for an operator that is no layer. */
function behind(operator: string, number: number): readonly Operation[] | undefined {
  switch (operator) {
    case '+':
      return [scaled(1, number)]
    case '-':
      return [scaled(1, 0 - number)]
    case '*':
      return [scaled(number, 0)]
    case '/':
      return [scaled(1 / number, 0)]
    case '**':
      return [raised(number)]
    default:
      return undefined
  }
}

/** `number operator x`; undefined for an operator that is no layer. */
function before(operator: string, number: number): readonly Operation[] | undefined {
  switch (operator) {
    case '+':
      return [scaled(1, number)]
    case '-':
      return [scaled(-1, number)]
    case '*':
      return [scaled(number, 0)]
    case '/':
      return number === 1 ? [raised(-1)] : [raised(-1), scaled(number, 0)]
    default:
      return undefined
  }
}

/** A tensor and a number on the two sides of an operator; undefined for an operator that is no layer. */
export function tensorAndNumber(
  node: Binary,
  tensor: TensorValue,
  number: number,
  isBehind: boolean,
  env: Env,
): Value | undefined {
  const { operator } = node
  if (isBehind && operator === '/' && number === 0) {
    return problemAt(env, divisionByZero, { operator }, node.right)
  }
  const operations = (isBehind ? behind : before)(operator, number)
  const operand = isBehind ? node.left : node.right
  return operations && applied(operations, tensor, operand, node, env)
}

/** `-x`. */
export function negated(node: Expression & { kind: 'unary' }, tensor: TensorValue, env: Env): Value {
  return applied([scaled(-1, 0)], tensor, node.operand, node, env)
}

/** The tensor after these layers; all of them stand where the operator's expression does. */
function applied(
  operations: readonly Operation[],
  tensor: TensorValue,
  operand: Expression,
  site: Expression,
  env: Env,
): Value {
  const { file, frame } = env
  const written = { site, file, frame, definition: undefined, options: [] }
  let value: Value = tensor
  for (const { layer, options } of operations) {
    const incoming = [{ value, from: fromFlow(operand) }]
    value = applyWithOptions({ layer, options, written, incoming, applied: site, env })
  }
  return value
}
