/** Which layer decided a size that an expectation speaks of, and how. */
import type { Comparison } from '../../../../grammar/tree'
import type { LayerNode, Tensor, Value } from '../../model/graph'
import { axisNames } from '../../model/shape'
import { showCall } from '../../model/show-call'
import { showFormula } from '../../model/show-formula'
import { isList } from '../../model/value'

/**
 * The last layer that changed a size which is not as expected, with the numbers of its formula:
 * `maxpool(3, stride=2) makes ⌊(112 + 2·0 − 3)/2⌋ + 1 = 55`. `objects` are what the operands are attributes of.
 * Undefined where no size differs, or no layer decides it.
 */
export function decidedSize(
  { operands }: Comparison,
  values: readonly Value[],
  objects: readonly (Value | undefined)[],
): string | undefined {
  for (const [i, operand] of operands.entries()) {
    const value = objects[i]
    if (operand.kind !== 'attribute' || typeof value !== 'object' || value === null) continue
    if (!('kind' in value) || value.kind !== 'tensor') continue
    const { tensor } = value
    const axis = differingAxis(tensor, operand.name.name, values[i], values[i === 0 ? 1 : 0])
    const decided = axis === undefined ? undefined : decidedAlong(tensor, axis)
    if (decided !== undefined) return decided
  }
  return undefined
}

/** The first spatial axis of a tensor along which it is not as expected. */
function differingAxis(
  { shape }: Tensor,
  attribute: string,
  value: Value | undefined,
  expected: Value | undefined,
): number | undefined {
  const named = axisNames(shape.length - 1).indexOf(attribute)
  if (named >= 0) return value === expected ? undefined : named + 1
  const first = attribute === 'shape' ? 0 : attribute === 'spatial' ? 1 : undefined
  if (first === undefined || value === undefined || expected === undefined) return undefined
  if (!isList(value) || !isList(expected) || value.length !== expected.length) return undefined
  const axis = shape.findIndex((_, at) => at > 0 && value[at - first] !== expected[at - first])
  return axis < 0 ? undefined : axis
}

/** The layer that changed the size last, or the last one that could have. */
function decidedAlong(tensor: Tensor, axis: number): string | undefined {
  let keeping: LayerNode | undefined
  let at = tensor
  while (at.source.kind === 'layer') {
    const node = at.source
    const [input] = node.inputs
    if (input === undefined || input.shape.length !== at.shape.length) break
    const isTransposed = node.layer.traits.enlarges !== undefined
    if (input.shape[axis] !== at.shape[axis] || isTransposed) return made(node, axis)
    if (node.layer.options.stride !== undefined) keeping ??= node
    at = input
  }
  return keeping && made(keeping, axis)
}

function made(node: LayerNode, axis: number): string | undefined {
  const lines = showFormula(node)
  const name = axisNames((node.outputs[0]?.shape.length ?? 1) - 1)[axis - 1]
  // A single line is that of all axes.
  const line = lines.find((each) => each.startsWith(`${name} `)) ?? lines[0]
  return line && `${showCall(node)} makes ${line}`
}
