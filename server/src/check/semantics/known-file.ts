import type { Analysis } from '../analysis'

/** A file with all that says what its texts mean. */
export interface KnownFile {
  /** The file's own analysis. */
  readonly analysis: Analysis
  /** The analyses of files that import it, whose networks run its blocks. */
  readonly importers: readonly Analysis[]
  /** The file that `path`, written in an import of `from`, names. */
  readonly resolve: (from: string, path: string) => string
}

/** The same knowledge for the texts of another file that the analysis has read; undefined where it has not. */
export function knownFrom(known: KnownFile, file: string): KnownFile | undefined {
  const { analysis } = known
  if (file === analysis.uri) return known
  const tree = analysis.files.get(file)
  return tree && { ...known, analysis: { ...analysis, uri: file, file: tree } }
}
