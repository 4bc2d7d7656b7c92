import { describe, expect, test } from 'vitest'
import { LEGEND, semanticTokens, tokenEdits } from '../../server/src/features/semantic-tokens'
import { type Marked, type Sources, viewed } from './view'

interface Shown {
  readonly line: number
  readonly character: number
  readonly text: string
  readonly kind: string
}

/** The numbers of an answer as the names that they speak of. */
function decode({ text }: Marked, data: readonly number[]): readonly Shown[] {
  const lines = text.split('\n')
  const found: Shown[] = []
  let [line, character] = [0, 0]
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5)
    line += down
    character = down === 0 ? character + right : right
    const modifiers = LEGEND.tokenModifiers.filter((_, bit) => bits & (1 << bit))
    const kind = [LEGEND.tokenTypes[type], ...modifiers].join('.')
    found.push({ line, character, text: lines[line]?.slice(character, character + length) ?? '', kind })
  }
  return found
}

/** `name:kind` of all names, one line per line of the text. */
function tokens(sources: Sources): string {
  const shown = viewed(sources)
  const found = decode(shown, semanticTokens(shown.view))
  return shown.text
    .split('\n')
    .map((_, i) =>
      found
        .filter(({ line }) => line === i)
        .map(({ text, kind }) => `${text}:${kind}`)
        .join(' '),
    )
    .filter((line) => line !== '')
    .join('\n')
}

const inNetwork = (...statements: string[]) =>
  ['network N {', '  input i: [4, 8, 8]', ...statements.map((line) => `  ${line}`), '}', ''].join('\n')
/** The names of the statements of a network. */
const ofStatements = (...statements: string[]) =>
  tokens(inNetwork(...statements))
    .split('\n')
    .slice(2)
    .join('\n')

describe('names', () => {
  test('layers, options, words and tensors', () => {
    expect(ofStatements('y = i -> conv(8, 3, padding=same) as c -> relu', 'z = add(y, c)')).toBe(
      [
        'y:tensor.declaration i:tensor conv:function.defaultLibrary padding:option same:enumMember c:tensor.declaration relu:function.defaultLibrary',
        'z:tensor.declaration add:function.defaultLibrary y:tensor c:tensor',
      ].join('\n'),
    )
  })

  test('blocks, networks, parameters and their types', () => {
    expect(
      tokens(
        'block b(x: tensor, width, act: layer = relu) {\n  return x -> conv(width, 1) -> act\n}\nnetwork N(n=3) {}\n',
      ),
    ).toBe(
      [
        'b:function.declaration x:parameter.declaration tensor:type.defaultLibrary width:parameter.declaration act:parameter.declaration layer:type.defaultLibrary relu:function.defaultLibrary',
        'x:parameter conv:function.defaultLibrary width:parameter act:parameter',
        'N:class.declaration n:parameter.declaration',
      ].join('\n'),
    )
  })

  test('constants, also those that are layers', () => {
    expect(tokens('SIZE = 3\nplain = conv(kernel=SIZE)\n')).toBe(
      'SIZE:variable.declaration.readonly\nplain:function.declaration.readonly conv:function.defaultLibrary kernel:option SIZE:variable.readonly',
    )
  })

  test('shared layers, layers bound to a name, values', () => {
    expect(
      ofStatements('shared head = conv(4, 1)', 'act = relu', 'n = 2', 'output y = i -> n * head -> act'),
    ).toBe(
      [
        'head:sharedLayer.declaration conv:function.defaultLibrary',
        'act:function.declaration relu:function.defaultLibrary',
        'n:variable.declaration',
        'y:tensor.declaration i:tensor n:variable head:sharedLayer act:function',
      ].join('\n'),
    )
  })

  test('imports are what they bring', () => {
    const blocks = 'block unit(x: tensor) { return x }\nWIDTH = 3\nnetwork Net {}\n'
    const text = 'from "./b.cnn" import unit as u, WIDTH, Net, missing\n'
    expect(tokens({ 'main.cnn': text, 'b.cnn': blocks })).toBe(
      'unit:function u:function WIDTH:variable.readonly Net:class missing:unresolvedReference',
    )
  })

  test('names that stand for nothing', () => {
    expect(ofStatements('y = i -> cnov(8, nope) -> relu')).toBe(
      'y:tensor.declaration i:tensor cnov:unresolvedReference nope:unresolvedReference relu:function.defaultLibrary',
    )
  })

  test('loops, comprehensions and functions', () => {
    expect(
      ofStatements('for w in range(2) {', '  y = concat([i -> conv(w + c, 1) for c in [1, 2]])', '}'),
    ).toBe(
      [
        'w:variable.declaration range:function.defaultLibrary',
        'y:tensor.declaration concat:function.defaultLibrary i:tensor conv:function.defaultLibrary w:variable c:variable c:variable.declaration',
      ].join('\n'),
    )
  })

  test('the name of a comprehension over tensors is one', () => {
    expect(ofStatements('y = concat([part -> relu for part in split(i, 2)])')).toBe(
      'y:tensor.declaration concat:function.defaultLibrary part:tensor relu:function.defaultLibrary part:tensor.declaration split:function.defaultLibrary i:tensor',
    )
  })

  test('totals and attributes', () => {
    expect(ofStatements('params = i.channels', 'expect params == i.height')).toBe(
      [
        'params:variable.declaration i:tensor channels:property',
        'params:variable.readonly.defaultLibrary i:tensor height:property',
      ].join('\n'),
    )
  })

  test('a name that is bound again is from there on what it then is', () => {
    expect(ofStatements('x = 3', 'x = i -> conv(x, 1)', 'output x')).toBe(
      [
        'x:variable.declaration',
        'x:tensor.declaration i:tensor conv:function.defaultLibrary x:variable',
        'x:tensor',
      ].join('\n'),
    )
  })

  test('a name is the built-in layer until it is bound', () => {
    expect(ofStatements('relu = i -> relu', 'output y = relu')).toBe(
      [
        'relu:tensor.declaration i:tensor relu:function.defaultLibrary',
        'y:tensor.declaration relu:tensor',
      ].join('\n'),
    )
  })

  test('in a loop a name may be what the round before made it', () => {
    expect(
      ofStatements('for n in range(2) {', '  if n > 0 { z = y }', '  y = i -> relu', '}', 'output y').split(
        '\n',
      )[1],
    ).toBe('n:variable z:tensor.declaration y:tensor')
  })

  test('a name that two branches bind is what the later one made it', () => {
    expect(
      tokens('block b(x: tensor, k) {\n  if k { r = 2 } else { r = x -> relu }\n  return r\n}\n').split(
        '\n',
      )[2],
    ).toBe('r:tensor')
  })

  test('the name of a stage in a constant, and what a comprehension names is its own', () => {
    expect(tokens('A = [r for r in [1, 2]]\nB = conv as c -> relu\n')).toBe(
      [
        'A:variable.declaration.readonly r:variable r:variable.declaration',
        'B:function.declaration.readonly conv:function.defaultLibrary c:tensor.declaration relu:function.defaultLibrary',
      ].join('\n'),
    )
  })

  test('a word of a layer that another name stands for, and of a layer that is not known', () => {
    expect(
      ofStatements('unit = conv(8, 3)', 'same = 1', 'y = i -> unit(padding=same)').split('\n')[2],
    ).toContain('padding:option same:enumMember')
    expect(
      tokens('block b(x: tensor, act: layer, half) {\n  return x -> act(half, padding=same)\n}\n'),
    ).toContain('act:parameter half:parameter padding:option same:enumMember')
  })

  test('a word without its option, and one that is the name of something', () => {
    expect(ofStatements('y = i -> upsample(2, bilinear)')).toContain('bilinear:enumMember')
    expect(ofStatements('same = 1', 'y = i -> conv(8, same, padding=same)')).toContain(
      'same:variable padding:option same:enumMember',
    )
    expect(ofStatements('unit = conv(8, 3)', 'y = i -> unit(padding=half)')).toContain('half:enumMember')
  })

  test('a body that never runs is known from its text', () => {
    expect(
      tokens('block b(x: tensor) {\n  y = x -> relu as z\n  shared s = relu\n  return add(y, z) -> s\n}\n'),
    ).toContain('add:function.defaultLibrary y:tensor z:tensor s:sharedLayer')
  })
})

test('a range has the tokens that touch it alone', () => {
  const shown = viewed('A = 1\nB = A\nC = B\n')
  const start = shown.text.indexOf('B')
  const data = semanticTokens(shown.view, { start, end: start + 5 })
  expect(decode(shown, data).map(({ line, text }) => `${line} ${text}`)).toEqual(['1 B', '1 A'])
})

describe('the difference to an earlier answer', () => {
  test.each([
    [[], []],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [1, 9, 3],
    ],
    [
      [1, 1, 1],
      [1, 1],
    ],
    [
      [1, 1],
      [1, 1, 1],
    ],
    [[], [4, 5]],
    [[4, 5], []],
  ])('%j to %j', (before, now) => {
    const edits = tokenEdits(before, now)
    const data: number[] = [...before]
    for (const edit of edits) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []))
    expect(data).toEqual(now)
    expect(edits.length).toBe(JSON.stringify(before) === JSON.stringify(now) ? 0 : 1)
  })
})
