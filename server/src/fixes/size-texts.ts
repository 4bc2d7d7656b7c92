/** Where the sizes of inputs are written, and edits of them. */
import type { Binary, Expression, Network } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import { sizeWithin } from '../check/language/functions'
import type { InputNode, NetworkGraph } from '../model/graph'
import type { TextEdit } from '../model/problem'
import type { Shape } from '../model/shape'

/** A number in the text that gives inputs of a network their sizes along some axes. */
export interface SizeNumber {
  readonly start: number
  readonly end: number
  readonly value: number
  /** The sizes that it gives, as functions of it; `axis` is one of the shape. */
  readonly gives: readonly Given[]
}

interface Given {
  readonly input: InputNode
  readonly axis: number
  readonly of: (value: number) => number
}

/**
 * The numbers that give the spatial sizes of a network's inputs: those of the `input` lines, or of the constants and
 * the parameters' defaults that these name. What is computed otherwise is taken as a whole, to be replaced by a number.
 */
export function sizeNumbers(analysis: Analysis, { inputs }: Pick<NetworkGraph, 'inputs'>) {
  const numbers = new Map<number, SizeNumber>()
  for (const { node: input } of inputs) {
    // Where another size is tried, that of the text is not at fault.
    if (input === undefined || input.declared !== undefined) continue
    for (const [axis, source] of sizeSources(analysis, input).entries()) {
      if (axis === 0 || source === undefined) continue
      const { start, end, value, of } = source
      const gives = [...(numbers.get(start)?.gives ?? []), { input, axis, of }]
      numbers.set(start, { start, end, value, gives })
    }
  }
  return [...numbers.values()]
}

/** Edits that make the `input` line say `shape`, at the number that each size comes from. */
export function sizeEdits(
  analysis: Analysis,
  input: InputNode,
  shape: Shape,
): readonly TextEdit[] | undefined {
  const edits = new Map<number, TextEdit>()
  for (const [axis, source] of sizeSources(analysis, input).entries()) {
    const size = shape[axis] as number
    if (size === input.tensor.shape[axis]) continue
    const value = source && valueFor(source, size)
    if (source === undefined || value === undefined) return undefined
    const text = String(value)
    if ((edits.get(source.start)?.text ?? text) !== text) return undefined
    edits.set(source.start, { start: source.start, end: source.end, text })
  }
  return edits.size === 0 ? undefined : [...edits.values()]
}

/** How far from a number others are tried. */
const FARTHEST = 4096

function valueFor({ value, of }: Source, size: number): number | undefined {
  for (let distance = 0; distance <= FARTHEST; distance++) {
    for (const other of [value + distance, value - distance]) if (of(other) === size) return other
  }
  return undefined
}

/**
 * Edits that put the sizes of the `input` line in another order, leave some out or add some: an entry is the place of
 * a size that stands there, or the text of a new one. Undefined where the sizes are not written one by one.
 */
export function arrangedSizes(
  analysis: Analysis,
  input: InputNode,
  order: readonly (number | string)[],
): readonly TextEdit[] | undefined {
  const size = inputLine(analysis, input)?.size
  const text = analysis.files.get(input.file)?.text
  if (size === undefined || text === undefined) return undefined
  const { start, end } = size
  const arranged = (sizes: readonly (number | string)[]) =>
    order.map((entry) => (typeof entry === 'number' ? (sizes[entry] as number | string) : entry))
  if (size.kind === 'size') return [{ start, end, text: arranged(size.values).join('x') }]
  if (size.kind !== 'list') return undefined
  const items = size.items.map((item) => text.slice(item.start, item.end))
  return [{ start, end, text: `[${arranged(items).join(', ')}]` }]
}

/** Where a number is written from which a size comes, and how. */
interface Source {
  readonly start: number
  readonly end: number
  readonly value: number
  readonly of: (value: number) => number
}

/** For each axis of an input's shape the number behind its size; none where that is not written at all. */
function sizeSources(analysis: Analysis, input: InputNode): readonly (Source | undefined)[] {
  const line = inputLine(analysis, input)
  if (line === undefined) return []
  const scope = { analysis, file: input.file, network: line.network }
  const { shape } = input.tensor
  const written = valueBehind(scope, line.size)
  if (written.kind === 'size') {
    const text = analysis.files.get(input.file)?.text.slice(written.start, written.end) ?? ''
    let at = written.start
    return text.split('x').map((digits, axis) => {
      const start = at
      at += digits.length + 1
      return plain({ start, end: start + digits.length }, shape[axis])
    })
  }
  if (written.kind !== 'list' || written.items.length !== shape.length) return []
  return written.items.map((item, axis) => {
    const source = numberBehind(scope, item)
    return source?.of(source.value) === shape[axis] ? source : plain(item, shape[axis])
  })
}

function plain({ start, end }: { start: number; end: number }, value: number | undefined) {
  return value === undefined ? undefined : { start, end, value, of: (other: number) => other }
}

function inputLine(analysis: Analysis, { name, file }: InputNode) {
  for (const item of analysis.files.get(file)?.items ?? []) {
    if (item.kind !== 'network' || name.start < item.start || name.end > item.end) continue
    for (const node of descendants(item.body)) {
      if (node.kind === 'input' && node.name === name) return { network: item, size: sizeWithin(node.shape) }
    }
  }
  return undefined
}

interface Scope {
  readonly analysis: Analysis
  readonly file: string
  readonly network: Network
}

/** How many names may lead to one another. */
const MOST_NAMES = 16

/** The expression that a constant or the default of a parameter is declared with, in place of its name. */
function valueBehind({ analysis, file, network }: Scope, expression: Expression): Expression {
  let at = expression
  for (let i = 0; i < MOST_NAMES && at.kind === 'name'; i++) {
    const { name } = at
    const param = network.params.find((each) => each.name.name === name)
    const items = analysis.files.get(file)?.items ?? []
    const constant = items.find((item) => item.kind === 'constant' && item.name.name === name)
    const value = param ? param.default : constant?.kind === 'constant' ? constant.value : undefined
    if (value === undefined) return at
    at = value
  }
  return at
}

/** The one number from which an expression comes: itself, or the one behind the only name in it. */
function numberBehind(scope: Scope, expression: Expression, depth = 0): Source | undefined {
  if (depth > MOST_NAMES) return undefined
  const at = valueBehind(scope, expression)
  if (at.kind === 'number') return plain(at, at.value)
  if (at.kind === 'parenthesized') return numberBehind(scope, at.value, depth + 1)
  return at.kind === 'binary' ? numberInside(scope, at, depth + 1) : undefined
}

function numberInside(scope: Scope, { operator, left, right }: Binary, depth: number): Source | undefined {
  const [isLeft, isRight] = [hasName(left), hasName(right)]
  const compute = OPERATIONS[operator]
  const [a, b] = [numberBehind(scope, left, depth), numberBehind(scope, right, depth)]
  if (compute === undefined || a === undefined || b === undefined || isLeft === isRight) return undefined
  return isLeft
    ? { ...a, of: (value) => compute(a.of(value), b.of(b.value)) }
    : { ...b, of: (value) => compute(a.of(a.value), b.of(value)) }
}

const OPERATIONS: { readonly [operator in Binary['operator']]?: (a: number, b: number) => number } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '//': (a, b) => Math.floor(a / b),
}

function hasName(expression: Expression): boolean {
  for (const node of descendants(expression)) if (node.kind === 'name') return true
  return false
}
