import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types'
import { type BindingKind, boundBy } from '../../../grammar/bindings'
import type { LineIndex } from '../../../grammar/positions'
import type { Block, Constant, Identifier, Network, Range } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'
import { isLayer } from '../check/evaluate/values'
import { graphsOf, runsOf, shapesIn, valuesOf } from '../check/semantics/runs'
import { showValue } from '../check/words'
import { showKnown } from '../model/show'
import { isUnknown } from '../model/value'
import { showFlow } from './support/describe'
import { inLittleSpace, shapeOf } from './support/shapes'
import { toRange, type View } from './support/view'

/** The networks, blocks and constants of a file with the names that they bind, shapes and values as details. */
export function documentSymbols(view: View): DocumentSymbol[] {
  const { analysis } = view
  const lines = view.lines(analysis.uri)
  const constants = new Map(analysis.constants.map(({ name, value }) => [name, value]))
  return analysis.file.items.flatMap((item) => {
    if (item.kind === 'import') return []
    if (item.kind !== 'constant') return declarationSymbol(view, lines, item)
    const value = constants.get(item.name)
    const detail = value === undefined ? '' : inLittleSpace([showValue(value)])
    return symbol(lines, { kind: SymbolKind.Constant, name: item.name, range: item, detail })
  })
}

interface Described {
  readonly kind: SymbolKind
  readonly name: Identifier
  readonly range: Range
  readonly detail: string
  readonly children?: DocumentSymbol[]
}

/** None for a name that is not written yet: editors refuse a symbol without a name. */
function symbol(lines: LineIndex, { kind, name, range, detail, children }: Described): DocumentSymbol[] {
  if (name.name === '') return []
  return [
    {
      name: name.name,
      kind,
      detail,
      range: toRange(lines, range),
      selectionRange: toRange(lines, name),
      ...(children === undefined ? {} : { children }),
    },
  ]
}

function declarationSymbol(
  view: View,
  lines: LineIndex,
  declaration: Exclude<Block | Network | Constant, Constant>,
): DocumentSymbol[] {
  const children: DocumentSymbol[] = []
  const add = (kind: SymbolKind, name: Identifier, range: Range) => {
    children.push(...symbol(lines, { kind, name, range, detail: detailOf(view, name) }))
  }
  walk(declaration.body, (node) => {
    const bound = boundBy(node)
    const range = node.kind === 'flow' ? { start: node.start, end: bound?.from ?? node.end } : node
    for (const name of bound?.names ?? []) {
      const kind = bound && symbolKind(view, bound.kind, name)
      if (kind !== undefined) add(kind, name, range)
    }
    // `output y` binds nothing, but is what a network gives.
    if (node.kind === 'output' && node.value === undefined) add(SymbolKind.Property, node.name, node)
  })
  const kind = declaration.kind === 'network' ? SymbolKind.Class : SymbolKind.Function
  const detail = flowOf(view, declaration)
  return symbol(lines, { kind, name: declaration.name, range: declaration, detail, children })
}

/** None for what a loop or a comprehension counts with. */
function symbolKind(view: View, kind: BindingKind, name: Identifier): SymbolKind | undefined {
  switch (kind) {
    case 'input':
      return SymbolKind.Field
    case 'output':
      return SymbolKind.Property
    case 'shared':
      return SymbolKind.Object
    case 'as':
      return SymbolKind.Variable
    case 'assign': {
      const [bound] = valuesOf(view, name)
      return bound !== undefined && isLayer(bound.value) ? SymbolKind.Function : SymbolKind.Variable
    }
    default:
      return undefined
  }
}

/** The shapes that a name had, or its values where it is no tensor. */
function detailOf(view: View, name: Identifier): string {
  const values = valuesOf(view, name).flatMap(
    ({ value }) => shapeOf(value) ?? (isUnknown(value) ? [] : showValue(value)),
  )
  if (values.length > 0) return inLittleSpace(values)
  // `output y` gives no name to anything: its tensor stands among the outputs.
  const outputs = graphsOf(view).flatMap((graph) => graph.outputs.filter((output) => output.name === name))
  return inLittleSpace(
    outputs.flatMap(({ tensor, outline }) => {
      const known = tensor ?? outline
      return known === undefined ? [] : [showKnown(known)]
    }),
  )
}

/** `3×224×224 → 1000`, for each kind of run. */
function flowOf(view: View, declaration: Block | Network): string {
  const flows = runsOf(view, declaration).map(({ run, graph }) => {
    const inputs =
      declaration.kind === 'network' && run.frame === graph.frame
        ? graph.inputs.flatMap(({ node }) => (node === undefined ? [] : [node.tensor]))
        : shapesIn(run.args.map(({ value }) => value))
    return showFlow(inputs, shapesIn(run.results))
  })
  return inLittleSpace(flows.filter((flow) => flow !== ''))
}
