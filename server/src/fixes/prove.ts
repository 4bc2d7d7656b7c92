/**
 * Proves fixes by analysing the changed text: only what makes its problem go away, and breaks nothing, is
 * offered. Errors that the problem had hidden are no new ones, but a fix that uncovers none comes first, and
 * the title of another says that it does.
 */
import { memo } from '../../../grammar/memo'
import { parse } from '../../../grammar/parse'
import { type Analysis, type Host, runGraphs } from '../check/analysis'
import { analyze } from '../check/analyze'
import type { Place, Problem, TextEdit } from '../model/problem'
import { applyEdits } from '../model/problem'
import { fewerAxes, worksNow } from './cause'
import { type Changed, isOfClass } from './classes'
import type { Candidate, FixContext, FixMaker, ProvenFix } from './fix'
import { mapOffset } from './positions'
import { placeKey, type Result, resultOf, siteOf } from './result'

/** The problems of an analysis: its own, or those of the rules too. */
export type FindProblems = (analysis: Analysis) => readonly Problem[]

export const ownProblems: FindProblems = (analysis) => analysis.problems

/** Whether a warning may appear because of a fix; one that may not rejects the fix. */
export type MayFollow = (warning: Problem) => boolean

const ANY: MayFollow = () => true

/** How many fixes are offered for one problem. */
const MOST_OFFERED = 6

/** How many analyses are spent on one problem; large networks get fewer, so that the time of an answer stays bounded. */
const PROOFS = { least: 3, most: 24, layersAnalysed: 30_000 }

/** The same for the alternatives to a fix that leaves no error. */
const ALTERNATIVES = { least: 0, most: 8, layersAnalysed: 8_000 }

/**
 * The fixes of a problem that analysis confirms, the best first: those that were certainly meant, then those that
 * uncover no error before all others, then those that fix the most, then in the order in which they are proposed.
 */
export function provenFixes(
  context: FixContext,
  maker: FixMaker,
  find: FindProblems = ownProblems,
  mayFollow: MayFollow = ANY,
): readonly ProvenFix[] {
  const meant: Proof[] = []
  const clean: Proof[] = []
  const others: Proof[] = []
  const texts = new Set<string>()
  let proofs = allowance(context, find, PROOFS)
  const alternatives = allowance(context, find, ALTERNATIVES)
  const solved = () => meant.length > 0 || clean.length > 0
  const placeOf = ({ meant: isMeant = false }: Candidate, { uncovered }: Proof) =>
    isMeant ? meant : uncovered === 0 ? clean : others
  for (const candidate of maker({ ...context, solved })) {
    if (candidate.fallback && solved()) continue
    const text = changed(context.analysis, candidate)
    if (text === undefined || texts.has(text)) continue
    texts.add(text)
    const proven = proofOf(context, candidate, find, mayFollow)
    if (proven) placeOf(candidate, proven).push(proven)
    // Once a fix leaves no error at all, few alternatives are worth their proofs.
    const perfect = [...meant, ...clean].filter(({ errors }) => errors === 0).length
    if (perfect > 0) proofs = Math.min(proofs, alternatives + 1)
    if (perfect >= MOST_OFFERED || --proofs <= 0) break
  }
  const rest = solved() ? clean.sort((a, b) => a.errors - b.errors) : others
  const offered = [...meant, ...rest].slice(0, MOST_OFFERED)
  // The first cost says what is counted; in the menu the others stand below it.
  const first = offered.find(({ result }) => result.cost !== '')
  return offered.map((proof) => titled(proof, proof === first ? ' parameters' : ''))
}

function allowance(
  context: FixContext,
  find: FindProblems,
  { least, most, layersAnalysed }: typeof PROOFS,
): number {
  return Math.max(least, Math.min(most, Math.floor(layersAnalysed / costOfProof(context, find))))
}

/** What an analysis costs, in the time that one layer takes: problems are put in words, and the text is read anew. */
const COST = { analysis: 20, problem: 4, charactersInLayer: 100 }

/** What the proof of one candidate costs, in the time that one layer takes to be analysed. */
export function costOfProof(
  {
    analysis,
    others = [],
  }: Pick<FixContext, 'analysis'> & { readonly others?: readonly Analysis[] | undefined },
  find: FindProblems,
): number {
  const costs = [costOf(analysis, find(analysis)), ...others.map((each) => costOf(each, each.problems))]
  return costs.reduce((sum, each) => sum + each, 0)
}

function costOf(analysis: Analysis, { length }: readonly Problem[]): number {
  const text = Math.floor(analysis.file.text.length / COST.charactersInLayer)
  return COST.analysis + layersOf(analysis) + text + COST.problem * length
}

const layersOf = memo((analysis: Analysis): number =>
  runGraphs(analysis).reduce((sum, { layers }) => sum + layers.length, 0),
)

/** The candidate as a fix, if the analysis of the changed text confirms it. */
export function prove(context: FixContext, candidate: Candidate): ProvenFix | undefined {
  const proof = proofOf(context, candidate, ownProblems, ANY)
  return proof && titled(proof, ' parameters')
}

/** A fix that is confirmed, before it has a title. */
interface Proof extends Omit<ProvenFix, 'title'> {
  readonly action: string
  readonly result: Result
  /** The axes in which tensors still differ, where only others were fixed. */
  readonly differs: string | undefined
  /** What its class says of its cost. */
  readonly remark: string
}

function titled({ action, result, differs, remark, ...fix }: Proof, unit: string): ProvenFix {
  const cost = result.cost === '' ? '' : ` (${result.cost}${unit})`
  const rest = differs === undefined ? '' : ` (${differs} still differ)`
  return { title: `${action}${result.output}${cost}${remark}${rest}`, ...fix }
}

function proofOf(
  context: FixContext,
  candidate: Candidate,
  find: FindProblems,
  mayFollow: MayFollow,
): Proof | undefined {
  const { analysis, host, problem } = context
  const { action, file, edits } = candidate
  const text = changed(analysis, candidate)
  if (text === undefined) return undefined
  const hostAfter = overlay(host, file, text)
  const after = analyze(analysis.uri, hostAfter, analysis.options)
  const moved = (place: Place) => (place.file === file ? movedPlace(place, edits) : place)
  const verdict = compare({ analysis, after, problem, moved, find, mayFollow })
  if (verdict === undefined || (candidate.fallback && verdict.uncovered > 0)) return undefined
  const changes: Changed[] = [{ before: analysis, after }]
  for (const before of context.others ?? []) {
    if (!before.files.has(file)) continue
    const change = { before, after: analyze(before.uri, hostAfter, before.options) }
    if (!staysSound(change, moved)) return undefined
    changes.push(change)
  }
  const declared = candidate.class ?? 'choice'
  const isKept = isOfClass(declared, changes, file, edits)
  return {
    action,
    result: resultOf({ before: analysis, after, problem, candidate, moved }),
    differs: verdict.differs,
    remark: declared === 'same-function' ? ` (${OTHER_PARAMETERS})` : '',
    class: isKept ? declared : 'choice',
    file,
    edits,
    problem,
    uncovered: verdict.uncovered,
    errors: verdict.errors,
    // What is not what it was declared to be is for its author to judge.
    drastic: !isKept || (candidate.drastic ?? false),
  }
}

/** What the title of a fix that keeps the function alone says of its cost. */
const OTHER_PARAMETERS = 'old checkpoints no longer load'

/** The text with the candidate applied; undefined when nothing changes or the edits contradict each other. */
function changed(analysis: Analysis, { file, edits }: Candidate): string | undefined {
  const before = analysis.files.get(file)?.text
  if (before === undefined || overlapping(edits)) return undefined
  const text = applyEdits(before, edits)
  return text === before ? undefined : text
}

export function overlapping(edits: readonly TextEdit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  return sorted.some((edit, i) => edit.start < (sorted[i - 1]?.end ?? 0))
}

/** The host with another text for one file. */
export function overlay(host: Host, file: string, text: string): Host {
  const tree = parse(text)
  return {
    file: (uri) => (uri === file ? tree : host.file(uri)),
    resolve: (from, path) => host.resolve(from, path),
  }
}

function movedPlace({ file, range }: Place, edits: readonly TextEdit[]): Place {
  return { file, range: { start: mapOffset(range.start, edits), end: mapOffset(range.end, edits) } }
}

/** Whether the change brings no error to another file that it affects. */
function staysSound({ before, after }: Changed, moved: (place: Place) => Place): boolean {
  const left = new Map<string, number>()
  for (const old of before.problems) add(left, keyOf(old, moved))
  return after.problems.every((found) => {
    const key = keyOf(found, (place) => place)
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count > 0 || found.severity !== 'error'
  })
}

interface Comparison {
  readonly analysis: Analysis
  readonly after: Analysis
  readonly problem: Problem
  readonly moved: (place: Place) => Place
  readonly find: FindProblems
  readonly mayFollow: MayFollow
}

interface Verdict {
  /** How many errors appear that the problem had hidden. */
  readonly uncovered: number
  /** How many errors there are in all. */
  readonly errors: number
  /** The axes in which tensors that meet still differ, where the fix is for the others: `channels`. */
  readonly differs?: string | undefined
}

/**
 * What came of a fix; undefined when the problem stays, when errors appear because something that worked has stopped
 * working, or when the fix trades the problem for a warning of another kind. An error of the same kind at the same
 * place has another cause when the application that was at fault works now, or when its tensors differ in fewer axes.
 */
function compare({ analysis, after, problem, moved, find, mayFollow }: Comparison): Verdict | undefined {
  const before = find(analysis)
  const now = find(after)
  const left = new Map<string, number>()
  for (const old of before) add(left, keyOf(old, moved))
  const target = keyOf(problem, moved)
  add(left, target, -1)
  const stay = (place: Place) => place
  let fresh = 0
  let differs: string | undefined
  for (const found of now) {
    const key = keyOf(found, stay)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    else {
      if (key === target && !worksNow(problem.stage, analysis, after, moved)) {
        differs = fewerAxes(problem, found)
        if (differs === undefined) return undefined
      }
      if (found.severity === 'error') fresh++
    }
  }
  if (tradesForWarning(before, now, mayFollow)) return undefined
  const errors = now.filter(({ severity }) => severity === 'error').length
  if (fresh > 0 && !keepsSound(sound(analysis, moved), sound(after, stay))) return undefined
  return { uncovered: fresh, errors, differs }
}

/** Whether there are more warnings of some kind than before, other than such as may follow. They are not told apart by place, which a fix may move. */
function tradesForWarning(
  before: readonly Problem[],
  now: readonly Problem[],
  mayFollow: MayFollow,
): boolean {
  const left = new Map<string, number>()
  for (const { code } of before) add(left, code)
  return now.some((found) => {
    add(left, found.code, -1)
    return (left.get(found.code) as number) < 0 && found.severity === 'warning' && !mayFollow(found)
  })
}

/** Whether nothing that worked has stopped working. */
function keepsSound(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): boolean {
  for (const [place, count] of before) if ((now.get(place) ?? 0) < count) return false
  return true
}

/** What worked, by place: applications of layers and expectations that hold. */
function sound(analysis: Analysis, moved: (place: Place) => Place): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { layers } of runGraphs(analysis)) {
    for (const { file, site } of layers) add(counts, placeKey(moved({ file, range: site })))
  }
  for (const { condition, file, holds } of analysis.expectations) {
    if (holds) add(counts, placeKey(moved({ file, range: condition })))
  }
  return counts
}

function add(counts: Map<string, number>, key: string, amount = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + amount)
}

function keyOf(problem: Problem, moved: (place: Place) => Place): string {
  return `${problem.code} ${placeKey(moved(siteOf(problem)))}`
}
