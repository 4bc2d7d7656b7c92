/** Loops and repetitions around an application in the text, and how to let them make fewer or more turns. */
import type { Expression, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { FaultyStage, Frame, LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'
import type { Candidate } from './fix'
import { type Around, type Behind, textBehind } from './text-behind'

/** A loop or repetition whose turns are written as a number, a range or a list. */
export interface Loop {
  readonly isRepetition: boolean
  /** Where the text starts that says how many turns there are. */
  readonly start: number
  readonly turns: number
  /** How many turns had ended when the application was made. */
  readonly done: number
  /** The file of the text that says how many turns there are: it need not be that of the loop. */
  readonly file: string
  /** Edits for another number of turns; undefined where the text has no turn to add. */
  readonly edits: (turns: number) => readonly TextEdit[] | undefined
}

type Applied = Pick<FaultyStage, 'site' | 'applied' | 'file' | 'frame'>

/** The loops around an application, the innermost first, through the calls that led to it. */
export function loopsAround(
  analysis: Analysis,
  { site, applied, file, frame }: Applied,
  before: readonly LayerNode[],
): readonly Loop[] {
  const passes = before.filter((node) => node.site === site && node.file === file && node.frame === frame)
  const places =
    applied === site
      ? [{ site, file }]
      : [
          { site, file },
          { site: applied, file: frame.file },
        ]
  const found = places.flatMap((place) => loopsIn(analysis, place, frame, passes.length))
  for (let run = frame; run.call; run = run.call.frame) {
    found.push(...loopsIn(analysis, run.call, run.call.frame, runsBefore(run, before)))
  }
  return found
}

/** How many runs of a body were made by the same call of the same run before. */
function runsBefore(run: Frame, before: readonly LayerNode[]): number {
  const runs = new Set<Frame>()
  for (const node of before) {
    for (let at = node.frame; at.call; at = at.call.frame) {
      if (at.call.site === run.call?.site && at.call.frame === run.call.frame && at !== run) runs.add(at)
    }
  }
  return runs.size
}

/** Lets the loop end before the turn in which a stage finds no room. */
export function* fewerTurns(analysis: Analysis, stage: FaultyStage): Generator<Candidate> {
  for (const loop of loopsAround(analysis, stage, stage.before)) {
    if (loop.done >= 1 && loop.done < loop.turns) yield* withTurns(loop, loop.done)
  }
}

/** Lets a loop make another number of turns. */
export function* withTurns({ isRepetition, turns, file, edits }: Loop, wanted: number): Generator<Candidate> {
  const changed = edits(wanted)
  if (changed === undefined) return
  const times = wanted === 1 ? 'once' : `${wanted} times`
  const verb = isRepetition ? 'Repeat' : 'Run the loop'
  yield { action: `${verb} ${times} instead of ${turns}`, file, edits: changed }
}

/** The loops of one body around a place that had been passed `passes` times. */
function loopsIn(
  analysis: Analysis,
  { site, file }: { readonly site: Expression; readonly file: string },
  frame: Frame,
  passes: number,
): readonly Loop[] {
  const tree = analysis.files.get(file)
  const path = tree === undefined ? [] : nodesAt(tree, site.start)
  const found: Omit<Loop, 'done'>[] = []
  for (const node of path.slice(0, path.indexOf(site)).reverse()) {
    const loop = loopOf(analysis, { file, frame }, node, site)
    if (loop) found.push(loop)
    // Of a loop around one whose turns are not known nobody knows how many it has made.
    else if (node.kind === 'for' || node.kind === 'comprehension') break
  }
  let left = passes
  return found.map((loop, i) => {
    const isOutermost = i === found.length - 1
    const done = isOutermost ? left : left % loop.turns
    left = Math.floor(left / loop.turns)
    return { ...loop, done }
  })
}

function loopOf(
  analysis: Analysis,
  around: Around,
  node: SyntaxNode,
  site: Expression,
): Omit<Loop, 'done'> | undefined {
  if (node.kind === 'binary' && node.operator === '*') {
    const isLeft = node.left.start <= site.start && site.end <= node.left.end
    const count = textBehind(analysis, around, isLeft ? node.right : node.left)
    const turns = numberOf(count?.expression)
    return count && turns
      ? {
          isRepetition: true,
          start: count.expression.start,
          turns,
          file: count.file,
          edits: numberEdits(count),
        }
      : undefined
  }
  if (node.kind !== 'for') return undefined
  const { iterable } = node
  if (iterable.kind === 'call') return rangeLoop(analysis, around, iterable)
  const list = textBehind(analysis, around, iterable)
  return list?.expression.kind === 'list' ? listLoop(list.file, list.expression) : undefined
}

function listLoop(file: string, { items, start }: Extract<Expression, { kind: 'list' }>): Omit<Loop, 'done'> {
  return {
    isRepetition: false,
    start,
    turns: items.length,
    file,
    edits(turns) {
      const [last, end] = [items[turns - 1], items.at(-1)]
      return last && end && last !== end ? [{ start: last.end, end: end.end, text: '' }] : undefined
    },
  }
}

/** `range(stop)` and `range(start, stop)`. */
function rangeLoop(
  analysis: Analysis,
  around: Around,
  { callee, args }: Expression & { readonly kind: 'call' },
): Omit<Loop, 'done'> | undefined {
  if (callee.kind !== 'name' || callee.name !== 'range' || args.length > 2) return undefined
  const bounds = args.map(({ value }) => textBehind(analysis, around, value))
  const last = bounds.at(-1)
  const start = bounds.length === 2 ? numberOf(bounds[0]?.expression) : 0
  const stop = numberOf(last?.expression)
  if (last === undefined || start === undefined || stop === undefined) return undefined
  const edits = numberEdits(last)
  return {
    isRepetition: false,
    start: last.expression.start,
    turns: stop - start,
    file: last.file,
    edits: (turns) => edits(start + turns),
  }
}

function numberOf(expression: Expression | undefined): number | undefined {
  return expression?.kind === 'number' ? expression.value : undefined
}

function numberEdits({ expression: { start, end } }: Behind) {
  return (value: number) => [{ start, end, text: String(value) }]
}
