import type { CompletionItem, CompletionList } from 'vscode-languageserver-types'
import type { Flow, Stage, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { enclosing } from '../../check/semantics/path'
import { type Cursor, cursorAt } from '../support/cursor'
import type { View } from '../support/view'
import { attributes } from './attributes'
import { type WrittenCall, writtenCall } from './call'
import { constantsFor, declaredFor, functionsFor, layersFor, type Manner } from './callables'
import { type Context, contextAt, type ExpressionContext } from './context'
import { presentValue } from './expects'
import { importableNames, importPaths } from './imports'
import { type CompletionSupport, type Proposal, toItems } from './item'
import {
  EXPRESSION_KEYWORDS,
  itemKeywords,
  keyword,
  SHAPES,
  statementKeywords,
  totals,
  typeNames,
} from './keywords'
import { type Known, knownAt, pipedInto } from './known'
import { namesFor, tensorsFor } from './names'
import { hasChoices, optionNames, optionValues, takesLayers } from './options'

export type { CompletionSupport } from './item'
export { resolveCompletion } from './resolve'

/** Typed without being asked for, these characters open the list where {@link answers} says so. */
export const TRIGGERS = ['.', '(', '=', '"', '/', ' ']

export interface CompletionRequest {
  readonly offset: number
  /** The character whose typing asks, where nobody else does. */
  readonly trigger?: string | undefined
  readonly support: CompletionSupport
  /** The files that could be imported. */
  readonly files: readonly string[]
}

/** What can be written at an offset, the likeliest first. The list is complete: the client filters it. */
export function completion(view: View, request: CompletionRequest): CompletionList {
  const { offset, trigger, support } = request
  const { uri, file } = view.analysis
  const cursor = cursorAt(file, offset)
  const context = contextAt(file, cursor)
  const found = proposals(view, cursor, context, request)
  const items: CompletionItem[] =
    trigger === undefined || answers(trigger, context, cursor, found.call)
      ? toItems(found.proposals, { uri, lines: view.lines(uri), offset, word: cursor.word, support })
      : []
  return { isIncomplete: false, items }
}

/** Whether the path of an import is written at an offset, so that files are wanted. */
export function asksForPath({ analysis }: View, offset: number): boolean {
  return contextAt(analysis.file, cursorAt(analysis.file, offset)).kind === 'path'
}

interface Found {
  readonly proposals: readonly Proposal[]
  readonly call?: WrittenCall | undefined
}

/** Whether a list that nobody asked for helps more than it is in the way: Enter would take its first item. */
function answers(
  trigger: string,
  context: Context,
  { before }: Cursor,
  call: WrittenCall | undefined,
): boolean {
  const last = before.at(-1)?.text
  switch (trigger) {
    case '.':
      return context.kind === 'attribute'
    case '"':
    case '/':
      return context.kind === 'path' && context.content !== undefined
    case '(':
      return context.kind === 'expression' && context.argument !== undefined && call?.wants === 'tensor'
    case '=':
      return (
        context.kind === 'expression' &&
        call !== undefined &&
        context.option !== undefined &&
        hasChoices(call, context.option)
      )
    case ' ':
      if (context.kind !== 'expression') {
        return context.kind !== 'item' && context.kind !== 'statement' && context.kind !== 'keywords'
      }
      if (context.arrow !== undefined) return true
      return last === ',' && call !== undefined && (call.wants === 'tensor' || hasNextChoice(call))
    default:
      return true
  }
}

/** Whether the next value can be chosen from a list, or only the names of options can follow. */
function hasNextChoice(call: WrittenCall): boolean {
  const { next, free } = call
  return next === undefined ? free.length > 0 : hasChoices(call, next)
}

function proposals(view: View, cursor: Cursor, context: Context, request: CompletionRequest): Found {
  const { file } = view.analysis
  switch (context.kind) {
    case 'nothing':
      return { proposals: [] }
    case 'path':
      return { proposals: importPaths(view, request.files, context.content) }
    case 'imported-name':
      return { proposals: importableNames(view, context.import, cursor.word.start) }
    case 'item':
      return { proposals: itemKeywords() }
    case 'keywords':
      return { proposals: context.words.map(keyword) }
    case 'type':
      return { proposals: typeNames() }
    case 'statement': {
      const { first, others } = namesFor(knownAt(view, cursor, true), 'tensor')
      const keywords = statementKeywords(context.of, context.afterIf)
      // Who has begun a word that a name of the body begins with means the name.
      const begun = file.text.slice(cursor.word.start, cursor.offset)
      const names = [...first, ...others]
      const meant = begun === '' ? [] : names.filter(({ label }) => label.startsWith(begun))
      return { proposals: [...meant, ...keywords, ...names] }
    }
    case 'attribute':
      return { proposals: attributes(knownAt(view, cursor), context.node.object) }
    case 'shape': {
      const known = knownAt(view, cursor)
      const { first } = namesFor(known, 'value')
      return { proposals: [...SHAPES, ...first, ...constantsFor(view, known, () => false)] }
    }
    case 'output':
      return { proposals: namesFor(knownAt(view, cursor), 'tensor', 'unknown').first }
    case 'expression':
      return expressionProposals(view, cursor, context)
  }
}

function expressionProposals(view: View, cursor: Cursor, context: ExpressionContext): Found {
  const known = knownAt(view, cursor)
  if (context.arrow !== undefined) {
    return { proposals: stageProposals(view, cursor, known, context.arrow.start) }
  }
  const call = context.argument && writtenCall(view, known, context.argument, cursor.word.start)
  if (call !== undefined && context.option !== undefined) {
    return { call, proposals: valueProposals(view, cursor, known, call, context.option) }
  }
  if (call !== undefined) return { call, proposals: argumentProposals(view, cursor, known, call) }
  const rest = restProposals(view, cursor, known, 'head')
  const { first, others } = namesFor(known, ...(context.wantsValue ? VALUES : TENSORS))
  if (context.inExpect) {
    return { proposals: [...presentValue(known, cursor), ...totals(), ...first, ...others, ...rest.values] }
  }
  if (context.wantsValue) return { proposals: [...first, ...others, ...rest.values, ...rest.layers] }
  // What is shared is a layer: nothing flows into it yet.
  const wantsLayer = cursor.before[0]?.text === 'shared'
  const names = wantsLayer ? [...others, ...rest.layers, ...first] : [...first, ...others, ...rest.layers]
  return { proposals: [...names, ...rest.values] }
}

const TENSORS = ['tensor', 'unknown', 'value'] as const
const VALUES = ['value', 'unknown', 'tensor'] as const

/** Layers that take what is piped in, before those that do not. */
function stageProposals(view: View, cursor: Cursor, known: Known, arrow: number): readonly Proposal[] {
  const path: readonly SyntaxNode[] = nodesAt(view.analysis.file, arrow)
  const at = path.findLastIndex((node) => node.kind === 'stage' && node.arrow.start === arrow)
  const stage = path[at] as Stage | undefined
  const inputs = stage && pipedInto(known, path.slice(0, at + 1) as readonly (Flow | Stage)[], stage)
  const { fitting, others } = layersFor(
    view,
    cursor,
    'stage',
    inputs?.map(({ tensor }) => tensor),
  )
  const { first } = namesFor(known, 'layer')
  const counts = namesFor(known, 'value').first
  return [...first, ...declaredFor(view, cursor, 'stage'), ...fitting, ...others, ...counts]
}

/**
 * Tensors first where the call needs one more, else the values of the option whose turn it is. A layer, or what it
 * gives, is proposed only where the call takes one.
 */
function argumentProposals(view: View, cursor: Cursor, known: Known, call: WrittenCall): readonly Proposal[] {
  const [next] = call.free
  const tensors = call.takesTensor ? tensorsFor(known, call) : []
  const values = next === undefined ? [] : optionValues(view, cursor, call, next)
  const options = optionNames(view, call)
  const numbers = namesFor(known, 'value').first
  const rest = restProposals(view, cursor, known, 'head')
  const ordered =
    call.wants === 'tensor'
      ? [...tensors, ...values, ...options, ...numbers]
      : [...values, ...numbers, ...constantsOf(view, cursor, known), ...options, ...tensors]
  const takesLayer = call.takesTensor || (next !== undefined && takesLayers(call, next))
  const layers = takesLayer ? [...namesFor(known, 'layer').first, ...rest.layers] : []
  return [...ordered, ...namesFor(known, 'unknown').first, ...layers, ...rest.values]
}

function valueProposals(
  view: View,
  cursor: Cursor,
  known: Known,
  call: WrittenCall,
  option: string,
): readonly Proposal[] {
  const tensor = call.tensors.some(({ name }) => name === option)
  const values = tensor ? tensorsFor(known, call) : optionValues(view, cursor, call, option)
  const { first, others } = namesFor(known, 'value', 'layer', 'unknown')
  return [
    ...values,
    ...first,
    ...restProposals(view, cursor, known, 'value').values,
    ...(tensor ? [] : others),
  ]
}

function constantsOf(view: View, cursor: Cursor, known: Known): readonly Proposal[] {
  const own = enclosing(cursor.path, 'constant')
  return constantsFor(view, known, ({ declaration }) => declaration === own)
}

/** What may stand in any expression besides a body's own names. */
function restProposals(view: View, cursor: Cursor, known: Known, manner: Manner) {
  const { fitting } = layersFor(view, cursor, manner, undefined)
  return {
    layers: [...declaredFor(view, cursor, manner), ...fitting],
    values: [...constantsOf(view, cursor, known), ...functionsFor(view, cursor), ...EXPRESSION_KEYWORDS],
  }
}
