/**
 * What the names of one file stand for: every place that binds a name, every place that reads one, and which of
 * the former a reader may see. It goes by the text alone, of one file alone; what an import brings is found in
 * the other file's index.
 */
import { memo } from '../../../grammar/memo'
import type { SourceFile, SyntaxNode } from '../../../grammar/tree'
import { resolveNames } from './resolve'
import type { Binding, Read, Resolved, Scope, Source } from './resolve/names'
import type { Meeting } from './resolve/paths'

export type { Binding, Read, Scope, Source } from './resolve/names'

export interface References {
  /** All bindings, the file's own first, those of a body in the order in which it runs. */
  readonly bindings: readonly Binding[]
  readonly reads: readonly Read[]
  /** The binding whose name an identifier is. */
  bindingAt(identifier: SyntaxNode): Binding | undefined
  /** The read that a name is, or the identifier in `output a`. */
  readAt(node: SyntaxNode): Read | undefined
  /**
   * The bindings whose value a reader may see, in the order of the text: the last one before it on each path
   * that leads there, also from the round before in a loop.
   */
  seenBy(read: Read): readonly Binding[]
  /** The same as one source, in which many readers share where paths have met: what goes through all reads takes it. */
  sourceOf(read: Read): Source | undefined
  /** The readers that may see the value of a binding, in the order of the text. */
  readersOf(binding: Binding): readonly Read[]
  /** Whether anything in the file may see the value of a binding. */
  isRead(binding: Binding): boolean
  /** The bindings that give a body's name another value while it has that of this one, in the order of the text. */
  replacedBy(binding: Binding): readonly Binding[]
  /** The bindings of a name in a scope, in the order of the text. */
  bound(scope: Scope, name: string): readonly Binding[]
  /**
   * The bindings and readers that belong together with a binding, since some reader may see either: what must be
   * renamed at once, and what is one and the same variable to a reader of the text.
   */
  variableOf(binding: Binding): { readonly bindings: readonly Binding[]; readonly reads: readonly Read[] }
}

/** The index of a file's names, made once for a tree. */
export const referencesOf = memo((tree: SourceFile): References => createIndex(resolveNames(tree)))

function createIndex({ bindings, reads, sources, replaced }: Resolved): References {
  const bindingOf = once(() => new Map(bindings.map((each) => [each.identifier as SyntaxNode, each])))
  const readOf = once(() => new Map(reads.map((each) => [each.node as SyntaxNode, each])))
  const sourcesOfReads = once(() => new Map(reads.map((each, i) => [each, sources[i]])))
  const scopes = once(() => byScope(bindings))
  const live = once(() => bindingsIn(sources))
  const uses = once(() => usesOf(reads, sources, replaced))

  const seenBy = (read: Read): readonly Binding[] => {
    const source = sourcesOfReads().get(read)
    return source === undefined
      ? []
      : inOrder([...bindingsIn([source])], ({ identifier }) => identifier.start)
  }
  const readersOf = (binding: Binding): readonly Read[] =>
    inOrder(usersOf(binding, uses()).reads, ({ node }) => node.start)

  return {
    bindings,
    reads,
    bindingAt: (identifier) => bindingOf().get(identifier),
    readAt: (node) => readOf().get(node),
    seenBy,
    sourceOf: (read) => sourcesOfReads().get(read),
    readersOf,
    replacedBy: (binding) =>
      inOrder(usersOf(binding, uses()).replacing, ({ identifier }) => identifier.start),
    isRead: (binding) => live().has(binding),
    bound: (scope, name) => scopes().get(scope)?.get(name) ?? [],
    variableOf(binding) {
      const found = new Set([binding])
      const readers = new Set<Read>()
      for (const each of found) {
        for (const read of readersOf(each)) {
          if (readers.has(read)) continue
          readers.add(read)
          for (const other of seenBy(read)) found.add(other)
        }
      }
      return {
        bindings: inOrder([...found], ({ identifier }) => identifier.start),
        reads: inOrder([...readers], ({ node }) => node.start),
      }
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function inOrder<T>(items: readonly T[], start: (item: T) => number): readonly T[] {
  return items.length < 2 ? items : [...items].sort((a, b) => start(a) - start(b))
}

/** Whether a source is several bindings of which any may be the one. */
export function isMeeting(source: Source): source is Meeting<Binding> {
  return 'of' in source
}

/** The bindings that sources come down to. */
function bindingsIn(sources: readonly (Source | undefined)[]): ReadonlySet<Binding> {
  const found = new Set(sources)
  const bindings = new Set<Binding>()
  for (const source of found) {
    if (source === undefined) continue
    if (isMeeting(source)) for (const each of source.of) found.add(each)
    else bindings.add(source)
  }
  return bindings
}

interface Uses {
  readonly reads: Read[]
  readonly meetings: Meeting<Binding>[]
  readonly replacing: Binding[]
}

/** Who reads each source, what replaces it, and where it meets others. */
function usesOf(
  reads: readonly Read[],
  sources: readonly (Source | undefined)[],
  replaced: ReadonlyMap<Binding, Source>,
): ReadonlyMap<Source, Uses> {
  const found = new Map<Source, Uses>()
  const usesFor = (source: Source): Uses => {
    const uses = found.get(source) ?? { reads: [], meetings: [], replacing: [] }
    found.set(source, uses)
    return uses
  }
  for (const [i, read] of reads.entries()) {
    const source = sources[i]
    if (source) usesFor(source).reads.push(read)
  }
  for (const [binding, source] of replaced) usesFor(source).replacing.push(binding)
  // Entries that are added on the way are visited too.
  for (const source of found.keys()) {
    if (isMeeting(source)) for (const each of source.of) usesFor(each).meetings.push(source)
  }
  return found
}

/** Who reads a binding and what replaces it, directly or where paths have met. */
function usersOf(binding: Binding, uses: ReadonlyMap<Source, Uses>): Pick<Uses, 'reads' | 'replacing'> {
  const found = new Set<Source>([binding])
  const reads: Read[] = []
  const replacing: Binding[] = []
  for (const source of found) {
    const of = uses.get(source)
    reads.push(...(of?.reads ?? []))
    replacing.push(...(of?.replacing ?? []))
    for (const meeting of of?.meetings ?? []) found.add(meeting)
  }
  return { reads, replacing }
}

function byScope(bindings: readonly Binding[]): ReadonlyMap<Scope, ReadonlyMap<string, readonly Binding[]>> {
  const found = new Map<Scope, Map<string, Binding[]>>()
  for (const binding of bindings) {
    const names = found.get(binding.scope) ?? new Map<string, Binding[]>()
    found.set(binding.scope, names)
    const places = names.get(binding.name) ?? []
    names.set(binding.name, places)
    places.push(binding)
  }
  for (const names of found.values())
    for (const places of names.values()) {
      places.sort((a, b) => a.identifier.start - b.identifier.start)
    }
  return found
}
