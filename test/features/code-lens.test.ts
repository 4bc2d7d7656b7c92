import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'
import { codeLenses } from '../../server/src/features/code-lens'
import { type Sources, viewed } from './view'

/** The titles by the name that they stand above. */
function lenses(sources: Sources, enable = true): Readonly<Record<string, string | undefined>> {
  const { view, text } = viewed(sources)
  const lines = view.lines(view.analysis.uri)
  return Object.fromEntries(
    codeLenses(view, { enable }).map(({ range, command }) => [
      text.slice(lines.offset(range.start), lines.offset(range.end)),
      command?.title,
    ]),
  )
}

const UNIT = `
  block unit(x: tensor, width) {
    return x -> conv(width, 3, padding=1, bias=false) -> relu
  }
`

test('where the editor can, a lens leads to the uses of a block and to what is known of a network', () => {
  const { view } = viewed(`${UNIT}network N {\n  input i: [3, 8, 8]\n  output y = i -> unit(4)\n}\n`)
  const commands = (leads: boolean) => codeLenses(view, { enable: true }, leads).map(({ command }) => command)
  const { uri } = view.analysis
  expect(commands(true)).toMatchObject([
    { command: '_cnnlint.showAt', arguments: [uri, { line: 0, character: 8 }, 'uses'] },
    { command: '_cnnlint.showAt', arguments: [uri, { line: 3, character: 8 }, 'details'] },
  ])
  expect(commands(false)).toMatchObject([{ command: '' }, { command: '' }])
})

test('a network shows what it costs and sees', () => {
  expect(
    lenses('network N {\n  input i: [3, 8, 8]\n  output y = i -> conv(4, 3, padding=1) -> conv(2, 1)\n}\n'),
  ).toEqual({ N: '122 params · 7.42 KMACs · rf 3 · 2 weight layers' })
})

test('the receptive field is that before the network looks at the whole map', () => {
  const text = readFileSync(join(root, 'examples/classification/resnet.cnn'), 'utf8')
  expect(lenses(text).ResNet50).toBe('25.6M params · 4.09 GMACs · rf 427 · 54 weight layers, 50 deep')
})

test('a context beside the receptive field is shown', () => {
  const gated =
    'network N {\n  input i: [3, 8, 8]\n  output y = mul(i -> conv(3, 3, padding=1), i -> global_avgpool)\n}\n'
  expect(lenses(gated).N).toMatch(/ · rf 3 \+ context · /)
})

test('a receptive field with unequal axes is shown in full, one without spatial axes not at all', () => {
  const wide = 'network N {\n  input i: [3, 8, 8]\n  output y = i -> conv(4, 3x5)\n}\n'
  expect(lenses(wide).N).toMatch(/ · rf 3×5 · /)
  const flat = 'network N {\n  input i: [8]\n  output y = i -> linear(4)\n}\n'
  expect(lenses(flat)).toEqual({ N: '36 params · 32 MACs · 1 weight layer' })
})

test('a block shows how often it is used, and what its runs cost', () => {
  expect(
    lenses(`
      ${UNIT}
      block twice(x: tensor, unit: layer) { return x -> unit -> unit }
      block never(x: tensor) { return x -> unit(3) }
      network N {
        input i: [3, 8, 8]
        output y = i -> unit(8) -> 2 * unit(8) -> twice(unit(16))
      }
    `),
  ).toMatchObject({
    unit: '4 uses · 216–2.3K params · 13.8–147 KMACs · 1 weight layer',
    twice: '1 use · 3.46K params · 221 KMACs · 2 weight layers',
    never: '0 uses',
  })
})

test('uses in files that import the block count, under whatever name; what hides the name does not', () => {
  const main = `
    from "./unit.cnn" import unit as u
    network N {
      input i: [3, 8, 8]
      a = i -> u(4)
      output y = a -> u(4)
    }
  `
  const other = `
    from "./unit.cnn" import unit
    network M {
      input i: [3, 8, 8]
      unit = relu
      output y = i -> unit
    }
  `
  const titles = lenses({ 'unit.cnn': UNIT, 'main.cnn': main, 'other.cnn': other })
  expect(titles.unit).toMatch(/^2 uses · 108–144 params · /)
})

test('a network with a mistake says so, one that is only applied shows what it came to there', () => {
  expect(lenses('network N {\n  input i: [3, 8, 8]\n  output y = i -> conv(4, 9)\n}\n')).toEqual({
    N: '1 error',
  })
  expect(
    lenses(`
      network Inner(width) {
        input i: [3, 8, 8]
        output y = i -> conv(width, 1)
      }
      network Outer {
        input i: [3, 8, 8]
        output y = i -> Inner(4)
      }
    `).Inner,
  ).toBe('16 params · 768 MACs · 1 weight layer')
  expect(lenses('network N(a, b=1) {\n  input i: [3, 8, 8]\n  output y = i -> conv(a, b)\n}\n').N).toBe(
    'depends on a',
  )
})

test('nothing when switched off', () => {
  expect(lenses(UNIT, false)).toEqual({})
})

test.each<[what: string, lines: string, lens: string]>([
  [
    'a bound where an output rests on one',
    'output y = i -> conv(4, 1) -> conv(4, 9)',
    '≥ 16 parameters · 1 error',
  ],
  [
    'what is certain behind it',
    'output y = i -> conv(4, 3, strid=2) -> conv(8, 1)',
    '≥ 40 parameters · 1 error',
  ],
  ['all errors', 'output y = i -> convv(4) -> conv(8, 1) -> conv(4, 0)', '2 errors'],
  ['errors of its text', 'y = i -> conv(4, 1)\n  output z = y ->', '≥ 16 parameters · 1 error'],
  [
    'nothing of one beside the way to the outputs',
    'dead = i -> convv(3)\n  output y = i -> conv(4, 1)',
    '16 params · 768 MACs · rf 1 · 1 weight layer',
  ],
])('of a network with a mistake: %s', (_, lines, lens) => {
  expect(lenses(`network N {\n  input i: [3, 8, 8]\n  ${lines}\n}\n`).N).toBe(lens)
})

test('of a network whose block is at fault', () => {
  const block = 'block unit(x: tensor) { return x -> conv(4, 1) -> conv(4, 9) }\n'
  const network = (name: string) => `network ${name} {\n  input i: [3, 8, 8]\n  output y = i -> unit\n}\n`
  const { A, B } = lenses(block + network('A') + network('B'))
  expect([A, B]).toEqual(['≥ 16 parameters · 1 error', '≥ 16 parameters · 1 error'])
})
