/** Searches among the windows that lead to a fault for paddings with which it would not occur. */
import { memo } from '../../../grammar/memo'
import type { LayerNode } from '../model/graph'
import type { Place } from '../model/problem'
import { causalChoice } from './causal'
import type { Candidate, FixContext } from './fix'
import { padLikeOthers } from './pad-stages'
import { combinedChoices, restoringChoices, simpleChoices } from './padding-choices'
import { type PaddingGroup, paddingGroups } from './padding-groups'
import { type Pattern, patternFor } from './padding-pattern'
import { type Simulation, simulate } from './simulate'
import type { OptionTarget } from './targets'
import { describeChange, describeTarget } from './titles'
import { namedPadding, type PaddingChoice } from './window-options'

/** How many layers a search may infer again; a few milliseconds. */
const BUDGET = 40_000

/** How many texts are looked at, the nearest to the fault first. */
const MOST_GROUPS = 300

export interface PaddingSearch {
  /** The layers whose paddings may be changed and all that the fault depends on, in the order of application. */
  readonly layers: readonly LayerNode[]
  /** The layers to be changed rather than the others. */
  readonly preferred?: ReadonlySet<LayerNode>
  /** The fault shows that the size is to be kept: a window that loses the border was certainly meant to be padded. */
  readonly keepsSize?: boolean
  /** Whether the fault is gone. */
  readonly accept: (simulation: Simulation) => boolean
}

interface Solution extends Change {
  readonly rank: number
}

/** Paddings with which `accept` holds, in two parts between which other fixes may be proposed. */
export interface FoundPaddings {
  /** Changes that pad the begin alone where both ends are padded by all that the windows reach. */
  readonly causal: () => Generator<Candidate>
  /** Changes that give back a lost border, one window first, then all lossy windows together. */
  readonly certain: () => Generator<Candidate>
  /** Changes elsewhere that make up for the fault, searched when they are asked for. */
  readonly detours: () => Generator<Candidate>
}

export function findPaddings(context: FixContext, search: PaddingSearch): FoundPaddings {
  const groups = paddingGroups(context.analysis, search.layers, search.preferred).slice(0, MOST_GROUPS)
  const attempt = limited(search)
  const preferred = groups.filter((group) => group.preferred)
  const others = groups.filter((group) => !group.preferred)
  const pattern = memo((group: PaddingGroup) => patternFor(context.analysis, group, groups))
  const candidates = (among: readonly PaddingGroup[], solve: Solver) =>
    among
      .flatMap((group) => solve({ group, attempt, pattern }))
      .sort(byLikelihood)
      .map((solution) => toCandidate(context, [solution]))
  const isMeant = (changed: readonly PaddingGroup[]) =>
    changed.every((group) => !group.keeps && (search.keepsSize || pattern(group).isBeside))
  return {
    *causal() {
      const found = solveCausal(context, preferred, attempt)
      for (const changes of found) yield { ...toCandidate(context, changes), meant: true }
    },
    *certain() {
      for (const among of [preferred, others]) {
        const alone = among.flatMap((group) => restoring({ group, attempt, pattern })).sort(byLikelihood)
        const found =
          alone.length > 0 ? alone.map((solution) => [solution]) : solveTogether(among, attempt, pattern)
        for (const { group } of alone) {
          const candidate = group.keeps ? undefined : padLikeOthers(context.analysis, group, groups)
          if (candidate) yield candidate
        }
        for (const changes of found) {
          const meant = isMeant(changes.map(({ group }) => group))
          yield { ...toCandidate(context, changes), ...(meant && { meant }) }
        }
        if (found.length > 0 || context.solved?.()) return
      }
    },
    *detours() {
      for (const solve of [restoring, simple, combined]) {
        for (const among of [preferred, others]) {
          if (context.solved?.()) return
          for (const candidate of candidates(among, solve)) yield { ...candidate, fallback: true }
        }
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
  readonly group: PaddingGroup
  readonly choice: PaddingChoice
}

type Attempt = (changes: readonly Change[]) => boolean

interface Trial {
  readonly group: PaddingGroup
  readonly attempt: Attempt
  readonly pattern: (group: PaddingGroup) => Pattern
}

/** The changes of one group that an attempt accepts. */
type Solver = (trial: Trial) => readonly Solution[]

function limited({ layers, accept }: PaddingSearch): Attempt {
  let budget = BUDGET
  return (changes) => {
    if (budget < 0) return false
    const options = new Map<LayerNode, LayerNode['options']>()
    for (const { group, choice } of changes) {
      for (const node of group.nodes) {
        const padding = typeof choice.padding === 'function' ? choice.padding(node) : choice.padding
        if (padding === undefined) return false
        options.set(node, { ...node.options, padding })
      }
    }
    const simulation = simulate(layers, { options: (node) => options.get(node) })
    budget -= 1 + layers.length / 50 + (simulation?.changed.size ?? 0)
    return simulation !== undefined && accept(simulation)
  }
}

/** Of equal changes the one that affects the fewest layers, at the place that is meant to be changed. */
function byLikelihood(a: Solution, b: Solution): number {
  return a.rank - b.rank || a.group.nodes.length - b.group.nodes.length || a.group.order - b.group.order
}

/** The choices that `attempt` accepts, no more than `most`: the changes that explain the fault best come first. */
function accepted(
  group: PaddingGroup,
  attempt: Attempt,
  choices: Iterable<PaddingChoice>,
  most: number,
): readonly Solution[] {
  const solutions: Solution[] = []
  for (const choice of choices) {
    if (!attempt([{ group, choice }])) continue
    const rank = solutions.length / 4 + (group.keeps ? 1 : 0) + (group.imported ? 0.4 : 0)
    solutions.push({ group, choice, rank })
    if (solutions.length >= most) break
  }
  return solutions
}

function restoring({ group, attempt, pattern }: Trial): readonly Solution[] {
  if (group.keeps ? !group.gains : !group.overlaps) return []
  return accepted(group, attempt, restoringChoices(group, pattern(group)), 2)
}

function simple({ group, attempt }: Trial): readonly Solution[] {
  return accepted(group, attempt, simpleChoices(group), 2)
}

function combined({ group, attempt }: Trial): readonly Solution[] {
  return accepted(group, attempt, combinedChoices(group), 1)
}

/** Each window that is padded on both ends by all that it reaches, padded at the begin alone; all of them where one is not enough. */
function solveCausal(
  { analysis }: FixContext,
  groups: readonly PaddingGroup[],
  attempt: Attempt,
): readonly (readonly Change[])[] {
  const taken = new Set<LayerNode>()
  const changes: Change[] = []
  // The text of the layer itself first: it decides for all uses.
  for (const group of groups.toSorted((a, b) => b.nodes.length - a.nodes.length || b.order - a.order)) {
    const choice = causalChoice(analysis, group)
    if (choice === undefined || group.nodes.some((node) => taken.has(node))) continue
    for (const node of group.nodes) taken.add(node)
    changes.push({ group, choice })
  }
  const alone = changes.filter((change) => attempt([change]))
  if (alone.length > 0) return alone.map((change) => [change])
  return changes.length > 1 && attempt(changes) ? [changes] : []
}

/** All windows that lose the border, made to keep it. */
function solveTogether(
  groups: readonly PaddingGroup[],
  attempt: Attempt,
  pattern: Trial['pattern'],
): readonly (readonly Change[])[] {
  const taken = new Set<LayerNode>()
  const lossy = groups.filter(({ keeps, overlaps, nodes }) => {
    if (keeps || !overlaps || nodes.some((node) => taken.has(node))) return false
    for (const node of nodes) taken.add(node)
    return true
  })
  if (lossy.length < 2) return []
  const likeOthers = lossy.map((group) => ({ group, choice: pattern(group).choices[0] as PaddingChoice }))
  const named = lossy.map((group) => ({ group, choice: namedPadding('half') }))
  const isMixed = new Set(likeOthers.map(({ choice }) => isWord(choice))).size > 1
  return [...(isMixed ? [] : [likeOthers]), named].filter((changes) => attempt(changes))
}

function isWord({ text }: PaddingChoice): boolean {
  return /^[a-z]+$/.test(text)
}

function toCandidate(context: FixContext, changes: readonly Change[]): Candidate {
  const [first] = changes as [Change]
  const { target, nodes } = first.group
  const [node] = nodes
  const texts = new Set(changes.map(({ choice }) => choice.text))
  const action =
    changes.length === 1
      ? `${describeChange(target, first.choice.text)}${describeTarget(context, target)}`
      : `Set padding=${[...texts].join(' and ')} on ${changes.length} layers`
  return {
    action,
    file: target.file,
    ...(context.problem.stage === undefined ? { shows: shownPlace(target, node) } : {}),
    edits: changes
      .filter(({ group }) => group.target.file === target.file)
      .flatMap(({ group, choice }) => group.target.edits(choice.text)),
  }
}

/** The call that is changed, or where its layer is applied when a default is. */
function shownPlace({ file, site }: OptionTarget, node: LayerNode): Place {
  const isCall = site.kind === 'call' || site.kind === 'name'
  return isCall ? { file, range: site } : { file: node.file, range: node.site }
}
