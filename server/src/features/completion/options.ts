/** Options that a call may still give, and the values that an option takes. */
import { CompletionItemKind } from 'vscode-languageserver-types'
import type { Parameter } from '../../../../grammar/tree'
import { hasPadding } from '../../fixes/window-options'
import { findLayer } from '../../layers'
import type { OptionSpec } from '../../model/layer'
import { showTensor } from '../../model/show'
import { optionTakes, parameterText } from '../hover/documentation'
import type { Cursor } from '../support/cursor'
import { asSentence, code, paragraphs } from '../support/markdown'
import type { View } from '../support/view'
import { boundCall, tryNode, type WrittenCall } from './call'
import { layerValues } from './callables'
import type { Proposal } from './item'
import { paddingValues } from './paddings'

/** The options that are not given yet, required ones first. */
export function optionNames(view: View, { callee, free }: WrittenCall): readonly Proposal[] {
  const { definition } = callee
  const all = free.flatMap((name): (Proposal & { readonly rank: number })[] => {
    if (definition.kind === 'layer') {
      const spec = definition.layer.options[name]
      return spec === undefined ? [] : [layerOption(name, spec)]
    }
    const parameter = parameterOf(definition.declaration.params, name)
    return parameter === undefined ? [] : [blockOption(view, definition.file, parameter)]
  })
  return all.toSorted((a, b) => a.rank - b.rank)
}

/** All layers with weights have it, and few ever need it. */
const RARE = 'trainable'

function layerOption(name: string, spec: OptionSpec) {
  const isRequired = spec.default === undefined && !spec.optional
  return {
    ...named(name, isRequired ? undefined : (spec.default ?? 'none'), isChosen(spec)),
    documentation: paragraphs(asSentence(spec.documentation), asSentence(`takes ${optionTakes(spec)}`)),
    rank: isRequired ? 0 : name === RARE ? 2 : 1,
  }
}

function blockOption(view: View, file: string, parameter: Parameter) {
  const { name, default: standard } = parameter
  const text = view.analysis.files.get(file)?.text ?? ''
  return {
    ...named(name.name, standard && text.slice(standard.start, standard.end), isChosenFrom(parameter)),
    documentation: code(parameterText(view, parameter, file)),
    rank: standard === undefined ? 0 : 1,
  }
}

function named(name: string, standard: string | undefined, chosen: boolean): Proposal {
  const detail = standard === undefined ? 'required' : `= ${standard}`
  return {
    label: `${name}=`,
    kind: CompletionItemKind.Property,
    detail,
    followUp: chosen ? 'values' : undefined,
  }
}

/** Whether the values of an option can be listed. */
export function hasChoices({ callee }: WrittenCall, option: string): boolean {
  const { definition } = callee
  if (definition.kind !== 'layer') {
    const parameter = parameterOf(definition.declaration.params, option)
    return parameter !== undefined && isChosenFrom(parameter)
  }
  const spec = Object.hasOwn(definition.layer.options, option) ? definition.layer.options[option] : undefined
  return spec !== undefined && isChosen(spec)
}

/** Whether an option is given a layer, or may be: the parameter of a block may be anything where it has no type. */
export function takesLayers({ callee: { definition } }: WrittenCall, option: string): boolean {
  if (definition.kind === 'layer') return false
  const parameter = parameterOf(definition.declaration.params, option)
  if (parameter === undefined) return false
  const { type, default: standard } = parameter
  if (type !== undefined) return type.name === 'layer'
  return standard === undefined || standard.kind === 'name' || standard.kind === 'call'
}

function isChosen({ type }: OptionSpec): boolean {
  return type.kind === 'word' || type.kind === 'bool' || (type.kind === 'padding' && type.named)
}

function isChosenFrom({ type, default: standard }: Parameter): boolean {
  return type?.name === 'layer' || type?.name === 'bool' || standard?.kind === 'boolean'
}

/** The values that an option can be chosen from; none where any number would do. */
export function optionValues(
  view: View,
  cursor: Cursor,
  call: WrittenCall,
  option: string,
): readonly Proposal[] {
  const { definition } = call.callee
  if (definition.kind !== 'layer') {
    const parameter = parameterOf(definition.declaration.params, option)
    return parameter === undefined ? [] : parameterValues(view, cursor, parameter)
  }
  const { layer } = definition
  const spec = Object.hasOwn(layer.options, option) ? layer.options[option] : undefined
  switch (spec?.type.kind) {
    case 'padding':
      return hasPadding(layer) && spec.type.named ? paddingValues(call, option) : []
    case 'word':
      return choices(call, option, spec, spec.type.words)
    case 'bool':
      return choices(call, option, spec, ['true', 'false'])
    default:
      return []
  }
}

/** Words of an option, each with the shape that it leads to; the one that it is by default says so. */
function choices(
  call: WrittenCall,
  option: string,
  spec: OptionSpec,
  words: readonly string[],
): readonly Proposal[] {
  return words.map((word) => {
    const node = boundCall(call, option, spec.type.kind === 'bool' ? word === 'true' : word)
    const result = node && tryNode(node)
    const shape = result?.shapes[0]
    const items = result?.items ?? node?.inputs[0]?.items ?? 1
    const parts = [
      ...(shape === undefined ? [] : [`→ ${showTensor({ shape, items })}`]),
      ...(spec.default === word ? ['default'] : []),
    ]
    return {
      label: word,
      kind: CompletionItemKind.EnumMember,
      detail: parts.length === 0 ? undefined : parts.join(', '),
      commitCharacters: [',', ')'],
    }
  })
}

function parameterValues(view: View, cursor: Cursor, parameter: Parameter): readonly Proposal[] {
  const { type, default: standard } = parameter
  if (type?.name === 'layer') {
    const name = standard?.kind === 'call' ? standard.callee : standard
    return layerValues(view, cursor, name?.kind === 'name' ? findLayer(name.name) : undefined)
  }
  if (type?.name !== 'bool' && standard?.kind !== 'boolean') return []
  return ['true', 'false'].map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail: String(standard?.kind === 'boolean' && standard.value) === label ? 'default' : undefined,
  }))
}

function parameterOf(params: readonly Parameter[], name: string): Parameter | undefined {
  return params.find((each) => each.name.name === name)
}
