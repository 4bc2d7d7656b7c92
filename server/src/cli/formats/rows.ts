import type { Analysis } from '../../check/analysis'
import { shapesIn } from '../../check/semantics/runs'
import { showValue } from '../../check/words'
import { inOrder } from '../../model/applications'
import type { Frame, LayerNode, NetworkGraph, Run, Tensor, UncertainNode, Value } from '../../model/graph'
import type { Outline } from '../../model/outline'
import { showKnown } from '../../model/show'
import { showCall } from '../../model/show-call'
import { isList, isTensor, outlineOf } from '../../model/value'

/** One line of a summary: a layer, or a run of a block with what its layers add up to. */
export interface Row {
  readonly kind: 'layer' | 'block'
  readonly label: string
  /** The names that the results were bound to in the body that the row stands in. */
  readonly names: readonly string[]
  /** 0 in the network's own body. */
  readonly depth: number
  /** Empty where it is unknown. */
  readonly outputs: readonly (Tensor | Outline)[]
  /** Null where it rests on a fault. */
  readonly params: number | null
  readonly macs: number | null
  /** The layer uses the weights of an earlier one. */
  readonly shared: boolean
  /** How many equal runs in a row it stands for. */
  readonly times: number
}

interface Branch {
  readonly frame: Frame
  readonly children: (Branch | LayerNode | UncertainNode)[]
}

/**
 * The layers of a network as a tree of the blocks that applied them, in order. Runs of blocks at `maxDepth`
 * are folded into one row, and equal ones in a row into one with their number.
 */
export function rowsOf(graph: NetworkGraph, analysis: Analysis, maxDepth: number): Row[] {
  const tools: Tools = {
    graph,
    analysis,
    maxDepth,
    names: namesInBodies(graph),
    runs: new Map(graph.runs.map((run) => [run.frame, run])),
  }
  return branchRows(treeOf(graph), 0, tools)
}

interface Tools {
  readonly graph: NetworkGraph
  readonly analysis: Analysis
  readonly maxDepth: number
  readonly names: (tensors: readonly (Tensor | Outline)[], frame: Frame) => readonly string[]
  readonly runs: ReadonlyMap<Frame, Run>
}

/** Groups the layers by the runs that made them; a run's layers follow each other. */
function treeOf({ frame, layers, uncertain }: NetworkGraph): Branch {
  const root: Branch = { frame, children: [] }
  let open: Branch[] = [root]
  for (const layer of inOrder(layers, uncertain)) {
    const chain = chainOf(layer.frame)
    let shared = 0
    while (shared < open.length && open[shared]?.frame === chain[shared]) shared++
    open = open.slice(0, Math.max(shared, 1))
    for (const frame of chain.slice(shared)) {
      const branch: Branch = { frame, children: [] }
      open.at(-1)?.children.push(branch)
      open.push(branch)
    }
    open.at(-1)?.children.push(layer)
  }
  return root
}

/** From the network's own frame to `frame`. */
function chainOf(frame: Frame): Frame[] {
  const chain = [frame]
  for (let at = frame; at.call !== undefined; at = at.call.frame) chain.unshift(at.call.frame)
  return chain
}

function branchRows(branch: Branch, depth: number, tools: Tools): Row[] {
  const rows: Row[] = []
  for (const child of branch.children) {
    if (!('children' in child)) {
      rows.push(layerRow(child, depth, tools))
      continue
    }
    const row = blockRow(child, branch.frame, depth, tools)
    if (depth < tools.maxDepth) {
      rows.push(row, ...branchRows(child, depth + 1, tools))
      continue
    }
    const last = rows.at(-1)
    if (last && isSame(last, row)) rows[rows.length - 1] = { ...row, times: last.times + 1 }
    else rows.push(row)
  }
  return rows
}

/** Whether folding two runs into one row loses nothing: only the name may differ, the last one is kept. */
function isSame(a: Row, b: Row): boolean {
  return (
    a.kind === 'block' &&
    a.label === b.label &&
    a.names.length === 0 &&
    a.params === b.params &&
    a.macs === b.macs &&
    shapesOf(a) === shapesOf(b)
  )
}

function shapesOf({ outputs }: Row): string {
  return outputs.map(showKnown).join(' ')
}

function layerRow(node: LayerNode | UncertainNode, depth: number, { names, analysis }: Tools): Row {
  const isCertain = node.kind === 'layer'
  const { start, end } = node.site
  const text = analysis.files.get(node.file)?.text.slice(start, end) ?? node.layer.name
  return {
    kind: 'layer',
    label: isCertain ? showCall(node) : text.replace(/\s+/g, ' '),
    names: names(node.outputs, node.frame),
    depth,
    outputs: node.outputs,
    params: isCertain ? node.params : node.cost.params,
    macs: isCertain ? node.macs : node.cost.macs,
    shared: isCertain && node.sharedWith !== undefined,
    times: 1,
  }
}

function blockRow(branch: Branch, parent: Frame, depth: number, tools: Tools): Row {
  const run = tools.runs.get(branch.frame)
  const outputs = shapesIn(run?.results ?? [])
  const sums = { params: 0, macs: 0 }
  addUp(branch, sums)
  return {
    kind: 'block',
    label: blockLabel(branch.frame, run, tools.analysis),
    names: tools.names(outputs, parent),
    depth,
    outputs,
    ...sums,
    shared: false,
    times: 1,
  }
}

function addUp(branch: Branch, sums: { params: number; macs: number }) {
  for (const child of branch.children) {
    if ('children' in child) addUp(child, sums)
    else {
      const { params, macs } = child.kind === 'layer' ? child : child.cost
      sums.params += params ?? 0
      sums.macs += macs ?? 0
    }
  }
}

/** A run as one would write its call: `bottleneck(64, stride=2)`. */
function blockLabel({ declaration, file }: Frame, run: Run | undefined, { files }: Analysis): string {
  const args: string[] = []
  for (const { name, default: standard } of declaration.params) {
    const value = run?.args.find((arg) => arg.name === name.name)?.value
    if (value === undefined || tensorsIn(value).length > 0) continue
    const text = showValue(value)
    if (standard === undefined) args.push(text)
    else if (files.get(file)?.text.slice(standard.start, standard.end) !== text)
      args.push(`${name.name}=${text}`)
  }
  const { name } = declaration.name
  return args.length === 0 ? name : `${name}(${args.join(', ')})`
}

/** The tensors of a value, lists taken apart. */
function tensorsIn(value: Value): Tensor[] {
  if (isTensor(value)) return [value.tensor]
  return isList(value) ? value.flatMap(tensorsIn) : []
}

/** Which names tensors were first bound to in the body of a frame. */
function namesInBodies({ bindings }: NetworkGraph): Tools['names'] {
  const names = new Map<Frame, Map<Tensor | Outline, string>>()
  for (const { frame, name, value } of bindings) {
    const tensor = isTensor(value) ? value.tensor : outlineOf(value)
    if (tensor === undefined) continue
    const inFrame = names.get(frame) ?? new Map<Tensor | Outline, string>()
    names.set(frame, inFrame)
    if (!inFrame.has(tensor)) inFrame.set(tensor, name.name)
  }
  return (tensors, frame) => tensors.flatMap((tensor) => names.get(frame)?.get(tensor) ?? [])
}
