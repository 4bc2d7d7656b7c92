import type { Range, SourceFile } from '../../../../../grammar/tree'
import type { Path } from '../../../check/semantics/path'
import type { Kept } from '../../../fixes/equivalent'
import type { TextEdit } from '../../../model/problem'
import type { View } from '../../support/view'

/** A change of the text that is offered where it makes sense, though nothing is wrong. */
export interface Refactoring {
  /** Kebab-case, as the file; an action that is completed later is known by it. */
  readonly name: string
  /** A sub-kind of the protocol's `refactor.extract`, `refactor.inline` or `refactor.rewrite`. */
  readonly kind: `refactor.${'extract' | 'inline' | 'rewrite'}.${string}`
  /** What the proof asks for: the same computation, or the same shapes at the ends of every network. */
  readonly keeps: Kept
  /** What it could do at the selection, the most likely first; only what proves right is offered. */
  readonly propose: (context: RefactorContext) => Iterable<Proposal>
}

export interface RefactorContext {
  readonly view: View
  readonly tree: SourceFile
  /** Without the white space around it; empty at a cursor. */
  readonly selection: Range
  /** The nodes around the selection's start, from the file inwards. */
  readonly path: Path
}

export interface Proposal {
  /** In the imperative. */
  readonly title: string
  /** Edits of the file itself, apart from each other. */
  readonly edits: readonly TextEdit[]
  /** A name that had to be made up: the editor asks for a better one. */
  readonly newName?: string
}
