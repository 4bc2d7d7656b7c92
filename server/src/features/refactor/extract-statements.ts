import type { Body, Range, Statement, SyntaxNode } from '../../../../grammar/tree'
import { descendants } from '../../../../grammar/walk'
import { type Binding, referencesOf } from '../../check/references'
import type { Path } from '../../check/semantics/path'
import type { RefactorContext, Refactoring } from './frame/refactoring'
import { freshName, namesIn } from './read/names'
import { blockText, callText, insertBefore, parametersOf } from './read/new-block'
import { bindingsIn, freeNames, isIn } from './read/reads'

/** Makes the selected statements of a body a block that returns what the others read of theirs. */
export const extractStatements: Refactoring = {
  name: 'extract-statements',
  kind: 'refactor.extract.block',
  keeps: 'everything',
  *propose(context) {
    const { view, tree, path } = context
    const statements = selectedStatements(context)
    const [first, last] = [statements[0], statements.at(-1)]
    if (first === undefined || last === undefined || statements.some(belongsToBody)) return
    const range = { start: first.start, end: last.end }
    const free = freeNames(view, range)
    const parameters = free && parametersOf(free)
    const results = resultsOf(context, range)
    if (parameters === undefined || results.length === 0) return
    const name = freshName('unit', namesIn(tree, tree))
    const body = `${tree.text.slice(range.start, range.end)}\nreturn ${results.join(', ')}`
    const block = insertBefore(tree, path, blockText(name, undefined, parameters, body))
    const { tensors, options } = parameters
    const [piped, ...others] = tensors.length === 1 && tensors[0]?.kind === 'tensor' ? tensors : []
    const call =
      piped === undefined
        ? callText(name, [...tensors, ...options])
        : `${piped.name} -> ${callText(name, [...others, ...options])}`
    // A block that takes nothing is still called.
    const text = `${results.join(', ')} = ${call === name ? `${name}()` : call}`
    if (block) yield { title: `Extract block ${name}`, edits: [block, { ...range, text }], newName: name }
  },
}

/** The statements of the innermost body that a selection covers exactly. */
function selectedStatements({ path, selection }: RefactorContext): readonly Statement[] {
  const body = path.findLast(
    (node): node is Body =>
      node.kind === 'body' && node.statements.some(({ start }) => start === selection.start),
  )
  const first = body?.statements.findIndex(({ start }) => start === selection.start) ?? -1
  const last = body?.statements.findIndex(({ end }) => end === selection.end) ?? -1
  return first < 0 || last < first ? [] : (body?.statements.slice(first, last + 1) ?? [])
}

/** Whether a statement has a meaning in its own body alone. */
function belongsToBody(statement: Statement): boolean {
  for (const { kind } of descendants(statement)) {
    if (kind === 'return' || kind === 'input' || kind === 'output' || kind === 'expect') return true
  }
  return false
}

/** The names that are bound in a range and read outside of it, or in a further round of a loop around it. */
function resultsOf({ tree, path }: RefactorContext, range: Range): readonly string[] {
  const references = referencesOf(tree)
  const isLooped = isInLoop(path, range)
  const isRead = (binding: Binding) =>
    references
      .readersOf(binding)
      .some(({ node }) => !isIn(range, node) || (isLooped && node.start < binding.identifier.start))
  const bound = bindingsIn(tree, range).filter(({ kind }) => kind !== 'item')
  return [...new Set(bound.filter(isRead).map(({ name }) => name))]
}

function isInLoop(path: Path, range: Range): boolean {
  const loops = (node: SyntaxNode) => node.kind === 'for' && isIn(node.body, range)
  return path.some(loops)
}
