import type { Range as LspRange } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../../grammar/positions'
import type { Range } from '../../../../grammar/tree'
import type { KnownFile } from '../../check/semantics/known-file'
import type { LintSettings } from '../../lint/settings'
import type { Unseen } from '../../rules/frame/rule'

/** The line index of a file, its columns counted as the client counts them. */
export type Lines = (file: string) => LineIndex

/** What a feature reads: everything known about the file in the editor. */
export interface View extends KnownFile {
  /** Which rules run on the file, by its configuration and the user's settings. */
  readonly lint: LintSettings
  /** The configuration leaves the file out: what is wrong in it is not shown. */
  readonly ignored: boolean
  /** Whether the file is open in the editor. */
  readonly isOpen: boolean
  /** What files may import from it that are not among the importers; absent where there are none. */
  readonly unseen?: Unseen
  readonly lines: Lines
}

/** A range of offsets as the protocol writes it. */
export function toRange(lines: LineIndex, { start, end }: Range): LspRange {
  return { start: lines.position(start), end: lines.position(end) }
}

export function fromRange(lines: LineIndex, { start, end }: LspRange): Range {
  return { start: lines.offset(start), end: lines.offset(end) }
}
