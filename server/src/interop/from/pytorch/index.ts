/** PyTorch models, as `dump.py` has recorded them, as import graphs. */

import { product } from '../../../model/shape'
import type { DeclaredSize, ImportFault, ImportGraph, ImportInput, ModuleStep } from '../../graph/graph'
import { type CallSite, NoCounterpart, tracer as newTracer, type Tracer } from '../trace/tracer'
import { batchAt, type ConstantValue, imageShape, type TensorValue, type TraceValue } from '../trace/values'
import { type CallReader, type Made, numbersOf, type PyTorchCall } from './call'
import type { Dump, DumpCall, DumpFault, DumpStep, DumpValue } from './dump'
import { FUNCTIONS } from './functions/index'
import { MODULES } from './modules'

/** The network that a dump has recorded; one that raised ends where it did. */
export function readPyTorch(dump: Dump, name: string): ImportGraph {
  const batchSize = Math.max(1, ...dump.inputs.map(({ tensor }) => batchOf(dump, tensor)))
  const tracer = newTracer(batchSize)
  const values = new Map<number, TraceValue>()
  const inputs = dump.inputs.map((input): ImportInput => {
    const dims = dump.tensors[input.tensor]?.shape ?? []
    const batch = dims.length > 1 ? batchAt(0) : undefined
    const tensor = { shape: imageShape(dims, batch, batchSize) }
    values.set(input.tensor, { kind: 'tensor', tensor, dims, batch })
    return { name: input.name, tensor, shape: tensor.shape }
  })
  const reading: Reading = { dump, tracer, values }
  for (const call of dump.calls) readCall(call, reading)
  return {
    name,
    origin: `${dump.model}, PyTorch ${dump.torch}`,
    inputs,
    operations: tracer.operations,
    outputs: dump.outputs.flatMap(({ name: output, tensor }) => {
      const value = values.get(tensor)
      return value?.kind === 'tensor' ? [{ name: output, tensor: value.tensor }] : []
    }),
    ...(dump.fault === null ? {} : { fault: faultOf(dump.fault, reading) }),
    remarks:
      batchSize === 1 ? [] : [`The model ran on a batch of ${batchSize}; all figures are for one image.`],
  }
}

/** The call that raised, with what it read. */
function faultOf({ call: at, path, frames, type, message }: DumpFault, reading: Reading): ImportFault {
  const call = at === null ? undefined : reading.dump.calls[at]
  const last = frames.at(-1)
  const line = last === undefined ? {} : { line: { file: last.file, line: last.line } }
  const original = `${type}: ${message}`
  if (call === undefined)
    return { path: path.map(stepOf), called: type, inputs: [], message: original, ...line }
  const site = siteOf(call)
  const declared = declaredBy(call)
  const reason = refusal(call, site, reading)
  return {
    ...site,
    ...line,
    inputs: tensorsRead(call, reading).map(({ tensor }) => tensor),
    message: original,
    ...(declared === undefined ? {} : { declared }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Why the layer here cannot be applied either; nothing of the attempt is kept. */
function refusal(call: DumpCall, site: CallSite, reading: Reading): string | undefined {
  const reader = readerOf(call)
  if (reader === undefined) return undefined
  try {
    return reading.tracer.attempt(() => {
      reader(callOf(call, site, reading))
      throw new Applied()
    })
  } catch (error) {
    if (error instanceof Applied) return undefined
    if (error instanceof NoCounterpart) return error.message
    throw error
  }
}

/** The layer here can be applied: what was tried is undone by it. */
class Applied extends Error {}

/** The sizes of their input that layers of torch.nn state, with the axis that has them. */
const DECLARED: Readonly<Record<string, number>> = {
  in_features: -1,
  in_channels: 0,
  num_features: 0,
  num_channels: 0,
  input_size: -1,
  embed_dim: -1,
  normalized_shape: -1,
}

function declaredBy({ attributes = {} }: DumpCall): DeclaredSize | undefined {
  for (const [name, axis] of Object.entries(DECLARED)) {
    const value = numbersOf(attributes[name])?.at(-1)
    if (typeof value === 'number') return { name, value, axis }
  }
  return undefined
}

interface Reading {
  readonly dump: Dump
  readonly tracer: Tracer
  /** What each recorded tensor is. */
  readonly values: Map<number, TraceValue>
}

function batchOf({ tensors }: Dump, tensor: number): number {
  const shape = tensors[tensor]?.shape ?? []
  return shape.length > 1 ? (shape[0] as number) : 1
}

function readCall(call: DumpCall, reading: Reading): void {
  if (call.out === undefined) return
  const site = siteOf(call)
  const made = isConstant(call, reading) ? constantMade(call, reading) : attempted(call, site, reading)
  keep(call.out, made, site, call, reading)
}

/** Functions that make a tensor of their own, whatever tensor they take the size or the type from. */
const MAKERS =
  /^(new_|zeros_like|ones_like|full_like|empty_like|rand|randn|arange|zeros|ones|full|tensor|meshgrid|linspace)/

/** Whether what a call makes is the same for all inputs. */
function isConstant(call: DumpCall, reading: Reading): boolean {
  return MAKERS.test(lastName(call)) || constantsOnly(call, reading)
}

/** A constant made of others: it is the weight that it is made of, in another shape. */
function constantMade({ args, kwargs, out }: DumpCall, reading: Reading): Made {
  const weights = [...args, ...Object.values(kwargs)].flatMap((value) => constantsIn(value, reading))
  const source = weights.find(({ weight }) => weight !== undefined)
  const made = (value: DumpValue | undefined): Made => {
    if (Array.isArray(value)) return value.map((each: DumpValue) => made(each))
    const [tensor] = tensorsIn(value)
    if (tensor === undefined) return undefined
    const dims = reading.dump.tensors[tensor]?.shape ?? []
    if (source === undefined) return { kind: 'constant', dims, trained: false }
    const of = source.of ?? source.dims
    return {
      kind: 'constant',
      dims,
      trained: source.trained,
      weight: source.weight as string,
      ...(product(of) === product(dims) ? {} : { of }),
    }
  }
  return made(out)
}

function constantsIn(value: DumpValue, reading: Reading): readonly ConstantValue[] {
  if (Array.isArray(value)) return value.flatMap((each: DumpValue) => constantsIn(each, reading))
  const found = traceValue(value, reading)
  return found?.kind === 'constant' ? [found] : []
}

function lastName({ function: name }: DumpCall): string {
  return (name ?? '').split('.').at(-1) ?? ''
}

/** Whether nothing that the call reads depends on an input: it makes a constant. */
function constantsOnly({ args, kwargs }: DumpCall, reading: Reading): boolean {
  const reads = (value: DumpValue): boolean => {
    if (Array.isArray(value)) return value.some(reads)
    if (typeof value !== 'object' || value === null || !('t' in value)) return false
    return reading.values.get(value.t)?.kind === 'tensor'
  }
  return ![...args, ...Object.values(kwargs)].some(reads)
}

function attempted(call: DumpCall, site: CallSite, reading: Reading): Made | NoCounterpart {
  const reader = readerOf(call)
  if (reader === undefined) return new NoCounterpart('the language has no such layer')
  try {
    return reading.tracer.attempt(() => {
      const made = reader(callOf(call, site, reading))
      checkSizes(call.out, made, reading)
      return made
    })
  } catch (error) {
    if (error instanceof NoCounterpart) return error
    throw error
  }
}

/** A method of a tensor in place has the name of the method with `_`. */
function readerOf(call: DumpCall): CallReader | undefined {
  const { module } = call
  if (module !== undefined) return Object.hasOwn(MODULES, module) ? MODULES[module] : undefined
  const plain = lastName(call).replace(/(?<=[a-z\d])_$/, '')
  return Object.hasOwn(FUNCTIONS, plain) ? FUNCTIONS[plain] : undefined
}

function callOf(call: DumpCall, site: CallSite, reading: Reading): PyTorchCall {
  return {
    site,
    tracer: reading.tracer,
    call,
    results: sizesOf(call.out, reading.dump),
    argument: (place, name) => call.kwargs[name] ?? call.args[place],
    value: (value) => traceValue(value, reading),
    weight: (name) => {
      const known = call.parameters?.[name]
      return known === undefined || known === null ? undefined : weightNamed(known, reading.dump)
    },
  }
}

function weightNamed(name: string, { parameters }: Dump): ConstantValue | undefined {
  const found = parameters[name]
  return found === undefined
    ? undefined
    : { kind: 'constant', dims: found.shape, weight: name, trained: found.trained }
}

function traceValue(value: DumpValue | undefined, reading: Reading): TraceValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if ('t' in value) return reading.values.get(value.t)
  if ('p' in value) return weightNamed(value.p, reading.dump)
  if ('c' in value) {
    const dims = reading.dump.tensors[value.c]?.shape ?? []
    return {
      kind: 'constant',
      dims,
      trained: false,
      ...(value.numbers === null ? {} : { numbers: value.numbers }),
    }
  }
  return undefined
}

/** The sizes of all tensors in what a call made, in their order. */
function sizesOf(out: DumpValue | undefined, dump: Dump): readonly (readonly number[])[] {
  return tensorsIn(out).map((tensor) => dump.tensors[tensor]?.shape ?? [])
}

function tensorsIn(out: DumpValue | undefined): readonly number[] {
  if (Array.isArray(out)) return out.flatMap((each) => tensorsIn(each))
  return typeof out === 'object' && out !== null && 't' in out ? [out.t] : []
}

/** @throws NoCounterpart where our layer makes another size than PyTorch did */
function checkSizes(out: DumpValue | undefined, made: Made, reading: Reading): void {
  if (out === undefined || made === undefined) return
  if (Array.isArray(out)) {
    if (Array.isArray(made)) for (const [i, each] of out.entries()) checkSizes(each, made[i], reading)
    return
  }
  const [tensor] = tensorsIn(out)
  if (tensor === undefined || Array.isArray(made)) return
  const actual = reading.dump.tensors[tensor]?.shape ?? []
  const own = (made as TraceValue).dims
  if (own.length !== actual.length || own.some((size, i) => size !== actual[i])) {
    throw new NoCounterpart(`it makes ${actual.join('×')} where the layer here makes ${own.join('×')}`)
  }
}

/** Remembers what a call made; what could not be read is opaque, with the size that PyTorch gave it. */
function keep(
  out: DumpValue | undefined,
  made: Made | NoCounterpart,
  site: CallSite,
  call: DumpCall,
  reading: Reading,
): void {
  if (out === undefined || out === null) return
  if (Array.isArray(out)) {
    for (const [i, each] of out.entries()) {
      keep(
        each,
        made instanceof NoCounterpart ? made : Array.isArray(made) ? made[i] : undefined,
        site,
        call,
        reading,
      )
    }
    return
  }
  const [tensor] = tensorsIn(out)
  if (tensor === undefined) return
  const dims = reading.dump.tensors[tensor]?.shape ?? []
  if (made instanceof NoCounterpart) {
    reading.values.set(tensor, reading.tracer.opaque(site, tensorsRead(call, reading), dims, made.message))
  } else if (made !== undefined && !Array.isArray(made)) {
    reading.values.set(tensor, made as TraceValue)
  } else {
    reading.values.set(
      tensor,
      reading.tracer.opaque(
        site,
        tensorsRead(call, reading),
        dims,
        'a result that the layer here does not give',
      ),
    )
  }
}

function tensorsRead({ args, kwargs }: DumpCall, reading: Reading): readonly TensorValue[] {
  const collect = (value: DumpValue): readonly TensorValue[] => {
    if (Array.isArray(value)) return value.flatMap((each: DumpValue) => collect(each))
    const found = traceValue(value, reading)
    return found?.kind === 'tensor' ? [found] : []
  }
  return [...args, ...Object.values(kwargs)].flatMap(collect)
}

function siteOf({ path, module, function: name, line }: DumpCall): CallSite {
  return {
    path: path.map(stepOf),
    called: module ?? name ?? '',
    ...(line === null ? {} : { line }),
  }
}

/** Containers have no class of their own to speak of. */
const CONTAINERS: readonly string[] = ['Sequential', 'ModuleList', 'ModuleDict']

function stepOf({ name, type }: DumpStep): ModuleStep {
  return type === null || CONTAINERS.includes(type) ? { name } : { name, type }
}
