import type { Argument, Call, Parameter } from '../../../../grammar/tree'
import type { AnyLayer } from '../../model/layer'
import { showOption } from '../../model/show-call'
import type { Path } from '../locate'
import { code, paragraphs } from '../markdown'
import { applicationsOf, distinct } from '../runs'
import { type Definition, define } from '../scope'
import type { View } from '../view'
import type { HoverContent } from './content'
import { optionKind } from './documentation'

/** What a call calls, through calls that only add options. */
export function calleeOf(view: View, path: Path, call: Call): Definition | undefined {
  const { callee } = call
  if (callee.kind === 'call') return calleeOf(view, path, callee)
  return callee.kind === 'name' ? define(view, path, callee.name) : undefined
}

/** An argument's option: of a layer its documentation and its values here, of a block the parameter. */
export function optionContent(
  view: View,
  path: Path,
  call: Call,
  argument: Argument,
): HoverContent | undefined {
  const callee = calleeOf(view, path, call)
  const range = argument.name ?? argument
  if (callee?.kind === 'layer') {
    const name = argument.name?.name ?? positionalOption(callee.layer, call, argument)
    return name === undefined ? undefined : layerOption(view, callee.layer, name, call, range)
  }
  if (callee?.kind !== 'block' && callee?.kind !== 'network') return undefined
  const options = callee.declaration.params.filter(({ type }) => !type?.name.startsWith('tensor'))
  const parameter = argument.name
    ? callee.declaration.params.find(({ name }) => name.name === argument.name?.name)
    : options[positionOf(call, argument)]
  return parameter === undefined ? undefined : parameterOption(view, parameter, callee.file, range)
}

/** The option that an argument without a name fills, as far as the text tells: tensors come first in a call. */
function positionalOption(layer: AnyLayer, call: Call, argument: Argument): string | undefined {
  return Object.keys(layer.options)[positionOf(call, argument)]
}

/** The argument's place among the options that have no name; names that are bound may be tensors and are passed over. */
function positionOf(call: Call, argument: Argument): number {
  const options = call.args.filter(({ name, value }) => name === undefined && !mayBeTensor(value))
  return options.indexOf(argument)
}

function mayBeTensor(value: Argument['value']): boolean {
  return value.kind === 'flow' || value.kind === 'missing'
}

function layerOption(
  view: View,
  layer: AnyLayer,
  name: string,
  call: Call,
  range: HoverContent['range'],
): HoverContent | undefined {
  const spec = Object.hasOwn(layer.options, name) ? layer.options[name] : undefined
  if (spec === undefined) return undefined
  const values = applicationsOf(view, call).flatMap(({ node }) => {
    const shown = showOption(spec, node.options[name])
    return shown === undefined ? [] : [shown]
  })
  const shown = distinct(values, (value) => value).map(({ item }) => code(item))
  const value = shown.length === 0 ? '' : ` = ${shown.slice(0, 4).join(', ')}${shown.length > 4 ? ', …' : ''}`
  const standard = spec.default === undefined ? '' : `; by default ${code(spec.default)}`
  return {
    range,
    title: `${code(`${layer.name}.${name}`)}${value}`,
    facts: [{ label: 'Takes', text: `${optionKind(spec)}${standard}` }],
    documentation: paragraphs(sentence(spec.documentation)),
  }
}

function parameterOption(
  view: View,
  parameter: Parameter,
  file: string,
  range: HoverContent['range'],
): HoverContent {
  const text =
    view.analysis.files.get(file)?.text.slice(parameter.start, parameter.end) ?? parameter.name.name
  return { range, title: code(text) }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
