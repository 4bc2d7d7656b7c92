import { type InlayHint, InlayHintKind, type InlayHintLabelPart } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../../grammar/positions'
import type { Range } from '../../../../grammar/tree'
import type { Settings } from '../support/settings'
import type { View } from '../support/view'
import { shapeLines } from './lines'
import { optionHints } from './options'
import { errorPlaces, type ShapeHint, shapeHint, touches } from './shapes'
import { carriedInto, type Remembered } from './steady'

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
  { range, settings, before, editedLine }: InlayHintRequest,
  lines: LineIndex,
): InlayHintAnswer {
  const { analysis } = view
  const { file, uri } = analysis
  let errors = errorPlaces(view)
  const edited = editedLine === undefined ? undefined : lines.line(editedLine)
  const carried = before && carriedInto(analysis, before, edited)
  const hints: InlayHint[] = []
  // Hints of other parts of the text are known as long as nothing has changed.
  const known = [before?.latest, before].find((shown) => shown?.text === file.text)
  const labels = new Map(known?.hints)
  const add = (at: number, label: InlayHint['label']) =>
    hints.push({
      position: lines.position(at),
      label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      data: { uri },
    })
  for (const line of shapeLines(file, lines, range)) {
    const found = shapeHint(view, line, errors)
    // A mistake is marked once: not again where a list or call around it ends.
    if (found?.isAtFault) errors = errors.filter((error) => !touches(line, error))
    if (found?.isAtFault && line.line === editedLine) {
      // A mark would stand where somebody writes, and push what is written away: the stage before tells its shape.
      const before = line.before && shapeHint(view, line.before, [])
      if (line.before && before) add(line.before.at, labelOf(before, settings))
      labels.delete(line.at)
      continue
    }
    const label = found === undefined ? undefined : labelOf(found, settings)
    const said = carried?.hints.get(line.at)
    const shown = found?.isUncertain && !found.isAtFault ? (said ?? label) : (label ?? said)
    if (label === undefined) labels.delete(line.at)
    else labels.set(line.at, textOf(label))
    if (shown !== undefined) add(line.at, shown)
  }
  const latest = { text: file.text, hints: labels }
  // What is half written is not worth remembering: the last whole text is.
  return { hints, remembered: carried === undefined ? latest : { ...carried.from, latest } }
}

/** `→ 64×56×56`, a part a shape, so that each can lead to where it was decided. */
function labelOf({ pieces, changed }: ShapeHint, settings: Settings['inlayHints']): InlayHintLabelPart[] {
  const parts = pieces.map(
    ({ before, text }, i): InlayHintLabelPart => ({ value: `${i === 0 ? '→ ' : ''}${before}${text}` }),
  )
  if (settings.changedAxes && changed.length > 0) parts.push({ value: ` (${changed.join(', ')})` })
  return parts
}

function textOf(label: readonly InlayHintLabelPart[]): string {
  return label.map(({ value }) => value).join('')
}
