/** No rule throws, whatever the text, the graph and its options. */
import { expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import type { LintSettings } from '../../server/src/lint/settings'
import type { AnyRule } from '../../server/src/rules/frame/rule'
import { RULES } from '../../server/src/rules/index'
import {
  HALF_DECLARATIONS,
  HALF_LINES,
  type Mutant,
  withBrace,
  withCuts,
  withLines,
  withoutBrace,
  withoutToken,
  withToken,
} from '../grammar/mutations/mutants'
import { type Unit, unitsOf } from '../grammar/mutations/units'
import { IS_QUICK, sampled } from '../helpers/sample'

/** All rules on, each with the options that find the most: limits at their least, and all that is asked for. */
const STRICTEST: LintSettings = new Map(
  RULES.map((rule) => [rule.code, { severity: 'hint', options: strictest(rule) }]),
)

/** All rules on, with their defaults. */
const ALL: LintSettings = new Map(
  RULES.map((rule) => [rule.code, { severity: 'hint', options: defaults(rule) }]),
)

function strictest({ options = {} }: AnyRule) {
  const values = Object.entries(options).map(
    ([name, option]) => [name, option.type === 'boolean' ? true : (option.min ?? 0)] as const,
  )
  return Object.fromEntries(values)
}

function defaults({ options = {} }: AnyRule) {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]))
}

const IMPORTED = 'block unit(x: tensor, c=8) { return x -> conv(c, 3, padding=1) -> relu }\nK = 3\n'

/** What goes wrong in a text: rules that throw, messages with values that are none, and places outside the text. */
function faults(text: string): readonly string[] {
  const analysis = analyze('test.cnn', memoryHost({ 'test.cnn': text, 'blocks.cnn': IMPORTED }))
  const found: string[] = []
  for (const settings of [ALL, STRICTEST]) {
    const problems = findings(analysis, {
      settings,
      onCrash: ({ code }, error) => found.push(`${code}: ${(error as Error).stack}`),
    })
    for (const { code, message, range } of problems) {
      if (/\b(undefined|NaN|Infinity)\b|\[object/.test(message)) found.push(`${code}: ${message}`)
      const isInside = 0 <= range.start && range.start <= range.end && range.end <= text.length
      if (!isInside) found.push(`${code}: ${range.start} to ${range.end}`)
    }
  }
  return found.map((fault) => `${fault}\n${text}`)
}

/** Something of everything: blocks, repetitions, shared layers, several inputs, three axes, sequences, faults. */
const MIXED = `from "./blocks.cnn" import unit, K
C = 8
block f(x: tensor, c=C, stride=1, act: layer = relu) {
  y = x -> conv(c, 3, stride=stride, padding=half) -> batchnorm -> act
  if stride != 1 { return y }
  return add(x -> conv(c, 1), y) -> dropout(0.5) -> batchnorm
}
network A(classes=10) {
  input image: [3, 32, 32]
  input seq: [4, 64]
  x = image -> f -> 2 * f(16) -> f(32, stride=2) -> maxpool(2) -> unit(c=K)
  shared head = conv(8, 3, padding=2, dilation=2) -> relu -> relu
  a = x -> head -> head
  b = concat([x -> conv(8, 3, padding=r, dilation=r) for r in [1, 6, 12]]) -> upsample(2) -> conv(8, 2, stride=2)
  s = seq -> conv(8, 5, padding=same, stride=2) -> global_avgpool -> flatten -> linear(8)
  g = a -> global_avgpool -> conv(8, 1) -> batchnorm -> sigmoid
  m = mul(a, g)
  w = concat(m, b -> resize(m)) -> conv_transpose(8, 3, stride=2) -> center_crop([8, 8]) as z
    -> flatten -> flatten -> linear(100) -> linear(classes) -> relu -> softmax
  output y = w -> dropout
  output t = add(s, s)
}
network V {
  input v: [2, 8, 16, 16]
  y = v -> conv(4, 5, padding=7) -> avgpool(1) -> lrn -> reshape([4, -1]) -> permute([1, 0])
  output o = y -> lstm(5) -> linear(1) -> softmax
}
`

const KINDS: Readonly<
  Record<string, (text: string, units: readonly Unit[]) => Iterable<Pick<Mutant, 'text'>>>
> = {
  'a half-written line': (text, units) => withLines(text, units, HALF_LINES, HALF_DECLARATIONS),
  'a statement cut': withCuts,
  'a token deleted': withoutToken,
  'a token inserted': withToken,
  'a brace deleted': withoutBrace,
  'a brace inserted': withBrace,
  'another number': withNumber,
}

/** Each number of the text replaced by one that is unusual. */
function* withNumber(text: string): Generator<Pick<Mutant, 'text'>> {
  for (const { 0: number, index } of text.matchAll(/\b\d+\b/g)) {
    for (const other of ['0', '1', '2', '-1', '1.5', '1_000', '1e9']) {
      yield { text: text.slice(0, index) + other + text.slice(index + number.length) }
    }
  }
}

/** How many mutants of a kind are tried, of all texts together. */
const MUTANTS = IS_QUICK ? 8 : 250

const TEXTS = [MIXED, ...RULES.map(({ example }) => example)]

it.each(Object.keys(KINDS))('throws nowhere in texts with %s', (kind) => {
  const all = TEXTS.flatMap((text) => [...(KINDS[kind]?.(text, unitsOf(parse(text))) ?? [])])
  const step = Math.max(1, all.length / MUTANTS)
  for (let i = 0; i < all.length; i += step) expect(faults(all[Math.floor(i)]?.text ?? '')).toEqual([])
})

const INPUT = 'network N {\n  input image: [8, 64, 64]\n'

it.each([
  ['no outputs', `${INPUT}  x = image -> conv(8, 3) -> batchnorm\n}\n`],
  [
    'no inputs',
    'network N {\n  output y = parameter([3, 8, 8]) -> conv(4, 3) -> global_avgpool -> flatten\n}\n',
  ],
  ['nothing', 'network N {}\nblock b(x: tensor) {}\n'],
  ['an input that is the output', `${INPUT}  output y = image\n}\n`],
  ['an output twice', `${INPUT}  x = image -> conv(8, 3) -> relu\n  output a = x\n  output b = x\n}\n`],
  [
    'unknown layers',
    `${INPUT}  x = image -> foo(3) -> conv(8, 3)\n  output y = add(x, image) -> conv(99, k)\n}\n`,
  ],
  ['a vector', 'network N {\n  input x: [7]\n  output y = x -> linear(3) -> relu -> softmax\n}\n'],
  [
    'single values',
    'network N {\n  input x: [1, 1, 1]\n  output y = x -> conv(1, 1) -> batchnorm -> maxpool(1)\n}\n',
  ],
  [
    'blocks that reach themselves',
    `block a(x: tensor) {\n  shared h = b\n  return x -> h\n}\nblock b(x: tensor) { return x -> a }\n${INPUT}  shared s = a\n  output y = image -> s -> s\n}\n`,
  ],
  ['more layers than there may be', `${INPUT}  output y = image -> 200_001 * relu\n}\n`],
])('throws nowhere with %s', (_, text) => {
  expect(faults(text)).toEqual([])
})

/** What a recursion over the layers of a chain would fail at. */
const CHAINED = [
  ...['identity', 'relu', 'dropout', 'maxpool(1)', 'batchnorm', 'scale', 'upsample(1)', 'global_avgpool'],
  ...['conv(8, 1)', 'conv(8, 3, padding=1)', 'conv(8, 3, dilation=3, padding=3)', 'layernorm'],
]

it.each(sampled(CHAINED, 2))('throws nowhere in a chain of 20,000 × %s', (layer) => {
  const chain = `conv(8, 3, padding=1) -> 20_000 * ${layer} -> batchnorm`
  const end = 'conv(8, 1) -> global_avgpool -> flatten -> linear(4) -> relu -> softmax'
  expect(faults(`${INPUT}  output y = image -> ${chain} -> ${end}\n}\n`)).toEqual([])
})

it.each([
  ['x = add(x, x -> relu)', 'sums'],
  ['x = concat(x -> conv(4, 1), x -> conv(4, 3, padding=1))', 'concatenations'],
  ['x = mul(x, x -> global_avgpool -> sigmoid)', 'gates'],
])('throws nowhere in %s, 5,000 times', (statement) => {
  const text = `${INPUT}  x = image\n  for i in range(5_000) { ${statement} }\n`
  expect(faults(`${text}  output y = x -> global_avgpool -> flatten -> linear(4)\n}\n`)).toEqual([])
})
