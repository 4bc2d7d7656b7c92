/** Arithmetic of constants: the chains of Shape, Gather, Concat and their like that compute sizes. */
import { product } from '../../../../model/shape'
import type { ConstantValue, TraceValue } from '../../trace/values'
import type { OnnxNode } from '../node'
import { dimsOf, numbersOf } from '../numbers'

type Inputs = readonly (ConstantValue | undefined)[]

/** Makes a constant of constants; undefined where only its presence can be told. */
type Fold = (node: OnnxNode, inputs: Inputs) => ConstantValue | undefined

function known(dims: readonly number[], numbers: readonly number[]): ConstantValue {
  return { kind: 'constant', dims, numbers, trained: false }
}

/** The index into an operand of broadcast dims for a flat index of the result. */
function broadcastDims(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(a.length, b.length)
  const dims: number[] = []
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x !== y && x !== 1 && y !== 1) return undefined
    dims.push(x === 1 ? y : x)
  }
  return dims
}

function broadcastIndex(index: number, dims: readonly number[], own: readonly number[]): number {
  let rest = index
  let flat = 0
  let step = 1
  for (let i = dims.length - 1; i >= 0; i--) {
    const at = rest % (dims[i] as number)
    rest = Math.floor(rest / (dims[i] as number))
    const size = own[own.length - dims.length + i] ?? 1
    if (size !== 1) flat += at * step
    step *= size
  }
  return flat
}

/** Two operands, value by value. */
function binary(compute: (a: number, b: number) => number): Fold {
  return (_node, [a, b]) => {
    if (a?.numbers === undefined || b?.numbers === undefined) return undefined
    const dims = broadcastDims(a.dims, b.dims)
    if (dims === undefined) return undefined
    const numbers = Array.from({ length: product(dims) }, (_, i) =>
      compute(
        a.numbers?.[broadcastIndex(i, dims, a.dims)] as number,
        b.numbers?.[broadcastIndex(i, dims, b.dims)] as number,
      ),
    )
    return known(dims, numbers)
  }
}

function unary(compute: (a: number) => number): Fold {
  return (_node, [a]) => (a?.numbers === undefined ? undefined : known(a.dims, a.numbers.map(compute)))
}

/** An integer quotient is cut off, a float's is not; sizes are the former and divide evenly where it matters. */
function quotient(a: number, b: number): number {
  return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b
}

const gather: Fold = (_node, [data, indices]) => {
  if (data?.numbers === undefined || indices?.numbers === undefined || data.dims.length !== 1)
    return undefined
  const picked = indices.numbers.map((at) => data.numbers?.[at < 0 ? at + (data.dims[0] as number) : at])
  return picked.every((value) => value !== undefined) ? known(indices.dims, picked) : undefined
}

const concat: Fold = (_node, inputs) => {
  const lists = inputs.map((input) => (input?.dims.length === 1 ? input.numbers : undefined))
  if (!lists.every((list) => list !== undefined)) return undefined
  const numbers = lists.flat()
  return known([numbers.length], numbers)
}

const slice: Fold = (node, [data, starts, ends, axes, steps]) => {
  if (data?.numbers === undefined || data.dims.length !== 1) return undefined
  const [start] = starts?.numbers ?? node.ints('starts') ?? []
  const [end] = ends?.numbers ?? node.ints('ends') ?? []
  const [step = 1] = steps?.numbers ?? []
  if (start === undefined || end === undefined || (axes?.numbers?.[0] ?? 0) !== 0) return undefined
  const size = data.numbers.length
  const clamp = (at: number) => Math.max(0, Math.min(size, at < 0 ? at + size : at))
  if (step < 0) {
    return step === -1 && start === -1 && end <= -size
      ? known(data.dims, data.numbers.toReversed())
      : undefined
  }
  const numbers = data.numbers.slice(clamp(start), clamp(end)).filter((_, i) => i % step === 0)
  return known([numbers.length], numbers)
}

/** Other sizes for the same numbers. */
function sized(dimsOfResult: (node: OnnxNode, inputs: Inputs) => readonly number[] | undefined): Fold {
  return (node, inputs) => {
    const [data] = inputs
    const dims = dimsOfResult(node, inputs)
    if (data === undefined || dims === undefined || product(dims) !== product(data.dims)) return undefined
    return { ...data, dims }
  }
}

function axesIn(
  node: OnnxNode,
  axes: ConstantValue | undefined,
  rank: number,
): readonly number[] | undefined {
  return (node.ints('axes') ?? axes?.numbers)?.map((axis) => (axis < 0 ? axis + rank : axis))
}

const unsqueezed = sized((node, [data, axes]) => {
  const count = (node.ints('axes') ?? axes?.numbers ?? []).length
  const dims = [...(data?.dims ?? [])]
  for (const axis of axesIn(node, axes, dims.length + count) ?? []) dims.splice(axis, 0, 1)
  return dims
})

const squeezed = sized((node, [data, axes]) => {
  const dims = data?.dims ?? []
  const gone = axesIn(node, axes, dims.length)
  return dims.filter((size, i) => (gone === undefined ? size !== 1 : !gone.includes(i)))
})

const reshaped = sized((_node, [data, shape]) => {
  const sizes = shape?.numbers
  if (sizes === undefined || data === undefined) return undefined
  const filled = sizes.map((size, i) => (size === 0 ? (data.dims[i] ?? 0) : size))
  const rest = product(data.dims) / product(filled.filter((size) => size !== -1))
  return filled.map((size) => (size === -1 ? rest : size))
})

const transposed: Fold = (node, [data]) => {
  if (data === undefined) return undefined
  const perm = node.ints('perm') ?? data.dims.map((_, i) => data.dims.length - 1 - i)
  const { numbers: _numbers, ...rest } = data
  return { ...rest, dims: perm.map((axis) => data.dims[axis] as number) }
}

const constantOfShape: Fold = (node, [shape]) => {
  const dims = shape?.numbers
  const value = node.tensor('value')
  const [number = 0] = value === undefined ? [] : (numbersOf(value) ?? [])
  if (dims === undefined || product(dims) > 4096) return undefined
  return known(
    dims,
    Array.from({ length: product(dims) }, () => number),
  )
}

const range: Fold = (_node, [start, limit, delta]) => {
  const [from] = start?.numbers ?? []
  const [to] = limit?.numbers ?? []
  const [step] = delta?.numbers ?? []
  if (from === undefined || to === undefined || !step) return undefined
  const count = Math.max(0, Math.ceil((to - from) / step))
  return count > 4096
    ? undefined
    : known(
        [count],
        Array.from({ length: count }, (_, i) => from + i * step),
      )
}

const where: Fold = (_node, [condition, a, b]) => {
  if (condition?.numbers === undefined || a?.numbers === undefined || b?.numbers === undefined)
    return undefined
  const dims = broadcastDims(broadcastDims(condition.dims, a.dims) ?? [], b.dims)
  if (dims === undefined) return undefined
  const numbers = Array.from({ length: product(dims) }, (_, i) => {
    const holds = condition.numbers?.[broadcastIndex(i, dims, condition.dims)]
    const chosen = holds ? a : b
    return chosen.numbers?.[broadcastIndex(i, dims, chosen.dims)] as number
  })
  return known(dims, numbers)
}

const expanded: Fold = (_node, [data, shape]) => {
  if (data === undefined || shape?.numbers === undefined) return undefined
  const dims = broadcastDims(data.dims, shape.numbers)
  if (dims === undefined) return undefined
  if (product(dims) === product(data.dims)) return { ...data, dims }
  const { numbers } = data
  const { weight, trained } = data
  return {
    kind: 'constant',
    dims,
    trained,
    ...(weight === undefined ? {} : { weight }),
    ...(numbers === undefined || product(dims) > 4096
      ? {}
      : {
          numbers: Array.from(
            { length: product(dims) },
            (_, i) => numbers[broadcastIndex(i, dims, data.dims)] as number,
          ),
        }),
  }
}

function reduced(compute: (numbers: readonly number[]) => number): Fold {
  return (node, [data]) =>
    data?.numbers === undefined || data.dims.length > 1
      ? undefined
      : known(node.int('keepdims', 1) === 1 ? [1] : [], [compute(data.numbers)])
}

const FOLDS: Readonly<Record<string, Fold>> = {
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary(quotient),
  Mod: binary((a, b) => a % b),
  Pow: binary((a, b) => a ** b),
  Min: binary(Math.min),
  Max: binary(Math.max),
  Equal: binary((a, b) => Number(a === b)),
  Less: binary((a, b) => Number(a < b)),
  Greater: binary((a, b) => Number(a > b)),
  And: binary((a, b) => Number(a !== 0 && b !== 0)),
  Or: binary((a, b) => Number(a !== 0 || b !== 0)),
  Not: unary((a) => Number(a === 0)),
  Neg: unary((a) => -a),
  Abs: unary(Math.abs),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Reciprocal: unary((a) => 1 / a),
  Gather: gather,
  Concat: concat,
  Slice: slice,
  Unsqueeze: unsqueezed,
  Squeeze: squeezed,
  Reshape: reshaped,
  Flatten: sized((node, [data]) => {
    const dims = data?.dims ?? []
    const axis = node.int('axis', 1)
    return [product(dims.slice(0, axis)), product(dims.slice(axis))]
  }),
  Transpose: transposed,
  ConstantOfShape: constantOfShape,
  Range: range,
  Where: where,
  Expand: expanded,
  ReduceProd: reduced((numbers) => product(numbers)),
  ReduceSum: reduced((numbers) => numbers.reduce((sum, each) => sum + each, 0)),
  ReduceMax: reduced((numbers) => Math.max(...numbers)),
  ReduceMin: reduced((numbers) => Math.min(...numbers)),
}

/** A `Constant` node, in any of its forms. */
export function constantNode(node: OnnxNode): ConstantValue {
  const tensor = node.tensor('value')
  if (tensor !== undefined) {
    const numbers = numbersOf(tensor)
    const weight = node.node.output[0]
    return {
      kind: 'constant',
      dims: dimsOf(tensor),
      trained: false,
      ...(weight === undefined ? {} : { weight }),
      ...(numbers === undefined ? {} : { numbers }),
    }
  }
  for (const name of ['value_int', 'value_float']) {
    if (node.has(name)) return known([], [name === 'value_int' ? node.int(name, 0) : node.float(name, 0)])
  }
  const list = node.ints('value_ints')?.length ? node.ints('value_ints') : node.floats('value_floats')
  return known([list?.length ?? 0], list ?? [])
}

/** What a node makes of constants alone. Where its numbers cannot be told it is a constant of unknown numbers. */
export function foldConstants(
  node: OnnxNode,
  inputs: readonly (TraceValue | undefined)[],
): ConstantValue | undefined {
  const constants = inputs.filter((input): input is ConstantValue => input?.kind === 'constant')
  if (constants.length !== inputs.filter((input) => input !== undefined).length) return undefined
  const folded = FOLDS[node.type]?.(node, inputs as Inputs)
  if (folded !== undefined) return folded
  const [first] = constants
  return first === undefined ? undefined : withoutNumbers(first)
}

function withoutNumbers({ numbers: _numbers, ...rest }: ConstantValue): ConstantValue {
  return rest
}

/** A tensor's sizes as a constant, which is how a model asks for them. */
export function shapeConstant(dims: readonly number[]): ConstantValue {
  return known([dims.length], dims)
}
