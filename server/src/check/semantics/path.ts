import type { SyntaxNode } from '../../../../grammar/tree'

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
