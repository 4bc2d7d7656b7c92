import { localName } from '../../../../grammar/bindings'
import { format } from '../../../../grammar/format'
import type { Import, Range, SourceFile } from '../../../../grammar/tree'
import { referencesOf } from '../../check/references'
import type { TextEdit } from '../../model/problem'
import { importText, isFaulty, lineEndOf, type Named, namesOf } from './text'

/**
 * The edits that sort the imports of a file by path and name, make one of those from the same file, and remove
 * what nothing reads; none where all is so already. `targetOf` says which file a path leads to. Imports with
 * other statements between them stay apart. A comment goes with the import that it stands above or behind.
 */
export function organizeImports(tree: SourceFile, targetOf: (path: string) => string): readonly TextEdit[] {
  // A line that could not be read may use any name.
  const isUsed = tree.problems.length > 0 ? () => true : usesOf(tree)
  return groupsOf(tree).flatMap((group) => {
    const extent = extentOf(tree, group)
    if (isFaulty(tree, extent)) return []
    const entries = merged(
      group.map((each, i) => entryOf(tree, each, group[i - 1], isUsed)),
      targetOf,
    )
    const written = entries
      .filter(({ names, comments }) => names.length > 0 || comments.length > 0)
      .map(({ path, names, comments, behind }) => {
        const text = names.length === 0 ? [] : [`${importText(path, sortedNames(names))}${behind}`]
        return [...comments, ...text].join('\n')
      })
    if (written.length === 0) return [{ ...withLineEnds(tree, extent), text: '' }]
    const organized = format(`${written.join('\n')}\n`).trimEnd()
    const text = organized.replace(/\r?\n/g, lineEndOf(tree.text))
    return text === tree.text.slice(extent.start, extent.end) ? [] : [{ ...extent, text }]
  })
}

interface Entry {
  readonly path: string
  readonly names: readonly Named[]
  /** The comments above it. */
  readonly comments: readonly string[]
  /** The comment at the end of its line, with the space before it. */
  readonly behind: string
}

/** Whether anything reads an imported name, by the name that it has here. */
function usesOf(tree: SourceFile): (imported: Import['names'][number]) => boolean {
  const references = referencesOf(tree)
  return (imported) => {
    const binding = references.bindingAt(localName(imported))
    return binding !== undefined && references.isRead(binding)
  }
}

/** Imports without other statements between them. */
function groupsOf(tree: SourceFile): readonly (readonly Import[])[] {
  const groups: Import[][] = []
  let group: Import[] | undefined
  for (const item of tree.items) {
    if (item.kind !== 'import') {
      group = undefined
      continue
    }
    if (group === undefined) {
      group = []
      groups.push(group)
    }
    group.push(item)
  }
  return groups
}

/** From the first import to the last one's line end; what stands above the first one stays there. */
function extentOf(tree: SourceFile, group: readonly Import[]): Range {
  const [first, last] = [group[0], group.at(-1)] as [Import, Import]
  return { start: first.start, end: last.end + behindOf(tree, last).length }
}

/** The comment behind an import on its line, with the space before it. */
function behindOf({ text, comments }: SourceFile, { end }: Import): string {
  const comment = comments.find(({ start }) => start >= end)
  const between = comment === undefined ? '\n' : text.slice(end, comment.start)
  return comment === undefined || between.includes('\n') ? '' : between + comment.text
}

function entryOf(
  tree: SourceFile,
  item: Import,
  before: Import | undefined,
  isUsed: (imported: Import['names'][number]) => boolean,
): Entry {
  const from = before === undefined ? item.start : before.end + behindOf(tree, before).length
  const inside = tree.comments.filter(
    ({ start }) => (start >= from && start < item.start) || (start > item.start && start < item.end),
  )
  const read = new Set(item.names.filter(isUsed).map((each) => localName(each).name))
  const names = namesOf(item).filter(({ name, alias }) => read.has(alias ?? name))
  return {
    path: item.path.value,
    names,
    comments: inside.map(({ text }) => text.trimEnd()),
    behind: names.length === 0 ? '' : behindOf(tree, item),
  }
}

/** One entry for each file, in the order of the paths. */
function merged(entries: readonly Entry[], targetOf: (path: string) => string): readonly Entry[] {
  const found = new Map<string, Entry>()
  for (const entry of entries) {
    const target = targetOf(entry.path)
    const known = found.get(target)
    const both = known === undefined ? entry : join(known, entry)
    found.set(target, both)
  }
  return [...found.values()].sort((a, b) => compare(a.path, b.path))
}

function join(a: Entry, b: Entry): Entry {
  // Only one comment can stand behind; the other one goes above.
  const moved = a.behind !== '' && b.behind !== '' ? [b.behind.trim()] : []
  return {
    path: a.path,
    names: [...a.names, ...b.names],
    comments: [...a.comments, ...b.comments, ...moved],
    behind: a.behind === '' ? b.behind : a.behind,
  }
}

/** The names in order, capital letters first as constants have them; those that are said twice once. */
function sortedNames(names: readonly Named[]): readonly Named[] {
  const all = new Map(names.map((each) => [`${each.name} ${each.alias ?? ''}`, each]))
  return [...all.values()].sort((a, b) => compare(a.name, b.name) || compare(a.alias ?? '', b.alias ?? ''))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A range with the ends of its lines and the empty lines below it, so that nothing is left of it. */
function withLineEnds({ text }: SourceFile, { start, end }: Range): Range {
  const below = /^\s*?\n\s*/.exec(text.slice(end))?.[0] ?? ''
  return { start, end: end + below.length }
}
