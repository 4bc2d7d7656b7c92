import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { showTensor } from '../../server/src/model/show'

interface Snippet {
  readonly prefix: string | readonly string[]
  readonly body: readonly string[]
  readonly description: string
}

const snippets: Readonly<Record<string, Snippet>> = JSON.parse(
  readFileSync(join(root, 'grammar', 'snippets.json'), 'utf8'),
)

/** The text that stands there when nothing is typed over what a snippet proposes. */
function filled({ body }: Snippet): string {
  let text = body.join('\n')
  // From the inside out: a proposal may hold another one.
  for (;;) {
    const next = text.replace(
      /\$\{\d+(?::([^${}]*)|\|([^,|]*)[^|]*\|)\}/,
      (_, proposed, first) => proposed ?? first,
    )
    if (next === text) return text.replaceAll(/\$\d/g, '')
    text = next
  }
}

/** A network whose `x` has the shape 64×32×32, with these statements. */
const network = (...lines: string[]) =>
  `network Test {\n  input x: 64x32x32\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

/** A snippet for the file is used in this flow. */
const used = (flow: string) => (text: string) => text + network(`output y = ${flow}`)
const flow = (text: string) => network(`output y = x -> ${text}`)
const statement = (text: string) => network(text, 'output y = x -> conv(4, 3, padding=1)')

/** Each snippet with the file that it is tried in, and the first output of the file's last network. */
const USES: Readonly<Record<string, readonly [file: (text: string) => string, output: string]>> = {
  Network: [(text) => text, '64×224×224'],
  'Network on a signal': [(text) => text, '64×4000'],
  'Network on rows': [(text) => text, '196×128'],
  Block: [used('x -> unit(32)'), '32×32×32'],
  'Residual unit': [used('x -> residual(64) -> residual(128, stride=2)'), '128×16×16'],
  'Bottleneck residual unit': [used('x -> bottleneck(64) -> bottleneck(128, stride=2)'), '512×16×16'],
  'Inverted residual unit': [used('x -> inverted(64) -> inverted(96, stride=2)'), '96×16×16'],
  'Depthwise separable unit': [used('x -> separable(64) -> separable(96, stride=2)'), '96×16×16'],
  'Squeeze and excitation': [used('x -> squeeze_excitation'), '64×32×32'],
  'Dense block': [used('x -> dense_block(3)'), '160×32×32'],
  'Atrous spatial pyramid pooling': [used('x -> aspp'), '256×32×32'],
  'Feature pyramid': [
    (text) => text + network('levels = fpn(x, x -> maxpool(2), x -> maxpool(4))', 'output y = levels[0]'),
    '256×32×32',
  ],
  'Decoder step': [used('x -> maxpool(2) -> decoder(x, 32)'), '32×32×32'],
  'Transformer encoder': [used('x -> flatten(start=1) -> permute([1, 0]) -> encoder(4)'), '1024×64'],
  'Convolution, normalisation, activation': [flow, '64×32×32'],
  Classifier: [flow, '10'],
  Import: [(text) => `${text}\n${network('output y = x -> unit')}`, '8×32×32'],
  'Expect a shape': [statement, '4×32×32'],
  'Expect a budget': [statement, '4×32×32'],
  'Expect a paper’s number': [statement, '4×32×32'],
  Repetition: [
    (text) => statement(text.replace('\n  \n', '\n    x = x -> conv(width, 1) -> relu\n')),
    '4×32×32',
  ],
  'Shared weights': [(text) => network(text, 'output y = x -> head'), '4×32×32'],
}

const BLOCKS = 'block unit(x: tensor) { return x -> conv(8, 1) }\n'

describe.each(Object.entries(snippets))('%s', (name, snippet) => {
  test('is right as it stands when nothing is typed over it', () => {
    const [file, output] = USES[name] ?? []
    if (file === undefined) throw new Error('There is no use of this snippet here.')
    const text = file(filled(snippet))
    const analysis = analyze('test.cnn', memoryHost({ 'test.cnn': text, 'blocks.cnn': BLOCKS }))
    const { problems, networks } = analysis
    // The networks around the snippets are too small to see their input.
    const found = findings(analysis).filter(({ code }) => code !== 'receptive-field-misses-input')
    expect([...problems, ...found].map(({ code, message }) => `${code}: ${message}`)).toEqual([])
    const tensor = networks.at(-1)?.outputs[0]?.tensor
    expect(tensor && showTensor(tensor)).toBe(output)
  })

  test('says what it is', () => {
    expect(snippet.description.length).toBeGreaterThan(10)
    expect(snippet.description).not.toMatch(/\.$/)
    expect([snippet.prefix].flat().every((prefix) => /^[a-z ]+$/.test(prefix))).toBe(true)
  })
})

test('no two snippets answer to the same letters', () => {
  const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix)
  expect(new Set(prefixes).size).toBe(prefixes.length)
})
