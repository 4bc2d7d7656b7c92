/** Modules that are built alike become one block, with what differs between them as its parameters. */
import type { ImportGraph, ImportOptions, ImportTensor, Operation } from '../graph/graph'
import { isNumber } from '../graph/paths'
import { type Alignment, align } from './align'
import {
  asListBody,
  type BlockClass,
  type Body,
  bodyOf,
  type Element,
  elementOf,
  isBlock,
  type Uses,
} from './elements'
import { type Growths, withLoops } from './growth'
import { kindOfBody } from './kinds'
import { byHeight, isModule, type ModuleNode, moduleTree } from './modules'
import { parametersOf } from './parameters'

export interface Program {
  readonly body: Body
  /** Each before those that call it. */
  readonly blocks: readonly BlockClass[]
}

interface Instance {
  readonly node: ModuleNode
  /** What is compared with others: a list stands for tensors that are only joined. */
  readonly body: Body
  /** The tensors that come in, one by one. */
  readonly inputs: readonly ImportTensor[]
}

/** The calls of a graph, with a block for each kind of module that is worth one. */
export function classify(graph: ImportGraph, shared: ReadonlySet<Operation>): Program {
  const root = moduleTree(graph)
  const uses = usesOf(graph)
  const contents = new Map<ModuleNode, readonly Element[]>()
  const blocks: BlockClass[] = []
  const growths: Growths = new Map()
  for (const nodes of byHeight(root)) {
    const instances = nodes.map((node): Instance => {
      const body = bodyOf(withLoops(elementsOf(node, contents), growths), uses)
      return { node, body: asListBody(body), inputs: body.inputs }
    })
    for (const group of grouped(instances)) {
      const made = isWorthIt(group) && !sharesWeights(group, shared) ? blockOf(group) : undefined
      if (made === undefined) {
        for (const { instance } of group) contents.set(instance.node, separate(instance))
        continue
      }
      blocks.push(made.block)
      for (const [i, { instance }] of group.entries()) {
        contents.set(instance.node, [callOf(made.block, instance, made.given[i] as ImportOptions)])
      }
    }
  }
  return { body: bodyOf(withLoops(elementsOf(root, contents), growths), uses), blocks }
}

/** The calls of a module that is no block, its tensors one by one again. */
function separate({ body, inputs }: Instance): readonly Element[] {
  const [first, ...others] = body.elements
  return body.takesList && first !== undefined ? [{ ...first, inputs }, ...others] : body.elements
}

function usesOf({ operations, outputs }: ImportGraph): Uses {
  const readers = new Map<ImportTensor, Operation[]>()
  for (const operation of operations) {
    for (const tensor of operation.inputs) readers.set(tensor, [...(readers.get(tensor) ?? []), operation])
  }
  return { readers, outputs: new Set(outputs.map(({ tensor }) => tensor)) }
}

function elementsOf(
  { children }: ModuleNode,
  contents: ReadonlyMap<ModuleNode, readonly Element[]>,
): readonly Element[] {
  return children.flatMap((child) => (isModule(child) ? (contents.get(child) ?? []) : [elementOf(child)]))
}

interface Member {
  readonly instance: Instance
  readonly alignment: Alignment
}

/** Instances that one block can stand for, the fullest first. */
function grouped(instances: readonly Instance[]): readonly (readonly Member[])[] {
  const sorted = [...instances].sort((a, b) => b.body.elements.length - a.body.elements.length)
  const groups: Member[][] = []
  for (const instance of sorted) {
    const found = groups.find((group) => joins(instance, group))
    if (found !== undefined) {
      const general = (found[0] as Member).instance.body
      found.push({ instance, alignment: align(general, instance.body) as Alignment })
    } else {
      groups.push([{ instance, alignment: instance.body.elements.map((_, i) => i) }])
    }
  }
  return groups
}

/** Whether a module may share a block: of one class where classes are known, and with most calls in common. */
function joins({ node, body }: Instance, [first, ...others]: readonly Member[]): boolean {
  if (first === undefined || node.step.type !== first.instance.node.step.type) return false
  const general = first.instance.body
  const [most, own] = [general.elements.length, body.elements.length]
  if (own < most && (own < LEAST_SHARED || own * 2 < most)) return false
  const alignment = align(general, body)
  return alignment !== undefined && others.every((other) => passesAlike(alignment, other.alignment))
}

/** A module that lacks calls of another shares at least so many with it. */
const LEAST_SHARED = 3

/** Whether where both lack a call the same input goes through. */
function passesAlike(a: Alignment, b: Alignment): boolean {
  return a.every((place, i) => {
    const other = b[i]
    return typeof place !== 'object' || typeof other !== 'object' || place.through === other.through
  })
}

/** How many calls a block must spare before it is worth its lines. */
const LEAST_SPARED = 5

/** Whether a block makes the text shorter, and is more than a row of calls of other blocks. */
function isWorthIt(group: readonly Member[]): boolean {
  const [first] = group
  const { elements, inputs, outputs } = (first as Member).instance.body
  if (outputs.length === 0 || inputs.length === 0) return false
  const isRow = elements.every(({ callee, inputs: read }) => isBlock(callee) && read.length === 1)
  return !isRow && (group.length - 1) * (elements.length - 1) >= LEAST_SPARED
}

/** Whether a layer in it shares its weights: each run of a block would have its own. */
function sharesWeights(group: readonly Member[], shared: ReadonlySet<Operation>): boolean {
  return group.some(({ instance }) =>
    instance.body.elements.some(({ operations }) => operations.some((operation) => shared.has(operation))),
  )
}

function blockOf(
  group: readonly Member[],
): { block: BlockClass; given: readonly ImportOptions[] } | undefined {
  const [first] = group
  const { body, node } = (first as Member).instance
  const made = parametersOf(
    body,
    group.map(({ instance, alignment }) => ({ body: instance.body, alignment })),
  )
  const { type } = node.step
  const block: BlockClass = {
    wanted: type ?? kindOfBody(body) ?? nameOf(node),
    ...(type === undefined ? {} : { type }),
    general: body,
    parameters: made.parameters,
    slots: made.slots,
    conditions: made.conditions,
    instances: group.length,
  }
  return { block, given: made.given }
}

/** The last name on a module's path that is no number. */
function nameOf({ path }: ModuleNode): string {
  const names = path.map(({ name }) => name).filter((name) => !isNumber(name))
  return (names.at(-1) ?? 'unit').replace(/_?\d+$/, '') || 'unit'
}

function callOf(block: BlockClass, { node, body, inputs }: Instance, options: ImportOptions): Element {
  return {
    callee: block,
    options,
    inputs,
    outputs: body.outputs,
    path: node.path,
    operations: body.elements.flatMap(({ operations }) => operations),
  }
}
