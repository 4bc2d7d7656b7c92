/**
 * The nearest input sizes with which a network has no fault: each axis for itself. A size is tried by analysing the
 * text that has it. What is at fault then is a further condition on the sizes, which is tried without an analysis: a
 * network that is wrong on many levels takes one analysis a level.
 */
import type { Analysis, Host } from '../check/analysis'
import { analyze, runAgain } from '../check/analyze'
import { type ConcatData, isMeetingData, type MeetingData } from '../layers/constraints/merging'
import type { FaultyStage, InputNode, LayerNode, NetworkGraph, Tensor } from '../model/graph'
import { applyEdits, type Problem, type TextEdit } from '../model/problem'
import { type Shape, showShape } from '../model/shape'
import type { Candidate, FixContext } from './fix'
import { mapOffset } from './positions'
import { overlay } from './prove'
import { ancestors, inputsOf, passes, type Simulation, simulate } from './simulate'
import { type SizeNumber, sizeNumbers } from './size-texts'

export interface SizeSearch {
  readonly layers: readonly LayerNode[]
  readonly tensors: readonly Tensor[]
  readonly accept: (simulation: Simulation) => boolean
  /** The same of one axis alone, where the axes do not depend on each other. */
  readonly along?: (simulation: Simulation, axis: number) => boolean
}

/** What sizes must meet, so that a fault is gone. */
interface Condition extends SizeSearch {
  /** Of the axes of an input the number whose multiples no stage rounds. */
  readonly multiples: readonly { readonly input: string; readonly axis: number; readonly multiple: number }[]
}

/** How far from the present size others are tried; smaller ones only down to the half of it. */
const FARTHEST = 256
/** How many layers may be inferred again. */
const BUDGET = 15_000
/** How many analyses are spent on one problem; large networks get fewer, so that the time of an answer stays bounded. */
const ANALYSES = { least: 2, most: 24, layersAnalysed: 40_000 }

/** Sizes of inputs with which a fault is gone, as numbers of the text. */
export interface FoundSizes {
  readonly graph: NetworkGraph
  /** The nearest first. */
  readonly found: readonly Values[]
}

/** The nearest smaller and larger sizes of the inputs with which a fault is gone. */
export function findSizes(context: FixContext, search: SizeSearch): FoundSizes | undefined {
  const { analysis, host, problem } = context
  const [input] = inputsOf(search.tensors, search.layers)
  const graph = analysis.networks.find(({ inputs }) => inputs.some(({ node }) => node === input))
  if (input === undefined || graph === undefined) return undefined
  const condition = { multiples: [], ...conditionOf(problem), ...search }
  return { graph, found: nearestSizes({ analysis, host, problem, graph }, condition) }
}

/** Candidates that change the sizes of inputs where they are written. */
export function sizeCandidates({ graph, found }: FoundSizes): readonly Candidate[] {
  return found.map((values) => ({
    action: `Set ${showInputs(values)}`,
    file: graph.file,
    edits: editsOf(values),
  }))
}

/** Both: the candidates for the nearest smaller and larger sizes. */
export function* inputSizeCandidates(context: FixContext, search: SizeSearch): Generator<Candidate> {
  const sizes = findSizes(context, search)
  if (sizes !== undefined) yield* sizeCandidates(sizes)
}

/** The network with the first of the sizes that makes it sound. */
export function soundWith(
  { analysis, host }: Pick<FixContext, 'analysis' | 'host'>,
  { graph, found }: FoundSizes,
): NetworkGraph | undefined {
  const resolve: Host['resolve'] = (from, path) => host.resolve(from, path)
  for (const values of found) {
    const inputs: Record<string, string> = {}
    for (const input of changedInputs(values)) inputs[input.name.name] = shapeWith(input, values).join('x')
    const again = runAgain(analysis, resolve, graph.declaration, inputs)
    if (again.isSound) return again
  }
  return undefined
}

/** `input image to 3×352×352`, `inputs left and right to 3×64×64`. */
function showInputs(values: Values): string {
  const names = new Map<string, string[]>()
  for (const input of changedInputs(values)) {
    const shape = showShape(shapeWith(input, values))
    names.set(shape, [...(names.get(shape) ?? []), input.name.name])
  }
  const parts = [...names].map(([shape, inputs]) => {
    const last = inputs.at(-1)
    return inputs.length < 2
      ? `input ${last} to ${shape}`
      : `inputs ${inputs.slice(0, -1).join(', ')} and ${last} to ${shape}`
  })
  return parts.join(' and ')
}

/** Numbers of the text with the values that they get. */
type Values = ReadonlyMap<SizeNumber, number>

function changedInputs(values: Values): readonly InputNode[] {
  const changed = [...values].filter(([number, value]) => value !== number.value)
  return [...new Set(changed.flatMap(([{ gives }]) => gives.map(({ input }) => input)))]
}

function shapeWith(input: InputNode, values: Values): Shape {
  const shape = [...input.tensor.shape]
  for (const [{ gives }, value] of values) {
    for (const each of gives) if (each.input === input) shape[each.axis] = each.of(value)
  }
  return shape
}

function editsOf(values: Values): readonly TextEdit[] {
  return [...values].flatMap(([{ start, end, value: before }, value]) =>
    value === before ? [] : [{ start, end, text: String(value) }],
  )
}

interface Place {
  readonly analysis: Analysis
  readonly host: Host
  readonly problem: Problem
  readonly graph: NetworkGraph
}

/** The conditions of a fault that its stage tells. */
function conditionOf({ stage, data }: Problem): Condition | undefined {
  if (stage === undefined) return undefined
  const accept = (tried: Simulation) => passes(stage, tried) && !stretches(stage, tried)
  const own = { layers: ancestors(stage.inputs), tensors: stage.inputs, accept }
  if (!isMeetingData(data) || data.axis === null || data.axis === 0) return { ...own, multiples: [] }
  return { ...own, along: meetsAlong(stage, data), multiples: multiplesOf(data) }
}

/** Whether sizes would only agree because one has shrunk to 1 and is stretched. */
function stretches({ inputs }: FaultyStage, tried: Simulation): boolean {
  return inputs.some((tensor) =>
    tried.shape(tensor).some((size, axis) => axis > 0 && size === 1 && tensor.shape[axis] !== 1),
  )
}

function meetsAlong({ inputs }: FaultyStage, { along }: Partial<ConcatData>) {
  return (tried: Simulation, axis: number): boolean => {
    const sizes = inputs.map((tensor) => tried.shape(tensor)[axis])
    const own = inputs.map(({ shape }) => shape[axis])
    const meeting = sizes.filter((_, i) => own[i] !== 1)
    return axis === along || new Set(meeting).size < 2
  }
}

function multiplesOf({ rounded = [] }: MeetingData): Condition['multiples'] {
  return rounded.flatMap(({ axis, whole }) =>
    whole ? [{ input: whole.input, axis, multiple: whole.multiple }] : [],
  )
}

/** Numbers that change by the same amount. */
type Group = readonly SizeNumber[]

interface Search extends Place {
  /** The conditions that came up, the fault at hand first. */
  readonly conditions: Condition[]
  readonly budget: { inferred: number; analyses: number }
}

/**
 * The nearest sizes above and below with which the network has no fault more, the nearest first; where another fault
 * remains that no size removes, those with which the one at hand is gone.
 */
function nearestSizes(place: Place, first: Condition): readonly Values[] {
  const { analysis, graph } = place
  const { least, most, layersAnalysed } = ANALYSES
  const tries = Math.max(least, Math.min(most, Math.floor(layersAnalysed / (graph.layers.length + 1))))
  const numbers = sizeNumbers(analysis, graph)
  const apart = numbers.map((number) => [number])
  const alike = alikeGroups(numbers)
  for (const groups of alike.length < apart.length ? [apart, alike] : [apart]) {
    const budget = { inferred: BUDGET, analyses: tries }
    for (const step of stepsOf(groups, first)) {
      const found = [1, -1].flatMap((sign) => {
        const search = { ...place, conditions: [first], budget }
        return nearestBy(search, (conditions) => step(search, conditions, sign)) ?? []
      })
      const clean = found.filter(({ isClean }) => isClean)
      const chosen = clean.length > 0 ? clean : found
      if (chosen.length > 0) return chosen.map(({ values }) => values).sort((a, b) => movedBy(a) - movedBy(b))
    }
  }
  return []
}

function movedBy(values: Values): number {
  return [...values].reduce((sum, [{ value }, now]) => sum + Math.abs(now - value), 0)
}

/** The numbers of inputs that are alike, such as two images that are compared: along one axis they change together. */
function alikeGroups(numbers: readonly SizeNumber[]): readonly Group[] {
  const groups = new Map<string, SizeNumber[]>()
  for (const number of numbers) {
    const key = `${number.gives.map(({ axis }) => axis)} ${number.value}`
    groups.set(key, [...(groups.get(key) ?? []), number])
  }
  return [...groups.values()]
}

/** The next values that meet some conditions; undefined where there are none, or none that differ from the present ones. */
type Step = (search: Search, conditions: readonly Condition[], sign: number) => Values | undefined

/**
 * How sizes are looked for: each axis by itself, first among the multiples that no stage rounds; then all together,
 * and one alone.
 */
function stepsOf(groups: readonly Group[], { along, multiples }: Condition): readonly Step[] {
  const single = groups.length > 1 ? groups.map((group) => [group]) : []
  return [
    ...(multiples.length > 0 ? [eachAlone(groups, true)] : []),
    ...(along ? [eachAlone(groups, false)] : []),
    ...[groups, ...single].map((moved) => together(moved.flat())),
  ]
}

/** Moves each number to the nearest value that meets the conditions along its axes, the present one where that does. */
function eachAlone(groups: readonly Group[], byMultiples: boolean): Step {
  return (search, conditions, sign) => {
    const values = new Map<SizeNumber, number>()
    for (const group of groups) {
      const distance = distances(sign).find((by) => {
        const moved = movedTo(group, by)
        return isLargeEnough(moved) && conditions.every((each) => meets(search, each, moved, byMultiples))
      })
      if (distance === undefined) return undefined
      for (const [number, value] of movedTo(group, distance)) values.set(number, value)
    }
    return values
  }
}

function distances(sign: number): readonly number[] {
  return Array.from({ length: FARTHEST + 1 }, (_, distance) => sign * distance)
}

/** Moves all numbers by the same amount, until the conditions are met. */
function together(group: Group): Step {
  return (search, conditions, sign) => {
    for (const by of distances(sign).slice(1)) {
      const values = movedTo(group, by)
      if (!isLargeEnough(values)) return undefined
      if (conditions.every((each) => accepts(search, each, values))) return values
    }
    return undefined
  }
}

function movedTo(group: Group, by: number): Values {
  return new Map(group.map((number) => [number, number.value + by]))
}

function isLargeEnough(values: Values): boolean {
  return [...values].every(([{ value }, now]) => 2 * now >= value)
}

/** Whether a condition is met along the axes to which some numbers give sizes, whatever the others are. */
function meets(search: Search, condition: Condition, values: Values, byMultiples: boolean): boolean {
  const { along, multiples } = condition
  const gives = [...values].flatMap(([number, value]) => number.gives.map((each) => ({ ...each, value })))
  const isWhole = gives.every(({ input, axis, of, value }) =>
    multiples.every(
      (each) => each.axis !== axis || each.input !== input.name.name || of(value) % each.multiple === 0,
    ),
  )
  if (byMultiples && !isWhole) return false
  if (!dependsOn(condition, gives)) return true
  const tried = tryWith(search, condition, values)
  if (tried === undefined) return false
  return along ? gives.every(({ axis }) => along(tried, axis)) : condition.accept(tried)
}

function accepts(search: Search, condition: Condition, values: Values): boolean {
  const tried = tryWith(search, condition, values)
  return tried !== undefined && condition.accept(tried)
}

function dependsOn({ tensors, layers }: Condition, gives: readonly { readonly input: InputNode }[]): boolean {
  const names = new Set(gives.map(({ input }) => input.name.name))
  return inputsOf(tensors, layers).some(({ name }) => names.has(name.name))
}

function tryWith({ budget }: Search, { layers }: Condition, values: Values): Simulation | undefined {
  if (budget.inferred < 0) return undefined
  budget.inferred -= layers.length + 1
  return simulate(layers, {
    // The condition may come from an analysis of other sizes, whose inputs are others.
    input: ({ name, tensor }) => {
      const shape = [...tensor.shape]
      for (const [{ gives }, value] of values) {
        for (const each of gives) if (each.input.name.name === name.name) shape[each.axis] = each.of(value)
      }
      return shape
    },
  })
}

interface Found {
  readonly values: Values
  /** No other fault is left that the present sizes do not have. */
  readonly isClean: boolean
}

/** Steps from values to values, as long as what is at fault with them tells a new condition. */
function nearestBy(
  search: Search,
  step: (conditions: readonly Condition[]) => Values | undefined,
): Found | undefined {
  const { conditions, budget } = search
  let before: string | undefined
  let found: Found | undefined
  while (budget.analyses > 0) {
    const values = step(conditions)
    const key = values && [...values.values()].join(' ')
    if (values === undefined || key === before || editsOf(values).length === 0) return found
    before = key
    budget.analyses--
    const fault = faultWith(search, values)
    if (fault === undefined) return { values, isClean: true }
    const condition = conditionOf(fault)
    if (condition === undefined && fault.code === search.problem.code) return undefined
    // A fault that is not one of sizes is none that other sizes bring.
    if (condition === undefined || isMeetingOfChannels(fault)) return { values, isClean: false }
    // Maps that do not meet elsewhere show that the size is wrong; another fault may be one of its own.
    if (isMeetingData(fault.data)) found = undefined
    else found ??= { values, isClean: false }
    conditions.push(condition)
  }
  return found
}

function isMeetingOfChannels({ data }: Problem): boolean {
  return isMeetingData(data) && data.axis === 0
}

/** The first error that the network has with other sizes, and did not have before; or the one at hand, if it stays. */
function faultWith({ analysis, host, problem, graph }: Place, values: Values): Problem | undefined {
  const { file } = graph
  const edits = editsOf(values)
  const text = applyEdits(analysis.files.get(file)?.text ?? '', edits)
  const after = analyze(analysis.uri, overlay(host, file, text), { ...analysis.options, network: graph.name })
  const keyOf = ({ code, range, file: own }: Problem) =>
    `${code} ${own === file ? mapOffset(range.start, edits) : range.start}`
  const old = new Set(analysis.problems.map(keyOf))
  old.delete(keyOf(problem))
  return after.problems.find(
    ({ code, severity, range }) => severity === 'error' && !old.has(`${code} ${range.start}`),
  )
}

/**
 * A network with a fault in its shapes as it would be with the nearest size of an input that makes it sound; the
 * network itself where it is. Undefined where no size near helps.
 */
export function nearestSound(
  analysis: Analysis,
  resolve: Host['resolve'],
  graph: NetworkGraph,
): NetworkGraph | undefined {
  if (graph.isSound) return graph
  const problem = analysis.problems.find(({ stage }) => stage?.before === graph.layers)
  const first = problem && conditionOf(problem)
  if (problem === undefined || first === undefined) return undefined
  const host = { file: (uri: string) => analysis.files.get(uri), resolve }
  const found = nearestSizes({ analysis, host, problem, graph }, first)
  return soundWith({ analysis, host }, { graph, found })
}
