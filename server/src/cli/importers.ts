import type { Analysis, AnalyzeOptions, Host } from '../check/analysis'
import { analyze } from '../check/analyze'

/** For each of these files the others that import it, directly or not. */
export function importersAmong(files: readonly string[], host: Host): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>(files.map((file) => [file, []]))
  for (const file of files) {
    for (const reached of closure(file, host)) if (reached !== file) importers.get(reached)?.push(file)
  }
  return importers
}

function closure(file: string, host: Host): ReadonlySet<string> {
  const reached = new Set([file])
  // A set's iteration goes on to what is added on the way.
  for (const from of reached) {
    for (const item of host.file(from)?.items ?? []) {
      if (item.kind === 'import') reached.add(host.resolve(from, item.path.value))
    }
  }
  return reached
}

/** A file's analysis with those of the files that import it. */
export interface WithImporters {
  readonly analysis: Analysis
  readonly importers: readonly Analysis[]
}

/** Analyses files one after the other; an analysis that no file needs any more is let go. */
export function* analysesOf(
  files: readonly string[],
  host: Host,
  options: AnalyzeOptions = {},
): Generator<WithImporters> {
  const importers = importersAmong(files, host)
  const uses = new Map<string, number>()
  for (const file of [...files, ...[...importers.values()].flat()]) uses.set(file, (uses.get(file) ?? 0) + 1)
  const kept = new Map<string, Analysis>()
  const take = (file: string): Analysis => {
    const analysis = kept.get(file) ?? analyze(file, host, options)
    const left = (uses.get(file) ?? 0) - 1
    uses.set(file, left)
    if (left > 0) kept.set(file, analysis)
    else kept.delete(file)
    return analysis
  }
  for (const file of files) yield { analysis: take(file), importers: (importers.get(file) ?? []).map(take) }
}
