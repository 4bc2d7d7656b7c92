import type { Block, Network, Parameter } from '../../../../grammar/tree'
import type { AnyLayer, OptionSpec } from '../../model/layer'
import { showPlaces } from '../../model/show-layer'
import { textOf } from '../support/locate'
import { code, fromComment, list, paragraphs, plain, source } from '../support/markdown'
import type { View } from '../support/view'

/** A layer as a call with all its options: `conv(channels, kernel, stride=1, …)`. */
function signatureText({ name, options, tensors }: AnyLayer): string {
  const [first, ...others] = tensors
  // The first tensor is what is piped in; layers that take several name them all.
  const written = others.length > 0 || first?.rest !== undefined ? tensors.map(tensorParameterText) : []
  const shown = [...written, ...Object.entries(options).map(optionText)]
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`
}

export function tensorParameterText({ name, rest, optional }: AnyLayer['tensors'][number]): string {
  return `${name}: ${rest === undefined ? 'tensor' : 'tensors'}${optional === true ? ' = none' : ''}`
}

export function optionText([name, spec]: [string, OptionSpec]): string {
  if (spec.default !== undefined) return `${name}=${spec.default}`
  return spec.optional === true ? `${name}=none` : name
}

/** A layer's documentation: what it is, its options and where it comes from. */
export function layerDocumentation(layer: AnyLayer): string {
  const { summary, details, source: literature, output, options, aliases } = layer
  const described = Object.entries(options).map(
    ([name, { documentation }]) => `${code(name)}: ${documentation}`,
  )
  const also = aliases.length === 0 ? undefined : `Also called ${aliases.map(code).join(', ')}.`
  return paragraphs(
    documentedSource(signatureText(layer), summary),
    details,
    list([`Output: ${code(output)}`, ...described]),
    showPlaces(layer),
    also,
    literature === undefined ? undefined : `*Source: ${plain(literature)}*`,
  )
}

/** What an option takes, and what it is by default. */
export function optionTakes(spec: OptionSpec): string {
  const standard = spec.default === undefined ? '' : `; by default ${code(spec.default)}`
  return `${optionKind(spec)}${standard}`
}

function optionKind({ type }: OptionSpec): string {
  switch (type.kind) {
    case 'int':
      return `an integer${bounds(type)}`
    case 'float':
      return `a number${bounds(type)}`
    case 'bool':
      return '`true` or `false`'
    case 'word':
      return type.words.map(code).join(', ')
    case 'size':
      return `an integer, or one per spatial axis${type.open ? '; `none` keeps an axis' : ''}`
    case 'factors':
      return 'a number, or one per spatial axis'
    case 'padding':
      return `an integer, one per spatial axis, or two per spatial axis${type.named ? '; or `valid`, `half`, `full`, `same`' : ''}`
    case 'ints':
      return 'a list of integers'
    case 'table':
      return 'a list of lists of integers'
  }
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` from ${min}`
  return max === undefined ? '' : ` up to ${max}`
}

/** A block's or network's head as it is written: `block bottleneck(x: tensor, width, stride=1)`. */
function declarationSignature(view: View, declaration: Block | Network, file: string): string {
  const { kind, name, params } = declaration
  const shown = params.map((param) => parameterText(view, param, file)).join(', ')
  const list = kind === 'network' && params.length === 0 ? '' : `(${shown})`
  return `${kind} ${name.name}${list}`
}

export function parameterText(view: View, parameter: Parameter, file: string): string {
  const tree = view.analysis.files.get(file)
  return tree === undefined ? parameter.name.name : textOf(tree, parameter)
}

/** The `##` lines of a declaration, and its head. */
export function declarationDocumentation(view: View, declaration: Block | Network, file: string): string {
  const { doc } = declaration
  const text =
    doc &&
    fromComment(doc.text.replace(/^@example\s+(.+)$/gm, (_, call: string) => `\nExample: ${code(call)}`))
  return documentedSource(declarationSignature(view, declaration, file), text)
}

/** Source text with what is said of it above: VS Code draws a rule through the first row of a block of source. */
export function documentedSource(text: string, documentation = 'Declared as'): string {
  return paragraphs(documentation, source(text))
}
