/** Edits of flows in the text: takes the layer that a site stands for out, puts another in its place, or adds some. */
import type { Binary, Expression, Flow, Range, SourceFile, Stage, SyntaxNode } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'

/** Where a layer is written, and of an application how it gets its tensors. */
export type Written = Pick<LayerNode, 'site' | 'file'> &
  Partial<Pick<LayerNode, 'applied' | 'layer' | 'givenTensors'>>

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

/** Whether an application is written as a call on its tensors, `f(x)`: all others wait for what a flow brings. */
export function isCallOnTensors({ site, applied, givenTensors }: Written): boolean {
  if (site.kind !== 'call' || applied !== site || givenTensors === undefined) return false
  return givenTensors.every(({ kind }) => kind === 'argument')
}

/**
 * Takes a layer out of the flow in which it stands: as a stage (`-> relu`), as the head of a composition of
 * layers, as a call on one tensor or as an operator beside a number: the tensor stays. The name of a stage (`as`) goes to what stands before it.
 * Undefined where that has a name already, or where the layer stands otherwise: as an argument, as the one layer
 * of a binding.
 */
export function removeLayer(analysis: Analysis, written: Written): readonly TextEdit[] | undefined {
  const found = standing(analysis, written)
  if (found === undefined) return undefined
  const operation = operationOf(written)
  if (operation) return unwrapCall(analysis, written, operation.site, unwrapped(operation.tensor))
  const { parent, whole } = found
  if (parent?.kind === 'stage') return removeStage(found, parent)
  if (isCallOnTensors(written)) {
    const kept = tensorArgument(written)
    return kept && unwrapCall(analysis, written, written.site, kept)
  }
  if (parent?.kind !== 'flow' || parent.head !== whole || parent.headAs !== undefined) return undefined
  // The head of a flow that makes a layer; the head of one that makes a tensor is no layer that waits.
  const [next] = parent.stages
  return next && [{ start: whole.start, end: next.value.start, text: '' }]
}

/** An operator between a tensor and a number, which stands for a layer; undefined where the layer is written otherwise. */
export function operationOf({ site, givenTensors }: Written):
  | {
      readonly site: Binary
      readonly tensor: Expression
      readonly number: Expression
      /** The operator with the number: what is written beside the tensor. */
      readonly beside: Range
    }
  | undefined {
  const [first] = givenTensors ?? []
  if (site.kind !== 'binary' || first?.kind !== 'piped') return undefined
  const { left, right, operatorRange } = site
  if (first.before === left) {
    return { site, tensor: left, number: right, beside: { start: operatorRange.start, end: site.end } }
  }
  if (first.before !== right) return undefined
  return { site, tensor: right, number: left, beside: { start: site.start, end: operatorRange.end } }
}

function unwrapped(expression: Expression): Expression {
  return expression.kind === 'parenthesized' ? unwrapped(expression.value) : expression
}

function removeStage({ tree, path }: Standing, stage: Stage): readonly TextEdit[] | undefined {
  const flow = flowOf(path, stage)
  if (flow === undefined) return undefined
  const before = flow.stages[flow.stages.indexOf(stage) - 1]
  if (stage.as && (before ? before.as : flow.headAs)) return undefined
  const start = trimmedEnd(tree.text, stage.start)
  const end = stage.as ? stage.value.end : stage.end
  // What follows must not come to stand in the comment that ends the line before.
  if (!tree.comments.some((comment) => comment.end === start)) return [{ start, end, text: '' }]
  if (stage.as) return undefined
  return [isAlone(tree.text, stage) ? removeLines(tree, stage) : { start: stage.start, end, text: '' }]
}

/** The text of a tensor, by default the first, that is written in a call; undefined where a list has several. */
export function tensorArgument({ layer, givenTensors }: Written, tensor = 0): Expression | undefined {
  const [first, ...others] = givenTensors?.slice(tensor) ?? []
  if (first?.kind !== 'argument') return undefined
  if (layer?.tensors[0]?.rest && (first.count > 1 || others.length > 0)) return undefined
  const { value } = first.argument
  if (first.item === undefined) return value
  return value.kind === 'list' ? value.items[first.item] : undefined
}

/** Takes an application that is written as a call on tensors, `f(x)`, away: what it is applied to stays. */
export function unwrapCall(
  { files }: Analysis,
  { file }: Written,
  call: Range,
  kept: Range,
): readonly TextEdit[] | undefined {
  const tree = files.get(file)
  if (tree === undefined) return undefined
  const text = tree.text.slice(kept.start, kept.end)
  const inner = nodesAt(tree, kept.start).findLast((node) => sameRange(node, kept))
  const path = nodesAt(tree, call.start)
  const outer = path[path.findLastIndex((node) => sameRange(node, call)) - 1]
  return [{ ...range(call), text: mayStandIn(inner, outer) ? text : `(${text})` }]
}

const CLOSED: ReadonlySet<string> = new Set([
  ...['name', 'call', 'index', 'attribute', 'list', 'comprehension', 'parenthesized'],
  ...['number', 'size', 'string', 'boolean', 'none'],
])

const HOLDS_FLOWS: ReadonlySet<string> = new Set([
  ...['argument', 'assign', 'constant', 'output', 'return', 'shared', 'for'],
  ...['list', 'parenthesized', 'comprehension'],
])

/** Whether an expression can stand in place of a part of another without parentheses. */
export function mayStandIn(inner: SyntaxNode | undefined, outer: SyntaxNode | undefined): boolean {
  if (inner === undefined || outer === undefined) return false
  if (CLOSED.has(inner.kind) || HOLDS_FLOWS.has(outer.kind)) return true
  return inner.kind === 'flow' && outer.kind === 'flow' && outer.headAs === undefined
}

/** Puts another layer in the place of this one, its options included. */
export function replaceLayer({ site }: Written, text: string): readonly TextEdit[] {
  return [{ ...range(site), text }]
}

/**
 * Puts layers (written as a flow) before or after this one in its flow. Where it is a call on tensors, they come
 * after the call, or after its tensor. Undefined where it stands in none.
 */
export function addLayers(
  analysis: Analysis,
  written: Written,
  side: 'before' | 'after',
  layers: string,
): readonly TextEdit[] | undefined {
  const found = standing(analysis, written)
  if (found === undefined) return undefined
  const { whole, parent } = found
  const isStage = parent?.kind === 'stage'
  if (!isStage && isCallOnTensors(written)) {
    const before = side === 'before' ? tensorArgument(written) : written.site
    return before && appendLayers(found.tree, before, layers)
  }
  if (!isStage && !(parent?.kind === 'flow' && parent.head === whole)) return undefined
  const at = side === 'before' ? whole.start : whole.end
  return [{ start: at, end: at, text: side === 'before' ? `${layers} -> ` : ` -> ${layers}` }]
}

/** Puts layers (written as a flow) behind a tensor that a layer is given; undefined where its text is not at hand. */
export function addLayersToTensor(
  analysis: Analysis,
  written: Written,
  tensor: number,
  layers: string,
): readonly TextEdit[] | undefined {
  const argument = tensorArgument(written, tensor)
  const tree = analysis.files.get(written.file)
  if (argument && tree) return appendLayers(tree, argument, layers)
  return tensor === 0 ? addLayers(analysis, written, 'before', layers) : undefined
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

/** Pipes a tensor's expression into layers, where it stands. */
function appendLayers(tree: SourceFile, tensor: Expression, layers: string): readonly TextEdit[] {
  const path = nodesAt(tree, tensor.start)
  const outer = path[path.indexOf(tensor) - 1]
  const isOpen = tensor.kind !== 'flow' && !CLOSED.has(tensor.kind)
  const isHeld = outer !== undefined && (HOLDS_FLOWS.has(outer.kind) || outer.kind === 'flow')
  const [before, behind] = [isHeld ? '' : '(', isHeld ? '' : ')']
  const start = isOpen ? `${before}(` : before
  return [
    ...(start === '' ? [] : [{ start: tensor.start, end: tensor.start, text: start }]),
    { start: tensor.end, end: tensor.end, text: `${isOpen ? ')' : ''} -> ${layers}${behind}` },
  ]
}

/** The flow and the stage in which a layer stands; undefined where it is none. */
export function stageOf(
  analysis: Analysis,
  written: Written,
): { readonly flow: Flow; readonly stage: Stage } | undefined {
  const found = standing(analysis, written)
  if (found?.parent?.kind !== 'stage') return undefined
  const stage = found.parent
  const flow = flowOf(found.path, stage)
  return flow && { flow, stage }
}

function flowOf(path: readonly SyntaxNode[], stage: Stage): Flow | undefined {
  const flow = path.findLast((node) => node.kind === 'flow' && node.stages.includes(stage))
  return flow?.kind === 'flow' ? flow : undefined
}

/** Removes whole statements or declarations with their lines, and the documentation before them. */
export function removeLines({ text }: SourceFile, node: Range): TextEdit {
  if (!isAlone(text, node)) return { start: trimmedEnd(text, node.start), end: node.end, text: '' }
  const lineEnd = text.indexOf('\n', node.end)
  return { start: lineStart(text, node), end: lineEnd < 0 ? text.length : lineEnd + 1, text: '' }
}

/** Whether only white space stands before it on its line, and only a comment behind it. */
function isAlone(text: string, node: Range): boolean {
  const lineEnd = text.indexOf('\n', node.end)
  return (
    text.slice(lineStart(text, node), node.start).trim() === '' &&
    /^\s*(#.*)?$/.test(text.slice(node.end, lineEnd < 0 ? text.length : lineEnd))
  )
}

function lineStart(text: string, { start }: Range): number {
  return text.lastIndexOf('\n', start - 1) + 1
}

function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end
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
