/** What a text is made of before it is written: calls of layers and of blocks, between tensors. */
import type { AnyLayer } from '../../model/layer'
import type { ImportOptions, ImportTensor, ModuleStep, Operation } from '../graph/graph'
import type { BlockClass } from './classes'

/** A call: of a layer, or of a block that stands for a module. */
export interface Element {
  readonly callee: AnyLayer | BlockClass
  /** Options of the layer, or what the block's parameters are given, by their names. */
  readonly options: ImportOptions
  readonly inputs: readonly ImportTensor[]
  readonly outputs: readonly ImportTensor[]
  /** The modules that it belongs to, the outermost first. */
  readonly path: readonly ModuleStep[]
  /** The operations that it stands for. */
  readonly operations: readonly Operation[]
}

export function isBlock(callee: Element['callee']): callee is BlockClass {
  return 'general' in callee
}

export function elementOf(operation: Operation): Element {
  const { layer, options, inputs, outputs, path } = operation
  return { callee: layer, options, inputs, outputs, path, operations: [operation] }
}

/** Calls that belong together, with the tensors that come in and go out. */
export interface Body {
  readonly elements: readonly Element[]
  /** The tensors that are read and not made here, in the order in which they are first read. */
  readonly inputs: readonly ImportTensor[]
  /** The tensors that are made here and read elsewhere, in the order in which they are made. */
  readonly outputs: readonly ImportTensor[]
}

/** Who reads what outside of a set of operations. */
export interface Uses {
  readonly readers: ReadonlyMap<ImportTensor, readonly Operation[]>
  readonly outputs: ReadonlySet<ImportTensor>
}

export function bodyOf(elements: readonly Element[], uses: Uses): Body {
  const own = new Set(elements.flatMap(({ operations }) => operations))
  const made = new Set(elements.flatMap(({ outputs }) => outputs))
  const inputs = new Set(elements.flatMap((element) => element.inputs).filter((tensor) => !made.has(tensor)))
  const outputs = [...made].filter(
    (tensor) => uses.outputs.has(tensor) || (uses.readers.get(tensor) ?? []).some((reader) => !own.has(reader)),
  )
  return { elements, inputs: [...inputs], outputs }
}
