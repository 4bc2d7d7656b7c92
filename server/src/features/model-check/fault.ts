/** Why a model did not run: the call that failed, in our words, with what would make it run. */
import { analyze } from '../../check/analyze'
import { memoryHost } from '../../check/host'
import type { ImportFault, ImportGraph, Operation } from '../../interop/graph/graph'
import { printFlat } from '../../interop/print/flat'
import { product, type Shape, showShape } from '../../model/shape'

/** The cause of a failure, for people. */
export interface ModelFault {
  /** The module that failed: `fc`. */
  readonly place: string
  /** What is wrong, with its numbers. */
  readonly what: string
  /** What may be done, one sentence each. */
  readonly remedies: readonly string[]
  readonly line?: Operation['line']
  /** The framework's own words. */
  readonly original: string
}

export function explained(graph: ImportGraph, fault: ImportFault): ModelFault {
  const { path, message, declared, line } = fault
  const place = path.map(({ name }) => name).join('.') || fault.called
  const sizes = declared === undefined ? undefined : mismatch(graph, fault, place)
  return {
    place,
    what: sizes?.what ?? fault.reason ?? message,
    remedies: sizes?.remedies ?? [],
    original: message,
    ...(line === undefined ? {} : { line }),
  }
}

/** A size that the module states and that does not arrive. */
function mismatch(graph: ImportGraph, { inputs, declared, called, path }: ImportFault, place: string) {
  const shape = inputs[0]?.shape
  if (shape === undefined || declared === undefined) return undefined
  const axis = declared.axis < 0 ? declared.axis + shape.length : declared.axis
  const arriving = shape[axis]
  if (arriving === undefined || arriving === declared.value) return undefined
  const noun = NOUNS[declared.name] ?? declared.name
  const from = flattenedFrom(graph, inputs[0])
  const origin = from === undefined ? '' : ` (${showShape(from)})`
  const fitting = from === undefined ? undefined : fittingInput(graph, declared.value, inputs[0])
  const changed = `${called}(${declared.name}=${arriving}) in ${path.at(-1)?.name ?? place}`
  return {
    what: `${place} takes ${declared.value} ${noun}; ${arriving}${origin} arrive${fitting === undefined ? '' : `; ${declared.value} arrive at ${fitting}`}`,
    remedies: [
      ...(shape.some((size, i) => size === declared.value && i !== axis)
        ? [
            `${declared.value} is the size of another axis of ${showShape(shape)}: swap them before, as x.transpose(1, 2) does`,
          ]
        : []),
      `write ${changed}`,
      ...(fitting === undefined ? [] : [`or give it images of ${fitting}`]),
      ...(from === undefined && shape.length > 2 && declared.axis < 0 && product(shape) === declared.value
        ? [`flatten before it: ${showShape(shape)} has ${declared.value} values`]
        : []),
    ],
  }
}

/** What the sizes that modules state count. */
const NOUNS: Readonly<Record<string, string>> = {
  in_channels: 'channels',
  num_features: 'channels',
  num_channels: 'channels',
  in_features: 'features',
  input_size: 'features',
  embed_dim: 'features',
  normalized_shape: 'features',
}

/** The map that a vector was flattened from. */
function flattenedFrom(
  { operations }: ImportGraph,
  tensor: Operation['inputs'][number] | undefined,
): Shape | undefined {
  const maker = operations.find(({ outputs }) => tensor !== undefined && outputs.includes(tensor))
  const shape = maker?.inputs[0]?.shape
  return maker?.layer.traits.rearranges === 'shape' && shape !== undefined && shape.length > 1
    ? shape
    : undefined
}

/** How many sizes of the input are tried. */
const MOST_TRIED = 96

/** The size of the first input, the same along all spatial axes, at which so many values arrive. */
function fittingInput(
  graph: ImportGraph,
  wanted: number,
  tensor: Operation['inputs'][number] | undefined,
): string | undefined {
  const [input] = graph.inputs
  const own = input?.shape.slice(1) ?? []
  const at = graph.operations.findIndex(({ outputs }) => tensor !== undefined && outputs.includes(tensor))
  if (input === undefined || own.length === 0 || at < 0) return undefined
  const cut: ImportGraph = {
    ...graph,
    outputs: [{ name: 'arriving', tensor: tensor as Operation['inputs'][number] }],
  }
  const { text } = printFlat(cut)
  const host = memoryHost({ 'model.cnn': text })
  const [smallest = 1] = [...own].sort((a, b) => a - b)
  for (let i = 1; i <= MOST_TRIED; i++) {
    const step = Math.max(1, Math.round(smallest / 32))
    for (const delta of [i * step, -i * step]) {
      const size = own.map((each) => each + delta)
      if (size.some((each) => each < 1)) continue
      const shape = [input.shape[0] as number, ...size]
      const name = /input ([^\s:]+):/.exec(text)?.[1] ?? input.name
      const { networks } = analyze('model.cnn', host, { inputs: { [name]: `[${shape.join(', ')}]` } })
      const output = networks[0]?.outputs[0]?.tensor
      if (output !== undefined && product(output.shape) === wanted) return showShape(size)
    }
  }
  return undefined
}
