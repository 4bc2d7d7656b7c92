import type { NumberLiteral, SizeLiteral, SyntaxNode } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { optionOf } from '../../check/semantics/callee'
import type { Path } from '../../check/semantics/path'
import type { TextEdit } from '../../model/problem'
import { showCountOf } from '../../model/show'
import type { RefactorContext, Refactoring } from './frame/refactoring'
import { freshName, namesIn } from './read/names'
import { startWithComments } from './read/new-block'

/** Gives a number or size a name at the file's level, here or wherever it is equal. */
export const extractConstant: Refactoring = {
  name: 'extract-constant',
  kind: 'refactor.extract.constant',
  keeps: 'everything',
  *propose(context) {
    const { tree, path, selection } = context
    const literal = path.findLast(isNumeric)
    if (literal === undefined || !covers(literal, selection)) return
    const role = roleOf(context, path)
    if (role === undefined) return
    const text = tree.text.slice(literal.start, literal.end)
    const name = freshName(role.toUpperCase(), namesIn(tree, tree))
    const declaration = declarationBefore(context, `${name} = ${text}`)
    const action = `Extract constant ${name} = ${text}`
    const own = { start: literal.start, end: literal.end, text: name }
    yield { title: action, edits: [declaration, own], newName: name }
    const equal = equalLiterals(context, literal)
    const alike = equal.filter((each) => each.role === role)
    for (const [places, where] of [
      [alike, ` as ${role}`],
      [equal, ''],
    ] as const) {
      // All equal ones are offered beside those of the same meaning only where there are more of them.
      if (places.length === 0 || (places === equal && alike.length === equal.length)) continue
      const edits = places.map(({ node: { start, end } }) => ({ start, end, text: name }))
      const count = showCountOf(places.length, 'other')
      yield {
        title: `${action} and use it for ${count}${where}`,
        edits: [declaration, own, ...edits],
        newName: name,
      }
    }
  },
}

type Literal = NumberLiteral | SizeLiteral

function isNumeric(node: SyntaxNode): node is Literal {
  return node.kind === 'number' || node.kind === 'size'
}

/** A cursor may stand anywhere in the literal; a selection is all of it. */
function covers({ start, end }: Literal, selection: RefactorContext['selection']): boolean {
  const isCursor = selection.start === selection.end
  return isCursor || (selection.start === start && selection.end === end)
}

/**
 * What a literal is: the option or the parameter that it gives, or `size` in an input; undefined where it has a
 * name already or states what must come out.
 */
function roleOf({ view }: RefactorContext, path: Path): string | undefined {
  if (path.some(({ kind }) => kind === 'expect')) return undefined
  const [literal, parent] = path.toReversed()
  if (literal === undefined || (parent?.kind === 'constant' && parent.value === literal)) return undefined
  for (const [i, node] of [...path.entries()].reverse()) {
    const inside = path[i - 1]
    if (node.kind === 'argument' && inside?.kind === 'call') {
      return optionOf(view, path, inside, node) ?? 'value'
    }
    if (node.kind === 'parameter') return node.name.name
    if (node.kind === 'input') return 'size'
  }
  return 'value'
}

interface LiteralPlace {
  readonly node: Literal
  readonly role: string
}

/** The other literals of the file with the same value that may have a name in their stead. */
function equalLiterals(context: RefactorContext, literal: Literal): readonly LiteralPlace[] {
  const found: LiteralPlace[] = []
  const path: SyntaxNode[] = []
  const visit = (node: SyntaxNode) => {
    path.push(node)
    if (isNumeric(node) && node !== literal && isEqual(node, literal)) {
      const role = roleOf(context, path)
      if (role !== undefined) found.push({ node, role })
    }
    eachChild(node, visit)
    path.pop()
  }
  visit(context.tree)
  return found
}

function isEqual(a: Literal, b: Literal): boolean {
  if (a.kind === 'number') return b.kind === 'number' && a.value === b.value
  return b.kind === 'size' && a.values.join('x') === b.values.join('x')
}

/** Puts a constant after those that stand before the declaration with the selection, or before all of them. */
function declarationBefore({ tree, path }: RefactorContext, text: string): TextEdit {
  const at = tree.items.findIndex((item) => path.includes(item))
  const before = tree.items.slice(0, Math.max(at, 0))
  const last = before.findLast(({ kind }) => kind === 'constant' || kind === 'import')
  if (last === undefined) {
    const [first] = tree.items
    const start = first === undefined ? tree.text.length : startWithComments(tree, first)
    return { start, end: start, text: `${text}\n\n` }
  }
  const lineEnd = tree.text.indexOf('\n', last.end)
  const end = lineEnd < 0 ? tree.text.length : lineEnd
  return { start: end, end, text: `${last.kind === 'import' ? '\n\n' : '\n'}${text}` }
}
