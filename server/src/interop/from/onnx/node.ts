/** A node of an ONNX graph with its attributes at hand. */

import type { ModuleStep } from '../../graph/graph'
import type { Attribute, Graph, Node, Tensor } from '../../onnx/onnx_pb'
import type { CallSite } from '../trace/tracer'

const UTF8 = new TextDecoder()

export class OnnxNode {
  readonly #attributes: ReadonlyMap<string, Attribute>

  constructor(
    readonly node: Node,
    readonly opset: number,
  ) {
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]))
  }

  /** Where the model has it. */
  get site(): CallSite {
    return { path: modulePath(this.node.name), called: this.type }
  }

  get type(): string {
    return this.node.opType
  }

  has(name: string): boolean {
    return this.#attributes.has(name)
  }

  int(name: string, standard: number): number {
    const found = this.#attributes.get(name)
    return found === undefined ? standard : Number(found.i)
  }

  ints(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.ints.map(Number)
  }

  float(name: string, standard: number): number {
    return this.#attributes.get(name)?.f ?? standard
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.floats
  }

  text(name: string, standard: string): string {
    const found = this.#attributes.get(name)
    return found === undefined ? standard : UTF8.decode(found.s)
  }

  tensor(name: string): Tensor | undefined {
    return this.#attributes.get(name)?.t
  }

  graph(name: string): Graph | undefined {
    return this.#attributes.get(name)?.g
  }
}

/**
 * The modules that a node belongs to, read off its name: PyTorch's exporter writes `/layer1/layer1.0/conv1/Conv`,
 * where each step repeats the path of containers. Names of other exporters say nothing sure and give no path.
 */
function modulePath(name: string): readonly ModuleStep[] {
  if (!name.startsWith('/')) return []
  const steps = name.split('/').slice(1, -1)
  return steps.flatMap((step, i) => {
    const before = steps[i - 1]
    const prefix = before === undefined ? undefined : `${before}.`
    const own = prefix !== undefined && step.startsWith(prefix) ? step.slice(prefix.length) : step
    return own.split('.').map((part) => ({ name: part }))
  })
}
