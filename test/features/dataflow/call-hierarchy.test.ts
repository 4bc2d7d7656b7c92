import { describe, expect, test } from 'vitest'
import type { CallHierarchyItem } from 'vscode-languageserver-types'
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../../server/src/features/dataflow'
import { typeDefinition } from '../../../server/src/features/navigation/type-definition'
import { hostOf } from '../../../server/src/features/navigation/workspace'
import { type MarkedWorkspace, markedWorkspace, shown } from '../navigation/workspace'
import { type Sources, viewOf } from '../view'

function sceneOf({ workspace }: MarkedWorkspace, file: string) {
  const host = hostOf(workspace)
  return { workspace, view: viewOf(host, file, [...workspace.files.keys()]) }
}

const show = ({ name, detail, uri, selectionRange }: CallHierarchyItem) =>
  `${uri}:${selectionRange.start.line + 1} ${name}${detail ? ` ${detail}` : ''}`

/** The items at the mark, what feeds them and what uses them, each with the columns where they meet. */
function flow(sources: Sources) {
  const marked = markedWorkspace(sources)
  const items = prepareCallHierarchy(sceneOf(marked, marked.file), marked.offset)
  const scene = (item: CallHierarchyItem) => sceneOf(marked, item.uri)
  const text = (
    uri: string,
    ranges: readonly {
      start: { line: number; character: number }
      end: { line: number; character: number }
    }[],
  ) => {
    const lines = marked.workspace.lines(uri)
    const source = marked.workspace.files.get(uri)?.text ?? ''
    return ranges.map(({ start, end }) => source.slice(lines.offset(start), lines.offset(end))).join(' | ')
  }
  return {
    items: items.map(show),
    feeds: items
      .flatMap((item) => incomingCalls(scene(item), item))
      .map(({ from, fromRanges }) => `${show(from)} at ${text(from.uri, fromRanges)}`),
    uses: items.flatMap((item) =>
      outgoingCalls(scene(item), item).map(
        ({ to, fromRanges }) => `${show(to)} at ${text(item.uri, fromRanges)}`,
      ),
    ),
  }
}

const NET = `
  block unit(x: tensor, width=8) {
    y = x -> conv(width, 3, padding=1) -> relu
    return add(y, x)
  }
  network N {
    input image: [3, 8, 8]
    a = image -> conv(8, 3, padding=1) as b -> relu
    c = a -> 2 * unit -> concat(a, b)
    output c
    output d = c -> unit(24)
  }
`
const at = (text: string, mark = `$0${text}`) => flow(NET.replace(text, mark))

describe('the call hierarchy', () => {
  test('of a tensor is what makes it and what it goes to', () => {
    expect(at('a = image')).toEqual({
      items: ['test.cnn:7 a 8×8×8'],
      feeds: ['test.cnn:7 relu 8×8×8 at relu'],
      uses: ['test.cnn:8 2 * unit 8×8×8 at a', 'test.cnn:8 concat(a, b) 24×8×8 at a'],
    })
    expect(at('-> 2 * unit', '-> $02 * unit').items).toEqual([])
    expect(at('add(y, x)', 'add($0y, x)')).toEqual({
      items: ['test.cnn:2 y 8×8×8, 24×8×8'],
      feeds: ['test.cnn:2 relu 8×8×8, 24×8×8 at relu'],
      uses: ['test.cnn:3 add(y, x) 8×8×8, 24×8×8 at y'],
    })
  })

  test('of a name on the way is the stage that it names', () => {
    expect(at('as b', 'as $0b')).toEqual({
      items: ['test.cnn:7 b 8×8×8'],
      feeds: ['test.cnn:7 conv(8, 3, padding=1) 8×8×8 at conv(8, 3, padding=1)'],
      uses: ['test.cnn:8 concat(a, b) 24×8×8 at b'],
    })
  })

  test('of a layer is what goes in, its arguments too, and what comes next', () => {
    expect(at('concat')).toEqual({
      items: ['test.cnn:8 concat(a, b) 24×8×8'],
      feeds: ['test.cnn:8 2 * unit 8×8×8 at 2 * unit', 'test.cnn:7 a 8×8×8 at a', 'test.cnn:7 b 8×8×8 at b'],
      uses: ['test.cnn:8 c 24×8×8 at concat(a, b)'],
    })
    expect(at('conv(8')).toEqual({
      items: ['test.cnn:7 conv(8, 3, padding=1) 8×8×8'],
      feeds: ['test.cnn:6 image 3×8×8 at image'],
      uses: ['test.cnn:7 b 8×8×8 at conv(8, 3, padding=1)', 'test.cnn:7 relu 8×8×8 at conv(8, 3, padding=1)'],
    })
  })

  test('leads into a block by its parameter and out of it by what it returns', () => {
    expect(at('x: tensor').feeds).toEqual([
      'test.cnn:8 2 * unit 8×8×8 at 2 * unit',
      'test.cnn:10 unit(24) 24×8×8 at unit(24)',
    ])
    expect(at('add(y').uses).toEqual([
      'test.cnn:8 2 * unit 8×8×8 at add(y, x)',
      'test.cnn:10 unit(24) 24×8×8 at add(y, x)',
    ])
  })

  test('ends at inputs and outputs', () => {
    expect(at('image:')).toEqual({
      items: ['test.cnn:6 image 3×8×8'],
      feeds: [],
      uses: ['test.cnn:7 conv(8, 3, padding=1) 8×8×8 at image'],
    })
    expect(at('c = a').uses).toEqual(['test.cnn:9 c 24×8×8 at c', 'test.cnn:10 unit(24) 24×8×8 at c'])
    expect(at('d = c').uses).toEqual([])
  })

  test('of a block is who applies it and what it applies, across files', () => {
    const files = (blocks: string, main: string) => ({
      'blocks.cnn': `
        block small(x: tensor) { return x -> relu }
        block ${blocks}(x: tensor) { return x -> small -> conv(8, 1) -> small }
      `,
      'main.cnn': `
        from "./blocks.cnn" import unit as u
        network N {
          input image: [3, 8, 8]
          output y = image -> ${main} -> u
        }
      `,
    })
    const expected = {
      items: ['blocks.cnn:2 unit blocks.cnn'],
      feeds: ['main.cnn:2 N main.cnn at u | u'],
      uses: ['blocks.cnn:1 small blocks.cnn at small | small'],
    }
    expect(flow(files('$0unit', 'u'))).toEqual(expected)
    expect(flow(files('unit', '$0u'))).toEqual(expected)
  })

  test('goes through lists, comprehensions, loops and branches', () => {
    const source = `
      block b(x: tensor, deep) {
        ys = [x -> conv(r, 1) for r in [1, 2]] + [x]
        for y, i in zip(reversed(ys), [1, 2, 3]) { x = add(x, y) }
        z = if deep then ys[0] -> relu else (x -> tanh)
        return concat(ys), len(ys), x.channels
      }
    `
    expect(flow(source.replace('ys = ', '$0ys = '))).toEqual({
      items: ['test.cnn:2 ys'],
      feeds: ['test.cnn:2 conv(r, 1) at conv(r, 1)', 'test.cnn:1 x at x'],
      uses: [
        'test.cnn:3 y at ys',
        'test.cnn:3 i at ys',
        'test.cnn:4 relu at ys',
        'test.cnn:5 concat(ys) at ys',
      ],
    })
    expect(flow(source.replace('z = ', '$0z = ')).feeds).toEqual([
      'test.cnn:4 relu at relu',
      'test.cnn:4 tanh at tanh',
    ])
  })

  test('of a layer inside a composition begins with what is piped into the whole', () => {
    const source = `
      network N {
        input image: [3, 8, 8]
        output y = image -> (conv(4, 1) -> relu) -> tanh
      }
    `
    expect(flow(source.replace('conv', '$0conv')).feeds).toEqual(['test.cnn:2 image 3×8×8 at image'])
    expect(flow(source.replace('relu', '$0relu'))).toEqual({
      items: ['test.cnn:3 relu 4×8×8'],
      feeds: ['test.cnn:3 conv(4, 1) 4×8×8 at conv(4, 1)'],
      uses: ['test.cnn:3 tanh 4×8×8 at relu'],
    })
  })

  test('is empty where nothing flows, and stands half-written lines', () => {
    expect(at('width, 3', '$0width, 3').items).toEqual([])
    expect(at('padding', '$0padding').items).toEqual([])
    const half = 'network N {\n  input image: [3, 8, 8]\n  a = $0image -> conv(\n  b = a ->\n  add(a,\n}\n'
    expect(flow(half).items).toEqual(['test.cnn:2 image 3×8×8'])
    expect(flow(half.replace('$0', '').replace('b = a', 'b = $0a')).uses).not.toEqual([])
  })

  test('of an item whose text is gone is empty', () => {
    const marked = markedWorkspace('A = $01\n')
    const scene = sceneOf(marked, marked.file)
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }
    for (const data of [
      undefined,
      { kind: 'stage', start: 0, end: 900 },
      { kind: 'tensor', start: 4, end: 5 },
    ]) {
      const item = { name: 'x', kind: 13 as const, uri: 'test.cnn', range, selectionRange: range, data }
      expect(incomingCalls(scene, item)).toEqual([])
      expect(outgoingCalls(scene, item)).toEqual([])
    }
  })
})

describe('the type definition', () => {
  const types = (sources: Sources) => {
    const marked = markedWorkspace(sources)
    const { view, workspace } = sceneOf(marked, marked.file)
    const links = typeDefinition(view, workspace, marked.offset)
    return shown(
      workspace,
      links.map(({ targetUri, targetRange }) => ({ uri: targetUri, range: targetRange })),
    )
  }

  test('of a tensor is the layer that made it, in whatever block, or the input', () => {
    expect(types(NET.replace('$0', '').replace('concat(a, b)', 'concat($0a, b)'))).toEqual([
      'test.cnn:7 a = image -> conv(8, 3, padding=1) as b -> <relu>',
    ])
    expect(types(NET.replace('output c', 'output $0c'))).toEqual([
      'test.cnn:8 c = a -> 2 * unit -> <concat(a, b)>',
    ])
    expect(types(NET.replace('= image', '= $0image'))).toEqual(['test.cnn:6 input <image>: [3, 8, 8]'])
    expect(types(NET.replace('x: tensor', '$0x: tensor'))).toEqual([
      'test.cnn:3 return <add(y, x)>',
      'test.cnn:7 a = image -> conv(8, 3, padding=1) as b -> <relu>',
      'test.cnn:8 c = a -> 2 * unit -> <concat(a, b)>',
    ])
  })

  test('of what is no tensor is nowhere', () => {
    expect(types(NET.replace('conv(width', 'conv($0width'))).toEqual([])
    expect(types(NET.replace('relu', '$0relu'))).toEqual([])
  })
})
