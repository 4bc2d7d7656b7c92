import type { Stage, SyntaxNode } from '../../../../grammar/tree'

/** The nodes around an offset, from the file inwards. */
export type Path = readonly SyntaxNode[]

/** The innermost node of one of these kinds. */
export function enclosing<K extends SyntaxNode['kind']>(
  path: Path,
  ...kinds: readonly K[]
): Extract<SyntaxNode, { kind: K }> | undefined {
  return path.findLast((node): node is Extract<SyntaxNode, { kind: K }> =>
    (kinds as readonly string[]).includes(node.kind),
  )
}

/** The stage that the call at the end of a path is, by itself or repeated. */
export function stageOf(path: Path): Stage | undefined {
  for (const node of path.slice(0, -1).toReversed()) {
    if (node.kind === 'stage') return node
    if (node.kind !== 'binary' && node.kind !== 'parenthesized') return undefined
  }
  return undefined
}
