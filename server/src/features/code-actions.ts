import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver-types'
import type { Range } from '../../../grammar/tree'
import type { Analysis, Host } from '../check/analysis'
import { analyze } from '../check/analyze'
import type { ProvenFix } from '../fixes/fix'
import { CODES } from '../lint/codes'
import { fixAll, isApplied, mayFix, UNASKED } from '../lint/fix-all'
import { fixesWithin, offeredFixes, type ProofBudget } from '../lint/offer'
import { silencingEdit } from '../lint/silence'
import type { TextEdit } from '../model/problem'
import { showCountOf } from '../model/show'
import { toDiagnostic } from './diagnostics'
import { importFixes } from './imports/add'
import { organizeImports } from './imports/organize'
import { inputSizeActions, SIZE_KINDS } from './input-sizes/actions'
import type { Workspace } from './navigation/workspace'
import {
  isDeferred,
  type RefactorOptions,
  type RefactorRequest,
  refactorings,
  resolveRefactoring,
} from './refactor'
import { lintOf, problemsOf, type ShownProblem } from './support/problems'
import { fromRange, type Lines, toRange, type View } from './support/view'

/** The kind under which everything that can be fixed in a file is fixed at once. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.cnnlint`

/** What the editor asks for: the fixes at a range, or some kinds of them only. */
export interface CodeActionRequest extends RefactorRequest {
  readonly only?: readonly string[] | undefined
  /** The diagnostics that the editor shows there; an action names those that it fixes. */
  readonly diagnostics?: readonly Diagnostic[]
  /** All files, from which names that this one lacks can be imported. */
  readonly workspace?: Workspace | undefined
}

/**
 * The quick fixes at a range, those of one problem after those of another, the refactorings, and the action that
 * fixes the whole file when it is asked for. Proving takes time: they are made one by one, so that the caller can pause.
 */
export function* codeActions(view: View, host: Host, request: CodeActionRequest): Generator<CodeAction> {
  const { only } = request
  if (only === undefined || includesKind(only, CodeActionKind.QuickFix))
    yield* quickFixes(view, host, request)
  const isAsked = (kind: string) => only === undefined || includesKind(only, kind)
  yield* refactorings(viewAsWritten(view, host), host, request, isAsked)
  if (only === undefined || SIZE_KINDS.some((kind) => includesKind(only, kind))) {
    const range = fromRange(view.lines(view.analysis.uri), request.range)
    const actions = inputSizeActions(view, host, range)
    yield* actions.filter(({ kind = '' }) => only === undefined || includesKind(only, kind))
  }
  if (only === undefined) return
  if (includesKind(only, CodeActionKind.SourceOrganizeImports)) yield* organizing(view)
  if (!includesKind(only, FIX_ALL)) return
  const action: CodeAction = {
    title: 'Fix all problems that can be fixed without asking',
    kind: FIX_ALL,
    data: { uri: view.analysis.uri },
  }
  // In a menu it is enough to know that there is something to do; the edit is made when it is chosen.
  if (only.includes(CodeActionKind.Source)) {
    if (problemsOf(view).some(({ problem }) => mayFix(problem, UNASKED))) yield action
    return
  }
  const resolved = resolveCodeAction(view, host, action)
  if (resolved.edit) yield resolved
}

/** Completes an action that was offered without its edit. */
export function resolveCodeAction(
  view: View,
  host: Host,
  action: CodeAction,
  options: RefactorOptions = {},
): CodeAction {
  if (isDeferred(action.data)) return resolveRefactoring(viewAsWritten(view, host), host, action, options)
  const { lines } = view
  // What is fixed without being asked for must suit the text as it is.
  const analysis = asWritten(view, host)
  const text = fixAll(analysis, host, UNASKED, lintOf(view, view.analysis))
  if (text === undefined) return action
  const edit = difference(analysis.file.text, text)
  return { ...action, edit: { changes: { [analysis.uri]: [toLspEdit(lines, analysis.uri, edit)] } } }
}

/** How much is analysed for the fixes of one selection, in layers. */
const MOST_LAYERS = 100_000

function* quickFixes(view: View, host: Host, request: CodeActionRequest): Generator<CodeAction> {
  const { analysis, lines } = view
  const asked = fromRange(lines(analysis.uri), request.range)
  const there = problemsOf(view).filter((shown) =>
    placesOf(shown, analysis.uri).some(({ start, end }) => start <= asked.end && asked.start <= end),
  )
  const budget: ProofBudget = { left: MOST_LAYERS }
  const sent = new Map((request.diagnostics ?? []).map((each) => [diagnosticKey(each), each]))
  for (const [at, shown] of there.entries()) {
    const others = [...new Set([asWritten(view, host), analysis, ...view.importers])].filter(
      (each) => each !== shown.analysis,
    )
    const context = { analysis: shown.analysis, host, problem: shown.found, others }
    const lint = lintOf(view, shown.analysis)
    // The first one gets its fixes whatever they cost: there is no smaller selection.
    const offered = at === 0 ? offeredFixes(context, lint) : fixesWithin(context, lint, budget)
    if (offered === 'open') {
      yield { title: tooMany(there.length - at), kind: CodeActionKind.QuickFix }
      return
    }
    const imports = request.workspace === undefined ? [] : importFixes(request.workspace, context)
    const fixes = [...imports, ...offered]
    const diagnostics = [diagnosticOf(shown, view, sent)]
    for (const [i, fix] of fixes.entries())
      yield toAction(fix, lines, diagnostics, i === 0 && imports.length < 2)
    if (CODES.get(shown.problem.code)?.kind === 'rule') yield silence(shown, view, diagnostics)
  }
}

/** What stands in the menu in the place of more fixes; it does nothing. */
function tooMany(count: number): string {
  return `Select less to see the fixes of ${showCountOf(count, 'more problem')}`
}

/** Where the fixes of a problem are offered in a file: at the problem, and where it began. */
function placesOf({ problem }: ShownProblem, file: string): readonly Range[] {
  const causes = problem.related.filter(({ isCause }) => isCause)
  return [problem, ...causes].filter((place) => place.file === file).map(({ range }) => range)
}

/** The action that brings the imports in order, where they are not. */
function* organizing({ analysis, lines, resolve }: View): Generator<CodeAction> {
  const { uri, file } = analysis
  const edits = organizeImports(file, (path) => resolve(uri, path))
  if (edits.length === 0) return
  yield {
    title: 'Organize Imports',
    kind: CodeActionKind.SourceOrganizeImports,
    edit: { changes: { [uri]: edits.map((edit) => toLspEdit(lines, uri, edit)) } },
  }
}

const written = new WeakMap<Analysis, Analysis>()

/** The analysis of the text as it is, without the sizes that are tried. */
function asWritten({ analysis }: View, host: Host): Analysis {
  if (analysis.options.inputsOf === undefined) return analysis
  const made = written.get(analysis) ?? analyze(analysis.uri, host)
  written.set(analysis, made)
  return made
}

/** What is written, or said of savings, must suit the text as it is. */
function viewAsWritten(view: View, host: Host): View {
  return { ...view, analysis: asWritten(view, host) }
}

/** The action that writes the comment by which a rule says nothing at this place. */
function silence(
  { problem }: ShownProblem,
  { analysis, lines }: View,
  diagnostics: Diagnostic[],
): CodeAction {
  const { code, file, range } = problem
  const edit = silencingEdit(analysis.file, code, range.start)
  return {
    title: `Silence ${code} here`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [file]: [toLspEdit(lines, file, edit)] } },
  }
}

/** An editor applies the preferred one of several without showing them: only what is not a choice is preferred. */
function toAction(fix: ProvenFix, lines: Lines, diagnostics: Diagnostic[], isFirst: boolean): CodeAction {
  const { title, file, edits } = fix
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(isFirst && isApplied(fix, UNASKED) ? { isPreferred: true } : {}),
    edit: { changes: { [file]: edits.map((edit) => toLspEdit(lines, file, edit)) } },
  }
}

/** The diagnostic as the editor has it, so that it knows which one is fixed. */
function diagnosticOf(
  { problem }: ShownProblem,
  { lines }: View,
  sent: ReadonlyMap<string, Diagnostic>,
): Diagnostic {
  const made = toDiagnostic(problem, lines)
  return sent.get(diagnosticKey(made)) ?? made
}

function diagnosticKey({ code, range }: Diagnostic): string {
  return JSON.stringify([code, range])
}

function toLspEdit(lines: Lines, file: string, { text, ...range }: TextEdit): LspTextEdit {
  return { range: toRange(lines(file), range), newText: text }
}

/** Whether one of the kinds that are asked for is this kind or one above it. */
function includesKind(only: readonly string[], kind: string): boolean {
  return only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`))
}

/** The one edit between the first and the last place where two texts differ. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { start, end: before.length - end, text: after.slice(start, after.length - end) }
}
