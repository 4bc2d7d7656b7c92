/** The number that an `expect` compares with, as it is now. */

import { CompletionItemKind } from 'vscode-languageserver-types'
import type { Expect } from '../../../../grammar/tree'
import { ATTRIBUTES } from '../../check/language/attributes'
import { TOTALS } from '../../check/language/totals'
import { enclosing } from '../../check/semantics/path'
import { runOf } from '../../check/semantics/runs'
import { showValue } from '../../check/words'
import type { Value } from '../../model/graph'
import { showShort } from '../../model/show'
import { isList, isTensor, isUnknown } from '../../model/value'
import type { Cursor } from '../support/cursor'
import type { Proposal } from './item'
import type { Known } from './known'

/** Behind `==` and its like: what the left side is; for `~=` also as a paper would round it. */
export function presentValue(known: Known, cursor: Cursor): readonly Proposal[] {
  const statement = enclosing(cursor.path, 'expect')
  const operator = cursor.before.at(-1)?.text
  if (statement === undefined || !OPERATORS.has(operator ?? '')) return []
  const value = leftValue(known, statement)
  if (value === undefined || isUnknown(value) || typeof value === 'string') return []
  const exact = typeof value === 'number' && Number.isInteger(value) ? grouped(value) : showValue(value)
  const short = typeof value === 'number' && operator === '~=' && value >= 1000 ? [showShort(value)] : []
  if (isList(value) && operator !== '==') return []
  return [...short, exact].map((label) => ({
    label,
    kind: CompletionItemKind.Value,
    detail: 'as it is now',
  }))
}

const OPERATORS = new Set(['==', '<=', '>=', '~='])

function leftValue(known: Known, { condition }: Expect): Value | undefined {
  const left = condition.kind === 'comparison' ? condition.operands[0] : undefined
  if (left?.kind === 'name' && Object.hasOwn(TOTALS, left.name)) {
    const { graph, frame } = known
    const run = graph && frame && runOf(graph, frame)
    const totals = frame?.call === undefined ? graph?.totals : run?.totals
    return totals && TOTALS[left.name]?.(totals)
  }
  if (left?.kind === 'attribute' && known.graph !== undefined) {
    const object = known.valueAt(left.object)
    return isTensor(object) && Object.hasOwn(ATTRIBUTES, left.name.name)
      ? ATTRIBUTES[left.name.name]?.value(object, known.graph)
      : undefined
  }
  return left && known.valueAt(left)
}

/** `25_557_032`, as the language writes it. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_')
}
