import { type InlayHint, InlayHintKind, type InlayHintLabelPart } from 'vscode-languageserver-types'
import { innermostCallee } from '../../../../grammar/calls'
import type { Expression, Identifier } from '../../../../grammar/tree'
import type { Tensor } from '../../model/graph'
import { sameShape } from '../../model/shape'
import { hover } from '../hover'
import type { Settings } from '../support/settings'
import { toRange, type View } from '../support/view'
import { type ShapeLine, shapeLines } from './lines'
import { errorPlaces, shapeHint } from './shapes'

/** Completes a hint that is pointed at: the hover's text, and for each shape the place where it was decided. */
export function resolveInlayHint(view: View, hint: InlayHint, hoverSettings: Settings['hover']): InlayHint {
  const { file, uri } = view.analysis
  const lines = view.lines(uri)
  const at = lines.offset(hint.position)
  if (hint.kind === InlayHintKind.Parameter) return withTooltip(view, hint, at, hoverSettings)
  const around = lines.line(hint.position.line)
  const line = shapeLines(file, lines, around)
    .flatMap((each) => (each.before === undefined ? [each] : [each, each.before]))
    .find((each) => each.at === at)
  const known = line && shapeHint(view, line, errorPlaces(view))
  if (line === undefined || known === undefined) return hint
  const { label } = hint
  const parts = typeof label === 'string' ? [] : label
  const located = parts.map((part, i): InlayHintLabelPart => {
    const tensor = known.pieces[i]?.tensor
    return tensor === undefined || !part.value.endsWith(known.pieces[i]?.text ?? '')
      ? part
      : { ...part, location: decidedAt(tensor, view) }
  })
  const resolved = typeof label === 'string' ? hint : { ...hint, label: located }
  return withTooltip(view, resolved, nameIn(line), hoverSettings)
}

function withTooltip(view: View, hint: InlayHint, offset: number, settings: Settings['hover']): InlayHint {
  const contents = hover(view, offset, settings)?.contents
  return contents === undefined ? hint : { ...hint, tooltip: contents as NonNullable<InlayHint['tooltip']> }
}

/** Where the name stands whose hover is about a line's last stage. */
function nameIn({ site }: ShapeLine): number {
  return site.kind === 'identifier' ? site.start : appliedName(site).start
}

function appliedName(site: Expression): Expression | Identifier {
  switch (site.kind) {
    case 'binary':
      return appliedName(site.right)
    case 'parenthesized':
      return appliedName(site.value)
    case 'call':
      return appliedName(site.callee)
    case 'flow':
      return appliedName(site.stages.at(-1)?.value ?? site.head)
    default:
      return site
  }
}

/** The layer that last changed the shape, or the input whose shape it still is. */
function decidedAt(tensor: Tensor, { lines }: View): NonNullable<InlayHintLabelPart['location']> {
  let at = tensor
  for (;;) {
    const { source, shape, items }: Tensor = at
    if (source.kind === 'input') {
      return { uri: source.file, range: toRange(lines(source.file), source.name) }
    }
    const same = source.inputs.find((input) => sameShape(input.shape, shape) && input.items === items)
    if (same === undefined) {
      return { uri: source.file, range: toRange(lines(source.file), innermostCallee(source.site)) }
    }
    at = same
  }
}
