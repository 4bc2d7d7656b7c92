/** Changes at the stage at fault itself. */
import type { Expression } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { FaultyStage } from '../model/graph'
import type { Problem } from '../model/problem'
import { callChain } from './call-text'
import type { Candidate, FixContext, FixMaker } from './fix'
import { setOptionOf } from './set-option'
import { piped } from './targets'

/** A maker for problems of a stage; it proposes nothing for those that have none. */
export function atStage(make: (context: StageContext) => Iterable<Candidate>): FixMaker {
  return (context) => {
    const { stage } = context.problem
    return stage === undefined ? [] : make({ ...context, stage, problem: { ...context.problem, stage } })
  }
}

/** The same for the layers that slide a window. */
export function atWindow(make: (context: StageContext) => Iterable<Candidate>): FixMaker {
  return atStage((context) => (context.stage.layer.options.kernel === undefined ? [] : make(context)))
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

/** Where tensor `index` of the stage is written; undefined when it comes in a list or is not found. */
export function tensorText(context: StageContext, index: number): TensorText | undefined {
  const { analysis, stage } = context
  const isPiped = piped(analysis, stage)
  if (isPiped && index === 0) {
    const name = pipedName(context)
    return name === undefined ? { kind: 'piped' } : { kind: 'piped', name }
  }
  const args = callChain(stage.site).flatMap((call) => call.args.filter((arg) => arg.name === undefined))
  const [only] = args
  const written = only?.value.kind === 'list' ? only.value.items : args.map(({ value }) => value)
  if (written.length < stage.inputs.length - (isPiped ? 1 : 0)) return undefined
  const expression = written[index - (isPiped ? 1 : 0)]
  // A layer that waits for its tensor has options alone in its call.
  if (expression === undefined || expression.kind === 'number' || expression.kind === 'size') return undefined
  return { kind: 'argument', expression }
}

/** The name of the tensor that an arrow brings to the stage, when it is written right before the arrow. */
function pipedName({ analysis, stage }: StageContext): string | undefined {
  const tree = analysis.files.get(stage.file)
  if (tree === undefined) return undefined
  const path = nodesAt(tree, stage.site.start)
  const flow = path.findLast((node) => node.kind === 'flow')
  const own = path.findLast((node) => node.kind === 'stage')
  if (flow === undefined || own === undefined) return undefined
  const before = flow.stages[flow.stages.indexOf(own) - 1]
  if (before) return before.as?.name
  return flow.headAs?.name ?? (flow.head.kind === 'name' ? flow.head.name : undefined)
}

/** A tensor's name that can stand a second time without making layers again. */
export function referenceTo(text: TensorText): string | undefined {
  if (text.kind === 'piped') return text.name
  return text.expression.kind === 'name' ? text.expression.name : undefined
}

/** Edits that put layers between tensor `index` and the stage: `layers` is written as a flow. */
export function insertLayers(
  context: StageContext,
  index: number,
  layers: string,
): Candidate['edits'] | undefined {
  const { analysis, stage } = context
  const text = tensorText(context, index)
  if (text?.kind === 'argument') {
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
