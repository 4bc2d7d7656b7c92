import type { Expression, Identifier, SourceFile, SyntaxNode } from '../../../grammar/tree'
import type { Frame, NetworkGraph, Value } from '../model/graph'
import type { Problem } from '../model/problem'
import type { Limits, Spent } from './limits'

/**
 * Where sources come from: open editors first, then disk. Files are known by a URI or a path, whatever the
 * host uses; the analysis only hands the strings back.
 */
export interface Host {
  /** The tree of a file, or undefined when there is none. Hosts keep trees between analyses. */
  file(uri: string): SourceFile | undefined
  /** The file that `path`, written in an import of `from`, names. */
  resolve(from: string, path: string): string
  /** Whether a file is not read for its place: in a workspace that is not trusted, what lies outside. */
  refuses?(uri: string): boolean
}

export interface AnalyzeOptions {
  /** `--set NAME=VALUE` for the parameters of the networks, the values as texts of the language. */
  readonly set?: Readonly<Record<string, string>>
  /** `--input NAME=SIZE`, the sizes as texts of the language. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The same for single networks of the file, by their names. */
  readonly inputsOf?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Only this network is run. */
  readonly network?: string
  /** Lower limits than usual. */
  readonly limits?: Partial<Limits>
}

/** Everything that is known about one file: the heart's result, which editor features and commands only read. */
export interface Analysis {
  readonly uri: string
  /** What it was made with: an analysis of a changed text is made with the same. */
  readonly options: AnalyzeOptions
  readonly file: SourceFile
  /** The file itself and everything that it imports, directly or not. */
  readonly files: ReadonlyMap<string, SourceFile>
  /** Files that imports name and that are not there; they are worth watching. */
  readonly missing: readonly string[]
  /** The networks of the file, in order. */
  readonly networks: readonly NetworkGraph[]
  /** The calls in the documentation of blocks that none of the networks applies, run as networks of their own. */
  readonly examples: readonly NetworkGraph[]
  /** The file's problems, sorted by place: of the text, the names, the shapes, the expectations. */
  readonly problems: readonly Problem[]
  /** What constants and `expect`s came to, for hovers. */
  readonly constants: readonly { readonly name: Identifier; readonly file: string; readonly value: Value }[]
  readonly expectations: readonly Expectation[]
  /** The bodies, branches and elements of comprehensions that some run came through, of any file. */
  readonly executed: ReadonlySet<SyntaxNode>
  /** How much work it was. */
  readonly spent: Pick<Spent, 'steps' | 'layers'>
}

/** Everything that an analysis has run. */
export function runGraphs({ networks, examples }: Analysis): readonly NetworkGraph[] {
  return examples.length === 0 ? networks : [...networks, ...examples]
}

/** One evaluation of an `expect`. */
export interface Expectation {
  readonly condition: Expression
  readonly file: string
  readonly frame: Frame
  /** The values of the compared operands, or of the one condition. */
  readonly values: readonly Value[]
  /** Undefined when it depends on something unknown. */
  readonly holds?: boolean
}
