import type { Call, Expression, Identifier, Name, SyntaxNode } from '../../../../grammar/tree'
import { ATTRIBUTES } from '../../check/evaluate/attributes'
import { TOTALS } from '../../check/evaluate/expects'
import { FUNCTIONS } from '../../check/evaluate/functions'
import { isTensor } from '../../check/evaluate/values'
import { showValue } from '../../check/words'
import type { Path } from '../locate'
import { enclosing } from '../locate'
import { bold, code, paragraphs } from '../markdown'
import { errorsIn, valuesOf } from '../runs'
import { type Definition, define, placesBefore } from '../scope'
import type { View } from '../view'
import { callContent } from './call'
import type { HoverContent } from './content'
import { declaredContent, importedContent, parameterContent, pathContent } from './declaration'
import { layerDocumentation } from './documentation'
import { expectContent } from './expect'
import { boundContent, readContent } from './name'
import { optionContent } from './option'

/** What a hover at the end of a path tells: of the innermost thing that there is something to tell of. */
export function contentAt(view: View, path: Path): HoverContent | undefined {
  const node = path.at(-1) as SyntaxNode
  const found =
    node.kind === 'identifier'
      ? identifierContent(view, path, node)
      : node.kind === 'name'
        ? nameContent(view, path, node)
        : undefined
  return found ?? surroundingContent(view, path)
}

/** An identifier stands where something gets its name, or names an option or an attribute. */
function identifierContent(view: View, path: Path, node: Identifier): HoverContent | undefined {
  const parent = path.at(-2)
  switch (parent?.kind) {
    case 'block':
    case 'network':
    case 'constant':
      return declaredContent(
        view,
        { kind: parent.kind, declaration: parent, file: view.analysis.uri } as never,
        node,
      )
    case 'parameter': {
      const declaration = enclosing(path, 'block', 'network')
      return declaration && node === parent.name
        ? parameterContent(view, declaration, parent, node)
        : undefined
    }
    case 'imported-name':
      return importedContent(view, parent, node)
    case 'attribute':
      return attributeContent(view, path, node, parent.object)
    case 'argument':
      return argumentContent(view, path)
    default: {
      const content = boundContent(view, node) ?? readAgain(view, path, node)
      return content === undefined ? failedContent(view, path, node) : { range: node, ...content }
    }
  }
}

/** `output name` without a value reads the name. */
function readAgain(view: View, path: Path, node: Identifier) {
  const definition = define(view, path, node.name)
  return definition?.kind === 'local' ? readContent(view, node.name, definition, node) : undefined
}

function nameContent(view: View, path: Path, node: Name): HoverContent | undefined {
  if (enclosing(path, 'expect') !== undefined && Object.hasOwn(TOTALS, node.name)) return undefined
  const definition = define(view, path, node.name)
  switch (definition?.kind) {
    case 'local': {
      const content = readContent(view, node.name, definition, node)
      return content === undefined ? undefined : { range: node, ...content }
    }
    case 'item': {
      const content = boundContent(view, definition.place)
      return content === undefined ? undefined : { range: node, ...content }
    }
    case 'parameter':
      return parameterContent(view, definition.declaration, definition.parameter, node)
    case 'constant':
      return declaredContent(view, definition, node)
    case 'function':
      return functionContent(definition.name, node)
    case 'layer':
    case 'block':
    case 'network':
      return appliedContent(view, path, node, definition)
    case undefined:
      return undefined
  }
}

/** A layer, block or network where it is applied, or waits to be. */
function appliedContent(
  view: View,
  path: Path,
  node: Name,
  definition: Extract<Definition, { kind: 'layer' | 'block' | 'network' }>,
): HoverContent | undefined {
  const sites = sitesOf(path)
  const found = sites.map((site) => callContent(view, site)).find((content) => content !== undefined)
  const site = sites.at(-1) ?? node
  const still =
    definition.kind === 'layer' ? layerContent(definition, node) : declaredContent(view, definition, node)
  if (found !== undefined) return { range: node, ...found, documentation: still.documentation }
  // A word that an option takes may be a layer's name too: there the option is meant.
  const argument = enclosing(path.slice(0, -1), 'argument')
  if (argument?.value === node && isWord(view, path)) return argumentContent(view, path)
  const [error] = errorsIn(view.analysis, site)
  return error === undefined ? still : { ...still, notes: paragraphs(bold('Fails here:'), error.message) }
}

function isWord(view: View, path: Path): boolean {
  const content = argumentContent(view, path)
  return content !== undefined
}

/** The name and the calls around it that it is called by, innermost first: one of them stands for the application. */
function sitesOf(path: Path): readonly Expression[] {
  const sites: Expression[] = [path.at(-1) as Name]
  for (let i = path.length - 2; i >= 0; i--) {
    const node = path[i] as SyntaxNode
    if (node.kind !== 'call' || node.callee !== sites.at(-1)) break
    sites.push(node)
  }
  return sites
}

function layerContent({ layer }: Extract<Definition, { kind: 'layer' }>, node: Name): HoverContent {
  return {
    range: node,
    title: `${bold(layer.name)} · ${layer.category}`,
    documentation: layerDocumentation(layer),
  }
}

function functionContent(name: string, node: Name): HoverContent {
  const { signature, documentation } = FUNCTIONS[name] as (typeof FUNCTIONS)[string]
  return { range: node, title: code(signature), documentation: `The result is ${documentation}.` }
}

function attributeContent(
  view: View,
  path: Path,
  node: Identifier,
  object: Expression,
): HoverContent | undefined {
  const attribute = Object.hasOwn(ATTRIBUTES, node.name) ? ATTRIBUTES[node.name] : undefined
  if (attribute === undefined) return undefined
  const definition = object.kind === 'name' ? define(view, path, object.name) : undefined
  const places = definition?.kind === 'local' ? placesBefore(definition.places, node.start) : []
  const last = places.flatMap((place) => valuesOf(view, place)).at(-1)
  const known = last && isTensor(last.value) ? attribute.value(last.value, last.graph) : undefined
  const written = `${object.kind === 'name' ? object.name : '…'}.${node.name}`
  return {
    range: node,
    title: code(known === undefined ? written : `${written} = ${showValue(known)}`),
    documentation: `${attribute.documentation.charAt(0).toUpperCase()}${attribute.documentation.slice(1)}.`,
  }
}

function argumentContent(view: View, path: Path): HoverContent | undefined {
  const argument = enclosing(path, 'argument')
  const call = path[path.indexOf(argument as SyntaxNode) - 1] as Call | undefined
  if (argument === undefined || call?.kind !== 'call') return undefined
  return optionContent(view, path, call, argument)
}

/** What the text around tells: an option's value, an `expect`, an `input`, an import's path. */
function surroundingContent(view: View, path: Path): HoverContent | undefined {
  const node = path.at(-1) as SyntaxNode
  const argument = enclosing(path, 'argument')
  if (argument !== undefined && isLiteral(argument.value)) {
    const content = argumentContent(view, path)
    if (content !== undefined) return { ...content, range: argument }
  }
  const expect = enclosing(path, 'expect')
  if (expect !== undefined) return expectContent(view, expect)
  if (node.kind === 'string' && path.at(-2)?.kind === 'import') return pathContent(view, node.value, node)
  const statement = path.findLast((each) => each.kind === 'input' || each.kind === 'output')
  if (statement !== undefined && (statement === node || statement.kind === 'input')) {
    const content = boundContent(view, statement.name)
    return content === undefined ? undefined : { range: statement, ...content }
  }
  if (node.kind === 'network' || node.kind === 'block') {
    return identifierContent(view, [...path, node.name], node.name)
  }
  return node.kind === 'name' ? failedContent(view, path, node) : undefined
}

function isLiteral({ kind }: Expression): boolean {
  return ['number', 'size', 'string', 'boolean', 'none', 'list', 'name', 'unary'].includes(kind)
}

/** Where nothing is known because of an error in the statement: the error. */
function failedContent(view: View, path: Path, node: Identifier | Name): HoverContent | undefined {
  const statement = enclosing(path, 'assign', 'output', 'shared', 'input')
  const [error] = statement === undefined ? [] : errorsIn(view.analysis, statement)
  if (error === undefined) return undefined
  return {
    range: node,
    title: `${code(node.name)} is not known`,
    notes: error.message,
    documentation: undefined,
  }
}
