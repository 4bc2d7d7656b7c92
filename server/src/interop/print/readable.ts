/** An import graph as a network with a block for each kind of module. */
import { format } from '../../../../grammar/format'
import type { ImportGraph, ImportTensor, Operation } from '../graph/graph'
import { commonSteps, isNumber } from '../graph/paths'
import { constantSlots, showValue } from './call'
import { classify } from './classes'
import type { BlockClass, Body, Element } from './elements'
import { identifier, type Namer, namer } from './names'
import { type SharedUse, sharedUses } from './shared'
import { nameByModules, statements } from './statements'

/** What the network comes to, for the `expect` lines at its end. */
export interface Totals {
  readonly params: number
  readonly macs: number
}

/** The text of a network with blocks, formatted. */
export function printReadable(graph: ImportGraph, totals?: Totals): string {
  const names = namer()
  const shared = sharedUses(graph, names)
  const { body, blocks } = classify(graph, new Set(shared.keys()))
  const fileNames = namer()
  const network = fileNames.name(graph.name)
  const named = new Map<BlockClass, string>(
    blocks.map((block) => [block, fileNames.name(snakeCase(block.wanted))]),
  )
  const blockName = (callee: Element['callee']) => named.get(callee as BlockClass) ?? ''
  const texts = [
    `## Read from ${graph.origin}.\nnetwork ${network} {\n${networkLines(graph, body, { blockName, names, shared }, totals).join('\n')}\n}`,
    ...blocks.toReversed().map((block) => blockText(block, blockName)),
  ]
  return format(`${texts.join('\n\n')}\n`)
}

/** What the lines of a network depend on beside its calls. */
interface InNetwork {
  readonly blockName: (callee: Element['callee']) => string
  readonly names: Namer
  readonly shared: ReadonlyMap<Operation, SharedUse>
}

function networkLines(
  graph: ImportGraph,
  body: Body,
  { blockName, names, shared }: InNetwork,
  totals: Totals | undefined,
): readonly string[] {
  const inputs = new Map<ImportTensor, string>()
  const lines: string[] = []
  for (const { name, tensor, shape } of graph.inputs) {
    const own = names.name(name)
    inputs.set(tensor, own)
    lines.push(`input ${own}: ${shape.length === 1 ? `[${shape[0]}]` : shape.join('x')}`)
  }
  const depth = sectionDepth(body)
  const sections = sectionsOf(body, depth)
  const written = statements(body, {
    inputs,
    namer: names,
    blockName,
    slotsOf: ({ options }) => constantSlots(options),
    condition: () => undefined,
    shared,
    section: (element) => sections.get(element) ?? '',
    wanted: (elements) => nameByModules(elements, depth),
  })
  lines.push(...written.lines)
  for (const { name, tensor } of graph.outputs) {
    const own = written.names.get(tensor) ?? '_'
    const last = lines.at(-1)
    const isLast = last?.startsWith(`${own} = `) && !inputs.has(tensor)
    if (isLast) lines.splice(-1, 1, `output ${last}`)
    else lines.push(`output ${names.name(/^output\W?\d*$/.test(name) ? own : name)} = ${own}`)
  }
  if (totals !== undefined) {
    lines.push('', `expect params == ${grouped(totals.params)}`, `expect macs == ${grouped(totals.macs)}`)
  }
  return lines
}

/** `25_557_032`. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_')
}

/** How many steps of the paths hold nearly the whole network: below them its parts begin. */
function sectionDepth({ elements }: Body): number {
  const total = elements.reduce((sum, { operations }) => sum + operations.length, 0)
  for (let depth = 0; ; depth++) {
    const counts = new Map<string, number>()
    for (const { path, operations } of elements) {
      const [next] = path.slice(depth + 1)
      if (next === undefined || isNumber(next.name)) continue
      const key = keyOf(path, depth + 1)
      counts.set(key, (counts.get(key) ?? 0) + operations.length)
    }
    if (Math.max(0, ...counts.values()) < 0.6 * total) return depth
  }
}

function keyOf(path: Element['path'], depth: number): string {
  return path
    .slice(0, depth)
    .map(({ name }) => name)
    .join('.')
}

/** The part of the network that each call belongs to; parts of one layer that follow each other are one. */
function sectionsOf({ elements }: Body, depth: number): ReadonlyMap<Element, string> {
  const keys = elements.map(({ path }) => keyOf(path, depth + 1))
  const sizes = new Map<string, number>()
  for (const [i, { operations }] of elements.entries()) {
    const key = keys[i] as string
    sizes.set(key, (sizes.get(key) ?? 0) + operations.length)
  }
  const sections = new Map<Element, string>()
  let before: Element | undefined
  for (const [i, element] of elements.entries()) {
    const key = keys[i] as string
    const repeats = before !== undefined && isSameCall(before, element)
    if (repeats) sections.set(element, sections.get(before as Element) as string)
    else sections.set(element, (sizes.get(key) ?? 0) > 1 ? key : '')
    before = element
  }
  return sections
}

function isSameCall(a: Element, b: Element): boolean {
  return a.callee === b.callee && JSON.stringify(a.options) === JSON.stringify(b.options)
}

function blockText(block: BlockClass, blockName: (callee: Element['callee']) => string): string {
  const { general, parameters, slots, conditions } = block
  const depth = commonSteps(general.elements.map(({ path }) => path)).length
  const names = namer()
  for (const { name } of parameters) names.name(name)
  const inputs = new Map<ImportTensor, string>()
  const tensors = general.inputs.map((tensor, i) => {
    const name = names.name(general.takesList ? 'xs' : i === 0 ? 'x' : `x${i + 1}`)
    inputs.set(tensor, name)
    return `${name}: ${general.takesList ? 'tensors' : 'tensor'}`
  })
  const written = statements(general, {
    inputs,
    namer: names,
    blockName,
    slotsOf: (_element, at) => slots[at] ?? {},
    condition: (at) => conditions[at],
    section: () => '',
    wanted: (elements) => nameByModules(elements, depth),
  })
  const options = parameters.map(({ name, default: standard }) =>
    standard === undefined ? name : `${name}=${showValue(standard)}`,
  )
  const results = general.outputs.map((tensor) => written.names.get(tensor) ?? '_')
  const heading = `block ${blockName(block)}(${[...tensors, ...options].join(', ')}) {`
  return [heading, ...inlined(written.lines, results), '}'].join('\n')
}

/** The lines and the return; what the last line makes is returned as it stands. */
function inlined(lines: readonly string[], results: readonly string[]): readonly string[] {
  const [only] = results
  const last = lines.at(-1)
  const prefix = `${only} = `
  if (results.length === 1 && last?.startsWith(prefix))
    return [...lines.slice(0, -1), `return ${last.slice(prefix.length)}`]
  return [...lines, `return ${results.join(', ')}`]
}

function snakeCase(name: string): string {
  return identifier(
    name
      .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, a = '', b = '', c = '') =>
        c ? `${c}_` : `${a}_${b}`,
      )
      .toLowerCase(),
  )
}
