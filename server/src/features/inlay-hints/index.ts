import { type InlayHint, InlayHintKind, type InlayHintLabelPart } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../../grammar/positions'
import type { Range } from '../../../../grammar/tree'
import type { Settings } from '../support/settings'
import type { View } from '../support/view'
import { shapeLines } from './lines'
import { optionHints } from './options'
import { errorPlaces, type ShapeHint, shapeHint, touches } from './shapes'
import { carry, isUnfinished, type Remembered } from './steady'

export { resolveInlayHint } from './resolve'
export type { Remembered } from './steady'

/** What an editor asks for: the hints in a range. */
export interface InlayHintRequest {
  readonly range: Range
  readonly settings: Settings['inlayHints']
  /** The line that was changed last. */
  readonly editedLine?: number | undefined
  /** What an earlier answer left behind; hints stay steady with it. */
  readonly before?: Remembered | undefined
}

export interface InlayHintAnswer {
  readonly hints: InlayHint[]
  readonly remembered: Remembered
}

/** The hints in a range of a view's file, and what the next answer should know of them. */
export function inlayHints(view: View, request: InlayHintRequest): InlayHintAnswer {
  const { range, settings, editedLine, before } = request
  const { file, uri } = view.analysis
  const lines = view.lines(uri)
  const nothing: InlayHintAnswer = { hints: [], remembered: before ?? { text: file.text, hints: new Map() } }
  const { hints, remembered } = settings.shapes ? shapeHints(view, request, lines) : nothing
  if (settings.optionNames) {
    for (const { option, argument } of optionHints(view, file, range)) {
      if (argument.start < range.start || argument.start > range.end) continue
      hints.push({
        position: lines.position(argument.start),
        label: `${option}:`,
        kind: InlayHintKind.Parameter,
        paddingRight: true,
        data: { uri },
      })
    }
  }
  const isShown = ({ position }: InlayHint) => !settings.hideOnEditedLine || position.line !== editedLine
  return { hints: hints.filter(isShown), remembered }
}

function shapeHints(
  view: View,
  { range, settings, before }: InlayHintRequest,
  lines: LineIndex,
): InlayHintAnswer {
  const { analysis } = view
  const { file, uri } = analysis
  let errors = errorPlaces(view)
  const carried = before && carry(before, file.text)
  const unfinished = carried !== undefined && isUnfinished(analysis, carried.changed)
  const hints: InlayHint[] = []
  // Hints of other parts of the text are known as long as nothing has changed.
  const labels = new Map(before?.text === file.text ? before.hints : [])
  for (const line of shapeLines(file, lines, range)) {
    const known = shapeHint(view, line, errors)
    // A mistake is marked once: not again where a list or call around it ends.
    if (known?.isAtFault) errors = errors.filter((error) => !touches(line, error))
    const label = known === undefined ? undefined : labelOf(known, settings)
    const before = unfinished ? carried.hints.get(line.at) : undefined
    const shown = known?.isUncertain && !known.isAtFault ? (before ?? label) : (label ?? before)
    if (label === undefined) labels.delete(line.at)
    else labels.set(line.at, textOf(label))
    if (shown !== undefined) {
      hints.push({
        position: lines.position(line.at),
        label: shown,
        kind: InlayHintKind.Type,
        paddingLeft: true,
        data: { uri },
      })
    }
  }
  // What is half written is not worth remembering: the last whole text is.
  return {
    hints,
    remembered: unfinished && before !== undefined ? before : { text: file.text, hints: labels },
  }
}

/** `→ 64×56×56, …`, a part a shape, so that each can lead to where it was decided. */
function labelOf({ pieces, changed }: ShapeHint, settings: Settings['inlayHints']): InlayHintLabelPart[] {
  const parts = pieces.map(
    ({ text }, i): InlayHintLabelPart => ({ value: `${i === 0 ? '→ ' : ', '}${text}` }),
  )
  if (settings.changedAxes && changed.length > 0) parts.push({ value: ` (${changed.join(', ')})` })
  return parts
}

function textOf(label: readonly InlayHintLabelPart[]): string {
  return label.map(({ value }) => value).join('')
}
