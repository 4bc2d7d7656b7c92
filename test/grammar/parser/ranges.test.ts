import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import type { SyntaxNode } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'
import { checkNesting } from './nested'
import { allSources } from './sources'

/** The texts of all nodes of a kind. */
function slices(text: string, kind: SyntaxNode['kind']): string[] {
  const found: string[] = []
  walk(parse(text), (node) => {
    if (node.kind === kind) found.push(text.slice(node.start, node.end))
    return true
  })
  return found
}

describe('a node has the range of its own text', () => {
  const text = `# before
from "./a.cnn"  import b as c , d
## doc
block f ( x : tensor , w = 3 ) {
  y , z = x as p -> conv( 64 , kernel = [ 3 , 3 ] ) as q -> ( if a < b then 2 * - r else s . t [ 0 ] )
  if not y { return y } else { expect z == 1 , "why" }
}   # after
`
  test.each<[SyntaxNode['kind'], string[]]>([
    ['import', ['from "./a.cnn"  import b as c , d']],
    ['imported-name', ['b as c', 'd']],
    ['block', [text.slice(text.indexOf('block'), text.indexOf('   # after'))]],
    ['parameter', ['x : tensor', 'w = 3']],
    ['assign', [text.slice(text.indexOf('y , z'), text.indexOf('\n  if not'))]],
    ['flow', [text.slice(text.indexOf('x as p'), text.indexOf('\n  if not'))]],
    ['stage', ['-> conv( 64 , kernel = [ 3 , 3 ] ) as q', '-> ( if a < b then 2 * - r else s . t [ 0 ] )']],
    ['call', ['conv( 64 , kernel = [ 3 , 3 ] )']],
    ['argument', ['64', 'kernel = [ 3 , 3 ]']],
    ['list', ['[ 3 , 3 ]']],
    ['parenthesized', ['( if a < b then 2 * - r else s . t [ 0 ] )']],
    ['conditional', ['if a < b then 2 * - r else s . t [ 0 ]']],
    ['comparison', ['a < b', 'z == 1']],
    ['binary', ['2 * - r']],
    ['unary', ['- r', 'not y']],
    ['index', ['s . t [ 0 ]']],
    ['attribute', ['s . t']],
    ['if', ['if not y { return y } else { expect z == 1 , "why" }']],
    ['return', ['return y']],
    ['expect', ['expect z == 1 , "why"']],
    ['string', ['"./a.cnn"', '"why"']],
  ])('%s', (kind, expected) => {
    expect(parse(text).problems).toEqual([])
    expect(slices(text, kind)).toEqual(expected)
  })

  test('operators, arrows and parentheses of a call', () => {
    const found: string[] = []
    walk(parse(text), (node) => {
      if (node.kind === 'binary') found.push(text.slice(node.operatorRange.start, node.operatorRange.end))
      if (node.kind === 'comparison')
        found.push(...node.operatorRanges.map(({ start, end }) => text.slice(start, end)))
      if (node.kind === 'stage') found.push(text.slice(node.arrow.start, node.arrow.end))
      if (node.kind === 'call') found.push(text.slice(node.argsRange.start, node.argsRange.end))
      return true
    })
    expect(found).toEqual(['->', '( 64 , kernel = [ 3 , 3 ] )', '->', '<', '*', '=='])
  })
})

describe('children lie inside their parents, in order', () => {
  test.each(allSources())('$name, also when it is cut anywhere', ({ text }) => {
    checkNesting(parse(text))
    const step = Math.max(1, Math.floor(text.length / 30))
    for (let cut = 0; cut < text.length; cut += step) checkNesting(parse(text.slice(0, cut)))
  })
})

test('what is missing is empty and stands at the end of what is there', () => {
  const text = 'block f(x: tensor) {\n  y = x -> conv(64,  \n  z = x.\n}'
  const file = parse(text)
  const empty: [string, number][] = []
  walk(file, (node) => {
    if (node.start === node.end) empty.push([node.kind, node.start])
    return true
  })
  expect(empty).toEqual([['identifier', text.indexOf('x.') + 2]])
  const call = slices(text, 'call')
  expect(call).toEqual(['conv(64,'])
})
