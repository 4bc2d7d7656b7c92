import type { Analysis } from '../analysis'

/** A file with all that tells what its texts mean. */
export interface KnownFile {
  /** The file's own analysis. */
  readonly analysis: Analysis
  /** The analyses of files that import it, whose networks run its blocks. */
  readonly importers: readonly Analysis[]
  /** The file that `path`, written in an import of `from`, names. */
  readonly resolve: (from: string, path: string) => string
}
