/** What can be called or applied: layers, blocks, networks, functions; and the constants of the file. */

import { CompletionItemKind } from 'vscode-languageserver-types'
import type { SourceFile } from '../../../../grammar/tree'
import { optionNames, tensorParameters } from '../../check/binding/signature'
import { leastTensors } from '../../check/binding/tensors'
import { FUNCTIONS } from '../../check/language/functions'
import { referencesOf } from '../../check/references'
import { type Callee, callableOf } from '../../check/semantics/callee'
import { type Declared, declaredAs } from '../../check/semantics/scope'
import { showValue } from '../../check/words'
import { LAYERS } from '../../layers'
import type { Tensor } from '../../model/graph'
import { type AnyLayer, LAYER_CATEGORIES } from '../../model/layer'
import { showTensor } from '../../model/show'
import { isUnknown } from '../../model/value'
import type { Cursor } from '../support/cursor'
import type { View } from '../support/view'
import { tryLayer } from './call'
import { type Proposal, placeholder } from './item'
import type { Known } from './known'
import { leastOptions } from './names'

/** How a layer is written at a place. */
export type Manner =
  /** As a stage, where the tensor is piped in. */
  | 'stage'
  /** At the head of an expression. */
  | 'head'
  /** As a value, without its call. */
  | 'value'

const BY_CATEGORY = LAYERS.toSorted(
  (a, b) => LAYER_CATEGORIES.indexOf(a.category) - LAYER_CATEGORIES.indexOf(b.category),
)

const NO_VALUES: ReadonlyMap<string, never> = new Map<string, never>()

/** The layers of the catalogue: those that take the tensors, where they are known, before the others. */
export function layersFor(
  view: View,
  cursor: Cursor,
  manner: Manner,
  inputs: readonly Tensor[] | undefined,
): { readonly fitting: readonly Proposal[]; readonly others: readonly Proposal[] } {
  const fitting: Proposal[] = []
  const others: Proposal[] = []
  const isCalled = followsCall(view.analysis.file, cursor)
  for (const layer of BY_CATEGORY) {
    const fits = inputs === undefined || mayTake(layer, inputs)
    // A layer that needs more tensors than are piped in has no result yet.
    const isComplete = inputs !== undefined && inputs.length >= leastTensors(layer.tensors)
    const result = isComplete && fits ? tryLayer(layer, inputs, NO_VALUES) : undefined
    const [shape] = result?.shapes ?? []
    const detail =
      shape === undefined ? layer.category : `→ ${showTensor({ shape, items: inputs?.[0]?.items ?? 1 })}`
    const into = fits ? fitting : others
    into.push({ ...layerProposal(layer, manner, isCalled), detail })
  }
  return { fitting, others }
}

/** Whether a layer takes these tensors, and more where it needs more. */
function mayTake(layer: AnyLayer, inputs: readonly Tensor[]): boolean {
  if (layer.tensors.length === 0) return false
  if (leastTensors(layer.tensors) > inputs.length) return true
  return tryLayer(layer, inputs, leastOptions(layer)) !== undefined || !canTry(layer)
}

/** Lists of sizes that must fit the tensor cannot be made up. */
function canTry({ options }: AnyLayer): boolean {
  return Object.values(options).every(
    ({ type, default: standard, optional }) =>
      standard !== undefined || optional || !['ints', 'table', 'padding'].includes(type.kind),
  )
}

function layerProposal(layer: AnyLayer, manner: Manner, isCalled: boolean): Proposal {
  const required = Object.entries(layer.options).flatMap(([name, { default: standard, optional }]) =>
    standard === undefined && !optional ? [name] : [],
  )
  const args = [...tensorArguments({ kind: 'layer', layer }, manner), ...required]
  const hasMore = Object.keys(layer.options).length > required.length
  return {
    label: layer.name,
    kind: CompletionItemKind.Function,
    signature: signature(args, hasMore),
    ...call(layer.name, args, manner === 'value' || isCalled),
    alsoFoundBy: layer.aliases,
    documented: { kind: 'layer', name: layer.name },
  }
}

/** The blocks and networks that the file declares or imports. */
export function declaredFor(view: View, cursor: Cursor, manner: Manner): readonly Proposal[] {
  const isCalled = followsCall(view.analysis.file, cursor)
  return declaredNames(view).flatMap(({ name, declared }): Proposal[] => {
    // A block that reaches itself is an error.
    if (declared.kind === 'constant' || cursor.path.includes(declared.declaration)) return []
    const options = declared.declaration.params.filter(
      (each) => each.default === undefined && optionNames(callableOf(declared)).includes(each.name.name),
    )
    const args = [...tensorArguments(declared, manner), ...options.map((each) => each.name.name)]
    return [
      {
        label: name,
        kind: declared.kind === 'block' ? CompletionItemKind.Class : CompletionItemKind.Module,
        signature: signature(args, optionNames(callableOf(declared)).length > options.length),
        detail: declared.kind,
        ...call(name, args, manner === 'value' || isCalled),
        documented: { kind: 'declared', name },
      },
    ]
  })
}

/** The constants that the file declares or imports, with their values; `isOwn` leaves out the one being written. */
export function constantsFor(view: View, { constants }: Known, isOwn: (declared: Declared) => boolean) {
  return declaredNames(view).flatMap(({ name, declared }): Proposal[] => {
    if (declared.kind !== 'constant' || isOwn(declared)) return []
    const value = constants.get(name)
    const known = value !== undefined && !isUnknown(value)
    return [
      {
        label: name,
        kind: CompletionItemKind.Constant,
        detail: known ? `= ${showValue(value)}` : 'constant',
        documented: { kind: 'declared', name },
      },
    ]
  })
}

export function functionsFor(view: View, cursor: Cursor): readonly Proposal[] {
  const isCalled = followsCall(view.analysis.file, cursor)
  return Object.entries(FUNCTIONS).map(([name, { documentation }]) => ({
    label: name,
    kind: CompletionItemKind.Method,
    signature: '(…)',
    detail: 'function',
    ...(isCalled ? {} : { snippet: `${name}($0)`, followUp: 'parameters' as const }),
    documentation: `The result is ${documentation}.`,
    documented: { kind: 'function', name },
  }))
}

/** The layers as values: one that is meant unless another is given first, then those of its kind. */
export function layerValues(view: View, cursor: Cursor, standard: AnyLayer | undefined): readonly Proposal[] {
  const { fitting } = layersFor(view, cursor, 'value', undefined)
  const alike = new Set(LAYERS.flatMap(({ name, category }) => (category === standard?.category ? name : [])))
  const rank = (label: string) => (label === standard?.name ? 0 : alike.has(label) ? 1 : 2)
  return fitting.toSorted((a, b) => rank(a.label) - rank(b.label))
}

function declaredNames(view: View): readonly { readonly name: string; readonly declared: Declared }[] {
  const { uri, file } = view.analysis
  return referencesOf(file).bindings.flatMap(({ kind, name }) => {
    if (kind !== 'import' && kind !== 'constant' && kind !== 'block' && kind !== 'network') return []
    const declared = declaredAs(view, uri, name)
    return declared === undefined ? [] : [{ name, declared }]
  })
}

/** The tensors that are written in the call: what is piped in is not, and one alone comes from a flow as a rule. */
function tensorArguments(definition: Callee['definition'], manner: Manner): readonly string[] {
  const needed = tensorParameters(callableOf(definition)).flatMap(({ name, optional, rest }) => {
    if (optional) return []
    return rest === undefined ? [name] : Array.from({ length: rest.min }, (_, i) => 'abcdef'[i] ?? name)
  })
  if (manner === 'value') return []
  return manner === 'stage' || needed.length === 1 ? needed.slice(1) : needed
}

function signature(args: readonly string[], hasMore: boolean): string | undefined {
  const shown = hasMore ? [...args, '…'] : args
  return args.length === 0 ? undefined : `(${shown.join(', ')})`
}

/** The call with its arguments to be filled in; what can do without any is written as its name. */
function call(name: string, args: readonly string[], bare: boolean): Pick<Proposal, 'snippet' | 'followUp'> {
  if (bare || args.length === 0) return {}
  const places = args.map((arg, i) => placeholder(i + 1, arg))
  return { snippet: `${name}(${places.join(', ')})`, followUp: 'parameters' }
}

/** Whether the arguments stand there already. */
function followsCall({ text }: SourceFile, { word }: Cursor): boolean {
  return text[word.end] === '('
}
