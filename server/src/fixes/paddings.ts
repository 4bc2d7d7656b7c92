/** Searches among the windows that lead to a fault for paddings with which it would not occur. */
import { span } from '../layers/padding'
import type { WindowAxis } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { Candidate, FixContext } from './fix'
import { type Simulation, simulate } from './simulate'
import { type OptionTarget, optionTargets } from './targets'
import { describeTarget } from './titles'
import {
  halfAmounts,
  hasPadding,
  mostPadding,
  namedPadding,
  type PaddingChoice,
  paddingAmounts,
  windowsOf,
} from './window-options'

/** How many layers a search may infer again; a few milliseconds. */
const BUDGET = 40_000
/** How many combinations of amounts are tried for one window when no simple padding helps. */
const MOST_COMBINATIONS = 200

export interface PaddingSearch {
  /** The layers whose paddings may be changed and all that the fault depends on, in the order of application. */
  readonly layers: readonly LayerNode[]
  /** The layers to be changed rather than the others. */
  readonly preferred?: ReadonlySet<LayerNode>
  /** Whether the fault is gone. */
  readonly accept: (simulation: Simulation) => boolean
}

/** The applications whose padding one text gives. */
interface Group {
  readonly target: OptionTarget
  readonly nodes: readonly LayerNode[]
  readonly preferred: boolean
  /** Whether its windows now keep the border: the output is ⌈i/s⌉ or more. */
  readonly keeps: boolean
}

interface Solution extends Change {
  readonly rank: number
}

/** Paddings with which `accept` holds, in two parts between which other fixes may be proposed. */
export interface FoundPaddings {
  /** Changes that give back a lost border, one window first, then all lossy windows together. */
  readonly certain: () => Generator<Candidate>
  /** Changes elsewhere that make up for the fault, searched when they are asked for. */
  readonly detours: () => Generator<Candidate>
}

export function findPaddings(context: FixContext, search: PaddingSearch): FoundPaddings {
  const groups = groupsOf(context, search)
  const attempt = limited(search)
  const ranked = (solve: (group: Group, attempt: Attempt) => readonly Solution[]) =>
    groups
      .flatMap((group) => solve(group, attempt))
      .sort((a, b) => a.rank - b.rank || a.group.nodes.length - b.group.nodes.length)
      .map((solution) => toCandidate(context, [solution]))
  return {
    *certain() {
      yield* ranked(restoring)
      if (context.solved?.()) return
      yield* solveTogether(groups, attempt).map((changes) => toCandidate(context, changes))
    },
    *detours() {
      for (const solve of [anyAmount, anyCombination]) {
        if (context.solved?.()) return
        for (const candidate of ranked(solve)) yield { ...candidate, fallback: true }
      }
    },
  }
}

/** All paddings before a stage with which it would be sound. */
export function* upstreamPaddings(context: FixContext, search: PaddingSearch): Generator<Candidate> {
  const { certain, detours } = findPaddings(context, search)
  yield* certain()
  yield* detours()
}

interface Change {
  readonly group: Group
  readonly choice: PaddingChoice
}

type Attempt = (changes: readonly Change[]) => boolean

function limited({ layers, accept }: PaddingSearch): Attempt {
  let budget = BUDGET
  return (changes) => {
    if (budget < 0) return false
    const options = new Map<LayerNode, LayerNode['options']>()
    for (const { group, choice } of changes) {
      for (const node of group.nodes) options.set(node, { ...node.options, padding: choice.padding })
    }
    const simulation = simulate(layers, { options: (node) => options.get(node) })
    budget -= 1 + layers.length / 50 + (simulation?.changed.size ?? 0)
    return simulation !== undefined && accept(simulation)
  }
}

function groupsOf({ analysis }: FixContext, { layers, preferred }: PaddingSearch): readonly Group[] {
  const groups = new Map<string, { target: OptionTarget; nodes: LayerNode[]; preferred: boolean }>()
  for (const node of layers) {
    if (!hasPadding(node.layer)) continue
    for (const target of optionTargets(analysis, node, 'padding')) {
      const group = groups.get(target.key) ?? { target, nodes: [], preferred: false }
      groups.set(target.key, group)
      group.nodes.push(node)
      if (preferred?.has(node)) group.preferred = true
    }
  }
  return [...groups.values()].map((group) => ({ ...group, keeps: group.nodes.every(keepsBorder) }))
}

function keepsBorder(node: LayerNode): boolean {
  const output = node.outputs[0]?.shape ?? []
  return windowsOf(node).every(({ input, stride }, i) => (output[i + 1] ?? 0) >= Math.ceil(input / stride))
}

/** The choices that `attempt` accepts, no more than `most`: the changes that explain the fault best come first. */
function accepted(
  group: Group,
  attempt: Attempt,
  choices: Iterable<PaddingChoice>,
  most: number,
): readonly Solution[] {
  const solutions: Solution[] = []
  for (const choice of choices) {
    if (!attempt([{ group, choice }])) continue
    const rank = solutions.length / 4 + (group.preferred ? 0 : 2) + (group.keeps ? 1 : 0)
    solutions.push({ group, choice, rank })
    if (solutions.length >= most) break
  }
  return solutions
}

/** Amounts or names that keep the size. */
function restoring(group: Group, attempt: Attempt): readonly Solution[] {
  const axes = windowsOf(group.nodes[0] as LayerNode)
  const odd = axes.every((axis) => span(axis) % 2 === 1)
  const choices = [halfAmounts(axes), namedPadding('half'), ...(odd ? [] : [namedPadding('same')])]
  return accepted(group, attempt, choices, 2)
}

function anyAmount(group: Group, attempt: Attempt): readonly Solution[] {
  const node = group.nodes[0] as LayerNode
  const names = [namedPadding('same'), namedPadding('full'), namedPadding('valid')]
  return accepted(group, attempt, [...uniform(node, windowsOf(node)), ...names], 2)
}

function anyCombination(group: Group, attempt: Attempt): readonly Solution[] {
  const node = group.nodes[0] as LayerNode
  return accepted(group, attempt, combinations(node, windowsOf(node)), 1)
}

/** The same amount on all sides, those nearest to half the window first. */
function* uniform(node: LayerNode, axes: readonly WindowAxis[]): Generator<PaddingChoice> {
  const most = Math.max(...axes.map((axis) => mostPadding(node.layer, axis)))
  const half = Math.floor((Math.max(...axes.map(span)) - 1) / 2)
  const amounts = Array.from({ length: most + 1 }, (_, amount) => amount)
  amounts.sort((a, b) => Math.abs(a - half) - Math.abs(b - half) || a - b)
  for (const amount of amounts) {
    const all = axes.map(() => amount)
    yield paddingAmounts(all, all)
  }
}

/** Amounts that differ between axes or sides, the odd one at the end, fewest first. */
function* combinations(node: LayerNode, axes: readonly WindowAxis[]): Generator<PaddingChoice> {
  const totals = axes.map((axis) => 2 * mostPadding(node.layer, axis))
  let tried = 0
  for (const amounts of product(totals)) {
    if (++tried > MOST_COMBINATIONS) return
    yield paddingAmounts(
      amounts.map((total) => Math.floor(total / 2)),
      amounts.map((total) => Math.ceil(total / 2)),
    )
  }
}

function* product(limits: readonly number[]): Generator<readonly number[]> {
  const [limit, ...rest] = limits
  if (limit === undefined) {
    yield []
    return
  }
  for (let amount = 0; amount <= limit; amount++) {
    for (const others of product(rest)) yield [amount, ...others]
  }
}

/** All windows that lose the border, made to keep it. */
function solveTogether(groups: readonly Group[], attempt: Attempt) {
  const sets = [
    groups.filter((group) => group.preferred && !group.keeps),
    groups.filter((group) => !group.keeps),
  ]
  return sets.flatMap((set) => {
    const disjoint = set.filter(
      ({ nodes }, i) => !set.slice(0, i).some((other) => other.nodes.some((node) => nodes.includes(node))),
    )
    if (disjoint.length < 2) return []
    const explicit = disjoint.map((group) => ({
      group,
      choice: halfAmounts(windowsOf(group.nodes[0] as LayerNode)),
    }))
    const named = disjoint.map((group) => ({ group, choice: namedPadding('half') }))
    return [explicit, named].filter((changes) => attempt(changes))
  })
}

function toCandidate(context: FixContext, changes: readonly Change[]): Candidate {
  const [first] = changes as [Change]
  const { target, nodes } = first.group
  const [node] = nodes as [LayerNode]
  const texts = new Set(changes.map(({ choice }) => choice.text))
  const action =
    changes.length === 1
      ? `Set padding=${first.choice.text}${describeTarget(context, target)}`
      : `Set padding=${[...texts].join(' and ')} on ${changes.length} layers`
  return {
    action,
    file: target.file,
    ...(context.problem.stage === undefined ? { shows: { file: node.file, range: node.site } } : {}),
    edits: changes
      .filter(({ group }) => group.target.file === target.file)
      .flatMap(({ group, choice }) => group.target.edits(choice.text)),
  }
}
