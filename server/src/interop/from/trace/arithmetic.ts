/** Arithmetic of tensors, numbers and constants. */
import type { ImportOptions } from '../../graph/graph'
import { type CallSite, NoCounterpart, type Tracer } from './tracer'
import type { ConstantValue, TensorValue, TraceValue } from './values'

export type Operator = 'add' | 'sub' | 'mul' | 'divide' | 'power'

interface Single {
  readonly layer: string
  readonly options: ImportOptions
}

/** What an operator with a number on one side is; `isFirst` says that the tensor stands on the left. */
const WITH_NUMBER: Readonly<Record<Operator, (value: number, isFirst: boolean) => Single | undefined>> = {
  add: (value) => ({ layer: 'affine', options: { offset: value } }),
  sub: (value, isFirst) => ({
    layer: 'affine',
    options: isFirst ? { offset: -value } : { factor: -1, offset: value },
  }),
  mul: (value) => ({ layer: 'affine', options: { factor: value } }),
  divide: (value, isFirst) => (isFirst ? { layer: 'affine', options: { factor: 1 / value } } : undefined),
  power: (value, isFirst) => (isFirst ? { layer: 'power', options: { exponent: value } } : undefined),
}

/** Two operands joined: a number is an affine layer, a constant beside a tensor a parameter. */
export function arithmetic(
  site: CallSite,
  tracer: Tracer,
  operator: Operator,
  a: TraceValue | undefined,
  b: TraceValue | undefined,
): readonly TensorValue[] {
  if (a === undefined || b === undefined) throw new NoCounterpart('an operand is missing')
  if (a.kind === 'tensor' && b.kind === 'tensor')
    return tracer.apply(site, { layer: operator, inputs: [a, b] })
  const isFirst = a.kind === 'tensor'
  const tensor = (isFirst ? a : b) as TensorValue
  const constant = (isFirst ? b : a) as ConstantValue
  if (tensor.kind !== 'tensor') throw new NoCounterpart('it has no tensor')
  const number = constant.numbers?.length === 1 ? constant.numbers[0] : undefined
  const single = number === undefined ? undefined : WITH_NUMBER[operator](rounded(number), isFirst)
  if (single !== undefined) return tracer.apply(site, { ...single, inputs: [tensor] })
  const other = tracer.parameter(site, constant, tensor)
  return tracer.apply(site, {
    layer: operator,
    inputs: isFirst ? [tensor, other] : [other, tensor],
    batch: tensor.batch,
  })
}

/** A 32-bit float as the shortest decimal that is it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(7))
}
