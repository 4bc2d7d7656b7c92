import type { Range, SourceFile, SyntaxNode } from '../../../grammar/tree'

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

/** The text of a node on one line, shortened to `length`. */
export function textOf(file: SourceFile, { start, end }: Range, length = 80): string {
  const text = file.text.slice(start, end).replace(/\s+/g, ' ')
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
