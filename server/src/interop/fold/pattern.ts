/** What a fold looks at: who makes a tensor and who reads it. */
import { findLayer } from '../../layers/index'
import type { ImportOptions, ImportTensor, Operation } from '../graph/graph'
import { commonSteps } from '../graph/paths'

/** The graph while it is being folded. */
export interface Wiring {
  /** The operation that makes a tensor; undefined for an input. */
  maker(tensor: ImportTensor | undefined): Operation | undefined
  /** The operations that read a tensor, each once. */
  readers(tensor: ImportTensor): readonly Operation[]
  isOutput(tensor: ImportTensor): boolean
}

/** Operations that together are one: `made` stands in their place. */
export interface Folded {
  readonly parts: readonly Operation[]
  readonly made: readonly Operation[]
}

/** Looks whether an operation is the last of a pattern. */
export interface Fold {
  /** What it finds, for the report: `x · sigmoid(x) is silu`. */
  readonly name: string
  match(last: Operation, wiring: Wiring): Folded | undefined
}

export function is(operation: Operation | undefined, layer: string): operation is Operation {
  return operation?.layer.name === layer
}

/** The operation behind a tensor, when it is this layer and nothing else reads what it makes. */
export function only(wiring: Wiring, tensor: ImportTensor | undefined, layer: string): Operation | undefined {
  const maker = wiring.maker(tensor)
  return is(maker, layer) && tensor !== undefined && isOnlyFor(wiring, tensor) ? maker : undefined
}

/** Whether a tensor is read once and is no output. */
function isOnlyFor(wiring: Wiring, tensor: ImportTensor): boolean {
  return wiring.readers(tensor).length === 1 && !wiring.isOutput(tensor)
}

/** The two inputs of an operation in either order. */
export function eitherWay({ inputs }: Operation): readonly (readonly [ImportTensor, ImportTensor])[] {
  const [a, b] = inputs
  return a === undefined || b === undefined || inputs.length !== 2
    ? []
    : [
        [a, b],
        [b, a],
      ]
}

/** The operation with another layer, options and inputs; it stands where the last of its parts stood. */
export function standing(
  last: Operation,
  layer: string,
  inputs: readonly ImportTensor[],
  options: ImportOptions,
  parts: readonly Operation[],
): Operation {
  const found = findLayer(layer)
  if (found === undefined) throw new Error(`there is no layer ${layer}`)
  const { remark: _remark, ...rest } = last
  return {
    ...rest,
    layer: found,
    options,
    inputs,
    weights: parts.flatMap(({ weights }) => weights),
    path: commonSteps(parts.map(({ path }) => path)),
    called: parts.map(({ called }) => called).join(', '),
  }
}

export function nearly(a: unknown, b: number): boolean {
  return typeof a === 'number' && Math.abs(a - b) <= 1e-4 * Math.abs(b)
}
