/** Changes at the stage at fault itself. */
import { callChain } from '../../../grammar/calls'
import type { Call, Expression, Identifier } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { OutputPaddingData, WindowData } from '../layers/constraints/windows'
import type { FaultyStage } from '../model/graph'
import type { Problem } from '../model/problem'
import { givenTensorAt } from '../model/written'
import type { Candidate, FixContext, FixMaker } from './fix'
import { setOptionOf } from './set-option'

/** A maker for problems of a stage; it proposes nothing for those that have none. */
export function atStage(make: (context: StageContext) => Iterable<Candidate>): FixMaker {
  return (context) => {
    const { stage } = context.problem
    return stage === undefined ? [] : make({ ...context, stage, problem: { ...context.problem, stage } })
  }
}

/** The same for problems of a window: their data has it along every axis. */
export function atWindow(make: (context: WindowContext) => Iterable<Candidate>): FixMaker {
  return atStage((context) => {
    const { data } = context.problem
    return isWindowData(data) ? make({ ...context, ...data }) : []
  })
}

/** What is at fault with a window, as the constraints on windows say it. */
export type WindowContext = StageContext &
  Pick<WindowData, 'axes'> &
  Partial<Pick<OutputPaddingData, 'outputPadding'>>

function isWindowData(data: unknown): data is WindowData {
  if (typeof data !== 'object' || data === null || !('axes' in data) || !Array.isArray(data.axes))
    return false
  return data.axes.every((axis: object) => 'kernel' in axis)
}

export interface StageContext extends FixContext {
  readonly problem: Problem & { readonly stage: FaultyStage }
  readonly stage: FaultyStage
}

/** Candidates that give an option of the stage a value, at each place that could. */
export function setAtStage(
  context: StageContext,
  option: string,
  value: string | number,
  more: Partial<Candidate> = {},
): readonly Candidate[] {
  return setOptionOf(context, context.stage, option, value, more)
}

/** A tensor of a stage as it stands in the text. */
export type TensorText =
  /** Written in the call. */
  | { readonly kind: 'argument'; readonly expression: Expression }
  /** Comes over the arrow; `name` stands for it when it has one. */
  | { readonly kind: 'piped'; readonly name?: string }

/**
 * Where tensor `index` of the stage is written; undefined where a name stands for a list of several, or where it
 * stands in another text than the stage.
 */
export function tensorText({ stage }: StageContext, index: number): TensorText | undefined {
  const found = givenTensorAt(stage.givenTensors, index)
  if (found === undefined) return undefined
  const { given, item } = found
  if (given.kind === 'argument') {
    const { value } = given.argument
    const expression = item === undefined ? value : itemText(value, item)
    return expression && isInFileOf(stage, given.call) ? { kind: 'argument', expression } : undefined
  }
  // The tensors of a list that is piped in cannot be changed one by one.
  if (item !== undefined) return undefined
  const { before } = given
  const name = before && stage.written.frame === stage.frame ? nameOf(before) : undefined
  return name === undefined ? { kind: 'piped' } : { kind: 'piped', name }
}

/** Whether a call stands in the file in which the stage is written: it is a part of it, or the stage that applies it. */
function isInFileOf({ site, file, applied, frame }: FaultyStage, call: Call): boolean {
  if (callChain(site).includes(call)) return true
  return frame.file === file && callChain(applied).includes(call)
}

/** Item number `item` of a list that is written out. */
function itemText(list: Expression, item: number): Expression | undefined {
  return list.kind === 'list' ? list.items[item] : undefined
}

function nameOf(text: Expression | Identifier): string | undefined {
  return text.kind === 'name' || text.kind === 'identifier' ? text.name : undefined
}

/** A tensor's name that can stand a second time without making layers again. */
export function referenceTo(text: TensorText): string | undefined {
  if (text.kind === 'piped') return text.name
  return text.expression.kind === 'name' ? text.expression.name : undefined
}

/** The name of tensor `index`, or of the tensor that its flow begins with: where only the channels change, it has the same size. */
export function referenceBehind(context: StageContext, index: number): string | undefined {
  const text = tensorText(context, index)
  const name = text && referenceTo(text)
  if (name !== undefined) return name
  const found = givenTensorAt(context.stage.givenTensors, index)
  const { given } = found ?? {}
  const flow =
    text?.kind === 'argument' ? text.expression : given?.kind === 'piped' ? given.before : undefined
  return flow?.kind === 'flow' && flow.head.kind === 'name' ? flow.head.name : undefined
}

/** Edits that put layers between tensor `index` and the stage: `layers` is written as a flow. */
export function insertLayers(
  context: StageContext,
  index: number,
  layers: string,
): Candidate['edits'] | undefined {
  const { analysis, stage } = context
  const text = tensorText(context, index)
  if (text === undefined) return undefined
  if (text.kind === 'argument') {
    const { start, end, kind } = text.expression
    const tail = { start: end, end, text: ` -> ${layers}` }
    if (kind !== 'conditional') return [tail]
    return [
      { start, end: start, text: '(' },
      { ...tail, text: `)${tail.text}` },
    ]
  }
  const tree = analysis.files.get(stage.file)
  if (tree === undefined) return undefined
  const path = nodesAt(tree, stage.site.start)
  let at = path.indexOf(stage.site)
  // A repetition gets the layers before its count, not before the layer that it repeats.
  while (path[at - 1]?.kind === 'binary' || path[at - 1]?.kind === 'parenthesized') at--
  const start = path[at]?.start
  return start === undefined ? undefined : [{ start, end: start, text: `${layers} -> ` }]
}
