import { describe, expect, it, test } from 'vitest'
import { inOrder } from '../../server/src/model/applications'
import { showKnown } from '../../server/src/model/show'
import { analyzed, checkProblems } from '../helpers/problems'

const INPUT = 'input x: [32, 56, 62]'

/** What each application of a layer gives, in order. */
function shapes(statements: string, before = ''): readonly string[] {
  const { analysis } = analyzed(`${before}\nnetwork N {\n  ${INPUT}\n${statements}\n}\n`)
  return analysis.networks.flatMap(({ layers, uncertain }) =>
    inOrder(layers, uncertain).map((node) => node.outputs.map(showKnown).join(', ')),
  )
}

function network(text: string) {
  const { analysis } = analyzed(text)
  const [graph] = analysis.networks
  if (graph === undefined) throw new Error('There is no network.')
  return { analysis, graph }
}

describe('a stage at fault gives what is certain', () => {
  test.each<[what: string, flow: string, shape: string]>([
    ['channels and sizes by its options', 'conv(30, 3, groups=4)', '30×54×60 ?'],
    ['channels that do not depend on the groups', 'conv(64, 3, groups=5)', '64×54×60 ?'],
    ['the axis that its window fits', 'conv(64, [3, 70])', '64×54×?'],
    ['no size where its window fits none', 'conv(64, 99)', '64×?×?'],
    ['features on a map', 'linear(10)', '10 ?'],
    ['the shape that it is to have', 'reshape([64, 1700])', '64×1700 ?'],
    ['the shape that goes in, whatever axis was meant', 'softmax(axis=7)', '32×56×62 ?'],
    ['channels, where an option is missing', 'conv(64)', '64×?×?'],
    ['sizes, where the channels are', 'conv(kernel=3)', '?×54×60'],
    ['nothing that a misspelt option may have been meant for', 'conv(64, 3, strid=2)', '64×?×?'],
    ['sizes, where an option that counts channels has no value', 'conv(1.5, 3)', '?×54×60'],
    ['all but an axis, where a value is unknown', 'conv(nothing.channels, 3)', '?×?×?'],
  ])('%s', (_, flow, shape) => {
    expect(shapes(`  output y = x -> ${flow}`)).toEqual([shape])
  })

  test.each<[what: string, statements: string, shape: string]>([
    ['the sizes of tensors that differ in channels', 'add(x, x -> conv(64, 1))', '?×56×62'],
    ['the channels of maps that differ in size', 'concat(x, x -> conv(8, 3))', '40×?×?'],
    ['the sizes that another tensor has', 'add(x -> conv(64, 1), x -> conv(64, 3, strid=1))', '64×56×62 ?'],
    ['nothing, where a vector comes in and the channels are missing', 'x -> flatten -> conv(kernel=3)', '…'],
    ['the size that a gate of one position meets', 'mul(x -> global_avgpool, x -> convv)', '32×?×?'],
  ])('%s', (_, call, shape) => {
    expect(shapes(`  output y = ${call}`).at(-1)).toBe(shape)
  })
})

describe('what follows goes on from there', () => {
  it('with sizes that are known along one axis', () => {
    expect(shapes('  output y = x -> conv(64, [3, 70]) -> conv(8, 3, stride=2) -> maxpool(2)')).toEqual([
      '64×54×?',
      '8×26×?',
      '8×13×?',
    ])
  })

  it('with what later layers make certain again', () => {
    expect(
      shapes('  output y = x -> convv(3) -> conv(128, 3) -> relu -> maxpool(2) -> flatten -> linear(10)'),
    ).toEqual(['128×…', '128×…', '128×…', '?', '10 ?'])
  })

  it('in a repetition', () => {
    expect(shapes('  output y = x -> conv(30, 3, groups=4) -> 3 * conv(8, 3)')).toEqual([
      '30×54×60 ?',
      '8×52×58 ?',
      '8×50×56 ?',
      '8×48×54 ?',
    ])
  })

  it('in blocks, whose conditions read what is certain', () => {
    const block = `
      block unit(x: tensor, width) {
        s = x
        if x.channels != width { s = x -> conv(width, 1) }
        return add(s, x -> conv(width, 3, padding=1))
      }
    `
    expect(shapes('  output y = x -> conv(64, 3, strid=2) -> unit(64) -> unit(32)', block)).toEqual([
      '64×?×?',
      '64×?×?',
      '64×?×?',
      '32×?×?',
      '32×?×?',
      '32×?×?',
    ])
  })

  it('in networks that are applied, where rank and channels fit', () => {
    const head = 'network Head {\n  input map: [8, 20, 20]\n  output y = map -> conv(4, 3)\n}'
    expect(shapes('  output y = x -> conv(8, 3, strid=2) -> Head', head).slice(-2)).toEqual([
      '8×?×?',
      '4×?×?',
    ])
  })

  it('with several results', () => {
    expect(shapes('  a, b = x -> conv(64, 99) -> split(2)\n  output y = concat(a, b, a)')).toEqual([
      '64×?×?',
      '32×?×?, 32×?×?',
      '96×?×?',
    ])
  })
})

describe('a second mistake is seen', () => {
  it('where it is one whatever the first should have been', () => {
    checkProblems(`
      network N {
        input x: [32, 56, 62]
        a = x -> conv(30, 3, groups=4)
        #                           ^ error[groups-do-not-divide]
        b = a -> conv(64, 99)
        #                 ^^ error[window-exceeds-input]: Kernel 99 is larger than the padded height 54
        c = add(b, x -> conv(8, 3))
        #          ^^^^^^^^^^^^^^^ error[shapes-differ]: 64×?×? and 8×54×60 differ in channels: 64 and 8
        output y = c -> linear(10)
        #               ^^^^^^ error[linear-on-feature-map]: \`linear(10)\` is applied to the feature map ?×?×?
      }
    `)
  })

  it('in a block that is applied behind the first', () => {
    checkProblems(`
      block unit(x: tensor) {
        return x -> conv(64, 3, groups=6)
        #                              ^ error[groups-do-not-divide]: groups=6 does not divide the 32 channels
      }
      network N {
        input x: [3, 56, 56]
        output y = x -> conv(32, 3, strid=2) -> unit
        #                           ^^^^^ error[unknown-option]
      }
    `)
  })

  it('by its argument, where the tensor is unknown', () => {
    checkProblems(`
      network N {
        input x: [3, 56, 56]
        output y = x -> convv(3) -> conv(64, 0)
        #               ^^^^^ error[unknown-layer]
        #                                    ^ error[option-value]
      }
    `)
  })

  test.each<[what: string, statements: string]>([
    ['channels that a repair may change', 'output y = x -> conv(30, 3, groups=4) -> conv(64, 3, groups=7)'],
    ['sizes that are not known', 'output y = x -> conv(64, 3, strid=4) -> conv(8, 40)'],
    ['sizes that another tensor gave', 'output y = add(add(x, x -> convv(2)), x -> conv(32, 1))'],
    ['values that must fit each other', 'output y = x -> convv(3) -> reshape([64, 49]) -> conv(8, 1)'],
    ['tensors that may be more than one', 'output y = concat(x, splitt(x, 2)) -> conv(8, 3, groups=3)'],
    ['an argument that may stand at another place', 'output y = x -> conv(width, 3) -> add(x)'],
    [
      'a condition',
      'y = x -> convv(3)\n if y.channels > 3 { z = y } else { z = x }\n output o = z -> conv(8, 1)',
    ],
    [
      'an expectation',
      'y = x -> conv(64, 3, groups=5)\n output y\n expect y.shape == [8, 1, 1]\n expect params == 3',
    ],
  ])('not where it is none for %s', (_, statements) => {
    const { analysis } = network(`network N {\n ${INPUT}\n ${statements}\n}\n`)
    expect(analysis.problems.filter(({ severity }) => severity === 'error')).toHaveLength(1)
  })
})

describe('totals', () => {
  it('are bounds where an output rests on a mistake', () => {
    const { graph } = network(`
      network N {
        input x: [32, 56, 56]
        output y = x -> conv(8, 1) -> conv(16, 3, strid=2) -> conv(4, 1)
      }
    `)
    expect(graph.totals).toBeUndefined()
    expect({ ...graph.bounds }).toEqual({
      params: 32 * 8 + 8 + (16 * 4 + 4),
      fixed: 0,
      macs: 32 * 8 * 56 * 56,
      weightLayers: 2,
      depth: 2,
    })
    expect(graph.faults.map(({ code }) => code)).toEqual(['unknown-option'])
  })

  test.each([
    'dead = x -> con',
    'dead = x -> conv(8, 3, groups=5) -> relu',
    'dead = add(x, nothing)',
    'dead = x ->',
  ])('are whole where nothing that reaches an output is at fault: %s', (dead) => {
    const { graph } = network(
      `network N {\n ${INPUT}\n ${dead}\n output y = x -> conv(8, 1)\n expect params == 264\n}\n`,
    )
    expect({ ...graph.totals }).toEqual({
      params: 264,
      fixed: 0,
      macs: 32 * 8 * 56 * 62,
      weightLayers: 1,
      depth: 1,
    })
    expect([graph.bounds, graph.isSound]).toEqual([undefined, false])
  })

  it('are no bounds of what may not run', () => {
    const { graph } = network(`
      network N(deep) {
        input x: [32, 56, 56]
        y = x -> conv(8, 1)
        if deep { y = y -> conv(8, 3) }
        output y
      }
    `)
    expect([graph.totals, graph.bounds?.params]).toEqual([undefined, 264])
  })

  it('count shared weights once at most', () => {
    const { graph } = network(`
      network N {
        input x: [8, 56, 56]
        shared f = conv(8, 3, padding=1)
        a = x -> conv(8, 3, strid=1) -> f
        output y = add(a, x -> f)
      }
    `)
    expect(graph.bounds?.params).toBe(8 * 8 * 9 + 8)
  })
})
