import { describe, expect, test } from 'vitest'
import type { SyntaxNode } from '../../grammar/tree'
import { descendants } from '../../grammar/walk'
import { analyze } from '../../server/src/check/analyze'
import { sampled } from '../helpers/sample'
import { analysisOf, EXAMPLES, exampleHost, textOf } from './examples'

/** How many things of each kind are broken in every example, one at a time. */
const BREAKS = 3

/** Changes after which two errors are true, whatever is done about one of them. */
const BOTH_TRUE: Readonly<Record<string, string>> = {}

interface Break {
  readonly change: string
  readonly text: string
}

describe('one thing broken anywhere in an example is one error', () => {
  test.each(sampled(EXAMPLES, 8))('%s', (path) => {
    const random = seeded(path)
    const found = [...misspelt(path, random), ...miscounted(path, random)].flatMap(({ change, text }) => {
      const { problems } = analyze(path, exampleHost({ path, text }))
      // What an example expects may be false behind any change.
      const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== 'expect-failed')
      const isFine = errors.length <= (`${path}, ${change}` in BOTH_TRUE ? 2 : 1)
      return isFine ? [] : [{ change, errors: errors.map(({ code, message }) => `${code}: ${message}`) }]
    })
    expect(found).toEqual([])
  })

  test('a misspelt name always is one', () => {
    const path = 'classification/lenet5.cnn'
    const counts = misspelt(path, seeded(path)).map(
      ({ text }) => analyze(path, exampleHost({ path, text })).problems.length,
    )
    expect(counts.every((count) => count > 0)).toBe(true)
  })
})

/** Names with letters before them that make them none. */
function misspelt(path: string, random: () => number): readonly Break[] {
  const names = nodesOf(path).filter((node) => node.kind === 'name' && node.name.length > 3)
  return chosen(names, random).map((node) => replaced(path, node, (name) => `zq${name}`))
}

/** Numbers that are one larger, or twice as large. */
function miscounted(path: string, random: () => number): readonly Break[] {
  const numbers = nodesOf(path).filter((node) => node.kind === 'number' && Number.isInteger(node.value))
  return chosen(numbers, random).map((node) =>
    replaced(path, node, (text) => {
      const value = Number(text.replaceAll('_', ''))
      return String(random() < 0.5 ? value + 1 : 2 * value)
    }),
  )
}

function nodesOf(path: string): readonly SyntaxNode[] {
  return [...descendants(analysisOf(path).file)]
}

function chosen<T>(items: readonly T[], random: () => number): readonly T[] {
  return items.length === 0
    ? []
    : Array.from({ length: BREAKS }, () => items[Math.floor(random() * items.length)] as T)
}

function replaced(path: string, { start, end }: SyntaxNode, by: (written: string) => string): Break {
  const text = textOf(path)
  const written = text.slice(start, end)
  const other = by(written)
  const line = text.slice(0, start).split('\n').length
  return {
    change: `line ${line}: ${written} → ${other}`,
    text: text.slice(0, start) + other + text.slice(end),
  }
}

/** Numbers from 0 to below 1 that are always the same for a text (a linear congruential generator). */
function seeded(text: string): () => number {
  let state = [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7)
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
