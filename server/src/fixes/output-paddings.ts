/** Writes the `output_padding` of transposed convolutions: several at once, and out of a repetition where they differ. */
import type { Binary, Expression } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { changedText, removeArgument } from '../check/binding/call-edits'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'
import type { Branches } from './branches'
import { ownArgument, setWrittenOption } from './call-text'
import type { Candidate, FixContext } from './fix'
import { amountsOf, type OutputPaddings } from './meetings'
import { setOptionOf } from './set-option'
import { passes, simulate } from './simulate'
import type { StageContext } from './stage'
import { type OptionTarget, optionTargets } from './targets'
import { isTransposed } from './window-options'

const OPTION = 'output_padding'

/** The candidate that gives the transposed convolutions of a graph other amounts; none where one text would need two. */
export function* outputPaddingCandidates(
  context: FixContext,
  layers: readonly LayerNode[],
  paddings: OutputPaddings,
): Generator<Candidate> {
  const transposed = layers.filter(({ layer }) => isTransposed(layer))
  const changed = transposed.filter((node) => wanted(node, paddings) !== wanted(node, new Map()))
  const [first] = changed
  if (first === undefined) return
  const isOne = transposed
    .filter(({ site }) => changed.some((node) => node.site === site))
    .every((node) => node.site === first.site && wanted(node, paddings) === wanted(first, paddings))
  const [single] = setOptionOf(context, first, OPTION, wanted(first, paddings))
  const edits = new Map<string, TextEdit>()
  for (const node of changed) {
    const own = editsFor(context, node, transposed, paddings)
    if (own === undefined || node.file !== first.file) return
    for (const edit of own) edits.set(`${edit.start} ${edit.end}`, edit)
  }
  yield {
    action: isOne && single ? single.action : titleOf(changed, transposed, paddings),
    file: first.file,
    edits: [...edits.values()],
  }
}

/** One amount for the layers that get it; else those of all, in their order. */
function titleOf(changed: readonly LayerNode[], all: readonly LayerNode[], paddings: OutputPaddings): string {
  const amounts = new Set(changed.map((node) => wanted(node, paddings)))
  const [amount] = amounts
  if (amounts.size === 1 && amount !== '0') return `Set ${OPTION}=${amount} on ${changed.length} layers`
  return `Set ${OPTION}=${all.map((node) => wanted(node, paddings)).join(', ')} on the way up`
}

/** Whether the author chose sizes by this option somewhere among the layers. */
export function choosesSizes(layers: readonly LayerNode[]): boolean {
  return layers.some((node) => isTransposed(node.layer) && wanted(node, new Map()) !== '0')
}

/** The amounts as briefly as the language allows. */
function wanted(node: LayerNode, paddings: OutputPaddings): string {
  const amounts = amountsOf(node, paddings)
  const [first = 0] = amounts
  return amounts.every((amount) => amount === first) ? String(first) : `[${amounts.join(', ')}]`
}

/** Edits at the text that gives a node and all others that it serves the same amounts; else out of a repetition. */
function editsFor(
  { analysis }: FixContext,
  node: LayerNode,
  all: readonly LayerNode[],
  paddings: OutputPaddings,
): readonly TextEdit[] | undefined {
  const value = wanted(node, paddings)
  for (const target of optionTargets(analysis, node, OPTION)) {
    const served = all.filter((other) =>
      optionTargets(analysis, other, OPTION).some(({ key }) => key === target.key),
    )
    const isAlike = served.every((other) => wanted(other, paddings) === value)
    if (isAlike && target.file === node.file) return targetEdits(target, node, value)
  }
  const tree = analysis.files.get(node.file)
  const turns = all.filter(({ site, file }) => site === node.site && file === node.file)
  const repetition = tree && repetitionAround(nodesAt(tree, node.site.start), node)
  if (tree === undefined || repetition === undefined) return undefined
  if (turns.some(({ frame, applied }) => frame !== node.frame || applied !== node.applied)) return undefined
  return unrolled(tree.text, repetition, turns, paddings)
}

/** What is 0 need not be written. */
function targetEdits(target: OptionTarget, { written }: LayerNode, value: string): readonly TextEdit[] {
  const own = ownArgument(written, OPTION)
  if (value !== '0' || own === undefined || target.isDefault || target.site !== written.site)
    return target.edits(value)
  return removeArgument(own.call, own.argument)
}

/** The one repetition in which a layer stands. */
function repetitionAround(path: ReturnType<typeof nodesAt>, { site }: LayerNode): Binary | undefined {
  const around = path.slice(0, path.indexOf(site))
  const stage = around.findLastIndex(
    ({ kind }) => kind === 'assign' || kind === 'output' || kind === 'return',
  )
  const found = around
    .slice(stage + 1)
    .filter((each): each is Binary => each.kind === 'binary' && each.operator === '*')
  const [repetition, ...others] = found
  if (repetition === undefined || others.length > 0) return undefined
  const parent = around[around.indexOf(repetition) - 1]
  return parent?.kind === 'stage' || parent?.kind === 'flow' ? repetition : undefined
}

/** The turns of a repetition one after the other, equal ones that follow each other as a repetition again. */
function unrolled(
  text: string,
  repetition: Binary,
  turns: readonly LayerNode[],
  paddings: OutputPaddings,
): readonly TextEdit[] | undefined {
  const { left, right } = repetition
  if (left.kind !== 'number' || left.value !== turns.length) return undefined
  const runs: { readonly node: LayerNode; readonly value: string; count: number }[] = []
  for (const node of turns) {
    const value = wanted(node, paddings)
    const last = runs.at(-1)
    if (last?.value === value) last.count++
    else runs.push({ node, value, count: 1 })
  }
  const inner = inside(right)
  const parts = runs.map(({ node: { written }, value, count }) => {
    const own = ownArgument(written, OPTION)
    const isLeftOut = value === '0' && own !== undefined
    const edits = isLeftOut
      ? removeArgument(own.call, own.argument)
      : value === '0'
        ? []
        : setWrittenOption(written, OPTION, value)
    const body = changedText(text, inner, edits)
    return count === 1 ? body : `${count} * ${inner === right ? body : `(${body})`}`
  })
  return [{ start: repetition.start, end: repetition.end, text: parts.join(' -> ') }]
}

function inside(expression: Expression): Expression {
  return expression.kind === 'parenthesized' ? inside(expression.value) : expression
}

/** `output_padding` on one of the transposed convolutions of the branches, with which those at hand meet. */
export function* outputPaddings(context: StageContext, { layers, parted }: Branches): Generator<Candidate> {
  const { stage } = context
  for (const node of [...parted].reverse()) {
    if (!isTransposed(node.layer)) continue
    const { stride, dilation } = node.options as { stride: readonly number[]; dilation: readonly number[] }
    const most = Math.max(...stride, ...dilation) - 1
    for (let amount = 0; amount <= most; amount++) {
      const options = { ...node.options, output_padding: stride.map(() => amount) }
      const simulation = simulate(layers, {
        options: (other) => (other.site === node.site && other.file === node.file ? options : undefined),
      })
      if (simulation === undefined || !passes(stage, simulation)) continue
      yield* setOptionOf(context, node, 'output_padding', amount)
    }
  }
}
