/** Which refactorings are offered at a selection: those that analysis confirms. */
import type { CodeAction, Range as LspRange, Position } from 'vscode-languageserver-types'
import { lineIndex } from '../../../../../grammar/positions'
import { tokenize } from '../../../../../grammar/tokenize'
import type { Range } from '../../../../../grammar/tree'
import { nodesAt } from '../../../../../grammar/walk'
import type { Host } from '../../../check/analysis'
import { faultsOf } from '../../../check/faults'
import { isEquivalent } from '../../../fixes/equivalent'
import { mapOffset } from '../../../fixes/positions'
import { overlapping } from '../../../fixes/prove'
import { applyEdits } from '../../../model/problem'
import { fromRange, toRange, type View } from '../../support/view'
import { laidOut } from './layout'
import type { Proposal, RefactorContext, Refactoring } from './refactoring'

/** In networks with more layers an action is proven only when it is chosen, so that the menu opens at once. */
const MOST_LAYERS = 300

/** The command of an editor that asks for a new name at a position; one that has it says so when it starts. */
export const RENAME_AT = '_cnnlint.renameAt'

/** What the editor can do. */
export interface RefactorOptions {
  /** It knows the command {@link RENAME_AT}. */
  readonly renames?: boolean
  /** It can ask for the edit of an action later. */
  readonly resolves?: boolean
}

/** Where refactorings are asked for. */
export interface RefactorRequest extends RefactorOptions {
  readonly range: LspRange
}

/** What identifies an action that is completed later. */
interface Deferred {
  readonly uri: string
  readonly refactoring: string
  readonly range: Range
}

/** The refactorings at a range, one by one, so that the caller can pause: each is proven by an analysis. */
export function* offered(
  refactorings: readonly Refactoring[],
  view: View,
  host: Host,
  request: RefactorRequest,
  isAsked: (kind: string) => boolean,
): Generator<CodeAction> {
  const wanted = refactorings.filter(({ kind }) => isAsked(kind))
  if (wanted.length === 0) return
  const { uri } = view.analysis
  const range = fromRange(view.lines(uri), request.range)
  const context = contextOf(view, range)
  if (context === undefined) return
  const later = request.resolves === true && countLayers(view) > MOST_LAYERS
  for (const refactoring of wanted) {
    for (const proposal of refactoring.propose(context)) {
      const { name, kind } = refactoring
      const action: CodeAction = { title: proposal.title, kind }
      if (later) {
        const data: Deferred = { uri, refactoring: name, range }
        yield { ...action, data }
      } else {
        const proven = proveAction(refactoring, proposal, action, context, host, request)
        if (proven) yield proven
      }
    }
  }
}

/** Completes an action that was offered without its edit; it stays without where the proof fails. */
export function resolved(
  refactorings: readonly Refactoring[],
  view: View,
  host: Host,
  action: CodeAction,
  options: RefactorOptions,
): CodeAction {
  const { refactoring: name, range } = action.data as Deferred
  const refactoring = refactorings.find((each) => each.name === name)
  const context = contextOf(view, range)
  if (refactoring === undefined || context === undefined) return action
  for (const proposal of refactoring.propose(context)) {
    if (proposal.title !== action.title) continue
    return proveAction(refactoring, proposal, action, context, host, options) ?? action
  }
  return action
}

export function isDeferred(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'refactoring' in data && 'range' in data
}

function countLayers({ analysis, importers }: View): number {
  const networks = [analysis, ...importers].flatMap((each) => each.networks)
  return networks.reduce((sum, { layers }) => sum + layers.length, 0)
}

/** Undefined in half-written text, of which it is not certain what is meant. */
function contextOf(view: View, range: Range): RefactorContext | undefined {
  const tree = view.analysis.file
  const selection = trimmed(tree.text, range)
  const isFaulty = faultsOf(tree).ranges.some(
    ({ start, end }) => start <= selection.end && selection.start <= end,
  )
  if (isFaulty) return undefined
  return { view, tree, selection, path: nodesAt(tree, selection.start) }
}

function trimmed(text: string, { start, end }: Range): Range {
  const selected = text.slice(start, end)
  if (selected.trim() === '') return { start, end: start }
  const lead = selected.length - selected.trimStart().length
  return { start: start + lead, end: start + selected.trimEnd().length }
}

function proveAction(
  { keeps }: Refactoring,
  { edits, newName }: Proposal,
  action: CodeAction,
  { view, selection }: RefactorContext,
  host: Host,
  { renames }: RefactorOptions,
): CodeAction | undefined {
  const { analysis, importers, lines } = view
  const { uri, file } = analysis
  if (overlapping(edits)) return undefined
  const all = laidOut(file, edits)
  const text = applyEdits(file.text, all)
  if (text === file.text || !isEquivalent([analysis, ...importers], host, uri, text, keeps)) return undefined
  const changes = all.map((edit) => ({ range: toRange(lines(uri), edit), newText: edit.text }))
  const { data: _, ...known } = action
  const proven: CodeAction = { ...known, edit: { changes: { [uri]: changes } } }
  if (!renames || newName === undefined) return proven
  const at = positionOf(newName, text, mapOffset(selection.start, all))
  return { ...proven, command: { title: 'Rename', command: RENAME_AT, arguments: [uri, at] } }
}

/** Where a new name stands in the changed text, nearest to the selection; columns count UTF-16 units. */
function positionOf(name: string, text: string, near: number): Position {
  const places = tokenize(text).filter((token) => token.kind === 'name' && token.text === name)
  const [nearest] = places.sort((a, b) => Math.abs(a.start - near) - Math.abs(b.start - near))
  return lineIndex(text).position(nearest?.start ?? near)
}
