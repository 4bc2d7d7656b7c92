import { expect, test } from 'vitest'
import { parse } from '../../grammar/parse'
import { type References, referencesOf } from '../../server/src/check/references'
import { dedent } from '../helpers/annotations'
import { growth, LINEAR } from '../helpers/growth'

/** Each read of a name as `name@line: lines of the bindings that it may see`, from line 1. */
function readsIn(source: string): readonly string[] {
  const { text, references } = index(source)
  const line = (offset: number) => text.slice(0, offset).split('\n').length
  return [...references.reads]
    .sort((a, b) => a.node.start - b.node.start)
    .filter(({ meaning }) => meaning !== 'layer' && meaning !== 'function')
    .map((read) => {
      const seen = references.seenBy(read).map(({ identifier }) => line(identifier.start))
      return `${read.name}@${line(read.node.start)}: ${read.meaning === 'bound' ? seen.join(', ') : read.meaning}`
    })
}

function index(source: string): { readonly text: string; readonly references: References } {
  const text = dedent(source)
  return { text, references: referencesOf(parse(text)) }
}

test('a read sees the last binding before it', () => {
  expect(
    readsIn(`
      network N {
        input x: [3, 8, 8]
        x = x -> relu
        x = x -> relu as a -> add(a)
        output x
      }
    `),
  ).toEqual(['x@3: 2', 'x@4: 3', 'a@4: 4', 'x@5: 4'])
})

test('after branches a read sees what each left', () => {
  expect(
    readsIn(`
      block b(x: tensor, k) {
        y = x
        if k == 1 {
          y = x -> relu
        } else if k == 2 {
          y = x -> tanh
        }
        z = y
        if k == 3 {
          z = z -> relu
          return z
        } else {
          y = z
        }
        return z, y
      }
    `).slice(4),
  ).toEqual(['x@6: 1', 'y@8: 2, 4, 6', 'k@9: 1', 'z@10: 8', 'z@11: 10', 'z@13: 8', 'z@15: 8', 'y@15: 13'])
})

test('in a loop a read may see the round before', () => {
  expect(
    readsIn(`
      block b(x: tensor) {
        y = x
        for i in range(3) {
          z = y
          for j in range(i) {
            y = z -> conv(j, 1)
            z = y
          }
        }
        return y, z, i
      }
    `),
  ).toEqual([
    'x@2: 1',
    'y@4: 2, 6',
    'i@5: 3',
    'z@6: 4, 7',
    'j@6: 5',
    'y@7: 6',
    'y@10: 2, 6',
    'z@10: 4, 7',
    'i@10: 3',
  ])
})

test('conditionals bind on their way alone', () => {
  expect(
    readsIn(`
      block b(x: tensor, k) {
        y = if k then (x -> relu as a) else (x -> tanh as a)
        z = k and (x -> relu as y)
        return a, y
      }
    `).slice(3),
  ).toEqual(['k@3: 1', 'x@3: 1', 'a@4: 2, 2', 'y@4: 2, 3'])
})

test('the names of a comprehension are its own, those of its stages are not', () => {
  expect(
    readsIn(`
      block b(x: tensor, r) {
        ys = [x -> conv(r, 1) as last for r in [r, 2]]
        return r, last, ys
      }
    `),
  ).toEqual(['x@2: 1', 'r@2: 2', 'r@2: 1', 'r@3: 1', 'last@3: 2', 'ys@3: 2'])
})

test('a body sees the file’s names, and constants see one another in any order', () => {
  expect(
    readsIn(`
      from "./a.cnn" import one, two as three
      A = B + 1
      B = 2
      B = 3
      block b(x: tensor, k=A, l=k) {
        if k == 1 { one = 1 }
        return x -> three(one, two, l)
      }
      network N(k=l) { output y = b }
    `),
  ).toEqual([
    'B@2: 3',
    'A@5: 2',
    'k@5: 5',
    'k@6: 5',
    'x@7: 5',
    'three@7: 1',
    'one@7: 1, 6',
    'two@7: unknown',
    'l@7: 5',
    'l@9: unknown',
    'b@9: 5',
  ])
})

test('the words of an option, totals, argument names and attributes are no reads of what is bound', () => {
  expect(
    readsIn(`
      half = 2
      plain = conv(padding=half)
      block b(x: tensor, same, params, act: layer = maxpool, width=3) {
        y = x -> conv(half, 3, padding=half) -> plain(64)(3, padding=same) -> upsample(half, nearest)
        y = y -> act(half, width=half, padding=same)
        expect params == same and y.width == width
        expect len([params]) == 1
        return y
      }
    `),
  ).toEqual([
    'half@2: word',
    'x@4: 3',
    'half@4: 1',
    'half@4: word',
    'plain@4: 2',
    'same@4: word',
    'half@4: 1',
    'nearest@4: word',
    'y@5: 4',
    'act@5: 3',
    'half@5: 1',
    'half@5: 1',
    'same@5: word',
    'params@6: total',
    'same@6: 3',
    'y@6: 5',
    'width@6: 3',
    'params@7: total',
    'y@8: 5',
  ])
})

test('a bare name is a word by the place that it has among the options, wherever the tensors stand', () => {
  const read = (call: string) =>
    readsIn(`
      network N {
        input x: [3, 8, 8]
        half = 2
        c = conv(8, 3)
        y = ${call}
      }
    `).filter((each) => each.startsWith('half'))
  // The fourth option is the padding.
  expect(read('conv(8, 3, 1, half)(x)')).toEqual(['half@5: word'])
  expect(read('conv(x, 8, 3, 1, half)')).toEqual(['half@5: word'])
  expect(read('conv(8, 3)(1, half)(x)')).toEqual(['half@5: word'])
  expect(read('conv(8, 3, stride=1, half)(x)')).toEqual(['half@5: word'])
  expect(read('x -> c(1, half)')).toEqual(['half@5: word'])
  expect(read('x -> c(half, same)')).toEqual(['half@5: 3'])
  expect(read('conv(x, 8, 3, half)')).toEqual(['half@5: 3'])
  expect(read('conv(x -> relu, 8, 3, half)')).toEqual(['half@5: 3'])
  expect(read('conv([x][0], 8, 3, 1, half)')).toEqual(['half@5: word'])
})

test('an argument of a layer that is not known is a word where nothing else bears the name', () => {
  expect(
    readsIn(`
      block b(x: tensor, act: layer, half) {
        return x -> act(half, padding=same, mode=[same]) -> act(padding=nope)
      }
    `),
  ).toEqual([
    'x@2: 1',
    'act@2: 1',
    'half@2: 1',
    'same@2: word',
    'same@2: unknown',
    'act@2: 1',
    'nope@2: unknown',
  ])
})

test('what nothing can see is found, also where it goes round in a loop', () => {
  const { references } = index(`
    block b(x: tensor, unused) {
      a, dead = x -> split(2)
      for i in range(3) { a = a -> relu  b = a }
      c = a
      c = x
      return c
    }
    block never(x: tensor) { return x }
  `)
  const unread = references.bindings.filter((each) => !references.isRead(each)).map(({ name }) => name)
  expect(unread).toEqual(['b', 'never', 'unused', 'dead', 'i', 'b', 'c'])
})

test('a variable is what readers may see together', () => {
  const { references, text } = index(`
    block b(x: tensor, k) {
      y = x
      if k { y = x -> relu }
      z = y
      y = z
      return y
    }
  `)
  const line = (offset: number) => text.slice(0, offset).split('\n').length
  const variables = references.bound(scopeOf(references, 'y'), 'y').map((binding) => {
    const { bindings, reads } = references.variableOf(binding)
    return [
      bindings.map(({ identifier }) => line(identifier.start)),
      reads.map(({ node }) => line(node.start)),
    ]
  })
  expect(variables).toEqual([
    [[2, 3], [4]],
    [[2, 3], [4]],
    [[5], [6]],
  ])
})

function scopeOf({ bindings }: References, name: string) {
  const found = bindings.find((each) => each.name === name)
  if (found === undefined) throw new Error(`Nothing binds ${name}.`)
  return found.scope
}

test('a half-written text has an index too, made once', () => {
  const tree = parse('network N {\n  input image: \n  a = image -> conv( -> \n  output = \n  for in a {\n')
  expect(referencesOf(tree)).toBe(referencesOf(tree))
  expect(referencesOf(tree).reads.map(({ name }) => name)).toContain('image')
})

test('long files take no more than a pass', () => {
  const ratio = growth((size) => {
    const branches = Array.from({ length: size }, (_, i) => `  if k == ${i} { x = x -> relu }\n`).join('')
    const references = referencesOf(parse(`block b(x: tensor, k) {\n${branches}  return x\n}\n`))
    expect(references.bindings.every((each) => references.isRead(each) || each.kind === 'block')).toBe(true)
  }, 4_000)
  expect(ratio).toBeLessThan(LINEAR)
})
