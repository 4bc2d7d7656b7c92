/** A call of a dump with its arguments at hand. */
import type { CallSite, Tracer } from '../trace/tracer'
import { NoCounterpart } from '../trace/tracer'
import type { ConstantValue, TensorValue, TraceValue } from '../trace/values'
import type { DumpCall, DumpValue } from './dump'

/** What a call makes: a tensor, several, or nothing that is followed. */
export type Made = TraceValue | readonly (Made | undefined)[] | undefined

export interface PyTorchCall {
  readonly site: CallSite
  readonly tracer: Tracer
  readonly call: DumpCall
  /** The sizes, batch included, of what the call made. */
  readonly results: readonly (readonly number[])[]
  /** An argument by its place or its name. */
  argument(place: number, name: string): DumpValue | undefined
  /** A value as a tensor, weights or constant; undefined for what is none. */
  value(value: DumpValue | undefined): TraceValue | undefined
  /** The weights of a layer by their name in it. */
  weight(name: string): ConstantValue | undefined
}

/** Reads a call. @throws NoCounterpart where the language cannot say it */
export type CallReader = (call: PyTorchCall) => Made

/** The tensor at a place. @throws NoCounterpart for anything else */
export function tensorArgument(call: PyTorchCall, place: number, name: string): TensorValue {
  const value = call.value(call.argument(place, name))
  if (value?.kind !== 'tensor') throw new NoCounterpart(`its argument ${name} does not depend on the input`)
  return value
}

/** Tensors and constants in a list. */
export function listArgument(call: PyTorchCall, place: number, name: string): readonly TraceValue[] {
  const list = call.argument(place, name)
  const values = Array.isArray(list) ? list.map((each: DumpValue) => call.value(each)) : []
  if (values.length === 0 || !values.every((value) => value !== undefined)) {
    throw new NoCounterpart(`its argument ${name} is no list of tensors`)
  }
  return values
}

export function numberOf(value: DumpValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** A list of numbers; a single number is a list of one. */
export function numbersOf(value: DumpValue | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined
}

/** One number for each of so many axes. */
export function perAxis(value: DumpValue | undefined, axes: number, standard: number): readonly number[] {
  const numbers = numbersOf(value) ?? [standard]
  return numbers.length === axes ? numbers : Array.from({ length: axes }, () => numbers[0] as number)
}

/** What a layer was made with. */
export function attribute({ call }: PyTorchCall, name: string): DumpValue | undefined {
  return call.attributes?.[name]
}

/** The first tensor. @throws NoCounterpart when it does not depend on the input */
export function input(call: PyTorchCall): TensorValue {
  return tensorArgument(call, 0, 'input')
}
