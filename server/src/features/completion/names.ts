/** The names that a body has bound, with what they stand for. */

import { CompletionItemKind } from 'vscode-languageserver-types'
import { leastTensors } from '../../check/binding/tensors'
import { isLayer } from '../../check/evaluate/values'
import { shapesIn, tensorsOf } from '../../check/semantics/runs'
import { shortened, showValue } from '../../check/words'
import { isPooling } from '../../fixes/window-options'
import type { Tensor, Value } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { sameShape } from '../../model/shape'
import { showKnown, showTensor } from '../../model/show'
import { isTensor, isTensors, isUnknown, outlineOf } from '../../model/value'
import { tryLayer, type WrittenCall } from './call'
import type { Proposal } from './item'
import type { Known, KnownName } from './known'

/** What a name is, as far as it matters where it may stand. */
function sortOf({ value, binding }: KnownName): 'tensor' | 'layer' | 'value' | 'unknown' {
  if (binding.kind === 'input') return 'tensor'
  if (binding.kind === 'parameter' && binding.node.kind === 'parameter') {
    const type = binding.node.type?.name
    if (type === 'tensor' || type === 'tensors') return 'tensor'
    if (type === 'layer') return 'layer'
    if (isUnknown(value)) return 'value'
  }
  if (binding.kind === 'shared' || isLayer(value)) return 'layer'
  if (isTensors(value) || outlineOf(value) !== undefined) return 'tensor'
  return isUnknown(value) ? 'unknown' : 'value'
}

/** A name with its shape or value. */
function nameProposal(known: KnownName): Proposal {
  const { name, value } = known
  const sort = sortOf(known)
  const isVariable = sort !== 'layer'
  return {
    label: name,
    kind: isVariable ? CompletionItemKind.Variable : CompletionItemKind.Function,
    detail: detailOf(value) ?? (sort === 'tensor' ? 'tensor' : undefined),
    ...(sort === 'tensor' ? { commitCharacters: ['.'] } : {}),
  }
}

function detailOf(value: Value): string | undefined {
  const shapes = shapesIn([value])
  if (isUnknown(value)) return shapes[0] && showKnown(shapes[0])
  if (isTensor(value)) return showTensor(value.tensor)
  if (isTensors(value))
    return `[${tensorsOf([value])
      .map(({ tensor }) => showTensor(tensor))
      .join(', ')}]`
  return shortened(isLayer(value) ? value.label : `= ${showValue(value)}`, 60)
}

/** All names of the body: those of the sorts that are wanted first, in the order of the sorts, the others behind. */
export function namesFor(
  { names }: Known,
  ...wanted: readonly ReturnType<typeof sortOf>[]
): { readonly first: readonly Proposal[]; readonly others: readonly Proposal[] } {
  const ranked = names.map((name) => ({ proposal: nameProposal(name), rank: wanted.indexOf(sortOf(name)) }))
  return {
    first: ranked
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
      .map(({ proposal }) => proposal),
    others: ranked.filter(({ rank }) => rank < 0).map(({ proposal }) => proposal),
  }
}

/** Tensors for a call, those first with which it would succeed; of these, those of the same shape, then the nearest. */
export function tensorsFor(known: Known, call: WrittenCall): readonly Proposal[] {
  const tensors = known.names.filter((name) => sortOf(name) === 'tensor')
  const first = call.inputs?.[0]
  const written = new Set(call.inputs)
  const takes = takerOf(call)
  return tensors
    .map((name) => {
      const { value } = name
      const tensor = isTensor(value) ? value.tensor : undefined
      const fits = tensor !== undefined && takes(tensor)
      const same = tensor !== undefined && first !== undefined && sameShape(tensor.shape, first.shape)
      // A tensor is seldom given twice.
      const again = tensor !== undefined && written.has(tensor)
      return { name, rank: (fits ? 0 : 4) + (again ? 2 : 0) + (same ? 0 : 1) }
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => nameProposal(name))
}

/** Says which tensors a call would succeed with; tensors that are alike are tried once. */
function takerOf({ callee: { definition }, inputs, options }: WrittenCall) {
  if (definition.kind !== 'layer' || inputs === undefined) return () => true
  const { layer } = definition
  // The first of several tensors may be any: the layer is not asked until it has what it needs.
  if (inputs.length + 1 < leastTensors(layer.tensors)) return () => true
  const values = new Map([...leastOptions(layer), ...options()])
  const tried = new Map<string, boolean>()
  return (tensor: Tensor): boolean => {
    const { shape, items, source } = tensor
    // Unpooling asks which pooling made the tensor.
    const maker = source.kind === 'layer' && isPooling(source.layer) ? source.id : ''
    const key = [items, ...shape, maker].join()
    const known = tried.get(key) ?? tryLayer(layer, [...inputs, tensor], values) !== undefined
    tried.set(key, known)
    return known
  }
}

/** The smallest values of the options that a layer requires, to learn which tensors it takes. */
export function leastOptions({ options }: AnyLayer): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const [name, { type, default: standard, optional }] of Object.entries(options)) {
    if (standard !== undefined || optional) continue
    if (type.kind === 'int' || type.kind === 'float') values.set(name, Math.max(1, type.min ?? 1))
    else if (type.kind === 'word') values.set(name, type.words[0] ?? '')
    else if (type.kind === 'bool') values.set(name, false)
    else values.set(name, 1)
  }
  return values
}
