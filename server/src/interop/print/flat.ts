/** An import graph as a network of one line a layer. */
import { format } from '../../../../grammar/format'
import type { ImportGraph, ImportTensor, Operation } from '../graph/graph'
import { showCall } from './call'
import { identifier, namer, wantedName } from './names'
import { sharedUses } from './shared'

export interface Printed {
  readonly text: string
  /** For each line of the text the operation that it writes. */
  readonly lines: ReadonlyMap<number, Operation>
}

export function printFlat(graph: ImportGraph): Printed {
  const names = namer()
  const named = new Map<ImportTensor, string>()
  const body: (string | Operation)[] = []
  const texts = new Map<Operation, string>()
  for (const { name, tensor, shape } of graph.inputs) {
    const own = names.name(name)
    named.set(tensor, own)
    body.push(`input ${own}: ${shape.length === 1 ? `[${shape[0]}]` : shape.join('x')}`)
  }
  const shared = sharedUses(graph, names)
  for (const operation of graph.operations) {
    const inputs = operation.inputs.map((tensor) => named.get(tensor) ?? '_')
    const results = operation.outputs.map((tensor) => {
      const own = names.name(wantedName(operation))
      named.set(tensor, own)
      return own
    })
    const use = shared.get(operation)
    if (use?.declares) body.push(`shared ${use.name} = ${showCall(operation)}`)
    const call = use === undefined ? undefined : use.name
    texts.set(operation, `${results.join(', ')} = ${applied(operation, inputs, call)}`)
    body.push(operation)
  }
  for (const { name, tensor } of graph.outputs) {
    body.push(`output ${names.name(name)} = ${named.get(tensor) ?? '_'}`)
  }
  return laidOut(graph, body, texts)
}

/** `x -> conv(64, 3)`, or `add(a, b)` for what joins several. */
function applied(operation: Operation, inputs: readonly string[], call: string | undefined): string {
  const [first, ...others] = inputs
  if (call !== undefined) return `${inputs.join(', ')} -> ${call}`
  if (first === undefined) return showCall(operation)
  const isList = operation.layer.tensors[0]?.rest !== undefined
  if (isList) return showCall(operation, inputs.length === 1 ? [`[${first}]`] : inputs)
  return `${first} -> ${showCall(operation, others)}`
}

function laidOut(
  graph: ImportGraph,
  body: readonly (string | Operation)[],
  texts: ReadonlyMap<Operation, string>,
): Printed {
  const lines: string[] = [`## Read from ${graph.origin}.`, `network ${identifier(graph.name)} {`]
  const operations = new Map<number, Operation>()
  for (const item of body) {
    if (typeof item === 'string') lines.push(item)
    else {
      if (item.remark !== undefined) lines.push(`# ${item.called}: ${item.remark}`)
      operations.set(lines.length + 1, item)
      lines.push(texts.get(item) as string)
    }
  }
  lines.push('}', '')
  return { text: format(lines.join('\n')), lines: operations }
}
