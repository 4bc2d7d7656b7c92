/** Edits of flows in the text: takes the layer that a site stands for out, puts another in its place, or adds some. */
import type { Expression, Flow, Range, SourceFile, Stage, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'

/** Where a layer is written. */
type Written = Pick<LayerNode, 'site' | 'file'>

/** How a layer stands in its flow. */
interface Standing {
  readonly tree: SourceFile
  /** The nodes around the site, from the file inwards, the site last. */
  readonly path: readonly SyntaxNode[]
  /** What stands for the layer in the flow: the site with the repetition and the parentheses around it. */
  readonly whole: Expression
  /** The stage or the flow whose part it is. */
  readonly parent: SyntaxNode | undefined
}

function standing({ files }: Analysis, { site, file }: Written): Standing | undefined {
  const tree = files.get(file)
  if (tree === undefined) return undefined
  const around = nodesAt(tree, site.start)
  const index = around.indexOf(site)
  if (index < 0) return undefined
  let at = index
  while (at > 0 && (around[at - 1]?.kind === 'binary' || around[at - 1]?.kind === 'parenthesized')) at--
  return {
    tree,
    path: around.slice(0, index + 1),
    whole: around[at] as Expression,
    parent: around[at - 1],
  }
}

/**
 * Takes a layer out of the flow in which it stands: as a stage (`-> relu`), or as the head of a composition of
 * layers. Undefined where it has a name of its own there (`as`), or stands otherwise: as an argument, as the one
 * layer of a binding.
 */
export function removeLayer(analysis: Analysis, written: Written): readonly TextEdit[] | undefined {
  const found = standing(analysis, written)
  if (found === undefined) return undefined
  const { tree, parent, whole } = found
  if (parent?.kind === 'stage') return removeStage(tree, parent)
  if (parent?.kind !== 'flow' || parent.head !== whole || parent.headAs !== undefined) return undefined
  // The head of a flow that makes a layer; the head of one that makes a tensor is no layer that waits.
  const [next] = parent.stages
  return next && [{ start: whole.start, end: next.value.start, text: '' }]
}

function removeStage({ text }: SourceFile, stage: Stage): readonly TextEdit[] | undefined {
  if (stage.as !== undefined) return undefined
  return [{ start: trimmedEnd(text, stage.start), end: stage.end, text: '' }]
}

/** Takes an application that is written as a call on tensors, `f(x)`, away: what it is applied to stays. */
export function unwrapCall(
  { files }: Analysis,
  { file }: Written,
  call: Range,
  kept: Range,
): readonly TextEdit[] | undefined {
  const text = files.get(file)?.text
  return text === undefined ? undefined : [{ ...range(call), text: text.slice(kept.start, kept.end) }]
}

/** Puts another layer in the place of this one, its options included. */
export function replaceLayer({ site }: Written, text: string): readonly TextEdit[] {
  return [{ ...range(site), text }]
}

/** Puts layers (written as a flow) before or after this one in its flow; undefined where it stands in none. */
export function addLayers(
  analysis: Analysis,
  written: Written,
  side: 'before' | 'after',
  layers: string,
): readonly TextEdit[] | undefined {
  const found = standing(analysis, written)
  if (found === undefined) return undefined
  const { whole, parent } = found
  if (parent?.kind !== 'stage' && !(parent?.kind === 'flow' && parent.head === whole)) return undefined
  const at = side === 'before' ? whole.start : whole.end
  return [{ start: at, end: at, text: side === 'before' ? `${layers} -> ` : ` -> ${layers}` }]
}

/** Changes the order of two layers that are neighbouring stages of one flow; undefined where they are not. */
export function swapLayers(
  analysis: Analysis,
  first: Written,
  second: Written,
): readonly TextEdit[] | undefined {
  const [before, after] = [stageOf(analysis, first), stageOf(analysis, second)]
  if (before === undefined || after === undefined || before.flow !== after.flow) return undefined
  const { stages } = before.flow
  if (stages[stages.indexOf(before.stage) + 1] !== after.stage) return undefined
  const isPlain = ({ value, as }: Stage, { site }: Written) => value === site && as === undefined
  if (!isPlain(before.stage, first) || !isPlain(after.stage, second)) return undefined
  const text = analysis.files.get(first.file)?.text ?? ''
  const textOf = ({ site }: Written) => text.slice(site.start, site.end)
  return [...replaceLayer(first, textOf(second)), ...replaceLayer(second, textOf(first))]
}

/** The flow and the stage in which a layer stands; undefined where it is none. */
export function stageOf(
  analysis: Analysis,
  written: Written,
): { readonly flow: Flow; readonly stage: Stage } | undefined {
  const found = standing(analysis, written)
  if (found?.parent?.kind !== 'stage') return undefined
  const stage = found.parent
  const flow = found.path.findLast((node) => node.kind === 'flow' && node.stages.includes(stage))
  return flow?.kind === 'flow' ? { flow, stage } : undefined
}

/** Removes whole statements or declarations with their lines, and the documentation before them. */
export function removeLines({ text }: SourceFile, node: Range): TextEdit {
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1
  const lineEnd = text.indexOf('\n', node.end)
  const alone =
    text.slice(lineStart, node.start).trim() === '' &&
    /^\s*(#.*)?$/.test(text.slice(node.end, lineEnd < 0 ? text.length : lineEnd))
  if (!alone) return { start: trimmedEnd(text, node.start), end: node.end, text: '' }
  return { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1, text: '' }
}

function range({ start, end }: Range): Range {
  return { start, end }
}

/** The end of the text before an offset without the white space behind it. */
function trimmedEnd(text: string, offset: number): number {
  let end = offset
  while (end > 0 && /\s/.test(text[end - 1] as string)) end--
  return end
}
