/** What a fix is proven to be: the first one that is offered for the first problem of a code. */
import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { findings } from '../../server/src/lint/findings'
import { offeredFixes } from '../../server/src/lint/offer'
import { analyzed, type Sources } from '../helpers/problems'

/** The title, the class, and whether it is left to the author alone; `importers` are known files that import the first. */
function firstFix(code: string, sources: Sources, importers: readonly string[] = []) {
  const { analysis, host } = analyzed(sources)
  const others = importers.map((file) => analyze(file, host))
  const lint = { importers: others }
  const problem = findings(analysis, lint).find((each) => each.code === code)
  if (problem === undefined) throw new Error(`There is no ${code}.`)
  const [fix] = offeredFixes({ analysis, host, problem, others }, lint)
  return fix && [fix.title, fix.class, ...(fix.drastic ? ['by hand'] : [])]
}

const network = (flow: string) => `
  network N {
    input x: 3x16x16
    output y = x -> ${flow}
  }
`

const IDENTITY = 'identity-operation'
const REMOVED = 'Remove dropout(rate=0)'

describe('a fix is certain', () => {
  it.each([
    ['a slip in the name of a layer', 'unknown-layer', 'rleu', 'Change rleu to relu'],
    ['capitals', 'unknown-option', 'conv(8, 3, Padding=1)', 'Change Padding to padding'],
    ['a slip in an option', 'unknown-option', 'conv(8, 3, paddin=1)', 'Change paddin to padding → 8×16×16'],
    ['a slip in a word', 'option-value', 'conv(8, 3, padding="haff")', 'Change "haff" to half → 8×16×16'],
    ['an order with one meaning', 'layer-times-number', 'relu * 2', 'Write 2 * relu → 3×16×16'],
    ['a bracket', 'unmatched-bracket', 'conv(8, 3]', 'Write `)`'],
  ])('%s', (_, code, flow, title) => {
    const [found, own] = firstFix(code, network(flow)) ?? []
    expect(own).toBe('certain')
    expect(found?.split(' →')[0]).toBe(title.split(' →')[0])
  })

  it.each([
    ['of two names that are meant', 'unknown-layer', network('xelu')],
    [
      'of another number',
      'unknown-name',
      network('relu').replace('output y = x', 'a1 = x -> relu\n    output y = a2'),
    ],
    [
      'of a short name',
      'unknown-name',
      network('relu').replace('output y = x', 'up = x -> relu\n    output y = uq'),
    ],
    ['of another layer', 'unknown-layer', network('minpool(2)')],
    ['of a value', 'window-exceeds-input', network('conv(8, 17)')],
    ['of what is expected', 'expect-failed', network('relu').replace(/\}/, '  expect y.width == 15\n  }')],
  ])('not %s', (_, code, text) => {
    expect(firstFix(code, text)?.[1] ?? 'none').not.toBe('certain')
  })
})

describe('a fix keeps the network', () => {
  it('where parameters, their order and the outputs stay', () => {
    expect(firstFix(IDENTITY, network('conv(8, 3) -> dropout(0)'))).toEqual([REMOVED, 'same-network'])
    const named = network('conv(8, 3)').replace('output', 'a = x -> relu\n    output')
    expect(firstFix('unused-name', named)).toEqual(['Remove a', 'same-network'])
  })

  it('and only the function where weights go with the name', () => {
    const expected = ['Remove a (old checkpoints no longer load)', 'same-function']
    const named = network('relu').replace('output', 'a = x -> conv(8, 3)\n    output')
    expect(firstFix('unused-name', named)).toEqual(expected)
    const block = 'block f(x: tensor) { return x -> 2 * conv(8, 3) }'
    expect(firstFix('unused-name', block + named.replace('conv(8, 3)', 'f'))).toEqual(expected)
  })

  it('and the function where a normalisation cancels a bias', () => {
    const expected = ['Set bias=false (old checkpoints no longer load)', 'same-function']
    expect(firstFix('bias-before-batchnorm', network('conv(8, 3) -> batchnorm'))).toEqual(expected)
  })
})

describe('nothing is proven', () => {
  const block =
    'block unit(x: tensor, last=false) { return x -> conv(8, 3, padding=1) -> dropout(0) -> relu }\n'
  const byHand = [REMOVED, 'choice', 'by hand']

  it.each([
    ['beside an error in the file', network('dropout(0)') + network('conv(8, 99)').replace(' N ', ' M ')],
    ['beside a fault of the text', network('dropout(0)').replace('}', 'output z = x -> (relu\n  }')],
    ['in a network without outputs', network('dropout(0)').replace('output ', '')],
    [
      'in a block that only a network without outputs applies',
      block + network('relu').replace('output y = x -> relu', 'y = x -> unit\n    z = y -> relu'),
    ],
    [
      'where a use stands behind an error',
      `${block}network N { input x: 3x9x9\n output y = x -> unit\n output z = x -> maxpool(11) -> unit }`,
    ],
    [
      'where a use stands in a branch that no run takes',
      `${block}network N(deep=false) { input x: 3x9x9\n y = x -> unit\n if deep { y = y -> unit }\n output z = y }`,
    ],
    [
      'where such a use is that of a block around it',
      `${block}block two(x: tensor) { return x -> unit -> unit }
       network N(deep=false) { input x: 3x9x9\n y = x -> unit\n output z = y -> (two if deep else relu) }`,
    ],
    [
      'where a network that needs a value applies it',
      `${block}network N { input x: 3x9x9\n output y = x -> unit }
       network M(classes) { input x: 3x9x9\n output y = x -> unit -> conv(classes, 1) }`,
    ],
  ])('%s', (_, text) => {
    expect(firstFix(IDENTITY, text)).toEqual(byHand)
  })

  it('where a use gives another network', () => {
    const flat = 'block flat(x: tensor) { return x -> flatten -> linear(4) }\n'
    const own = `${flat}network N { input x: [9]\n output y = x -> flat }`
    const title = 'Remove flatten'
    expect(firstFix('flatten-of-vector', own)).toEqual([title, 'same-network'])
    const user = 'from "./own.cnn" import flat as f\nnetwork M { input x: 3x9x9\n output y = x -> pool -> f }'
    const files = (pool: string) => ({ 'own.cnn': own, 'user.cnn': user.replace('pool', pool) })
    expect(firstFix('flatten-of-vector', files('flatten'), ['user.cnn'])).toEqual([title, 'same-network'])
    // Of a map it is no identity there: `linear` would read rows, or fail.
    const rows = files('reshape([27, 9])')
    expect(firstFix('flatten-of-vector', rows, ['user.cnn'])).toEqual([title, 'choice', 'by hand'])
  })

  it('where a file that imports it has an error', () => {
    const own = `${block}network N { input x: 3x9x9\n output y = x -> unit }`
    const user = (flow: string) =>
      `from "./own.cnn" import unit\nnetwork M { input x: 3x9x9\n output y = x -> ${flow} }`
    const files = (flow: string) => ({ 'own.cnn': own, 'user.cnn': user(flow) })
    expect(firstFix(IDENTITY, files('unit'), ['user.cnn'])).toEqual([REMOVED, 'same-network'])
    expect(firstFix(IDENTITY, files('maxpool(11) -> unit'), ['user.cnn'])).toEqual(byHand)
  })

  it('in a block that nothing runs', () => {
    const text = `block f(x: tensor, w) { a = x -> relu\n return x -> conv(w, 3) }\n${network('relu')}`
    expect(firstFix('unused-name', text)).toEqual(['Remove a', 'choice', 'by hand'])
  })
})
