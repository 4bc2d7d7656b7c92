import type { ForeignLayer, ForeignOption } from '../model/foreign'
import type {
  AnyLayer,
  Constraint,
  LayerDeclaration,
  OptionSpec,
  OptionSpecs,
  OptionValues,
  Padding,
  Violation,
} from '../model/layer'

export type { AnyLayer }

/** The parts of a declaration that have a usual value may be left out. */
type Declared<S extends OptionSpecs> = Omit<
  LayerDeclaration<OptionValues<S>>,
  'aliases' | 'foreign' | 'tensors' | 'options' | 'byPlace' | 'constraints'
> & {
  readonly aliases?: readonly string[]
  /** A name alone is one for the same layer with the same options. */
  readonly foreign?: readonly (string | ForeignLayer)[]
  readonly tensors?: LayerDeclaration['tensors']
  readonly options?: S
  /** Without it, the options that must be given. */
  readonly byPlace?: readonly (keyof S & string)[]
  readonly constraints?: LayerDeclaration['constraints']
}

/** What applies a layer: a node of a graph, or a stage that is being tried. */
interface Application {
  readonly layer: AnyLayer
}

/** A declared layer, which knows the types of its options. */
export interface DeclaredLayer<S extends OptionSpecs> extends AnyLayer {
  /** Whether it is this layer that is applied: the options have their declared types then. */
  applied<A extends Application>(
    application: A | undefined,
  ): application is A & { readonly options: OptionValues<S> }
}

/** Declares a layer; its options' types reach `infer`. Without `tensors` it takes the one tensor `x`. */
export function layer<S extends OptionSpecs = Record<never, never>>(declared: Declared<S>): DeclaredLayer<S> {
  const required = Object.entries(declared.options ?? {}).filter(([, spec]) => isRequired(spec))
  const complete: LayerDeclaration<OptionValues<S>> = {
    ...declared,
    byPlace: declared.byPlace ?? required.map(([name]) => name),
    aliases: declared.aliases ?? [],
    foreign: (declared.foreign ?? []).map(asNamed),
    tensors: declared.tensors ?? [{ name: 'x', documentation: 'the input' }],
    options: declared.weighted
      ? { ...declared.options, trainable: declared.options?.trainable ?? TRAINABLE }
      : (declared.options ?? {}),
    constraints: declared.constraints ?? [],
  }
  const made: DeclaredLayer<S> = {
    ...complete,
    applied<A extends Application>(
      application: A | undefined,
    ): application is A & { readonly options: OptionValues<S> } {
      return application?.layer === made
    },
  }
  return made
}

/** Whether every call must give an option. */
export function isRequired({ default: standard, optional }: OptionSpec): boolean {
  return standard === undefined && optional !== true
}

function asNamed<N extends { readonly name: string }>(name: string | N): N | { readonly name: string } {
  return typeof name === 'string' ? { name } : name
}

interface Details {
  /** Its numbers count the axes of the tensor. */
  readonly countsAxes?: true
  readonly documentation: string
  readonly default?: string
  /** A name alone is one for the same values. */
  readonly foreign?: readonly (string | ForeignOption)[]
  readonly foreignWords?: Readonly<Record<string, string>>
}

/** An option left out has no default and need not be given. */
type Optional = Details & { readonly optional: true }

function spec<T>(type: OptionSpec['type'], details: Details & { optional?: boolean }): OptionSpec<T> {
  return { type, ...details, foreign: (details.foreign ?? []).map(asNamed) }
}

type Bounds = { readonly min?: number; readonly max?: number }

function bounds({ min, max }: Bounds): Bounds {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

function withoutBounds<D extends Details & Bounds>(details: D): Omit<D, 'min' | 'max'> {
  const { min: _min, max: _max, ...rest } = details
  return rest
}

export function int(details: Details & Bounds): OptionSpec<number> {
  return spec({ kind: 'int', ...bounds(details) }, withoutBounds(details))
}

export function optionalInt(details: Optional & Bounds): OptionSpec<number | undefined> {
  return spec({ kind: 'int', ...bounds(details) }, withoutBounds(details))
}

export function float(details: Details & Bounds): OptionSpec<number> {
  return spec({ kind: 'float', ...bounds(details) }, withoutBounds(details))
}

export function bool(details: Details): OptionSpec<boolean> {
  return spec({ kind: 'bool' }, details)
}

export function optionalWord<const W extends readonly string[]>(
  words: W,
  details: Optional,
): OptionSpec<W[number] | undefined> {
  return spec({ kind: 'word', words }, details)
}

export function word<const W extends readonly string[]>(words: W, details: Details): OptionSpec<W[number]> {
  return spec({ kind: 'word', words }, details)
}

/** One entry per spatial axis of the first tensor. */
export function size(details: Details & { readonly min?: number }): OptionSpec<readonly number[]> {
  return spec({ kind: 'size', min: details.min ?? 1 }, withoutBounds(details))
}

export function optionalSize(
  details: Optional & { readonly min?: number },
): OptionSpec<readonly number[] | undefined> {
  return spec({ kind: 'size', min: details.min ?? 1 }, withoutBounds(details))
}

/** One entry per spatial axis, `none` for one that stays as it is. */
export function openSize(
  details: Details & { readonly min?: number },
): OptionSpec<readonly (number | null)[]> {
  return spec({ kind: 'size', min: details.min ?? 1, open: true }, withoutBounds(details))
}

export function factors(details: Details): OptionSpec<readonly number[]> {
  return spec({ kind: 'factors' }, details)
}

/** Amounts or one of the names `valid`, `half`, `full`, `same`. */
export function padding(details: Details): OptionSpec<Padding> {
  return spec({ kind: 'padding', named: true }, details)
}

export function ints(details: Details & { readonly min?: number }): OptionSpec<readonly number[]> {
  return spec({ kind: 'ints', ...bounds(details) }, withoutBounds(details))
}

export function optionalInts(
  details: Optional & { readonly min?: number },
): OptionSpec<readonly number[] | undefined> {
  return spec({ kind: 'ints', ...bounds(details) }, withoutBounds(details))
}

export function optionalTable(details: Optional): OptionSpec<readonly (readonly number[])[] | undefined> {
  return spec({ kind: 'table' }, details)
}

const TRAINABLE = bool({
  documentation: 'whether the weights are trained; what is not trained is counted apart',
  default: 'true',
})

/** A network with one flow, for the example of a constraint; its inputs are `x`, `z` and `w`. */
export function networkText(flow: string, ...inputs: readonly string[]): string {
  const lines = inputs.map((shape, i) => `  input ${['x', 'z', 'w'][i]}: ${shape}\n`)
  return `network N {\n${lines.join('')}  output y = ${flow}\n}\n`
}

/** A constraint: its declaration for the documentation, and the call that reports a violation of it. */
export interface DeclaredConstraint<D> extends Constraint<D> {
  violated(data: D, at?: string | number): Violation
}

export function constraint<D>(declared: Constraint<D>): DeclaredConstraint<D> {
  const complete: DeclaredConstraint<D> = {
    ...declared,
    violated: (data, at) => ({
      constraint: complete,
      data,
      ...(at === undefined ? {} : { at }),
    }),
  }
  return complete
}
