/** What a part of a text takes from outside and gives to it, by the names in it. */
import type { Range, SourceFile } from '../../../../../grammar/tree'
import { type Binding, type Read, referencesOf } from '../../../check/references'
import { type Kind, kindOf } from '../../../check/semantics/kinds'
import type { View } from '../../support/view'

/** A name of the body that a part of it reads. */
export interface Free {
  readonly name: string
  readonly kind: Kind
  readonly reads: readonly Read[]
}

/** Whether a range lies in another. */
export function isIn(outer: Range, { start, end }: Range): boolean {
  return outer.start <= start && end <= outer.end
}

/** The places that read a name in a range, in the order of the text. */
export function readsIn(tree: SourceFile, range: Range): readonly Read[] {
  return referencesOf(tree)
    .reads.filter(({ node }) => isIn(range, node))
    .sort((a, b) => a.node.start - b.node.start)
}

/** The bindings in a range, those of comprehensions included. */
export function bindingsIn(tree: SourceFile, range: Range): readonly Binding[] {
  return referencesOf(tree).bindings.filter(({ identifier }) => isIn(range, identifier))
}

/** Whether a name stands for something of the file's own level, an import included. */
export function isOfFile({ scope }: Binding): boolean {
  return scope.kind === 'file'
}

/**
 * The names of the body around a range that are read in it, in the order of the text; undefined where one of
 * them is unknown.
 */
export function freeNames(view: View, range: Range): readonly Free[] | undefined {
  const { file } = view.analysis
  const references = referencesOf(file)
  const found = new Map<string, Read[]>()
  for (const read of readsIn(file, range)) {
    if (read.meaning === 'unknown') return undefined
    const seen = references.seenBy(read)
    if (!seen.some((binding) => !isOfFile(binding) && !isIn(range, binding.identifier))) continue
    const reads = found.get(read.name) ?? []
    found.set(read.name, reads)
    reads.push(read)
  }
  return [...found].map(([name, reads]) => {
    const [first] = reads as [Read]
    return { name, kind: kindOf(view, nameOf(first)), reads }
  })
}

/** The expression that reads a name; `output a` has only an identifier for it. */
function nameOf({ node }: Read) {
  return node.kind === 'name' ? node : { ...node, kind: 'name' as const }
}
