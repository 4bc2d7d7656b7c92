import type { Expression, Range, Statement, SyntaxNode } from '../../../../grammar/tree'
import { isTensorKind, kindOf } from '../../check/semantics/kinds'
import { declaredAs, define } from '../../check/semantics/scope'
import { mayStandIn } from '../../fixes/flow-text'
import { takesTensors } from '../../fixes/targets'
import type { Proposal, RefactorContext, Refactoring } from './frame/refactoring'
import { type BlockCall, blockCallAt } from './read/block-call'
import { flowBefore, sourceOf, writeParameters } from './read/block-parameters'
import { countReads, outerReads, type Substitute, substituted } from './read/inlined'
import { isTensorFlow } from './read/parts'
import { readsIn } from './read/reads'

/** Writes the body of a block in the place of its call. */
export const inlineBlock: Refactoring = {
  name: 'inline-block',
  kind: 'refactor.inline.block',
  keeps: 'everything',
  *propose(context) {
    const call = blockCallAt(context)
    if (call === undefined || !seesTheSame(context, call)) return
    const edits = asLayers(context, call) ?? asStatements(context, call)
    if (edits) yield { title: `Inline ${call.block.name.name}`, edits }
  },
}

type Edits = Proposal['edits'] | undefined

/** Whether the names that the block takes from its file stand for the same where it is called. */
function seesTheSame({ view, path }: RefactorContext, call: BlockCall): boolean {
  const { block, tree, file } = call
  // The totals in an `expect` would be those of another body.
  if (readsIn(tree, block.body).some(({ meaning }) => meaning === 'total')) return false
  return outerReads(call, block).every(({ name, meaning }) => {
    const here = define(view, path, name)
    if (meaning !== 'bound') return here?.kind === meaning
    const there = declaredAs(view, file, name)
    return there !== undefined && here?.kind === there.kind && here.declaration === there.declaration
  })
}

/**
 * A block that only pipes its tensor through layers is replaced by these, wherever its name stands for a layer:
 * in a flow, in a repetition, as an option.
 */
function asLayers(context: RefactorContext, call: BlockCall): Edits {
  const { view, path } = context
  const { block, site, result } = call
  const [value] = result.values
  const piped = block.params.find(takesTensors)
  if (block.body.statements.length > 1 || result.values.length > 1 || value?.kind !== 'flow') return undefined
  const { head, headAs, stages } = value
  if (piped?.type?.name !== 'tensor' || head.kind !== 'name' || head.name !== piped.name.name)
    return undefined
  const [first] = stages
  if (first === undefined || headAs || countReads(call, block.body, head.name) > 1) return undefined
  const outer = path[path.indexOf(site) - 1]
  if (outer?.kind !== 'stage' && kindOf(view, site) !== 'layer') return undefined
  const others = block.params.filter((param) => param !== piped)
  const given = call.tensors.map((tensor) => sourceOf(context, tensor))
  const written = writeParameters(context, call, others, given)
  if (written === undefined || written.statements.length > 0) return undefined
  const text = substituted(call, { start: first.value.start, end: value.end }, written.substitutes)
  const inner = stages.length === 1 && first.as === undefined ? first.value : value
  const isOpen = outer?.kind === 'stage' || mayStandIn(inner, outer)
  return [{ start: site.start, end: site.end, text: isOpen ? text : `(${text})` }]
}

/** The body's statements come before the statement with the call, and what it returns in the place of the call. */
function asStatements(context: RefactorContext, call: BlockCall): Edits {
  const { block, site, result } = call
  const place = placeOf(context, call)
  if (place === undefined) return undefined
  const given = [...place.piped, ...call.tensors.map((tensor) => sourceOf(context, tensor))]
  const written = writeParameters(context, call, block.params, given)
  if (written === undefined) return undefined
  const { substitutes } = written
  const isAlone = block.body.statements.length === 1
  const body = { start: block.body.start + 1, end: result.start }
  const statements = [
    ...written.statements,
    ...(isAlone ? [] : [substituted(call, body, substitutes).trim()]),
  ]
  const value = resultOf(call, substitutes)
  const replacement = {
    ...place.range,
    text: mayStandIn(value.node, place.outer) ? value.text : `(${value.text})`,
  }
  if (statements.length === 0) return [replacement]
  const at = statementAround(context, site)?.start
  return at === undefined
    ? undefined
    : [{ start: at, end: at, text: `${statements.join('\n')}\n` }, replacement]
}

/** What is replaced, what that stands in, and the tensor that was piped in. */
interface ReplacedPlace {
  readonly range: Range
  readonly outer: SyntaxNode | undefined
  readonly piped: readonly Substitute[]
}

/** Undefined where the block is not applied where it stands but waits for its tensor. */
function placeOf(context: RefactorContext, { site, block }: BlockCall): ReplacedPlace | undefined {
  const { view, path } = context
  const at = path.indexOf(site)
  const stage = path[at - 1]
  const flow = path[at - 2]
  if (stage?.kind === 'stage' && flow?.kind === 'flow') {
    if (!isTensorFlow(view, flow)) return undefined
    const goesOn = flow.end > site.end
    return {
      range: { start: flow.start, end: site.end },
      outer: goesOn ? flow : path[at - 3],
      piped: [flowBefore(context, flow, stage)],
    }
  }
  const isApplied = isTensorKind(kindOf(view, site)) || !block.params.some(takesTensors)
  return isApplied ? { range: { start: site.start, end: site.end }, outer: stage, piped: [] } : undefined
}

/** The value that the block returns; several are a list. */
function resultOf(call: BlockCall, substitutes: ReadonlyMap<string, Substitute>) {
  const values = call.result.values.map((node): Substitute & { node: SyntaxNode } => {
    const own = node.kind === 'name' ? substitutes.get(node.name)?.node : undefined
    // The text of a name may be an expression, whose parentheses depend on where it comes to stand.
    const text =
      own === undefined
        ? substituted(call, node, substitutes)
        : substitutes.get((node as { name: string }).name)?.text
    return { text: text ?? '', node: own ?? node }
  })
  const [only] = values
  if (only !== undefined && values.length === 1) return only
  const list: Expression = { kind: 'list', items: [], start: 0, end: 0 }
  return { text: `[${values.map(({ text }) => text).join(', ')}]`, node: list }
}

/** The statement that a part of it can be taken out of, to stand before it: run once, whatever it comes to. */
function statementAround({ path }: RefactorContext, site: SyntaxNode): Statement | undefined {
  const own = path.slice(0, path.indexOf(site))
  const at = own.findLastIndex((_, i) => own[i - 1]?.kind === 'body')
  if (at < 0) return undefined
  const isSometimes = own.slice(at).some(
    (node) =>
      node.kind === 'comprehension' ||
      node.kind === 'conditional' ||
      (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) ||
      // The condition of an `else if` stands in the `if` before it.
      (node.kind === 'if' && node !== own[at]),
  )
  return isSometimes ? undefined : (own[at] as Statement)
}
