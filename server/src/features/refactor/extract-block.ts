import type { Flow, Range } from '../../../../grammar/tree'
import { descendants, nodesAt } from '../../../../grammar/walk'
import { referencesOf } from '../../check/references'
import { isTensorKind, kindOf } from '../../check/semantics/kinds'
import type { TextEdit } from '../../model/problem'
import { showCountOf } from '../../model/show'
import type { View } from '../support/view'
import type { Proposal, RefactorContext, Refactoring } from './frame/refactoring'
import { freshName, layerName, namesIn, numberedName } from './read/names'
import { blockText, callText, insertBefore, parametersOf } from './read/new-block'
import { isTensorFlow, type PartRun, partsOf, rangeOfRun, selectedRun, tokenText } from './read/parts'
import { bindingsIn, type Free, freeNames, isIn, isOfFile, readsIn } from './read/reads'

/** Makes the selected layers of a flow a block, here or wherever the same layers stand. */
export const extractBlock: Refactoring = {
  name: 'extract-block',
  kind: 'refactor.extract.block',
  keeps: 'everything',
  *propose(context) {
    const run = selectedRun(context) ?? afterSelectedName(context)
    if (run === undefined) yield* extractTensor(context)
    else if (run.first < run.last || run.parts[run.first]?.value.kind !== 'name')
      yield* extractRun(context, run)
  },
}

/** How many layers a block's name mentions. */
const MOST_NAMED = 3

function* extractRun(context: RefactorContext, run: PartRun): Generator<Proposal> {
  const { view, tree, path } = context
  const range = rangeOfRun(run)
  const free = escapes(view, range) ? undefined : freeNames(view, range)
  if (free === undefined) return
  const piped = pipedParameter(context, run, free)
  const parameters = parametersOf(free.filter(({ name }) => name !== piped))
  if (parameters === undefined) return
  const name = freshName(nameOf(run), namesIn(tree, tree))
  const body = `return ${piped} -> ${tree.text.slice(range.start, range.end)}`
  const block = insertBefore(tree, path, blockText(name, piped, parameters, body))
  if (block === undefined) return
  const call = callText(name, [...parameters.tensors, ...parameters.options])
  const own = callEdit(context, run, call)
  yield proposal(name, [block, own])
  const others = duplicatesOf(context, run)
  if (others.length === 0) return
  const edits = others.map((each) => callEdit(context, each, call))
  yield proposal(
    name,
    [block, own, ...edits],
    ` and use it for ${showCountOf(others.length, 'duplicate')} too`,
  )
}

function proposal(name: string, edits: readonly TextEdit[], more = ''): Proposal {
  return { title: `Extract block ${name}${more}`, edits, newName: name }
}

/** A flow that is selected from its tensor on is taken apart when the tensor is only a name. */
function afterSelectedName(context: RefactorContext): PartRun | undefined {
  const flow = selectedFlow(context)
  if (flow?.head.kind !== 'name' || flow.headAs !== undefined) return undefined
  const parts = partsOf(context.view, flow)
  const last = lastSelected(flow, context.selection)
  return { flow, parts, first: 0, last }
}

/** Makes a block of a flow from the tensors that its first layer is called with. */
function* extractTensor(context: RefactorContext): Generator<Proposal> {
  const { view, tree, path, selection } = context
  const flow = selectedFlow(context)
  if (flow === undefined) return
  const stage = flow.stages[lastSelected(flow, selection)]
  if (stage === undefined) return
  const range = { start: flow.start, end: stage.value.end }
  const free = escapes(view, range) ? undefined : freeNames(view, range)
  const parameters = free && parametersOf(free)
  if (parameters === undefined || parameters.tensors.length === 0) return
  const name = freshName('unit', namesIn(tree, tree))
  const body = `return ${tree.text.slice(range.start, range.end)}`
  const block = insertBefore(tree, path, blockText(name, undefined, parameters, body))
  const text = callText(name, [...parameters.tensors, ...parameters.options])
  if (block) yield proposal(name, [block, { ...range, text }])
}

/** The flow of tensors that a selection covers from its head to the end of one of its stages. */
function selectedFlow({ view, path, selection }: RefactorContext): Flow | undefined {
  return path.find(
    (node): node is Flow =>
      node.kind === 'flow' &&
      node.start === selection.start &&
      lastSelected(node, selection) >= 0 &&
      isTensorFlow(view, node),
  )
}

function lastSelected({ stages }: Flow, { end }: Range): number {
  return stages.findIndex(({ value, as }) => value.end === end || as?.end === end)
}

/** Whether a name that is bound in a range is read outside of it. */
function escapes({ analysis: { file } }: View, range: Range): boolean {
  const references = referencesOf(file)
  return bindingsIn(file, range).some((binding) =>
    references.readersOf(binding).some(({ node }) => !isIn(range, node)),
  )
}

/** The layers' names where they are few, as in `conv_batchnorm_relu`. */
function nameOf({ parts, first, last }: PartRun): string {
  const names = parts.slice(first, last + 1).map(({ value }) => layerName(value))
  return names.length > MOST_NAMED || names.includes(undefined) ? 'unit' : names.join('_')
}

/** What the block calls its tensor: as it is called outside where the layers read it by its name too. */
function pipedParameter({ tree }: RefactorContext, run: PartRun, free: readonly Free[]): string {
  const outside = pipedName(run)
  if (free.some(({ name, kind }) => name === outside && kind === 'tensor')) return outside as string
  const taken = namesIn(tree, rangeOfRun(run))
  return taken.has('x') ? numberedName('x', taken) : 'x'
}

/** The name of the tensor that comes to a run of layers. */
function pipedName({ flow, parts, first }: PartRun): string | undefined {
  const before = parts[first - 1]
  if (before) return before.as?.name
  if (parts[first]?.stage === undefined) return undefined
  return flow.headAs?.name ?? (flow.head.kind === 'name' ? flow.head.name : undefined)
}

/** Puts a call in the place of layers; parentheses that held them alone are not needed any more. */
function callEdit({ tree }: RefactorContext, run: PartRun, text: string): TextEdit {
  const { flow, parts, first, last } = run
  const isWhole = first === 0 && last === parts.length - 1 && parts[0]?.stage === undefined
  const path = nodesAt(tree, flow.start)
  const outer = path[path.indexOf(flow) - 1]
  if (isWhole && outer?.kind === 'parenthesized' && flow.end === parts[last]?.value.end) {
    return { start: outer.start, end: outer.end, text }
  }
  return { ...rangeOfRun(run), text }
}

/** The other runs of the same layers in the file, whose names stand for the same kinds of things. */
function duplicatesOf({ view, tree }: RefactorContext, run: PartRun): readonly PartRun[] {
  const tokens = ({ parts, first, last }: PartRun) =>
    parts
      .slice(first, last + 1)
      .map(({ value, as }, i) => [tokenText(tree, value), first + i < last && as?.name])
  const wanted = JSON.stringify(tokens(run))
  const length = run.last - run.first
  const signature = signatureOf(view, run)
  const found: PartRun[] = []
  for (const flow of descendants(tree)) {
    if (flow.kind !== 'flow' || flow.stages.length < length) continue
    const parts = partsOf(view, flow)
    for (let first = 0; first + length < parts.length; first++) {
      const each = { flow, parts, first, last: first + length }
      if (JSON.stringify(tokens(each)) !== wanted) continue
      const range = rangeOfRun(each)
      const isTaken = [run, ...found]
        .map(rangeOfRun)
        .some(({ start, end }) => start < range.end && range.start < end)
      if (isTaken || escapes(view, range)) continue
      if (signatureOf(view, each) === signature) found.push(each)
    }
  }
  return found
}

/** What the names in a run stand for, one after the other. */
function signatureOf(view: View, run: PartRun): string {
  const range = rangeOfRun(run)
  const references = referencesOf(view.analysis.file)
  const piped = pipedName(run)
  const all = readsIn(view.analysis.file, range).map((read) => {
    if (read.name === piped) return 'piped'
    const seen = references.seenBy(read)
    if (seen.length === 0) return read.meaning
    if (seen.every(isOfFile)) return 'file'
    if (seen.every(({ identifier }) => isIn(range, identifier))) return 'own'
    const kind = read.node.kind === 'name' ? kindOf(view, read.node) : 'value'
    return isTensorKind(kind) || kind === 'layer' ? kind : 'value'
  })
  return all.join(' ')
}
