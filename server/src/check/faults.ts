import { memo } from '../../../grammar/memo'
import type { Range, SourceFile, SyntaxCode, SyntaxNode, SyntaxProblem } from '../../../grammar/tree'
import { eachChild } from '../../../grammar/walk'

/** Faults after which the meaning is still certain, or which stand between statements. */
const HARMLESS: ReadonlySet<SyntaxCode> = new Set(['foreign-syntax', 'unclosed-brace', 'unmatched-bracket'])

export interface Faults {
  /** Statements and heads of declarations, loops and branches whose text is not certain to be what is meant. */
  readonly nodes: ReadonlySet<SyntaxNode>
  /** The text that faults of any kind may have led astray: what else is wrong there is not said. */
  readonly ranges: readonly Range[]
}

/** What the faults in a file's text spoil: the statement, or the head, that each one stands in. */
export const faultsOf = memo((tree: SourceFile): Faults => faultsAmong(tree, tree.problems))

/** The same of some of the faults. */
export function faultsAmong(tree: SourceFile, problems: SourceFile['problems']): Faults {
  const nodes = new Set<SyntaxNode>()
  const ranges: Range[] = []
  const partsOf = memo(partsBelow)
  for (const problem of problems) {
    const { node, range } = spoiled(tree, problem, partsOf)
    ranges.push(range ?? problem)
    if (node && !HARMLESS.has(problem.code)) nodes.add(node)
  }
  return { nodes, ranges }
}

/** The innermost statement or declaration around a fault, and its part outside of bodies. */
function spoiled(
  tree: SourceFile,
  fault: SyntaxProblem,
  partsOf: (node: SyntaxNode) => readonly SyntaxNode[],
): { node?: SyntaxNode; range?: Range } {
  let node: SyntaxNode | undefined
  let at: SyntaxNode | undefined = tree
  while (at !== undefined) {
    const inside = partAt(partsOf(at), fault)
    if (inside !== undefined && inside.kind !== 'body') node = inside
    at = inside
  }
  if (node === undefined) return {}
  return { node, range: headOf(node) }
}

/** The bodies and statements directly below a node, in the order of the text. */
function partsBelow(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = []
  eachChild(node, (child) => {
    if (isPart(child)) parts.push(child)
  })
  return parts
}

/**
 * The part that a fault stands in, the later one where two touch; found by halving, since a file may have many faults.
 * Nesting that is too deep is cut out of the tree, so that the part which it belongs to ends before it.
 */
function partAt(parts: readonly SyntaxNode[], { start, code }: SyntaxProblem): SyntaxNode | undefined {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle] as SyntaxNode).start <= start) low = middle + 1
    else high = middle
  }
  const part = parts[low - 1]
  const isCut = code === 'nesting-too-deep' && part?.kind !== 'body'
  return part !== undefined && (isCut || start <= part.end) ? part : undefined
}

function isPart({ kind }: SyntaxNode): boolean {
  return kind === 'body' || STATEMENTS.has(kind)
}

const STATEMENTS: ReadonlySet<SyntaxNode['kind']> = new Set([
  'import',
  'constant',
  'block',
  'network',
  'input',
  'output',
  'return',
  'assign',
  'shared',
  'for',
  'if',
  'expect',
])

function headOf(node: SyntaxNode): Range {
  if (node.kind === 'block' || node.kind === 'network' || node.kind === 'for') {
    return { start: node.start, end: node.body.start }
  }
  return node.kind === 'if' ? { start: node.start, end: node.then.start } : node
}
