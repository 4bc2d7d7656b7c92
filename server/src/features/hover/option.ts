import type { Call, Name, Parameter } from '../../../../grammar/tree'
import { optionWords } from '../../check/binding/signature'
import { calleeOf, optionOf } from '../../check/semantics/callee'
import type { Path } from '../../check/semantics/path'
import { applicationsThrough, distinct, runsThrough } from '../../check/semantics/runs'
import type { Definition } from '../../check/semantics/scope'
import { showValue } from '../../check/words'
import type { AnyLayer } from '../../model/layer'
import { showOption } from '../../model/show-call'
import { asSentence, code } from '../support/markdown'
import type { View } from '../support/view'
import type { HoverContent } from './content'
import { optionTakes } from './documentation'

/** The option that the argument at the end of a path gives, by name or by place. */
export function optionAt(view: View, path: Path): HoverContent | undefined {
  const found = argumentAt(view, path)
  if (found === undefined) return undefined
  const { call, option, definition, range } = found
  if (definition.kind === 'layer') return layerOption(view, definition.layer, option, call, range)
  const parameter = definition.declaration.params.find(({ name }) => name.name === option)
  return parameter && parameterOption(view, definition, parameter, call, range)
}

/** Whether a name is the value of an option that reads it as one of its words. */
export function isWord(view: View, path: Path, node: Name): boolean {
  const found = argumentAt(view, path)
  if (found === undefined || found.definition.kind !== 'layer' || found.argument.value !== node) return false
  const { layer } = found.definition
  return optionWords({ kind: 'builtin', layer }, found.option).includes(node.name)
}

function argumentAt(view: View, path: Path) {
  const at = path.findLastIndex(({ kind }) => kind === 'argument')
  const [call, argument] = [path[at - 1], path[at]]
  if (call?.kind !== 'call' || argument?.kind !== 'argument') return undefined
  const callee = calleeOf(view, path, call)
  const option = optionOf(view, path, call, argument)
  if (callee === undefined || option === undefined) return undefined
  return { call, argument, option, definition: callee.definition, range: argument.name ?? argument }
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
  const values = applicationsThrough(view, call).flatMap(({ node }) => {
    const shown = showOption(spec, node.options[name])
    return shown === undefined ? [] : [shown]
  })
  return {
    range,
    title: `${code(`${layer.name}.${name}`)}${equals(values)}`,
    facts: [{ label: 'Takes', text: optionTakes(spec) }],
    documentation: asSentence(spec.documentation),
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
  const values = runsThrough(view, call).flatMap(({ run }) =>
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
