import type { Argument, Call, Expression, Name, Parameter } from '../../../../grammar/tree'
import { optionWords } from '../../check/evaluate/layers'
import { isLayer, isTensors } from '../../check/evaluate/values'
import { showValue } from '../../check/words'
import type { AnyLayer } from '../../model/layer'
import { showOption } from '../../model/show-call'
import type { Path } from '../locate'
import { code, paragraphs } from '../markdown'
import { applicationsOf, type Bound, distinct, givenTo, runsAt, valuesOf } from '../runs'
import { type Definition, define, placesBefore } from '../scope'
import type { View } from '../view'
import type { HoverContent } from './content'
import { optionKind } from './documentation'

type Callee = Extract<Definition, { kind: 'layer' | 'block' | 'network' | 'function' }>

/** What a call calls, through calls that only add options and names that a layer was bound to. */
function calleeOf(view: View, path: Path, call: Call): Callee | undefined {
  const { callee } = call
  if (callee.kind === 'call') return calleeOf(view, path, callee)
  if (callee.kind !== 'name') return undefined
  const definition = define(view, path, callee.name)
  switch (definition?.kind) {
    case 'parameter':
      return boundLayer(givenTo(view, definition.declaration, callee.name))
    case 'local':
      return boundLayer(placesBefore(definition.places, call.start).flatMap((place) => valuesOf(view, place)))
    case 'layer':
    case 'block':
    case 'network':
    case 'function':
      return definition
    default:
      return undefined
  }
}

/** The layer, block or network that a name stands for, going by the first value that is one. */
function boundLayer(values: readonly Bound[]): Callee | undefined {
  for (const { value } of values) {
    if (!isLayer(value) || value.form !== 'partial') continue
    const { callee } = value
    if (callee.kind === 'builtin') return { kind: 'layer', layer: callee.layer }
    const { declaration, module } = callee
    return { kind: declaration.kind, declaration, file: module.file } as Callee
  }
  return undefined
}

/** The option that the argument at the end of a path gives, by name or by place. */
export function optionAt(view: View, path: Path): HoverContent | undefined {
  const found = argumentAt(view, path)
  if (found === undefined) return undefined
  const { call, argument, callee } = found
  const range = argument.name ?? argument
  if (callee?.kind === 'layer') {
    const name = optionName(view, path, callee.layer, call, argument)
    return name === undefined ? undefined : layerOption(view, callee.layer, name, call, range)
  }
  if (callee?.kind !== 'block' && callee?.kind !== 'network') return undefined
  const { params } = callee.declaration
  const parameter = argument.name
    ? params.find(({ name }) => name.name === argument.name?.name)
    : params.filter((each) => !isTensorParameter(each))[positionOf(view, path, call, argument)]
  return parameter === undefined ? undefined : parameterOption(view, callee, parameter, call, range)
}

/** Whether a name is the value of an option that reads it as one of its words. */
export function isWord(view: View, path: Path, { name }: Name): boolean {
  const found = argumentAt(view, path)
  if (found === undefined || found.callee?.kind !== 'layer' || found.argument.value !== path.at(-1))
    return false
  const { layer } = found.callee
  return optionWords(
    { kind: 'builtin', layer },
    optionName(view, path, layer, found.call, found.argument),
  ).includes(name)
}

function argumentAt(view: View, path: Path) {
  const at = path.findLastIndex(({ kind }) => kind === 'argument')
  const [call, argument] = [path[at - 1], path[at]]
  if (call?.kind !== 'call' || argument?.kind !== 'argument') return undefined
  return { call, argument, callee: calleeOf(view, path, call) }
}

function optionName(
  view: View,
  path: Path,
  layer: AnyLayer,
  call: Call,
  argument: Argument,
): string | undefined {
  return argument.name?.name ?? Object.keys(layer.options)[positionOf(view, path, call, argument)]
}

/** The argument's place among the options without a name; tensors fill other places. */
function positionOf(view: View, path: Path, call: Call, argument: Argument): number {
  const options = call.args.filter(
    ({ name, value }) => name === undefined && !isTensorText(view, path, value),
  )
  return options.indexOf(argument)
}

/** Whether an expression is a tensor, or several, as far as the text and what is bound tell. */
function isTensorText(view: View, path: Path, value: Expression): boolean {
  switch (value.kind) {
    case 'flow':
      return true
    case 'index':
      return isTensorText(view, path, value.object)
    case 'parenthesized':
      return isTensorText(view, path, value.value)
    case 'list':
      return value.items.some((item) => isTensorText(view, path, item))
    case 'call':
      return calleeOf(view, path, value)?.kind !== 'function'
    case 'name': {
      const definition = define(view, path, value.name)
      if (definition?.kind === 'parameter') return isTensorParameter(definition.parameter)
      if (definition?.kind !== 'local') return false
      const places = placesBefore(definition.places, value.start)
      return places.some((place) => valuesOf(view, place).some((bound) => isTensors(bound.value)))
    }
    default:
      return false
  }
}

function isTensorParameter({ type }: Parameter): boolean {
  return type?.name === 'tensor' || type?.name === 'tensors'
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
  const standard = spec.default === undefined ? '' : `; by default ${code(spec.default)}`
  return {
    range,
    title: `${code(`${layer.name}.${name}`)}${equals(values)}`,
    facts: [{ label: 'Takes', text: `${optionKind(spec)}${standard}` }],
    documentation: paragraphs(sentence(spec.documentation)),
  }
}

function parameterOption(
  view: View,
  { declaration, file }: Extract<Definition, { kind: 'block' | 'network' }>,
  parameter: Parameter,
  call: Call,
  range: HoverContent['range'],
): HoverContent {
  const { name } = parameter.name
  const values = runsAt(view, call).flatMap(({ run }) =>
    run.args.flatMap((given) => (given.name === name ? [showValue(given.value)] : [])),
  )
  const written = view.analysis.files.get(file)?.text.slice(parameter.start, parameter.end) ?? name
  return {
    range,
    title: `${code(`${declaration.name.name}.${name}`)}${equals(values)}`,
    facts: [{ label: 'Declared as', text: code(written) }],
  }
}

/** ` = 64, 128`: the distinct values that an option has here. */
function equals(values: readonly string[]): string {
  const kinds = distinct(values, (value) => value).map(({ item }) => code(item))
  return kinds.length === 0 ? '' : ` = ${kinds.slice(0, 4).join(', ')}${kinds.length > 4 ? ', …' : ''}`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
