import {
  type Argument,
  type Block,
  type Call,
  type Comprehension,
  type Constant,
  type Identifier,
  type Import,
  type Name,
  type Network,
  type Range,
  type SyntaxNode,
  TYPE_NAMES,
} from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { TOTALS } from '../../check/evaluate/expects'
import type { View } from '../view'
import { declaring, type TokenKind } from './legend'
import { type BodyNames, bodyNames, boundKinds, fileNames, KINDS } from './names'
import { isWord } from './words'

/** A name in the text with what it is. */
export interface Token {
  readonly range: Range
  readonly kind: TokenKind
}

const typeNames: ReadonlySet<string> = new Set(TYPE_NAMES)

/** The names of a view's file in the order of the text, each with what it stands for. */
export function tokensOf(view: View): readonly Token[] {
  const found: Token[] = []
  const ofFile = fileNames(view)
  const bound = boundKinds(view)
  /** The body that the walk is in. */
  let body: BodyNames | undefined
  /** Names of the comprehensions around, innermost last. */
  const items: string[] = []
  let inExpect = false

  const add = (range: Range, kind: TokenKind) => {
    // A name that the text lacks has no length.
    if (range.end > range.start) found.push({ range, kind })
  }
  const own = (name: string) => (items.includes(name) ? KINDS.value : body?.at(name))
  const read = (name: string) => own(name) ?? ofFile(name)
  const declare = (place: Identifier) => add(place, declaring(body?.bound(place) ?? KINDS.value))
  const bind = (place: Identifier) => body?.bind(place)

  const visit = (node: SyntaxNode): unknown => {
    switch (node.kind) {
      case 'import':
        return visitImport(node)
      case 'constant':
        return visitConstant(node)
      case 'block':
      case 'network':
        return visitDeclaration(node)
      case 'parameter':
        add(node.name, declaring(KINDS.parameter))
        if (node.type) add(node.type, typeNames.has(node.type.name) ? KINDS.typeName : KINDS.unknown)
        if (node.default) visit(node.default)
        return
      case 'assign':
        node.names.forEach(declare)
        visit(node.value)
        node.names.forEach(bind)
        return
      case 'input':
        declare(node.name)
        visit(node.shape)
        bind(node.name)
        return
      case 'shared':
        declare(node.name)
        visit(node.value)
        bind(node.name)
        return
      case 'output':
        // `output y` reads the name, `output y = …` gives it.
        if (node.value === undefined) return add(node.name, read(node.name.name))
        declare(node.name)
        visit(node.value)
        bind(node.name)
        return
      case 'for':
        node.names.forEach(declare)
        visit(node.iterable)
        node.names.forEach(bind)
        return visit(node.body)
      case 'flow':
        visit(node.head)
        if (node.headAs) named(node.headAs)
        return node.stages.forEach(visit)
      case 'stage':
        visit(node.value)
        if (node.as) named(node.as)
        return
      case 'expect':
        inExpect = true
        visit(node.condition)
        inExpect = false
        return
      case 'comprehension':
        return visitComprehension(node)
      case 'call':
        visit(node.callee)
        for (const argument of node.args) visitArgument(node, argument)
        return
      case 'attribute':
        visit(node.object)
        return add(node.name, KINDS.attribute)
      case 'name':
        return visitName(node)
      default:
        return eachChild(node, visit)
    }
  }

  const named = (place: Identifier) => {
    declare(place)
    bind(place)
  }

  const visitName = (node: Name) => {
    const isTotal = inExpect && Object.hasOwn(TOTALS, node.name)
    add(node, isTotal ? KINDS.total : read(node.name))
  }

  const visitImport = ({ names }: Import) => {
    for (const { name, alias } of names) {
      const kind = ofFile((alias ?? name).name)
      add(name, kind)
      if (alias) add(alias, kind)
    }
  }

  const visitConstant = ({ name, value }: Constant) => {
    add(name, declaring(ofFile(name.name)))
    visit(value)
  }

  const visitDeclaration = (declaration: Block | Network) => {
    add(declaration.name, declaring(KINDS[declaration.kind]))
    body = bodyNames(declaration, bound)
    declaration.params.forEach(visit)
    visit(declaration.body)
    body = undefined
  }

  const visitComprehension = ({ element, names, iterable }: Comprehension) => {
    items.push(...names.map(({ name }) => name))
    visit(element)
    items.length -= names.length
    for (const name of names) add(name, declaring(KINDS.value))
    visit(iterable)
  }

  const visitArgument = (call: Call, argument: Argument) => {
    const { name, value } = argument
    if (name) add(name, KINDS.option)
    const isKnown = () => value.kind === 'name' && read(value.name) !== KINDS.unknown
    if (isWord(call, argument, isKnown)) add(value, KINDS.word)
    else visit(value)
  }

  visit(view.analysis.file)
  return found
}
