/** The text of a block's body with other texts in the place of its names. */
import type { Block, Range, Return, SourceFile, SyntaxNode } from '../../../../../grammar/tree'
import { nodesAt } from '../../../../../grammar/walk'
import { changedText } from '../../../check/binding/call-edits'
import { type Binding, type Read, referencesOf } from '../../../check/references'
import { mayStandIn } from '../../../fixes/flow-text'
import type { TextEdit } from '../../../model/problem'
import { bindingsIn, isOfFile, readsIn } from './reads'

/** A text that stands for a name, and the kind of expression that it is. */
export interface Substitute {
  readonly text: string
  /** Undefined for what needs no parentheses anywhere. */
  readonly node?: SyntaxNode
}

/** A block whose body ends with its only `return`. */
export interface Inlinable {
  readonly block: Block
  readonly tree: SourceFile
  readonly result: Return
}

export function inlinable(block: Block, tree: SourceFile): Inlinable | undefined {
  const result = block.body.statements.at(-1)
  if (result?.kind !== 'return' || countReturns(block) !== 1) return undefined
  return { block, tree, result }
}

function countReturns({ body }: Block): number {
  let count = 0
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'return') count++
    else if (node.kind === 'body') node.statements.forEach(visit)
    else if (node.kind === 'for') visit(node.body)
    else if (node.kind === 'if') {
      visit(node.then)
      if (node.else) visit(node.else)
    }
  }
  visit(body)
  return count
}

/** The names that the body binds for itself; a parameter that is bound again is one of them. */
export function localsOf({ block, tree }: Inlinable): readonly Binding[] {
  return bindingsIn(tree, block.body)
}

/** The names of the file's level that a range reads, or of built-in layers and functions. */
export function outerReads({ tree }: Inlinable, range: Range): readonly Read[] {
  const references = referencesOf(tree)
  return readsIn(tree, range).filter((read) => {
    if (read.meaning === 'word' || read.meaning === 'total') return false
    return references.seenBy(read).every(isOfFile)
  })
}

/** How often a range reads a name of the body or one of its parameters. */
export function countReads({ tree }: Inlinable, range: Range, name: string): number {
  const references = referencesOf(tree)
  return readsIn(tree, range).filter(
    (read) => read.name === name && references.seenBy(read).some((binding) => !isOfFile(binding)),
  ).length
}

/** A part of the block with other texts in the place of its parameters and of the names that it binds. */
export function substituted(
  { tree }: Inlinable,
  range: Range,
  substitutes: ReadonlyMap<string, Substitute>,
): string {
  const references = referencesOf(tree)
  const edits: TextEdit[] = []
  for (const { name, identifier } of bindingsIn(tree, range)) {
    const by = substitutes.get(name)
    if (by) edits.push({ start: identifier.start, end: identifier.end, text: by.text })
  }
  for (const read of readsIn(tree, range)) {
    const by = substitutes.get(read.name)
    const isOwn = references.seenBy(read).some((binding) => !isOfFile(binding))
    if (by === undefined || !isOwn) continue
    const { start, end } = read.node
    edits.push({ start, end, text: isClosedIn(tree, read.node, by) ? by.text : `(${by.text})` })
  }
  return changedText(tree.text, range, edits)
}

/** Whether a text can stand in the place of a name without parentheses. */
function isClosedIn(tree: SourceFile, place: SyntaxNode, { node }: Substitute): boolean {
  if (node === undefined) return true
  const path = nodesAt(tree, place.start)
  return mayStandIn(node, path[path.indexOf(place) - 1])
}
