import { describe, expect, it } from 'vitest'
import { checkOneFix, offered } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const BLOCKS = `
block unit(x: tensor, k, act: layer = relu) {
  return x -> conv(8, k) -> act
}
block twice(x: tensor, layer: layer) {
  return x -> layer
}
`

describe('a kernel that is too large is made smaller in the text that gives it', () => {
  it.each([
    [
      'a name of the body',
      'c = conv(8, 7)\n  output y = image -> c(stride=2)',
      'Set kernel=5 on conv(8, 7), line 9',
      'c = conv(8, 5)',
    ],
    [
      'an argument of a block',
      'output y = image -> unit(7)',
      'Set k=5 on unit(7), line 9',
      'output y = image -> unit(5)',
    ],
    [
      'an argument by place',
      'output y = unit(7, tanh, image)',
      'Set k=5 on unit(7, tanh, image), line 9',
      'output y = unit(5, tanh, image)',
    ],
    [
      'a layer as an argument',
      'output y = image -> twice(conv(8, 7))',
      'Set kernel=5',
      'output y = image -> twice(conv(8, 5))',
    ],
    [
      'a block as an argument',
      'output y = image -> twice(unit(7))',
      'Set k=5 on unit(7), line 9',
      'output y = image -> twice(unit(5))',
    ],
    [
      'a layer in parentheses',
      'output y = image -> (conv(8, 7) -> relu)',
      'Set kernel=5',
      'output y = image -> (conv(8, 5) -> relu)',
    ],
    [
      'a repetition',
      'output y = image -> 1 * conv(8, 7)',
      'Set kernel=5',
      'output y = image -> 1 * conv(8, 5)',
    ],
    [
      'a list',
      'output y = concat([conv(8, 7)(image)])',
      'Set kernel=5',
      'output y = concat([conv(8, 5)(image)])',
    ],
  ])('%s', (_, flow, title, lines) => {
    const text = `${BLOCKS}network N {\n  input image: [3, 5, 5]\n  ${flow}\n}\n`
    checkOneFix('window-exceeds-input', text.trimStart(), `${title} → 8×1×1`, lines)
  })
})

describe('what an application was given', () => {
  const TEXT = `
    block unit(x: tensor, width, more: tensors) {
      return x -> conv(width, 1)
    }
    network N(c=4) {
      input a: [4, 8, 8]
      input b: [4, 8, 8]
      f = conv(c, 3)
      x = a as first -> f(padding=1) -> relu
      y = add([a, b])
      z = [a, b] -> concat
      p = unit(8, a, b, x)
      m = matmul(b=x -> flatten -> reshape([16, 16]), a -> flatten -> reshape([16, 16]))
      output q = m
    }
  `
  const { analysis } = analyzed(TEXT)
  const { text } = analysis.file
  const [graph] = analysis.networks
  const nodeOf = (name: string) => {
    const node = graph?.layers.find(({ layer }) => layer.name === name)
    if (node === undefined) throw new Error(`There is no ${name}.`)
    return node
  }
  const textOf = (range: { start: number; end: number } | undefined) =>
    range && text.slice(range.start, range.end)
  const tensorsOf = (name: string) =>
    nodeOf(name).givenTensors.map((given) => {
      const from = given.kind === 'argument' ? given.argument.value : given.before
      return [given.kind, textOf(from), given.item ?? null, given.count]
    })

  it('is told for each option, with the text that gave it', () => {
    const { written } = nodeOf('conv')
    expect(
      written.options.map(({ option, argument, call }) => [option, textOf(argument), textOf(call)]),
    ).toEqual([
      ['channels', 'c', 'conv(c, 3)'],
      ['kernel', '3', 'conv(c, 3)'],
      ['padding', 'padding=1', 'f(padding=1)'],
    ])
    expect(textOf(written.site)).toBe('f(padding=1)')
    expect(textOf(written.definition?.site)).toBe('conv(c, 3)')
  })

  it('is told for each tensor', () => {
    expect(tensorsOf('conv')).toEqual([['piped', 'first', null, 1]])
    expect(tensorsOf('relu')).toEqual([['piped', 'f(padding=1)', null, 1]])
    expect(tensorsOf('add')).toEqual([['argument', '[a, b]', 0, 2]])
    expect(tensorsOf('concat')).toEqual([['piped', '[a, b]', 0, 2]])
    expect(tensorsOf('matmul')).toEqual([
      ['argument', 'a -> flatten -> reshape([16, 16])', null, 1],
      ['argument', 'x -> flatten -> reshape([16, 16])', null, 1],
    ])
  })

  it('is told for a block', () => {
    const call = graph?.runs[1]?.frame.call
    expect(call?.written.options.map(({ option, argument }) => [option, textOf(argument)])).toEqual([
      ['width', '8'],
    ])
    const tensors = call?.givenTensors.map((each) =>
      each.kind === 'argument' ? textOf(each.argument) : each.kind,
    )
    expect(tensors).toEqual(['a', 'b', 'x'])
  })
})

describe('a tensor that is too large is cropped where it is written', () => {
  it.each([
    ['add(image, small)', 'add(image -> center_crop(small), small)'],
    ['add([image, small])', 'add([image -> center_crop(small), small])'],
    ['[image -> relu, small] -> concat', undefined],
    ['image -> concat(small)', 'image -> center_crop(small) -> concat(small)'],
    ['small -> add(image)', 'small -> add(image -> center_crop(small))'],
    ['image -> c(small)', undefined],
  ])('%s', (flow, cropped) => {
    const text = `c = add -> relu\nnetwork N {\n  input image: [3, 8, 8]\n  small = image -> conv(3, 3)\n  output y = ${flow}\n}\n`
    const crops = offered(flow.includes('concat') ? 'concat-sizes-differ' : 'shapes-differ', text).filter(
      ({ title }) => title.startsWith('Crop'),
    )
    expect(crops.map(({ lines }) => lines)).toEqual(cropped === undefined ? [] : [`output y = ${cropped}`])
  })
})
