import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { completion } from '../../server/src/features/completion'
import { signatureHelp } from '../../server/src/features/signature-help'
import { LAYERS } from '../../server/src/layers'
import { accepted, completionItems, completions, documentationOf, itemOf } from './completions'
import { marked } from './view'

/** A network with maps of three shapes, and the statement that is being written at its end. */
const inNetwork = (statement: string) => `
  network N(width=8) {
    input image: [3, 56, 56]
    a = image -> conv(64, 3, padding=1)
    b = a -> relu
    small = b -> maxpool(2)
    ${statement}
  }
`

const first = (count: number, statement: string, trigger?: string) =>
  completions(inNetwork(statement), trigger).slice(0, count)

describe('tensors', () => {
  test('those of the same shape come first for a sum, the one that is given already behind them', () => {
    const expected = ['b 64×56×56', 'a 64×56×56', 'small 64×28×28', 'image 3×56×56']
    expect(first(4, 'y = add(a, $0)')).toEqual(expected)
    expect(first(4, 'y = add(a, $0')).toEqual(expected)
    expect(first(4, 'y = add(a, im$0')).toEqual(expected)
    expect(first(4, 'y = a -> add($0')).toEqual(expected)
    expect(first(2, 'y = add($0, small)')).toEqual(['small 64×28×28', 'b 64×56×56'])
  })

  test('a tensor that broadcasts fits a product', () => {
    expect(first(3, 'g = small -> global_avgpool\n    y = mul(small, $0)')).toEqual([
      'g 64×1×1',
      'small 64×28×28',
      'b 64×56×56',
    ])
  })

  test('concatenation takes what agrees in the other axes', () => {
    expect(first(4, 'y = concat(a, $0)')).toEqual([
      'b 64×56×56',
      'image 3×56×56',
      'a 64×56×56',
      'small 64×28×28',
    ])
  })

  test('only names that are bound before the cursor are there, with their last value', () => {
    const names = (text: string) => completions(text).filter((label) => /^(x|later|y)\b/.test(label))
    expect(
      names(`
        network N {
          input x: [3, 8, 8]
          x = x -> conv(4, 1)
          y = $0
          later = x
        }
      `),
    ).toEqual(['x 4×8×8'])
  })

  test('a name of the middle of a flow, and one of a comprehension', () => {
    expect(first(1, 'y = a -> conv(8, 1) as mid -> add($0)')).toEqual(['mid 8×56×56'])
    expect(completions(inNetwork('y = [$0 for r in [2, 3]]'))).toContain('r = 3')
    expect(completions(inNetwork('y = [i for i in [1]]\n    z = $0'))).not.toContain('i = 1')
  })

  test('in a block: the shapes of its first run', () => {
    const text = (statement: string) => `
      block unit(x: tensor, width, act: layer = relu) {
        y = x -> conv(width, 3, padding=1)
        ${statement}
      }
      network N {
        input image: [3, 8, 8]
        output z = image -> unit(4) -> unit(16)
      }
    `
    expect(completions(text('return $0')).slice(0, 3)).toEqual(['y 4×8×8', 'x 3×8×8', 'width = 4'])
    expect(completions(text('z = y -> $0'))[0]).toBe('act relu')
    expect(completions(text('z = y -> conv(width, 3, padding=$0)'))[0]).toBe('1 → 4×8×8')
  })

  test('in a block that nothing runs the names are there all the same', () => {
    const found = completions('block b(x: tensor, n) { y = x -> relu\n return $0 }')
    expect(found.slice(0, 2)).toEqual(['x tensor', 'y'])
  })

  test('an output is one of them', () => {
    expect(completions(inNetwork('output $0'))).toEqual([
      'small 64×28×28',
      'b 64×56×56',
      'a 64×56×56',
      'image 3×56×56',
    ])
  })
})

describe('paddings', () => {
  test('those that keep the map come first, each with its shape', () => {
    expect(first(7, 'y = small -> conv(32, 3, padding=$0)')).toEqual([
      '1 → 32×28×28',
      'same → 32×28×28',
      'half → 32×28×28',
      'valid → 32×26×26',
      'full → 32×30×30',
      '0 → 32×26×26',
      '2 → 32×30×30',
    ])
  })

  test('with a stride, those that also divide exactly come before those that lose a border', () => {
    const found = first(6, 'y = small -> conv(32, 2, stride=2, padding=$0')
    expect(found[0]).toBe('0 → 32×14×14')
    expect(found).toContain('same → 32×14×14')
    expect(found.indexOf('1 → 32×15×15')).toBeGreaterThan(found.indexOf('same → 32×14×14'))
  })

  test('a pooling takes no more than half its window, and by place too', () => {
    const found = first(6, 'y = small -> maxpool(3, 1, $0')
    expect(found.slice(0, 3)).toEqual(['1 → 64×28×28', 'same → 64×28×28', 'half → 64×28×28'])
    expect(found.some((label) => label.startsWith('2 '))).toBe(false)
  })

  test('half-written lines and unknown tensors', () => {
    expect(first(1, 'y = small -> conv(32, 3, padding=$0\n    z = a -> relu')).toEqual(['1 → 32×28×28'])
    expect(first(4, 'y = nothing -> conv(32, 3, padding=$0')).toEqual(['same', 'half', 'valid', 'full'])
    expect(first(4, 'y = small -> conv(32, padding=$0')).toEqual(['same', 'half', 'valid', 'full'])
    expect(first(4, 'unit = conv(32, 3, padding=$0) -> relu')).toEqual(['same', 'half', 'valid', 'full'])
  })

  test('a transposed convolution keeps the map times its stride', () => {
    expect(first(2, 'y = small -> conv_transpose(8, 4, stride=2, padding=$0)')).toEqual([
      '1 → 8×56×56',
      'same → 8×56×56',
    ])
  })
})

describe('layers', () => {
  test('each is there once, those that take what is piped in before the others', () => {
    const labels = completionItems(inNetwork('y = a -> $0')).map(({ label }) => label)
    expect(labels.filter((label) => label === 'batchnorm' || label === 'bn')).toEqual(['batchnorm'])
    expect(labels).toEqual(
      expect.arrayContaining(LAYERS.filter(({ tensors }) => tensors.length > 0).map(({ name }) => name)),
    )
    expect(labels.indexOf('conv')).toBeLessThan(labels.indexOf('linear'))
    const flat = completionItems(inNetwork('y = a -> flatten -> $0')).map(({ label }) => label)
    expect(flat.indexOf('linear')).toBeLessThan(flat.indexOf('conv'))
  })

  test('one without options to fill in shows its result', () => {
    const found = completions(inNetwork('y = a -> $0'))
    expect(found).toContain('global_avgpool → 64×1×1')
    expect(found).toContain('flatten → 200704')
    expect(found).toContain('conv Convolution')
  })

  test('aliases find their layer', () => {
    expect(itemOf(inNetwork('y = a -> g$0'), 'global_avgpool')?.filterText).toBe('global_avgpool gap')
  })

  test('blocks of the file come first; one that is being written does not call itself', () => {
    const text = (mark: string) => `
      block inner(x: tensor, width) { return x -> conv(width, 1)${mark} }
      network N { input i: [3, 8, 8]
        output o = i -> ${mark === '' ? '$0' : 'relu'} }
    `
    expect(completions(text(''))[0]).toBe('inner block')
    expect(completions(text(' -> $0'))).not.toContain('inner block')
  })

  test('after a count too', () => {
    expect(first(1, 'y = a -> 3 * $0')).toEqual(['conv Convolution'])
    expect(first(1, 'y = 3 * $0')).toEqual(['width = 8'])
  })
})

describe('options', () => {
  test('those not given yet, required ones first, then values of the next', () => {
    const named = (statement: string) =>
      completions(inNetwork(statement)).filter((each) => /^\w+= /.test(each))
    expect(named('y = a -> conv(8, $0)')).toEqual([
      'kernel= required',
      'stride= = 1',
      'padding= = 0',
      'dilation= = 1',
      'groups= = 1',
      'bias= = true',
      'padding_mode= = zeros',
      'connections= = none',
      'trainable= = true',
    ])
    expect(named('y = a -> conv(8, 3, stride=2, $0, bias=false)')).not.toContain('stride= = 1')
    expect(named('y = a -> conv(8, 3, stride=2, $0, bias=false)')).not.toContain('bias= = true')
    expect(named('p = conv(kernel=3)\n    y = a -> p($0')).not.toContain('kernel= required')
  })

  test('words and truth values, each with the shape that it leads to', () => {
    expect(first(3, 'y = small -> upsample(2, mode=$0)')).toEqual([
      'nearest → 64×56×56, default',
      'bilinear → 64×56×56',
      'bicubic → 64×56×56',
    ])
    expect(first(2, 'y = small -> maxpool(3, ceil=$0)')).toEqual([
      'true → 64×10×10',
      'false → 64×9×9, default',
    ])
  })

  test('a layer as an option: its default, then its kin, without calls', () => {
    const text = `
      block unit(x: tensor, act: layer = leaky_relu(0.1)) { return x -> act }
      network N { input i: [3, 8, 8]
        output o = i -> unit(act=$0) }
    `
    expect(completions(text).slice(0, 2)).toEqual(['leaky_relu Activation', 'abs Activation'])
    expect(accepted(text, 'conv')).toContain('unit(act=conv)')
  })
})

test('attributes with their values; those that the tensor lacks are left out', () => {
  const found = completions(inNetwork('y = small.$0'))
  expect(found.slice(0, 4)).toEqual(['shape [64, 28, 28]', 'channels 64', 'height 28', 'width 28'])
  expect(found).toContain('rf 4')
  expect(found.some((label) => /^(depth|length)\b/.test(label))).toBe(false)
  expect(completions(inNetwork('y = width.$0'))).toEqual([])
  expect(completions(inNetwork('y = nobody.$0'))).toContain('depth')
  expect(completions(inNetwork('expect a.sh$0 == [1]'))).toContain('shape [64, 56, 56]')
})

test('an expect speaks of totals, and knows what they are', () => {
  expect(first(4, 'expect $0')).toEqual(['params total', 'macs total', 'layers total', 'depth total'])
  expect(first(1, 'expect params == $0')).toEqual(['1_792 as it is now'])
  expect(first(2, 'expect params ~= $0')).toEqual(['1.79K as it is now', '1_792 as it is now'])
  expect(first(1, 'expect small.shape == $0')).toEqual(['[64, 28, 28] as it is now'])
  expect(completions(inNetwork('y = $0'))).not.toContain('params total')
})

describe('where an option is expected', () => {
  const labels = (statement: string) => completionItems(inNetwork(statement)).map(({ label }) => label)

  test('there are no layers and blocks that begin alike', () => {
    for (const argument of ['pad$0', '$0', 'padding=half, $0']) {
      const found = labels(`y = a -> conv(64, 3, ${argument})`)
      expect(found).not.toContain('pad')
      expect(found).not.toContain('relu')
    }
    expect(labels('y = a -> conv(64, 3, pad$0').find((label) => label.startsWith('pad'))).toBe('padding=')
  })

  test('there are layers where the call takes one, or a tensor more', () => {
    const block = 'block unit(x: tensor, act: layer = relu, width=8) { return x -> act }\n'
    const inUnit = (call: string) => completionItems(`${block}${inNetwork(call)}`).map(({ label }) => label)
    expect(inUnit('y = a -> unit($0)')).toContain('relu')
    expect(inUnit('y = a -> unit(relu, $0)')).not.toContain('relu')
    expect(labels('y = concat(a, $0)')).toContain('conv')
  })

  test('a layer that needs another tensor shows no shape', () => {
    const stage = completions(inNetwork('y = a -> $0'))
    expect(stage).toContain('concat Merging')
    expect(stage).toContain('relu → 64×56×56')
  })
})

describe('statements', () => {
  test('names come before the keywords that start alike', () => {
    const words = (begun: string) =>
      completions(inNetwork(`inner = a\n    ${begun}$0`)).filter((label) => label.startsWith(begun))
    expect(words('in')).toEqual(['inner 64×56×56', 'input'])
    expect(words('i')).toEqual(['inner 64×56×56', 'image 3×56×56', 'input', 'if'])
  })

  test('a network and a block have their own', () => {
    expect(first(6, '$0')).toEqual(['input', 'output', 'for', 'if', 'shared', 'expect'])
    expect(completions('block b(x: tensor) {\n  $0\n}').slice(0, 5)).toEqual([
      'return',
      'for',
      'if',
      'shared',
      'expect',
    ])
    expect(first(1, 'if true {\n      c = a\n    } $0')).toEqual(['else'])
    expect(completions('$0')).toEqual(['network', 'block', 'from'])
    expect(completions('W = 3\nne$0')).toEqual(['network', 'block', 'from'])
  })

  test('what goes on behind something complete', () => {
    expect(completions(inNetwork('y = a $0'))).toEqual(['as'])
    expect(completions(inNetwork('for i $0'))).toEqual(['in'])
    expect(completions(inNetwork('y = [a $0'))).toEqual(['for', 'as'])
    expect(completions(inNetwork('y = if width == 8 $0'))).toEqual(['then', 'and', 'or'])
    expect(completions(inNetwork('y = if width == 8 then a $0'))).toEqual(['else', 'as'])
    expect(completions('from "./a.cnn" $0')).toEqual(['import'])
  })

  test('snippets have places to fill in, and are plain text for a client without them', () => {
    expect(accepted(inNetwork('f$0'), 'for')).toContain(`  for \${1:i} in \${2:range(3)} {\n\t$0\n}`)
    expect(accepted(inNetwork('f$0'), 'for', { snippets: false })).toContain('  for \n')
    expect(accepted(inNetwork('y = a -> c$0'), 'conv')).toContain(`a -> conv(\${1:channels}, \${2:kernel})`)
    expect(accepted(inNetwork('y = a -> c$0'), 'conv', { snippets: false })).toContain('a -> conv\n')
    expect(accepted(inNetwork('y = a -> c$0(3)'), 'conv')).toContain('a -> conv(3)')
    expect(accepted(inNetwork('y = a$0'), 'add')).toContain(`y = add(\${1:a}, \${2:b})`)
    expect(accepted(inNetwork('y = a -> $0'), 'relu')).toContain('a -> relu\n')
  })
})

describe('types of parameters', () => {
  test('after a colon', () => {
    const types = ['tensor', 'tensors', 'layer', 'int', 'float', 'bool', 'size', 'string']
    expect(completions('block b(x: $0')).toEqual(types)
    expect(completions('block b(x: te$0, y) { return x }')).toEqual(types)
    expect(completions('block b(x: tensor, $0) { return x }')).toEqual([])
  })

  test('a default sees the parameters to its left', () => {
    const found = completions('block b(x: tensor, width, half=$0) { return x }')
    expect(found).toContain('width')
    expect(found.some((label) => label === 'half')).toBe(false)
  })
})

describe('imports', () => {
  const files = {
    'blocks.cnn': '## A unit.\nblock unit(x: tensor) { return x }\nWIDTH = 64\n',
    'deep/fpn.cnn': '',
    'user.cnn': 'from "./main.cnn" import N\n',
  }

  test('paths, the nearest first; what imports the file would make a circle', () => {
    expect(completions({ ...files, 'main.cnn': 'from "$0' })).toEqual(['./blocks.cnn', './deep/fpn.cnn'])
    expect(completions({ ...files, 'deep/main.cnn': 'from "$0"' })).toEqual([
      './fpn.cnn',
      '../blocks.cnn',
      '../user.cnn',
    ])
  })

  test('a path takes the place of what stands between the quotes', () => {
    const main = { ...files, 'main.cnn': 'from "./bl$0ock" import unit' }
    expect(accepted(main, './blocks.cnn', { insertReplace: true })).toBe('from "./blocks.cnn" import unit')
    expect(accepted(main, './blocks.cnn')).toBe('from "./blocks.cnnock" import unit')
    expect(accepted({ ...files, 'main.cnn': 'from $0' }, './blocks.cnn')).toBe('from "./blocks.cnn"')
  })

  test('the names of the file that are not imported yet', () => {
    expect(completions({ ...files, 'main.cnn': 'from "./blocks.cnn" import $0' })).toEqual([
      'unit block',
      'WIDTH constant',
    ])
    expect(completions({ ...files, 'main.cnn': 'from "./blocks.cnn" import unit, W$0' })).toEqual([
      'WIDTH constant',
    ])
    expect(completions({ ...files, 'main.cnn': 'from "./gone.cnn" import $0' })).toEqual([])
  })

  test('what is imported is proposed and documented as what is declared', () => {
    const main = {
      ...files,
      'main.cnn': `from "./blocks.cnn" import unit as u, WIDTH\nnetwork N { input i: [3, 8, 8]\n  output o = i -> $0 }\n`,
    }
    expect(completions(main)[0]).toBe('u block')
    expect(documentationOf(main, 'u')).toContain('A unit.')
    expect(documentationOf({ ...files, 'main.cnn': 'from "./blocks.cnn" import $0' }, 'unit')).toContain(
      'A unit.',
    )
  })
})

test('documentation comes when an item is looked at', () => {
  const text = inNetwork('y = a -> $0')
  expect(itemOf(text, 'conv')?.documentation).toBeUndefined()
  expect(documentationOf(text, 'conv')).toContain('Slides a window over the map')
  expect(documentationOf(inNetwork('y = $0'), 'range')).toContain('range(start, stop)')
  expect(documentationOf(inNetwork('y = a -> conv($0'), 'stride=')).toContain('by default `1`')
})

test('nothing in comments, strings, numbers and names of their own', () => {
  for (const statement of [
    'y = a # $0',
    '## con$0',
    'y = "con$0',
    'y = "con$0"',
    'y = 0.5$0',
    'y = a -> conv(64$0',
    'y = a as $0',
    'for $0',
    'input $0',
    'shared $0',
    'x, $0',
  ]) {
    expect([statement, completions(inNetwork(statement))]).toEqual([statement, []])
  }
  expect(completions('network $0')).toEqual([])
  expect(completions('block b($0')).toEqual([])
})

test('a number that is typed for an option can still be chosen', () => {
  expect(accepted(inNetwork('y = small -> conv(8, 5, padding=1$0)'), '2')).toContain('padding=2)')
})

describe('a list that nobody asked for opens where it helps', () => {
  const opens = (statement: string, trigger: string) => first(1, statement, trigger).length > 0
  test.each([
    ['y = a.$0', '.'],
    ['y = add($0)', '('],
    ['y = a -> conv(8, 3, padding=$0)', '='],
    ['y = a -> conv(8, 3, bias=$0)', '='],
    ['y = a -> $0', ' '],
    ['y = add(a, $0)', ' '],
    ['y = a -> maxpool(2, 2, $0)', ' '],
    ['output $0', ' '],
  ])('%s', (statement, trigger) => {
    expect(opens(statement, trigger)).toBe(true)
  })
  test.each([
    ['y = 1.$0', '.'],
    ['y = a -> conv($0)', '('],
    ['y = ($0)', '('],
    ['y =$0', '='],
    ['y = a -> conv(8, stride=$0)', '='],
    ['y = $0', ' '],
    ['y = a -> conv(8, $0)', ' '],
    ['y = a $0', ' '],
    ['y = width / $0', '/'],
    ['y = "$0"', '"'],
    ['expect params == $0', '='],
    [' $0', ' '],
  ])('%s', (statement, trigger) => {
    expect(opens(statement, trigger)).toBe(false)
  })
  test('in the path of an import', () => {
    const files = { 'a.cnn': '', 'b.cnn': 'from "$0"' }
    expect(completions(files, '"')).toEqual(['./a.cnn'])
    expect(completions({ 'a.cnn': '', 'b.cnn': 'from "./$0"' }, '/')).toEqual(['./a.cnn'])
  })
})

test('the word behind the cursor stays, or is replaced where the client offers that', () => {
  const text = inNetwork('y = a -> re$0lu')
  expect(accepted(text, 'gelu')).toContain('a -> gelulu')
  expect(accepted(text, 'gelu', { insertReplace: true })).toContain('a -> gelu\n')
})

test('every cut of a file, and every place in it, has an answer', () => {
  const text = readFileSync(join(import.meta.dirname, '../../examples/classification/lenet5.cnn'), 'utf8')
  const support = {
    snippets: true,
    insertReplace: true,
    labelDetails: true,
    commitCharacters: true,
    editorCommands: true,
  }
  const signature = { labelOffsets: true, noActiveParameter: true }
  for (let at = 0; at <= text.length; at += 5) {
    for (const source of [`${text.slice(0, at)}$0`, `${text.slice(0, at)}$0${text.slice(at)}`]) {
      const { view, offset } = marked(source)
      const { items } = completion(view, { offset, support, files: [] })
      expect(new Set(items.map(({ label }) => label)).size).toBe(items.length)
      signatureHelp(view, offset, signature)
    }
  }
})

test('a size of two axes can say what they are', () => {
  const input = (size: string) => `network N {\n  input x: ${size}\n}\n`
  expect(accepted(input('$0'), 'rows([steps, features])')).toBe(input(`rows([\${1:196}, \${2:768}])`))
  expect(accepted(input('sig$0'), 'signal([channels, length])')).toBe(input(`signal([\${1:1}, \${2:16000}])`))
})
