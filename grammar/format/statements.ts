import type { Block, Body, Constant, For, If, Import, Item, Network, Statement } from '../tree'
import type { Builder } from './builder'
import { alias, expression, names, parameters } from './expressions'

export type Simple = Import | Constant | Exclude<Statement, For | If>
export type Compound = Block | Network | For | If

/** Lays out a statement that has no body. */
export function simpleStatement(b: Builder, node: Simple): void {
  switch (node.kind) {
    case 'import':
      importNames(b, node)
      break
    case 'constant':
      b.take(node.name)
      value(b, node.value)
      break
    case 'input':
      b.take('input')
      b.glue(' ')
      b.take(node.name)
      b.take(':')
      b.glue(' ')
      expression(b, node.shape)
      break
    case 'output':
    case 'shared':
      b.take(node.kind)
      b.glue(' ')
      b.take(node.name)
      if (node.value) value(b, node.value)
      return
    case 'assign':
      names(b, node.names)
      value(b, node.value)
      break
    case 'return':
      b.take('return')
      b.glue(' ')
      b.group('plain', () =>
        node.values.forEach((item, index) => {
          separate(b, index)
          expression(b, item, node.values.length === 1)
        }),
      )
      break
    case 'expect':
      b.take('expect')
      b.glue(' ')
      b.group('plain', () => {
        expression(b, node.condition)
        if (!node.message) return
        separate(b, 1)
        b.take(node.message)
      })
      break
  }
}

/** What stands before a body, and the body. */
export interface Section {
  readonly head: (b: Builder) => void
  readonly body: Body
}

export function isCompound(node: Item | Statement): node is Compound {
  return node.kind === 'block' || node.kind === 'network' || node.kind === 'for' || node.kind === 'if'
}

/** The heads and bodies of a statement; an `if` has one for each branch of its chain. */
export function sectionsOf(node: Compound): Section[] {
  if (node.kind !== 'if') return [{ head: (b) => head(b, node), body: node.body }]
  const sections: Section[] = []
  for (let link: If | Body | undefined = node; link; link = link.kind === 'if' ? link.else : undefined) {
    const branch = link
    const first = sections.length === 0
    sections.push({
      head: (b) => {
        if (!first) b.take('else')
        if (branch.kind === 'body') return
        if (!first) b.glue(' ')
        head(b, branch)
      },
      body: branch.kind === 'if' ? branch.then : branch,
    })
  }
  return sections
}

function head(b: Builder, node: Compound): void {
  switch (node.kind) {
    case 'block':
    case 'network':
      b.take(node.kind)
      b.glue(' ')
      b.take(node.name)
      if (node.kind === 'block' || b.sees('(')) parameters(b, node.params)
      return
    case 'for':
      b.take('for')
      b.glue(' ')
      names(b, node.names)
      b.glue(' ')
      b.take('in')
      b.glue(' ')
      expression(b, node.iterable, true)
      break
    case 'if':
      b.take('if')
      b.glue(' ')
      expression(b, node.condition)
      break
  }
}

/** A body on one line holds one simple statement or none. */
export const inline = {
  admits: ({ body: { statements } }: Section): boolean =>
    statements.length <= 1 && statements.every((statement) => !isCompound(statement)),
  build(b: Builder, sections: readonly Section[]): void {
    sections.forEach((section, index) => {
      if (index > 0) b.glue(' ')
      section.head(b)
      b.glue(' ')
      b.take('{')
      for (const statement of section.body.statements) {
        b.glue(' ')
        simpleStatement(b, statement as Simple)
        b.glue(' ')
      }
      b.take('}')
    })
  },
}

function value(b: Builder, node: Constant['value']): void {
  b.glue(' ')
  b.take('=')
  b.glue(' ')
  expression(b, node, true)
}

function importNames(b: Builder, node: Import): void {
  b.take('from')
  b.glue(' ')
  b.take(node.path)
  b.glue(' ')
  b.take('import')
  b.glue(' ')
  b.group('plain', () =>
    node.names.forEach((imported, index) => {
      separate(b, index)
      b.take(imported.name)
      alias(b, imported.alias)
    }),
  )
}

function separate(b: Builder, index: number): void {
  if (index === 0) return
  b.take(',')
  b.line(' ')
}
