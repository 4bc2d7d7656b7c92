import { expect, test } from 'vitest'
import { boundBy } from '../../grammar/bindings'
import { parse } from '../../grammar/parse'
import { children, walk } from '../../grammar/walk'
import { dedent } from '../helpers/annotations'
import { allSources } from './parser/sources'

/** `kind name, name | what stands before the text that sees them` of all nodes that bind names, parents first. */
function bindings(source: string): readonly string[] {
  const text = dedent(source)
  const found: string[] = []
  walk(parse(text), (node) => {
    const bound = boundBy(node)
    if (bound === undefined) return
    const names = bound.names.map(({ name }) => name).join(', ')
    found.push(`${bound.kind} ${names} | ${text.slice(0, bound.from).split('\n').at(-1)?.trim()}`)
  })
  return found
}

test('each node that binds names, and from where on they are seen', () => {
  expect(
    bindings(`
      from "./a.cnn" import one, two as three
      WIDTH = 8
      block b(x: tensor, k=3) {
        p, q = x as head -> relu as tail -> split(2)
        shared s = conv(8, 1)
        for i, j in zip(a, b) { c = i }
        d = [conv(n) for n, m in e]
        return p
      }
      network N(n=1) {
        input image: [3, 8, 8]
        output y = image -> relu
        output image
        expect y.rank == 3
      }
    `),
  ).toEqual([
    'import one | ',
    'import three | ',
    'constant WIDTH | ',
    'block b | ',
    'parameter x | block b(x: tensor',
    'parameter k | block b(x: tensor, k=3',
    'assign p, q | p, q = x as head -> relu as tail -> split(2)',
    'as head | p, q = x as head',
    'as tail | p, q = x as head -> relu as tail',
    'shared s | shared s = conv(8, 1)',
    'for i, j | for i, j in zip(a, b)',
    'assign c | for i, j in zip(a, b) { c = i',
    'assign d | d = [conv(n) for n, m in e]',
    'item n, m | d = [',
    'network N | ',
    'parameter n | network N(n=1',
    'input image | input image: [3, 8, 8]',
    'output y | output y = image -> relu',
  ])
})

test('what a half-written text lacks is no name', () => {
  expect(bindings('network N {\n  input : [3]\n  a,  = x -> relu as\n  for in x { }\n}\n')).toEqual([
    'network N | ',
    'assign a | a,  = x -> relu as',
  ])
})

test.each(allSources().map(({ name, text }) => [name, text]))('no name of %s is forgotten', (_, text) => {
  const forgotten: string[] = []
  walk(parse(text), (node) => {
    const bound = boundBy(node)?.names ?? []
    for (const child of children(node)) {
      if (child.kind !== 'identifier' || bound.includes(child)) continue
      // These name an option, an attribute or a type, or read a name.
      const isOther =
        node.kind === 'argument' ||
        node.kind === 'attribute' ||
        (node.kind === 'parameter' && child === node.type) ||
        (node.kind === 'imported-name' && node.alias !== undefined) ||
        (node.kind === 'output' && node.value === undefined)
      if (!isOther) forgotten.push(`${child.name} in ${node.kind}`)
    }
  })
  expect(forgotten).toEqual([])
})
