/** The layers of a flow, one after the other, and runs of them. */
import { tokenize } from '../../../../../grammar/tokenize'
import type {
  Expression,
  Flow,
  Identifier,
  Range,
  SourceFile,
  Stage,
  SyntaxNode,
} from '../../../../../grammar/tree'
import { isTensorKind, kindOf } from '../../../check/semantics/kinds'
import type { View } from '../../support/view'
import type { RefactorContext } from '../frame/refactoring'

/** One layer of a flow: a stage, or the head of a flow of layers that waits for its tensor. */
export interface Part {
  readonly value: Expression
  readonly as?: Identifier
  /** Absent for a head. */
  readonly stage?: Stage
}

/** Consecutive layers of one flow. */
export interface PartRun {
  readonly flow: Flow
  readonly parts: readonly Part[]
  readonly first: number
  /** The last one, which belongs to it. */
  readonly last: number
}

/** The layers of a flow in order; a head that is a tensor is none. */
export function partsOf(view: View, { head, headAs, stages }: Flow): readonly Part[] {
  const all: readonly Part[] = stages.map((stage) => {
    const { value, as } = stage
    return as === undefined ? { value, stage } : { value, as, stage }
  })
  return headAs === undefined && kindOf(view, head) === 'layer' ? [{ value: head }, ...all] : all
}

export function isTensorFlow(view: View, { head }: Flow): boolean {
  return isTensorKind(kindOf(view, head))
}

/** From the first layer of a run to the last one, the name of that left out. */
export function rangeOfRun({ parts, first, last }: PartRun): Range {
  const [from, to] = [parts[first] as Part, parts[last] as Part]
  return { start: from.value.start, end: to.value.end }
}

/** The layer that a cursor or a selection stands in, as the innermost flow has it. */
export function partAt({ view, path, selection }: RefactorContext): PartRun | undefined {
  const flow = path.findLast((node): node is Flow => node.kind === 'flow')
  if (flow === undefined) return undefined
  const parts = partsOf(view, flow)
  const at = parts.findIndex(
    ({ value }) => value.start <= selection.start && selection.end <= value.end && path.includes(value),
  )
  return at < 0 ? undefined : { flow, parts, first: at, last: at }
}

/**
 * The layers that a selection covers from the beginning of one to the end of another, arrows and names at its
 * ends aside; undefined where it cuts one.
 */
export function selectedRun({ view, tree, path, selection }: RefactorContext): PartRun | undefined {
  const { start, end } = withoutArrows(tree, selection)
  if (start >= end) return undefined
  for (const flow of path.toReversed()) {
    if (flow.kind !== 'flow') continue
    const parts = partsOf(view, flow)
    const first = parts.findIndex(({ value }) => value.start === start)
    const last = parts.findIndex(({ value, as }) => value.end === end || as?.end === end)
    if (first >= 0 && last >= first) return { flow, parts, first, last }
  }
  return undefined
}

/** A selection without the arrows at its ends. */
function withoutArrows({ text }: SourceFile, { start, end }: Range): Range {
  const selected = text.slice(start, end)
  const lead = /^(->\s*)?/.exec(selected)?.[0].length ?? 0
  const tail = /(\s*->)?$/.exec(selected)?.[0].length ?? 0
  return { start: start + lead, end: end - tail }
}

const knownTokens = new WeakMap<SyntaxNode, string>()

/** The tokens of an expression, without the white space and the comments between them. */
export function tokenText({ text }: SourceFile, node: Expression): string {
  let tokens = knownTokens.get(node)
  if (tokens === undefined) {
    const all = tokenize(text.slice(node.start, node.end))
    tokens = all.flatMap((token) => (token.kind === 'comment' ? [] : [token.text])).join(' ')
    knownTokens.set(node, tokens)
  }
  return tokens
}
