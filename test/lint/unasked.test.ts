/** What is applied without being asked for: on saving, and by `--fix`. */
import { readdirSync, readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import type { Analysis } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost, textHost } from '../../server/src/check/host'
import { CODES } from '../../server/src/lint/codes'
import { type FixPolicy, fixAll, UNASKED } from '../../server/src/lint/fix-all'
import { applyEdits } from '../../server/src/model/problem'
import { dedent } from '../helpers/annotations'
import { sampled } from '../helpers/sample'

const CHOICES: FixPolicy = { choices: true }

function fixed(text: string, policy = UNASKED): string {
  const host = memoryHost({ 'test.cnn': text, 'blocks.cnn': 'block unit(x: tensor) { return x -> relu }\n' })
  return fixAll(analyze('test.cnn', host), host, policy) ?? text
}

describe('of a network that is being written', () => {
  const text = readFileSync('examples/segmentation/unet.cnn', 'utf8')
  const own = `
    block unit(x: tensor, width) {
      y = x -> conv(width, 3, padding=1) -> relu
      return add(x, y)
    }
    network N {
      input image: 3x64x64
      a = image -> conv(16, 3, padding=1) -> relu
      b = a -> maxpool(2) -> dropout(0)
      c = b -> unit(16) -> relu
      d = c -> maxpool(2)
      output y = d -> conv(8, 1)
      output z = c -> conv(8, 1)
    }
  `

  /** Every beginning of the text, up to the end of a line, as it is and with its body closed. */
  const beginnings = (whole: string) => {
    const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index + 1)
    return ends.flatMap((end) => [whole.slice(0, end), `${whole.slice(0, end)}}\n`])
  }

  it.each([
    ['own', dedent(own)],
    ['an example', text],
  ])('no line is lost (%s)', (_, whole) => {
    const beginning = sampled(beginnings(whole), 10)
    const lost = beginning.flatMap((begun) => {
      const left = new Set(
        fixed(begun)
          .split('\n')
          .map((line) => line.split('=')[0]?.trim()),
      )
      // A brace that closes nothing is one too many.
      return begun.split('\n').filter((line) => line !== '}' && !left.has(line.split('=')[0]?.trim()))
    })
    expect(lost).toEqual([])
  })
})

describe('of the examples of all codes', () => {
  const examples = [...CODES.values()].flatMap(({ code, category, example }) =>
    category === 'Configuration' ? [] : [[code, example] as const],
  )

  it('the parameters stay, in their order, where there were any', () => {
    let changed = 0
    for (const [code, text] of examples) {
      const after = fixed(text)
      if (after !== text) changed++
      const [before, now] = [text, after].map((each) => analyze('test.cnn', memoryHost({ 'test.cnn': each })))
      const isSound = !(before as Analysis).problems.some(({ severity }) => severity === 'error')
      if (isSound) expect(weights(now as Analysis), code).toEqual(weights(before as Analysis))
    }
    expect(changed).toBeGreaterThan(10)
  })
})

function weights({ networks }: Analysis) {
  return networks.map(({ name, layers, outputs }) => ({
    name,
    weights: layers.flatMap((node) =>
      node.weights.map((weight) => [node.layer.name, weight.name, weight.shape]),
    ),
    outputs: outputs.map((output) => [output.name.name, output.tensor?.shape]),
  }))
}

/** Each fix is proven by the analysis of the whole file, and there are several. */
const MOST_LAYERS = 400

/** The text whose first network has what changes nothing: an identity behind an output, and a name that nothing reads. */
function withIdle(text: string): string {
  const network = parse(text).items.find(({ kind }) => kind === 'network')
  const edits = (network?.kind === 'network' ? network.body.statements : []).flatMap((statement) => {
    if (statement.kind === 'input') {
      return [{ start: statement.end, end: statement.end, text: `\n  idle = ${statement.name.name}` }]
    }
    if (statement.kind !== 'output' || statement.value?.kind !== 'flow') return []
    return [{ start: statement.end, end: statement.end, text: ' -> dropout(0)' }]
  })
  return applyEdits(text, edits.slice(0, 1).concat(edits.slice(1).slice(-1)))
}

describe('the parameters of every example stay, in their order', () => {
  const texts = new Map(globSync('examples/**/*.cnn').map((file) => [file, readFileSync(file, 'utf8')]))
  const host = textHost((file) => texts.get(file))
  const cleaned = (file: string, text: string) => {
    const changed = textHost((uri) => (uri === file ? text : texts.get(uri)))
    const now = fixAll(analyze(file, changed), changed, UNASKED) ?? text
    const result = textHost((uri) => (uri === file ? now : texts.get(uri)))
    return { now, analysis: analyze(file, result) }
  }

  it.each(sampled([...texts], 8))('%s', (file, text) => {
    const before = analyze(file, host)
    const { analysis } = cleaned(file, text)
    expect(weights(analysis)).toEqual(weights(before))
    const layers = before.networks.reduce((sum, network) => sum + network.layers.length, 0)
    if (layers === 0 || layers > MOST_LAYERS) return
    const idle = cleaned(file, withIdle(text))
    expect(idle.now).not.toMatch(/idle|dropout\(0\)/)
    expect(weights(idle.analysis)).toEqual(weights(before))
  })
})

describe('of mistakes that people made', () => {
  const CERTAIN: Readonly<Record<string, string>> = {
    'k13a-dim': 'output y = concat(x, a, axis=0) -> conv(4, 1) -> softmax(axis=0) }',
    'k13b-split': 'a, b = x -> split(2, axis=0)',
    'k13c-concatax': 'output y = concat(x, a, axis=0) }',
    'k5a-pt-order': 'output y = image -> conv(64, 7, stride=2, padding=3) -> relu }',
    'k5b-pt-order3': 'output y = image -> conv(16, 3) -> relu -> conv(32, 3) -> relu }',
    'k5c-linear': 'output y = image -> conv(8, 3) -> flatten -> linear(10) }',
    'k5d-deconv-order': 'output y = x -> conv_transpose(32, 2, stride=2) }',
    'k5e-bn': 'lstm(32, layers=2) }',
  }
  const files = readdirSync('test/cases').filter((name) => name.endsWith('.cnn'))

  it.each(files)('%s is left as it is unless its fix is certain', (file) => {
    const text = readFileSync(`test/cases/${file}`, 'utf8')
    const certain = CERTAIN[file.replace('.cnn', '')]
    if (certain === undefined) expect(fixed(text)).toBe(text)
    else expect(fixed(text)).toContain(certain)
  })
})

/** Fixes that lost or changed what was meant. */
describe('the author’s text', () => {
  it('keeps a bias that a use behind an error needs', () => {
    const text = `block unit(x: tensor, norm=true) {
  y = x -> conv(8, 3, padding=1)
  if norm { y = y -> batchnorm }
  return y -> relu
}
network N {
  input x: 3x8x8
  output a = x -> unit
  output b = x -> maxpool(9) -> unit(norm=false)
}
`
    expect(fixed(text)).toBe(text)
    expect(fixed(text, CHOICES)).toContain('conv(8, 3, padding=1)\n')
  })

  it('keeps its layers', () => {
    const text = 'network N {\n  input x: 33x8x8\n  output y = x -> maxout(2) -> conv(4, 3)\n}\n'
    expect(fixed(text)).toBe(text)
    expect(fixed(text, CHOICES)).toBe(text.replace('maxout(2)', 'maxout(3)'))
  })

  it('keeps expressions that serve several calls', () => {
    const text = (width: string) => `block unit(x: tensor, w) {
  return x -> conv(${width}, 1) -> relu -> conv(w, 3, padding=1) -> relu
}
network N {
  input x: 3x32x32
  output a = x -> unit(400) -> unit(800) -> conv(10, 1)
}
`
    expect(fixed(text('w // 4 + 2'), CHOICES)).toBe(text('(w // 4 + 2 + 7) // 8 * 8'))
    expect(fixed(text('if w > 9 then 102 else 101'), CHOICES)).toBe(
      text('((if w > 9 then 102 else 101) + 7) // 8 * 8'),
    )
    const strided = `block down(x: tensor, k) {
  return x -> maxpool(k // 2, stride=k)
}
network N {
  input x: 3x36x36
  output a = x -> down(2) -> down(6)
}
`
    expect(fixed(strided, CHOICES)).toContain('maxpool(k // 2, stride=k)')
  })

  it('keeps the tensors of a call that waits for them', () => {
    const text = (flow: string) =>
      `block join(xs: tensors) { return concat(xs) -> conv(8, 1) }\nnetwork N {\n  input x: 3x32x32\n  output y = ${flow}\n}\n`
    for (const flow of ['join([x, 1])', 'add(x, 1)', 'join([1, x, 2])']) {
      expect(fixed(text(flow))).toBe(text(flow))
      expect(fixed(text(flow), CHOICES)).toMatch(/output y = \w+\(.*x/)
    }
    expect(fixed(text('join([x, 1])'), CHOICES)).toBe(text('join([x])'))
  })
})
