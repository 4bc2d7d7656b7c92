import type { Expression, Identifier, Name, Range, SyntaxNode } from '../../../../grammar/tree'
import { ATTRIBUTES } from '../../check/language/attributes'
import { FUNCTIONS } from '../../check/language/functions'
import { TOTALS } from '../../check/language/totals'
import { enclosing, type Path } from '../../check/semantics/path'
import { valuesOf } from '../../check/semantics/runs'
import { declared, define, placesSeen } from '../../check/semantics/scope'
import { showValue } from '../../check/words'
import { isTensor } from '../../model/value'
import { asSentence, code } from '../support/markdown'
import type { View } from '../support/view'
import { appliedContent, calledContent } from './applied'
import type { HoverContent } from './content'
import { declaredContent, importedContent, parameterContent, pathContent } from './declaration'
import { expectContent } from './expect'
import { boundContent, readContent } from './name'
import { isWord, optionAt } from './option'
import { whyUnknown } from './why'

/** What a hover at the end of a path shows: it is about the innermost thing that something is known about. */
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
      return declaredContent(view, declared(parent, view.analysis.uri), node)
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
      return optionAt(view, path) ?? unknownContent(view, path, node)
    default: {
      const content = boundContent(view, node) ?? readAgain(view, path, node)
      return at(node, content) ?? unknownContent(view, path, node)
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
  // Among the words of an option a name is that word, whatever else has the name.
  if (isWord(view, path, node)) return optionAt(view, path)
  const definition = define(view, path, node.name)
  switch (definition?.kind) {
    case 'local':
      return calledContent(view, path, node) ?? at(node, readContent(view, node.name, definition, node))
    case 'item':
      return at(node, boundContent(view, definition.place))
    case 'parameter':
      return (
        calledContent(view, path, node) ??
        parameterContent(view, definition.declaration, definition.parameter, node)
      )
    case 'constant':
      return calledContent(view, path, node) ?? declaredContent(view, definition, node)
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

function at<T>(range: Range, content: T | undefined): (T & { readonly range: Range }) | undefined {
  return content && { ...content, range }
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
  const isLocal = object.kind === 'name' && definition?.kind === 'local'
  const places = isLocal ? placesSeen(view, object, definition) : []
  const last = places.flatMap((place) => valuesOf(view, place)).at(-1)
  const known = last && isTensor(last.value) ? attribute.value(last.value, last.graph) : undefined
  const written = `${object.kind === 'name' ? object.name : '…'}.${node.name}`
  return {
    range: node,
    title: code(known === undefined ? written : `${written} = ${showValue(known)}`),
    documentation: asSentence(attribute.documentation),
  }
}

/** What is known from the text around: an option's value, an `expect`, an `input`, an import's path. */
function surroundingContent(view: View, path: Path): HoverContent | undefined {
  const node = path.at(-1) as SyntaxNode
  const argument = enclosing(path, 'argument')
  if (argument !== undefined && isLiteral(argument.value)) {
    const content = optionAt(view, path)
    if (content !== undefined) return { ...content, range: argument }
  }
  const expect = enclosing(path, 'expect')
  if (expect !== undefined) return expectContent(view, expect)
  if (node.kind === 'string' && path.at(-2)?.kind === 'import') return pathContent(view, node.value, node)
  const statement = path.findLast((each) => each.kind === 'input' || each.kind === 'output')
  if (statement !== undefined && (statement === node || statement.kind === 'input')) {
    return at(statement, boundContent(view, statement.name))
  }
  if (node.kind === 'network' || node.kind === 'block') {
    return identifierContent(view, [...path, node.name], node.name)
  }
  return node.kind === 'name' ? unknownContent(view, path, node) : undefined
}

function isLiteral({ kind }: Expression): boolean {
  return ['number', 'size', 'string', 'boolean', 'none', 'list', 'name', 'unary'].includes(kind)
}

/** A name whose value is not known: why. */
function unknownContent(view: View, path: Path, node: Identifier | Name): HoverContent | undefined {
  const why = whyUnknown(view, path) ?? (define(view, path, node.name) && NO_VALUE)
  if (why === undefined) return undefined
  return { range: node, title: `${code(node.name)} is not known`, notes: why }
}

const NO_VALUE = 'No run that is known here comes to where it gets its value.'
