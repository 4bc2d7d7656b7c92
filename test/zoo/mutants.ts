import type { Call, SyntaxNode } from '../../grammar/tree'
import { children } from '../../grammar/walk'
import { findLayer } from '../../server/src/layers'

/** A text in which one number was changed. */
export interface Mutant {
  readonly text: string
  /** Where the change is. */
  readonly start: number
  /** What was changed to what, and where, for people. */
  readonly change: string
}

/** The options of layers that count channels. All other numbers of a layer are windows, rates and the like. */
const COUNTS = new Set(['channels', 'features', 'classes', 'multiplier', 'hidden', 'count', 'fields'])

/**
 * One mutant for each number of a file, but for those in expectations and for the options of layers that count
 * no channels: the number one larger or, every second time, twice as large.
 */
export function* mutants(file: SyntaxNode, text: string): Generator<Mutant> {
  let index = 0
  for (const { start, end } of numbers(file)) {
    const written = text.slice(start, end)
    const value = Number(written)
    const other = String(value > 1 && index++ % 2 === 1 ? 2 * value : value + 1)
    const line = text.slice(0, start).split('\n').length
    yield {
      start,
      text: text.slice(0, start) + other + text.slice(end),
      change: `line ${line}: ${written} → ${other}`,
    }
  }
}

function* numbers(node: SyntaxNode): Generator<{ readonly start: number; readonly end: number }> {
  if (node.kind === 'expect') return
  if (node.kind === 'number' && Number.isInteger(node.value)) yield node
  if (node.kind === 'size') yield { start: node.start, end: node.start + String(node.values[0]).length }
  const counting = node.kind === 'call' ? countingArguments(node) : undefined
  for (const child of counting ?? children(node)) yield* numbers(child)
}

/** The arguments of a layer's call that count channels, or undefined for other calls. */
function countingArguments({ callee, args }: Call): readonly SyntaxNode[] | undefined {
  const layer = callee.kind === 'name' ? findLayer(callee.name) : undefined
  if (!layer) return undefined
  const [first] = Object.keys(layer.options)
  return args.filter(({ name }, i) => COUNTS.has(name?.name ?? (i === 0 ? (first ?? '') : '')))
}
