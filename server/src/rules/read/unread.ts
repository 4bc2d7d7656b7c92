/** Names of a file that nothing reads. */
import type { BindingKind } from '../../../../grammar/bindings'
import type { Range } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { type Binding, type References, referencesOf } from '../../check/references'
import { closest } from '../../check/words'
import type { Problem } from '../../model/problem'

/**
 * The bindings of these kinds whose value nothing in the file reads. A name that starts with `_` is meant to be
 * unused. What may be unread only because the text around is not whole, because a name is misspelt where it should
 * be read, or whose statement is wrong, is left out: that has its problem already.
 */
export function* unreadBindings(
  { file, problems }: Analysis,
  kinds: readonly BindingKind[],
): Generator<{ readonly binding: Binding; readonly references: References }> {
  const references = referencesOf(file)
  let misspelt: readonly string[] | undefined
  for (const binding of references.bindings) {
    if (!kinds.includes(binding.kind) || references.isRead(binding) || isMeantUnused(binding.name)) continue
    if (file.problems.some((problem) => inside(problem, binding.scope))) continue
    if (problems.some((problem) => explains(problem, binding))) continue
    misspelt ??= references.reads.filter(({ meaning }) => meaning === 'unknown').map(({ name }) => name)
    if (misspelt.some((name) => closest(name, [binding.name]).length > 0)) continue
    yield { binding, references }
  }
}

export function isMeantUnused(name: string): boolean {
  return name.startsWith('_')
}

/** Whether an error says already why a name is not read: its statement is wrong, or its body lacks a part. */
function explains({ severity, range }: Problem, { node, scope }: Binding): boolean {
  if (severity !== 'error') return false
  const isBody = scope.kind === 'block' || scope.kind === 'network'
  return inside(range, node) || (isBody && inside(range, scope.name))
}

function inside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
