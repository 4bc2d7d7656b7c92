/**
 * What is certain of an application that fails or rests on a fault. It is found by trying: what a layer makes of
 * all sizes that a tensor may have, and what it makes of everything that may be the repair of a fault.
 */
import type { CertainCost } from '../../model/graph'
import { type AnyLayer, type Inference, isViolation, type Origin, type Violation } from '../../model/layer'
import { agreement, hasRank, isComplete, type PartialShape, samePartial } from '../../model/outline'
import type { Shape } from '../../model/shape'
import { hasUnknown } from '../../model/value'
import { weightCounts } from '../../model/weights'
import { bindOptions } from '../binding/options'
import { loosened, samplesOf } from './samples'
import {
  numbersIn,
  type OptionEntry,
  valueIn,
  withOption,
  withRank,
  withSize,
  withSizesOf,
  withTotal,
  withVector,
} from './variants'
import { certainViolation } from './violation'

/** What is known of a tensor that comes in. */
export interface KnownTensor {
  readonly shape: PartialShape
  readonly firm: PartialShape
  readonly items: number | null
  /** What made it; absent for one that rests on a fault, of which that is not known. */
  readonly origin?: () => Origin | undefined
}

/** An application of which something is at fault, or not known. */
export interface UncertainStage {
  readonly layer: AnyLayer
  readonly options: readonly OptionEntry[]
  /** Some argument is at fault: it may have been meant for any option that has no value. */
  readonly faulty: boolean
  readonly inputs: readonly KnownTensor[]
}

/** What is certain of an application. */
export interface Certain {
  /** Absent where not even their number is known. */
  readonly outputs: readonly { readonly shape: PartialShape; readonly firm: PartialShape }[] | undefined
  readonly items: number | null
  readonly cost: CertainCost
  /** The constraint that it violates whatever is not known. */
  readonly violation?: Violation
}

export const UNKNOWN_COST: CertainCost = { params: null, fixed: null, macs: null }

const NOTHING: Certain = { outputs: undefined, items: null, cost: UNKNOWN_COST }

/** What is certain of an application whose tensors, or options, rest on a fault. */
export function inferUncertain(stage: UncertainStage): Certain {
  const firm = infer(
    stage,
    stage.inputs.map((input) => input.firm),
  )
  const { inputs } = stage
  if (inputs.every((input) => samePartial(input.shape, input.firm))) return firm
  const shown = infer(
    stage,
    inputs.map((input) => input.shape),
  )
  return {
    ...firm,
    outputs: pairs(
      shown.outputs?.map(({ shape }) => shape),
      firm.outputs?.map((output) => output.firm),
    ),
  }
}

/** What is certain of an application that violates a constraint, or has an option without a value. */
export function inferAtFault(stage: UncertainStage, violation?: Violation): Certain {
  const shapes = stage.inputs.map(({ firm }) => firm)
  const tries = spread(samplesOf(shapes, [])).map((sample) => repaired(stage, sample, violation))
  return tries.length === 0 ? NOTHING : tries.reduce(bothCertain)
}

function infer(stage: UncertainStage, shapes: readonly PartialShape[]): Certain {
  const open = openOptions(stage)
  const numbers = numbersIn(stage.options)
  const samples = samplesOf(shapes, numbers)
  const fillings = open.length === 0 ? [stage.options] : withOpen(stage, open)
  const found = outcomes(stage, samples, fillings)
  const shown = agreed(found.results)
  // One value that happens to fit says little of what was meant.
  const isGuess = open.length > 0 && new Set(found.results.map(({ entries }) => entries)).size < 2
  if (shown !== undefined && !isGuess) {
    const loose = loosened(shapes)
    if (loose.every((shape, i) => samePartial(shape, shapes[i] as PartialShape)))
      return certainOf(shown, shown)
    const further = outcomes(stage, samplesOf(loose, numbers), fillings)
    return certainOf(shown, agreed([...found.results, ...further.results]) as Agreed)
  }
  const isOpen = open.length > 0 || found.isUnsure || isWithoutFaulty(stage)
  const violation = isOpen ? undefined : certainViolation(found.violations, samples, shapes)
  const certain = inferAtFault(stage, found.violations[0])
  return violation === undefined ? certain : { ...certain, violation }
}

/**
 * Whether the tensors that rest on no fault do not fit each other: one cause may be behind that and behind the fault,
 * when a list was made by one text.
 */
function isWithoutFaulty(stage: UncertainStage): boolean {
  const { layer, inputs, options } = stage
  const sound = inputs.filter(({ origin }) => origin !== undefined)
  if (!layer.tensors.some(({ rest }) => rest) || sound.length < 2 || sound.length === inputs.length)
    return false
  const outcome = attempt(
    { ...stage, inputs: sound },
    sound.map(({ firm }) => firm).filter(isComplete),
    options,
  )
  return outcome !== undefined && isViolation(outcome.result)
}

/** The options that have no value: unknown, unfit, or left out where one was needed or may have been meant. */
function openOptions({ layer, options, faulty, inputs }: UncertainStage): readonly string[] {
  const open = new Set<string>()
  bindOptions(layer, valueIn(options), axesOf(inputs[0]?.firm), ({ option }) => open.add(option))
  for (const { option, value } of options) if (hasUnknown(value)) open.add(option)
  if (faulty) {
    for (const option of Object.keys(layer.options)) {
      if (!options.some((given) => given.option === option)) open.add(option)
    }
  }
  return [...open]
}

/** The options with values for the open ones: one after the other takes several. */
function withOpen(
  { layer, options, inputs }: UncertainStage,
  open: readonly string[],
): readonly (readonly OptionEntry[])[] {
  const shapes = inputs.map(({ firm }) => (isComplete(firm) ? firm : []))
  const choose = (entries: readonly OptionEntry[], option: string, choice: number) => {
    const choices = withOption(layer, entries, option, shapes)
    return choices[Math.min(choice, choices.length - 1)] ?? entries
  }
  const [base, other] = [0, 1].map((choice) =>
    open.reduce((entries, option) => choose(entries, option, choice), options),
  ) as [readonly OptionEntry[], readonly OptionEntry[]]
  return [base, other, ...open.flatMap((option) => withOption(layer, base, option, shapes))]
}

interface Outcomes {
  readonly results: readonly Result[]
  readonly violations: readonly Violation[]
  /** The layer asked for something that is not known. */
  readonly isUnsure: boolean
}

/** How many of the samples are tried with values for open options. */
const SAMPLES_WITH_OPEN = 6

function outcomes(
  stage: UncertainStage,
  samples: readonly (readonly Shape[])[],
  fillings: readonly (readonly OptionEntry[])[],
): Outcomes {
  const results: Result[] = []
  const violations: Violation[] = []
  const tried = fillings.length === 1 ? samples : spread(samples)
  let isUnsure = false
  for (const entries of fillings) {
    for (const shapes of tried) {
      const outcome = attempt(stage, shapes, entries)
      if (outcome === undefined) continue
      isUnsure ||= outcome.isUnsure
      if (isViolation(outcome.result)) violations.push(outcome.result)
      else results.push({ ...outcome, result: outcome.result, entries })
    }
  }
  return { results, violations, isUnsure }
}

/** Some of the samples, of every rank. */
function spread<T>(samples: readonly T[]): readonly T[] {
  const step = Math.ceil(samples.length / SAMPLES_WITH_OPEN)
  return samples.filter((_, i) => i % step === 0)
}

interface Result {
  readonly result: Inference
  readonly options: Readonly<Record<string, unknown>>
  readonly items: number | null
  /** What was given for the options. */
  readonly entries: readonly OptionEntry[]
}

/** Runs the layer's own inference; undefined where an option does not take its value. */
function attempt(
  { layer, inputs }: UncertainStage,
  shapes: readonly Shape[],
  entries: readonly OptionEntry[],
) {
  const options = bindOptions(layer, valueIn(entries), axesOf(shapes[0]), () => {})
  if (options === undefined) return undefined
  let isUnsure = false
  const items = inputs.map((input) => input.items ?? 1)
  const result = layer.infer({
    shapes,
    items,
    options,
    origin: (tensor) => {
      const origin = inputs[tensor]?.origin
      if (origin === undefined) isUnsure = true
      return origin?.()
    },
  })
  const known = inputs.every((input) => input.items !== null)
  // What it makes of one item may differ from what it makes of several.
  if (inputs.some((input) => input.items === null)) isUnsure = true
  const most = isViolation(result) ? 1 : (result.items ?? (known ? Math.max(1, ...items) : null))
  return { result, options, items: most, isUnsure }
}

/** The spatial axes of a tensor, over which sizes are spread; a vector has none that they could fit. */
function axesOf(shape: PartialShape | undefined): number | undefined {
  return shape !== undefined && hasRank(shape) && shape.length > 1 ? shape.length - 1 : undefined
}

/** What everything agrees on that may be the repair: another size, another rank, another value of an option. */
function repaired(stage: UncertainStage, shapes: readonly Shape[], violation?: Violation): Certain {
  const { layer } = stage
  const open = openOptions(stage)
  // What has no value stays open beside the repair: two values of each, so that no single one decides.
  const fillings = open.length === 0 ? [stage.options] : withOpen(stage, open).slice(0, 2)
  const [entries = stage.options] = fillings
  const trying = (samples: readonly (readonly Shape[])[]) => {
    const { results } = outcomes(stage, samples, fillings)
    const isGuess = open.length > 0 && new Set(results.map((result) => result.entries)).size < 2
    return isGuess ? [] : results
  }
  const sizes = trying([...withSize(shapes, numbersIn(entries), violation?.at), ...withSizesOf(shapes)])
  const values = Object.keys(layer.options).map((option) => {
    const { results } = outcomes(stage, [shapes], withOption(layer, entries, option, shapes))
    return { isCulprit: option === violation?.at, results }
  })
  const byOption = values.flatMap(({ results }) => results)
  const totals = trying(withTotal(shapes, numbersIn(entries)))
  const isRank = typeof violation?.at === 'number' || sizes.length + byOption.length === 0
  const vectors = isRank ? trying(withVector(shapes)) : []
  const ranks = isRank ? trying(withRank(shapes)) : []
  const firm = agreed([...sizes, ...totals, ...vectors, ...ranks, ...byOption])
  // How many tensors there are is what may be wrong with a list of them.
  if (firm === undefined || (layer.returnsList && sizes.length === 0)) return NOTHING
  // What the text says of the stage stands: other tensors come before other options.
  const shown =
    agreed(sizes) ??
    agreed(vectors) ??
    agreed(totals) ??
    agreed(ranks) ??
    agreed(values.flatMap(({ isCulprit, results }) => (isCulprit ? results : []))) ??
    firm
  return certainOf(shown, firm)
}

interface Agreed {
  readonly shapes: readonly PartialShape[] | undefined
  readonly items: number | null
  readonly cost: CertainCost
}

/** What all results have in common; undefined where there is none. */
function agreed(results: readonly Result[]): Agreed | undefined {
  const [first, ...others] = results.map(({ result, options, items }): Agreed => {
    const { macs = 0, weights = [], shapes } = result
    const allMacs = items === null && macs > 0 ? null : macs * (items ?? 1)
    return { shapes, items, cost: { ...weightCounts(weights, options), macs: allMacs } }
  })
  return first && others.reduce(bothAgreed, first)
}

function bothAgreed(a: Agreed, b: Agreed): Agreed {
  return {
    shapes: bothShapes(a.shapes, b.shapes),
    items: bothSame(a.items, b.items),
    cost: bothCosts(a.cost, b.cost),
  }
}

function bothCosts(a: CertainCost, b: CertainCost): CertainCost {
  return {
    params: bothSame(a.params, b.params),
    fixed: bothSame(a.fixed, b.fixed),
    macs: bothSame(a.macs, b.macs),
  }
}

function bothSame(a: number | null, b: number | null): number | null {
  return a === b ? a : null
}

function bothShapes(
  a: readonly PartialShape[] | undefined,
  b: readonly PartialShape[] | undefined,
): readonly PartialShape[] | undefined {
  if (a === undefined || b === undefined || a.length !== b.length) return undefined
  return a.map((shape, i) => agreement(shape, b[i] as PartialShape))
}

function certainOf(shown: Agreed, firm: Agreed): Certain {
  const outputs = pairs(shown.shapes, firm.shapes)
  return { outputs, items: firm.items, cost: firm.cost }
}

function bothCertain(a: Certain, b: Certain): Certain {
  const read = (certain: Certain, key: 'shape' | 'firm') => certain.outputs?.map((output) => output[key])
  const outputs = pairs(
    bothShapes(read(a, 'shape'), read(b, 'shape')),
    bothShapes(read(a, 'firm'), read(b, 'firm')),
  )
  return { outputs, items: bothSame(a.items, b.items), cost: bothCosts(a.cost, b.cost) }
}

function pairs(
  shapes: readonly PartialShape[] | undefined,
  firm: readonly PartialShape[] | undefined,
): Certain['outputs'] {
  if (shapes === undefined || firm === undefined || shapes.length !== firm.length) return undefined
  return shapes.map((shape, i) => ({ shape, firm: firm[i] as PartialShape }))
}
