/** Applications that fail, or whose tensors rest on a fault: what is certain of them goes on. */
import type { Expression } from '../../../../grammar/tree'
import type { Tensor, UncertainNode, UnknownValue, Value, WrittenLayer } from '../../model/graph'
import type { AnyLayer, Origin, Violation } from '../../model/layer'
import { ANY_SHAPE, hasRank, type Outline, type PartialShape } from '../../model/outline'
import { isTensor, outlineOf, UNKNOWN } from '../../model/value'
import { bindOptions } from '../binding/options'
import {
  type Certain,
  inferAtFault,
  inferUncertain,
  type KnownTensor,
  UNKNOWN_COST,
  type UncertainStage,
} from '../outline/infer'
import { inferOnce } from '../outline/known'
import { givenTensors, givenValue, isPlaced, reportOption, type TensorSlots, violationPlace } from './given'
import { countLayer, type Env, fail } from './state'
import type { Incoming, Partial } from './values'

/** A tensor that rests on a fault, of this shape whatever the repair. */
export function outlined({ shape, items }: { shape: PartialShape; items: number | null }): UnknownValue {
  return { kind: 'unknown', outline: { shape, firm: shape, items } }
}

/** Whether anybody is to know what is certain of what fails: what may never run adds nothing to the graph. */
export function isAsked({ state, frame }: Env): boolean {
  return state.graph !== undefined && frame !== undefined && !state.dry && state.isTrial === undefined
}

/** Applies a layer of the catalogue to tensors, or with options, of which some are not known. */
export function applyUncertain(
  layer: AnyLayer,
  given: Partial,
  slots: TensorSlots,
  applied: Expression,
  env: Env,
): Value {
  const incoming = layer.tensors.flatMap(({ name }) => slots.get(name) ?? [])
  const application = { layer, written: given.written, given, incoming, applied, env }
  const stage = stageOf(application)
  const [first] = stage.inputs
  // What is wrong with the call itself has been said, and is said alone.
  const isSaid = given.isResting === true
  if (given.misplaced === undefined && !isSaid) {
    bindOptions(
      layer,
      (option) => givenValue(given, option),
      axesOf(first?.firm),
      (fault) => reportOption(given, fault, env),
    )
  }
  fail(env)
  if (!isAsked(env)) return UNKNOWN
  const certain = inferOnce(env.state.knownStages, stage, inferUncertain)
  if (certain.violation !== undefined && !isSaid) reportCertain(certain.violation, given, incoming, env)
  return keep(certain, application)
}

/** An application of a layer that fails. */
export interface FailedApplication {
  readonly layer: AnyLayer
  /** The text that stands for the layer. */
  readonly written: WrittenLayer
  /** What the text gives it; absent for an operator, whose layer has no options that could be repaired. */
  readonly given?: Partial
  readonly incoming: readonly Incoming[]
  readonly applied: Expression
  readonly env: Env
}

/** What is certain of an application that was just reported. */
export function recover(application: FailedApplication, violation?: Violation): Value {
  const { env } = application
  fail(env)
  if (!isAsked(env)) return UNKNOWN
  const certain = inferOnce(env.state.knownStages, stageOf(application), (stage) =>
    violation === undefined ? inferUncertain(stage) : inferAtFault(stage, violation),
  )
  return keep(certain, application)
}

/** The same for one whose shapes are known, but that is at fault all the same. */
export function recoverShapes(application: FailedApplication, shapes: readonly PartialShape[]): Value {
  fail(application.env)
  if (!isAsked(application.env)) return UNKNOWN
  const outputs = shapes.map((shape) => ({ shape, firm: shape }))
  return keep({ outputs, items: null, cost: UNKNOWN_COST }, application)
}

function stageOf({ layer, given, incoming }: FailedApplication): UncertainStage {
  const inputs = incoming.map(({ value }) => knownTensor(value))
  if (given === undefined) return { layer, options: [], faulty: false, inputs }
  const options = given.written.options.flatMap(({ option, argument }, i) => {
    const value = given.values[i]
    return value === undefined || !isPlaced(given, argument) ? [] : [{ option, value }]
  })
  return { layer, options, faulty: given.faulty, inputs }
}

function knownTensor(value: Value): KnownTensor {
  if (isTensor(value)) {
    const { shape, items } = value.tensor
    return { shape, firm: shape, items, origin: () => originOf(value.tensor) }
  }
  const { shape = ANY_SHAPE, firm = ANY_SHAPE, items = null } = outlineOf(value) ?? {}
  return { shape, firm, items }
}

/** The application that made a tensor; undefined for an input. */
export function originOf({ source }: Tensor): Origin | undefined {
  if (source.kind !== 'layer') return undefined
  const { layer, options, inputs } = source
  return { layer: layer.name, options, shapes: inputs.map(({ shape }) => shape) }
}

function axesOf(shape: PartialShape | undefined): number | undefined {
  return shape !== undefined && hasRank(shape) && shape.length > 1 ? shape.length - 1 : undefined
}

/** Reports what is wrong whatever is not known; sizes that are not are shown as `?`. */
function reportCertain(
  { constraint, data, at }: Violation,
  { written }: Partial,
  incoming: readonly Incoming[],
  env: Env,
): void {
  const place = violationPlace(at, written, givenTensors(incoming))
  env.state.reporter.report(
    {
      code: constraint.code,
      words: () => {
        const { what, why, todo } = constraint.words(data)
        const [shownWhat, shownWhy, shownTodo] = [what, why, todo].map((text) => text.replaceAll('NaN', '?'))
        return { what: shownWhat ?? what, why: shownWhy ?? why, todo: shownTodo ?? todo }
      },
    },
    data,
    { ...place, frame: env.frame },
  )
}

/** Adds an application to the graph, apart from the certain ones; its value is what is certain of its outputs. */
function keep({ outputs = [], items, cost }: Certain, application: FailedApplication): Value {
  const { layer, written, incoming, applied, env } = application
  const { graph, sharing } = env.state
  const { frame } = env
  if (graph === undefined || frame === undefined) return UNKNOWN
  countLayer(env, applied)
  const id = graph.nextId++
  const made = outputs.map((output): Outline => ({ ...output, items, source: id }))
  const node: UncertainNode = {
    kind: 'uncertain',
    id,
    layer,
    site: written.site,
    file: written.file,
    applied,
    written,
    frame,
    inputs: incoming.flatMap(({ value }): readonly (Tensor | Outline)[] => {
      if (isTensor(value)) return [value.tensor]
      const outline = outlineOf(value)
      return outline === undefined ? [] : [outline]
    }),
    outputs: made,
    // Another use of shared weights may have made them, or may make them yet.
    cost: sharing.length === 0 ? cost : UNKNOWN_COST,
  }
  graph.uncertain.push(node)
  const values = made.map((outline): Value => ({ kind: 'unknown', outline }))
  const [only = UNKNOWN] = values
  return values.length < 2 && !layer.returnsList ? only : values.length === 0 ? UNKNOWN : values
}
