import { describe, expect, test } from 'vitest'
import { definition } from '../../../server/src/features/navigation/definition'
import { documentHighlight } from '../../../server/src/features/navigation/highlight'
import { linkedEditing } from '../../../server/src/features/navigation/linked-editing'
import { references } from '../../../server/src/features/navigation/references'
import type { Sources } from '../view'
import { markedWorkspace, shown } from './workspace'

function definitions(sources: Sources): readonly string[] {
  const { workspace, file, offset } = markedWorkspace(sources)
  const links = definition(workspace, file, offset)
  return shown(
    workspace,
    links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange })),
  )
}

function referencesAt(sources: Sources, includeDeclaration = true): readonly string[] {
  const { workspace, file, offset } = markedWorkspace(sources)
  return shown(workspace, references(workspace, file, offset, { includeDeclaration }))
}

function highlights(sources: Sources): readonly string[] {
  const { workspace, file, offset } = markedWorkspace(sources)
  const found = documentHighlight(workspace, file, offset)
  return shown(
    workspace,
    found.map(({ range, kind }) => ({ uri: file, range, mark: kind === 3 ? 'w' : 'r' })),
  )
}

const BLOCKS = `
  WIDTH = 8
  block unit(x: tensor, width=WIDTH, stride=1) {
    y = x -> conv(width, 3, stride=stride, padding=1)
    return y
  }
`

describe('the definition', () => {
  test('of a tensor is the assignments that reach the reader', () => {
    const source = `
      block b(x: tensor, k) {
        y = x
        if k == 1 { y = x -> relu }
        z = add(y, $0y)
        y = z
        return y
      }
    `
    expect(definitions(source)).toEqual(['test.cnn:2 <y> = x', 'test.cnn:3 if k == 1 { <y> = x -> relu }'])
    expect(definitions(source.replace('$0', '').replace('return y', 'return $0y'))).toEqual([
      'test.cnn:5 <y> = z',
    ])
  })

  test('of a tensor that is bound from itself is the one before', () => {
    expect(
      definitions(`
        network N {
          input x: [3, 8, 8]
          x = x -> relu
          x = $0x -> relu
          output x
        }
      `),
    ).toEqual(['test.cnn:3 <x> = x -> relu'])
  })

  test('of a name that is imported is the declaration, under whatever name', () => {
    for (const use of ['$0unit', 'unit as u', '$0unit as u', 'unit as $0u']) {
      const name = use.includes(' as ') ? 'u' : 'unit'
      const mark = use.includes('$0') ? '' : '$0'
      expect(
        definitions({
          'test.cnn': `
            from "./blocks.cnn" import ${use}
            network N {
              input image: [3, 8, 8]
              output y = image -> ${mark}${name}
            }
          `,
          'blocks.cnn': BLOCKS,
        }),
      ).toEqual(['blocks.cnn:2 block <unit>(x: tensor, width=WIDTH, stride=1) {'])
    }
  })

  test('of an import’s path is the file, and of the name of an argument the parameter', () => {
    const files = (path: string, argument: string) => ({
      'blocks.cnn': BLOCKS,
      'test.cnn': `
        from "${path}" import unit
        half = unit(4)
        block b(x: tensor, act: layer = half) { return x -> act(${argument}=2) }
      `,
    })
    expect(definitions(files('./blo$0cks.cnn', 'stride'))).toEqual(['blocks.cnn:1 <>WIDTH = 8'])
    expect(definitions(files('./blocks.cnn', 's$0tride'))).toEqual([
      'blocks.cnn:2 block unit(x: tensor, width=WIDTH, <stride>=1) {',
    ])
    expect(definitions(files('./blocks.cnn', 's$0trid'))).toEqual([])
  })

  test('is nowhere for what is built in, for words, and for what is not there', () => {
    const source = (name: string) => `
      from "./nowhere.cnn" import b
      block c(x: tensor) { return x -> ${name} }
    `
    expect(definitions(source('$0relu'))).toEqual([])
    expect(definitions(source('conv(3, 3, padding=$0same)'))).toEqual([])
    expect(definitions(source('$0'))).toEqual([])
    expect(definitions(source('$0b'))).toEqual(['test.cnn:1 from "./nowhere.cnn" import <b>'])
    expect(definitions(source('relu').replace('nowhere', 'no$0where'))).toEqual([])
  })

  test('is found on half-written lines', () => {
    expect(
      definitions('network N {\n  input image: [3, 8, 8]\n  a = image -> conv(\n  b = $0a -> add(a,\n}\n'),
    ).toEqual(['test.cnn:3 <a> = image -> conv('])
  })
})

describe('references', () => {
  test('of a declaration are in all files that import it', () => {
    const files = {
      'blocks.cnn': BLOCKS.replace('unit', '$0unit'),
      'a/one.cnn': `
        from "../blocks.cnn" import unit
        block two(x: tensor) { return x -> unit -> 2 * unit(3) }
      `,
      'other.cnn': `
        from "./a/one.cnn" import two
        from "./blocks.cnn" import unit as u
        block unit(x: tensor) { return x -> u -> two }
        block three(x: tensor) { return x -> unit }
      `,
    }
    const uses = [
      'a/one.cnn:1 from "../blocks.cnn" import <unit>',
      'a/one.cnn:2 block two(x: tensor) { return x -> <unit> -> 2 * <unit>(3) }',
      'other.cnn:2 from "./blocks.cnn" import <unit> as u',
    ]
    expect(referencesAt(files)).toEqual([
      'blocks.cnn:2 block <unit>(x: tensor, width=WIDTH, stride=1) {',
      ...uses,
    ])
    expect(referencesAt(files, false)).toEqual(uses)
  })

  test('of another name of an import are in its file', () => {
    const files = {
      'blocks.cnn': BLOCKS,
      'test.cnn': `
        from "./blocks.cnn" import unit as u
        block b(x: tensor) { return x -> $0u -> u(3) }
      `,
    }
    expect(referencesAt(files)).toEqual([
      'test.cnn:1 from "./blocks.cnn" import unit as <u>',
      'test.cnn:2 block b(x: tensor) { return x -> <u> -> <u>(3) }',
    ])
    expect(referencesAt(files, false)).toEqual([
      'test.cnn:2 block b(x: tensor) { return x -> <u> -> <u>(3) }',
    ])
  })

  test('of a parameter are its readers and the arguments that give it by its name', () => {
    expect(
      referencesAt({
        'blocks.cnn': BLOCKS.replace('stride=1', '$0stride=1'),
        'test.cnn': `
          from "./blocks.cnn" import unit
          block other(x: tensor, stride=2) { return x -> unit(stride=stride) -> conv(3, 3, stride=stride) }
          twice = unit(stride=2)
          block last(x: tensor) { return x -> other(stride=2) -> twice }
        `,
      }),
    ).toEqual([
      'blocks.cnn:2 block unit(x: tensor, width=WIDTH, <stride>=1) {',
      'blocks.cnn:3 y = x -> conv(width, 3, stride=<stride>, padding=1)',
      'test.cnn:2 block other(x: tensor, stride=2) { return x -> unit(<stride>=stride) -> conv(3, 3, stride=stride) }',
      'test.cnn:3 twice = unit(<stride>=2)',
    ])
  })

  test('of an output without a value are those of the tensor', () => {
    expect(
      referencesAt(`
        network N {
          input image: [3, 8, 8]
          y = image -> relu
          output $0y
          expect y.channels == 3
        }
      `),
    ).toEqual([
      'test.cnn:3 <y> = image -> relu',
      'test.cnn:4 output <y>',
      'test.cnn:5 expect <y>.channels == 3',
    ])
  })
})

describe('highlights', () => {
  test('tell writes and reads apart, and leave out another tensor of the same name', () => {
    const source = `
      network N {
        input image: [3, 8, 8]
        x = image -> relu
        x = $0x -> conv(8, 3) as x
        output y = add(x, x)
      }
    `
    expect(highlights(source)).toEqual([
      'test.cnn:3 w<x> = image -> relu',
      'test.cnn:4 x = r<x> -> conv(8, 3) as x',
    ])
    expect(highlights(source.replace('$0', '').replace('add(', 'add($0'))).toEqual([
      'test.cnn:4 w<x> = x -> conv(8, 3) as x',
      'test.cnn:5 output y = add(r<x>, r<x>)',
    ])
  })

  test('take together what a reader in a loop may see', () => {
    expect(
      highlights(`
        block b(x: tensor) {
          for i in range(3) { $0x = x -> relu }
          return x
        }
      `),
    ).toEqual([
      'test.cnn:1 block b(w<x>: tensor) {',
      'test.cnn:2 for i in range(3) { w<x> = r<x> -> relu }',
      'test.cnn:3 return r<x>',
    ])
  })

  test('of what is imported are those of this file', () => {
    expect(
      highlights({
        'blocks.cnn': BLOCKS,
        'test.cnn': `
          from "./blocks.cnn" import unit
          block b(x: tensor) { return x -> $0unit -> unit(stride=2) }
        `,
      }),
    ).toEqual([
      'test.cnn:1 from "./blocks.cnn" import w<unit>',
      'test.cnn:2 block b(x: tensor) { return x -> r<unit> -> r<unit>(stride=2) }',
    ])
  })
})

describe('linked editing', () => {
  const linked = (source: string) => {
    const { workspace, file, offset } = markedWorkspace(source)
    const ranges = linkedEditing(workspace, file, offset)?.ranges ?? []
    return shown(
      workspace,
      ranges.map((range) => ({ uri: file, range })),
    )
  }

  test('takes the name of a comprehension with its readers', () => {
    expect(
      linked(`
        block b(x: tensor, r) {
          ys = [x -> conv(r, 1, dilation=$0r) for r in [r, 2]]
          return ys
        }
      `),
    ).toEqual(['test.cnn:2 ys = [x -> conv(<r>, 1, dilation=<r>) for <r> in [r, 2]]'])
  })

  test('takes no other name', () => {
    const source = 'block b(x: tensor) { return [x -> conv(r, 1) for r in [1, 2]] }\n'
    expect(linked(source.replace('x:', '$0x:'))).toEqual([])
    expect(linked(source.replace('[x', '[$0x'))).toEqual([])
    expect(linked(source.replace('b(', '$0b('))).toEqual([])
  })
})
