/** Fixes for calls of other frameworks: the whole call as it is written here. */
import type { Range, SourceFile, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Meaning, TranslatedData } from '../check/problems/names'
import { shortened } from '../check/words'
import type { TextEdit } from '../model/problem'
import type { Candidate, FixMaker } from './fix'

/** How many characters of a call are shown in a title. */
const MOST_SHOWN = 70

/** Writes the call of another framework as each of its meanings; the only one is certain. */
export const foreignCall: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file } = problem.origin ?? problem
  const data = problem.data as TranslatedData
  const { meanings = [], call, callee } = data
  const tree = analysis.files.get(file)
  if (tree === undefined || call === undefined || callee === undefined) return
  const losesComments = tree.comments.some(({ start, end }) => call.start < start && end < call.end)
  for (const meaning of meanings) {
    const { remark } = meaning
    const edits = [editOf(meaning, call, callee, tree)]
    const remarks = [
      ...(remark === undefined ? [] : [remark]),
      ...(losesComments ? ['without its comments'] : []),
    ]
    const action = `${actionOf(edits[0] as TextEdit, tree)}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`
    const isCertain = meanings.length === 1 && remark === undefined && !losesComments
    const shows = isRename(edits[0] as TextEdit, tree) ? null : { file, range: call }
    yield { action, file, edits, shows, class: isCertain ? 'certain' : 'choice' }
  }
}

/** Whether only a name changes. */
function isRename({ start, end, text }: TextEdit, { text: source }: SourceFile): boolean {
  return /^[\w.]+$/.test(source.slice(start, end)) && /^\w+$/.test(text)
}

function actionOf(edit: TextEdit, tree: SourceFile): string {
  const { start, end, text } = edit
  return isRename(edit, tree)
    ? `Change ${tree.text.slice(start, end)} to ${text}`
    : `Write ${shortened(text.replace(/^\((.*)\)$/s, '$1'), MOST_SHOWN)}`
}

/** Only the name changes where the arguments stay. */
function editOf(
  { text, isFlow, layer, isBound }: Meaning,
  call: Range,
  callee: Range,
  tree: SourceFile,
): TextEdit {
  const args = tree.text.slice(callee.end, call.end)
  const own = isBound ? text.slice(0, text.length - args.length) : layer
  if (own !== undefined && text === `${own}${args}`) return { ...callee, text: own }
  if (!isFlow) return { ...call, text }
  return { ...call, text: holdsFlow(tree, call) ? laidOut(text, call, tree) : `(${text})` }
}

/** A flow over as many lines as it has stages, where the call had several. */
function laidOut(text: string, { start, end }: Range, { text: source }: SourceFile): string {
  if (!source.slice(start, end).includes('\n')) return text
  const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start)
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  let depth = 0
  return text.replace(/[([]|[)\]]| -> /g, (sign) => {
    if (sign === ' -> ') return depth === 0 ? `\n${indent}  -> ` : sign
    depth += sign === '(' || sign === '[' ? 1 : -1
    return sign
  })
}

/** What a flow may stand in without parentheses. */
const HOLDS_FLOWS: ReadonlySet<SyntaxNode['kind']> = new Set<SyntaxNode['kind']>([
  ...(['assign', 'output', 'return', 'shared', 'constant'] as const),
  ...(['argument', 'parenthesized', 'stage', 'flow', 'list'] as const),
])

function holdsFlow(tree: SourceFile, { start, end }: Range): boolean {
  const path = nodesAt(tree, start)
  const at = path.findIndex((node) => node.start === start && node.end === end)
  const around = path[at - 1]
  return around !== undefined && HOLDS_FLOWS.has(around.kind)
}
