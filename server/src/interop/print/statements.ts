/** The calls of a body as lines of the language: flows along arrows, with names where a tensor is read twice. */
import type { ImportTensor, Operation } from '../graph/graph'
import { commonSteps, isNumber } from '../graph/paths'
import { showBlockCall, showLayerCall, showTurns } from './call'
import { type Body, type Condition, type Element, isGrowth, isLayer, type Slot } from './elements'
import { identifier, type Namer } from './names'
import type { SharedUse } from './shared'

export interface Written {
  readonly lines: readonly string[]
  /** How each tensor can be named behind the lines. */
  readonly names: ReadonlyMap<ImportTensor, string>
}

/** What the body stands in. */
export interface Surroundings {
  /** The names of the tensors that come in. */
  readonly inputs: ReadonlyMap<ImportTensor, string>
  readonly namer: Namer
  /** How a block is called in the text. */
  readonly blockName: (callee: Element['callee']) => string
  /** What the options of a call are in the text: values, or expressions of parameters. */
  readonly slotsOf: (element: Element, at: number) => Readonly<Record<string, Slot>>
  /** What decides whether a call is there. */
  readonly condition: (at: number) => Condition | undefined
  /** What a layer is called whose weights are used more than once. */
  readonly shared?: ReadonlyMap<Operation, SharedUse>
  /** Two calls of different sections do not share a line. */
  readonly section: (element: Element) => string
  /** How a tensor is called that ends a line. */
  readonly wanted: (elements: readonly Element[]) => string
}

/** One flow: its first tensors, the stages, and what it makes. */
interface Flow {
  readonly elements: Element[]
  readonly stages: string[]
  start: string
}

/** @returns the lines, and how each tensor that outlives them is called */
export function statements(body: Body, around: Surroundings): Written {
  const names = new Map(around.inputs)
  const lines: string[] = []
  const reads = readCounts(body)
  const kept = new Set(body.outputs)
  const declarations: string[] = []
  let flow: Flow | undefined

  const end = () => {
    if (flow === undefined) return
    const last = flow.elements.at(-1) as Element
    const text = flowText(flow)
    const made = last.outputs.map((tensor) => {
      const name = around.namer.name(around.wanted(flow?.elements ?? []))
      names.set(tensor, name)
      return name
    })
    lines.push(...declarations.splice(0), `${made.join(', ')} = ${text}`)
    flow = undefined
  }

  for (let at = 0; at < body.elements.length; at++) {
    const element = body.elements[at] as Element
    const condition = around.condition(at)
    if (condition !== undefined) {
      end()
      at += optional(at, condition) - 1
      continue
    }
    const use = sharedUse(element)
    const call = use === undefined ? callText(element, at) : () => use.name
    for (const { called, remark } of remarked(element)) declarations.push(`# ${called}: ${remark}`)
    // What is declared stands before the flow that uses it first.
    if (use?.declares) declarations.push(`shared ${use.name} = ${callText(element, at)([])}`)
    const [first, ...others] = element.inputs
    const tail = flow?.elements.at(-1)
    const isNext =
      flow !== undefined &&
      tail !== undefined &&
      first !== undefined &&
      tail.outputs.length === 1 &&
      tail.outputs[0] === first &&
      reads.get(first) === 1 &&
      !kept.has(first) &&
      !joinsList(element) &&
      around.section(tail) === around.section(element)
    if (isNext && flow !== undefined) {
      flow.elements.push(element)
      flow.stages.push(call(others.map(nameOf)))
      continue
    }
    end()
    if (isGrowth(element.callee)) {
      loop(element, at)
      continue
    }
    flow = { elements: [element], stages: [], start: '' }
    if (joinsList(element)) flow.start = call(element.inputs.map(nameOf))
    else if (first === undefined) flow.start = call([])
    else {
      flow.start = nameOf(first)
      flow.stages.push(call(others.map(nameOf)))
    }
  }
  end()
  return { lines, names }

  function sharedUse({ operations }: Element): SharedUse | undefined {
    const [operation] = operations
    return operation === undefined ? undefined : around.shared?.get(operation)
  }

  function nameOf(tensor: ImportTensor): string {
    return names.get(tensor) ?? '_'
  }

  /** A list that each turn makes longer by what it makes of it. */
  function loop(element: Element, at: number): void {
    const { callee, inputs, outputs } = element
    if (!isGrowth(callee)) return
    const slots = around.slotsOf(element, at)
    const isListAlready = body.takesList === true && inputs[0] === body.inputs[0]
    const list = around.namer.name('features')
    names.set(outputs[0] as ImportTensor, list)
    const call = showBlockCall(callee.grows, around.blockName(callee.grows), slots, [list])
    lines.push(
      `${list} = ${isListAlready ? nameOf(inputs[0] as ImportTensor) : `[${inputs.map(nameOf).join(', ')}]`}`,
    )
    lines.push(`for _i in range(${showTurns(slots)}) { ${list} = ${list} + [${call}] }`)
  }

  /**
   * The calls of a run that may be missing rebind one name, which holds what goes through where they are.
   *
   * @returns how many calls the run has
   */
  function optional(at: number, { parameter }: Condition): number {
    const run = runAt(body, at, around)
    const result = (run.at(-1) as Element).outputs[0] as ImportTensor
    const passed = passedThrough(run, at, result)
    const isRebound = body.inputs.includes(passed) || (reads.get(passed) ?? 0) > 1
    const name = isRebound ? around.namer.name(around.wanted(run)) : nameOf(passed)
    const inside = statements(
      { elements: run, inputs: [], outputs: [result] },
      {
        ...around,
        inputs: names,
        condition: () => undefined,
        slotsOf: (element, i) => around.slotsOf(element, at + i),
      },
    )
    if (isRebound) lines.push(`${name} = ${nameOf(passed)}`)
    const own = inside.names.get(result) ?? name
    const rebinding = inside.lines.map((line) =>
      line.startsWith(`${own} = `) ? `${name}${line.slice(own.length)}` : line,
    )
    lines.push(`if ${parameter} { ${rebinding.join('\n')} }`)
    names.set(result, name)
    return run.length
  }

  /** What goes through a run of calls where they are missing. */
  function passedThrough(run: readonly Element[], at: number, result: ImportTensor): ImportTensor {
    let passed = result
    for (const [i, element] of [...run.entries()].reverse()) {
      if (!element.outputs.includes(passed)) continue
      passed = element.inputs[around.condition(at + i)?.through ?? 0] as ImportTensor
    }
    return passed
  }

  function callText(element: Element, at: number): (tensors: readonly string[]) => string {
    const shown = around.slotsOf(element, at)
    const { callee } = element
    return (tensors) =>
      isLayer(callee)
        ? showLayerCall(callee, shown, tensors)
        : showBlockCall(isGrowth(callee) ? callee.grows : callee, around.blockName(callee), shown, tensors)
  }
}

/** The operation of a call of a layer that the language does not say all of. */
function remarked({ callee, operations }: Element): readonly Operation[] {
  return isLayer(callee) ? operations.filter(({ remark }) => remark !== undefined) : []
}

/** The run of calls from one on that its condition decides on. */
function runAt({ elements }: Body, at: number, around: Surroundings): readonly Element[] {
  const { parameter } = around.condition(at) as Condition
  const end = elements.findIndex((_, i) => i > at && around.condition(i)?.parameter !== parameter)
  return elements.slice(at, end < 0 ? undefined : end)
}

function flowText({ start, stages }: Flow): string {
  return [start, ...repeated(stages)].filter((part) => part !== '').join(' -> ')
}

/** Equal stages in a row as `3 * unit(64)`. */
function repeated(stages: readonly string[]): readonly string[] {
  const made: string[] = []
  for (let i = 0; i < stages.length; ) {
    let count = 1
    while (stages[i + count] === stages[i]) count++
    made.push(count === 1 ? (stages[i] as string) : `${count} * ${stages[i]}`)
    i += count
  }
  return made
}

/** Whether the tensors of a call stand in a list, so that none of them leads along the arrow. */
function joinsList({ callee, inputs }: Element): boolean {
  return isLayer(callee) ? callee.tensors[0]?.rest !== undefined : inputs.length > 1
}

function readCounts({ elements }: Body): ReadonlyMap<ImportTensor, number> {
  const counts = new Map<ImportTensor, number>()
  for (const { inputs } of elements) {
    for (const tensor of inputs) counts.set(tensor, (counts.get(tensor) ?? 0) + 1)
  }
  return counts
}

/** The name of a line by the modules of its calls: their common one, or that of the last with weights. */
export function nameByModules(elements: readonly Element[], depth: number): string {
  const common = commonSteps(elements.map(({ path }) => path.slice(depth)))
  const weighted = elements.filter(({ operations }) => operations.some(({ layer }) => layer.weightLayers))
  const named = (weighted.length > 0 ? weighted : elements).at(-1) as Element
  const steps = common.length > 0 ? common : named.path.slice(depth, depth + 1)
  const [first] = steps
  if (first === undefined || isNumber(first.name)) return resultName(elements.at(-1) as Element)
  const name = identifier(steps.map((step) => step.name).join('_'))
  const isRow =
    elements.length > 1 && common.length === 0 && elements.every(({ callee }) => callee === named.callee)
  return isRow ? name.replace(/_?\d+$/, '') || name : name
}

function resultName({ callee }: Element): string {
  if (!isLayer(callee)) return 'y'
  return callee.name === 'add' ? 'total' : callee.name === 'concat' ? 'joined' : 'y'
}
