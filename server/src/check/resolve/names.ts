/** What has been found of a file's names: the places that bind them, those that read them, and what each read sees. */
import type { BindingKind } from '../../../../grammar/bindings'
import type {
  Block,
  Comprehension,
  Constant,
  Identifier,
  Name,
  Network,
  SourceFile,
  SyntaxNode,
} from '../../../../grammar/tree'
import type { AnyLayer } from '../../model/layer'
import type { Meeting } from './paths'

/** Where a name belongs to: a constant's value may name its own stages. */
export type Scope = SourceFile | Block | Network | Constant | Comprehension

/** A place that gives a name a value. A name that is bound twice has two, each with its own readers. */
export interface Binding {
  readonly kind: BindingKind
  readonly name: string
  readonly identifier: Identifier
  /** What binds it: see {@link BindingKind}. */
  readonly node: SyntaxNode
  readonly scope: Scope
  /** From this offset on the text sees the value. */
  readonly from: number
}

/** What a name that is read stands for. */
export type Meaning =
  /** At least one binding reaches it; on a path without one it may still be a built-in layer. */
  | 'bound'
  /** A built-in layer or function. */
  | 'layer'
  | 'function'
  /**
   * The word of an option, whatever else has the name. Where the text does not show which layer is called, it
   * is a word of any layer whose name nothing else has.
   */
  | 'word'
  /** A total in an `expect`: `params`, `macs`, `layers`, `depth`. */
  | 'total'
  /** Nothing that is bound where it is read. */
  | 'unknown'

/** A place that reads a name. */
export interface Read {
  readonly name: string
  /** An identifier in `output a`, elsewhere a name. */
  readonly node: Name | Identifier
  readonly meaning: Meaning
}

/** What a name stands for at a place: one binding, or any of several where paths have met. */
export type Source = Binding | Meeting<Binding>

export interface Resolved {
  /** The file's own first, those of a body in the order in which it runs. */
  readonly bindings: readonly Binding[]
  readonly reads: readonly Read[]
  /** What reaches each read; undefined where nothing does. */
  readonly sources: readonly (Source | undefined)[]
  /** What the name of a body stood for until a binding gave it another value. */
  readonly replaced: ReadonlyMap<Binding, Source>
}

/** The names of one file as far as they have been resolved. */
export interface FileNames extends Resolved {
  readonly bindings: Binding[]
  readonly reads: Read[]
  readonly sources: (Source | undefined)[]
  readonly replaced: Map<Binding, Source>
  /** What the file declares and imports; a name that is declared twice stands for its first declaration. */
  readonly declared: Map<string, Binding>
  /** The built-in layers that names stand for, as far as the text alone shows. */
  readonly layers: Map<Source, AnyLayer>
}
