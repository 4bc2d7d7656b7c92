/** Names of a file that nothing reads. */
import type { BindingKind } from '../../../../grammar/bindings'
import { memo } from '../../../../grammar/memo'
import type { Range } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { type Binding, type References, referencesOf } from '../../check/references'
import { closest } from '../../check/words'
import { hasOutput } from './outputs'

/**
 * The bindings of these kinds whose value nothing in the file reads. A name that starts with `_` is meant to be
 * unused. What may be unread only because the text around is not whole, because a name is misspelt where it should
 * be read, whose statement is wrong, or whose network has no output at all, is left out: that has its problem already.
 */
export function* unreadBindings(
  { file, problems }: Analysis,
  kinds: readonly BindingKind[],
): Generator<{ readonly binding: Binding; readonly references: References }> {
  const references = referencesOf(file)
  const hasFault = memo((scope: Range) => file.problems.some((problem) => inside(problem, scope)))
  const hasErrorIn = rangeIndex(
    problems.filter(({ severity }) => severity === 'error').map(({ range }) => range),
  )
  let misspelt: readonly string[] | undefined
  for (const binding of references.bindings) {
    if (!kinds.includes(binding.kind) || references.isRead(binding) || isMeantUnused(binding.name)) continue
    if (binding.scope.kind === 'network' && !hasOutput(binding.scope)) continue
    if (hasFault(binding.scope) || isExplained(binding, hasErrorIn)) continue
    misspelt ??= unknownNames(references)
    if (misspelt.length > MOST_MISSPELT) return
    if (misspelt.some((name) => closest(name, [binding.name]).length > 0)) continue
    yield { binding, references }
  }
}

export function isMeantUnused(name: string): boolean {
  return name.startsWith('_')
}

/** Where more names than this are unknown, any of them may be meant: nothing is called unread. */
const MOST_MISSPELT = 200

function unknownNames({ reads }: References): readonly string[] {
  return [...new Set(reads.filter(({ meaning }) => meaning === 'unknown').map(({ name }) => name))]
}

/** Whether an error says already why a name is not read: its statement is wrong, or its body lacks a part. */
function isExplained({ node, scope }: Binding, hasErrorIn: (range: Range) => boolean): boolean {
  const isBody = scope.kind === 'block' || scope.kind === 'network'
  return hasErrorIn(node) || (isBody && hasErrorIn(scope.name))
}

/** Tells whether one of the ranges lies in another range. */
export function rangeIndex(ranges: readonly Range[]): (range: Range) => boolean {
  const sorted = [...ranges].sort((a, b) => a.start - b.start)
  return (range) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as Range).start < range.start) low = middle + 1
      else high = middle
    }
    for (let i = low; i < sorted.length; i++) {
      const found = sorted[i] as Range
      if (found.start > range.end) return false
      if (found.end <= range.end) return true
    }
    return false
  }
}

function inside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
