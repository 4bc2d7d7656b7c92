/** Evaluates a piece of text by values that are known already, in silence: half of it may not be written yet. */

import type { Expression, Network, SourceFile } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { UNKNOWN } from '../../model/value'
import { bindOptions } from '../binding/options'
import { optionWords } from '../binding/signature'
import { LIMITS, nothingSpent } from '../limits'
import type { Module } from '../modules'
import { createReporter } from '../report'
import { evaluate } from './expressions'
import { type Env, Exhausted, nothingTranslated } from './state'

/** What names stand for, and the file whose text is read. */
export interface KnownNames {
  readonly names: ReadonlyMap<string, Value>
  readonly uri: string
  readonly tree: SourceFile
}

/** The value of an expression that applies no layer; unknown where anything in it is. */
export function evaluateKnown(expression: Expression, known: KnownNames): Value {
  try {
    return evaluate(expression, silentEnv(known))
  } catch (error) {
    if (error instanceof Exhausted) return UNKNOWN
    throw error
  }
}

/** The value of an option's argument: a bare name among the option's words is that word. */
export function evaluateOption(
  layer: AnyLayer,
  option: string,
  expression: Expression,
  known: KnownNames,
): Value {
  const words = optionWords({ kind: 'builtin', layer }, option)
  const isWord = expression.kind === 'name' && words.includes(expression.name)
  return isWord ? expression.name : evaluateKnown(expression, known)
}

/** The options as the layer's `infer` receives them; undefined when one is missing, unknown or does not fit. */
export function bindKnown(
  layer: AnyLayer,
  options: ReadonlyMap<string, Value>,
  axes: number | undefined,
): Readonly<Record<string, unknown>> | undefined {
  return bindOptions(
    layer,
    (option) => options.get(option),
    axes,
    () => {},
  )
}

/** What is evaluated in it is reported to nobody and makes no layers. */
function silentEnv({ names, uri, tree }: KnownNames): Env {
  const module: Module = {
    file: uri,
    tree,
    names: new Map(),
    moduleOf: () => module,
    broken: new Set(),
    faulty: new Set(),
    recursive: new Set<Network>(),
    ending: new Set<Network>(),
  }
  return {
    state: {
      reporter: createReporter(uri, () => tree),
      limits: LIMITS,
      spent: nothingSpent(),
      graph: undefined,
      dry: false,
      executed: new Set(),
      expectations: [],
      misplaced: new Map(),
      sharing: [],
      loops: [],
      running: [],
      overridden: false,
      inputSizes: new Map(),
      knownStages: new Map(),
      translated: nothingTranslated(),
    },
    module,
    file: uri,
    frame: undefined,
    names: new Map(names),
    body: undefined,
  }
}
