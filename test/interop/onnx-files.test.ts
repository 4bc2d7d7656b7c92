/** Files of PyTorch's exporter: what is read of them agrees with their figures to the last parameter and MAC. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { format } from '../../grammar/format'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { readOnnx } from '../../server/src/interop/from/onnx/index'
import { imported } from '../../server/src/interop/imported'
import type { NetworkGraph } from '../../server/src/model/graph'

interface Facts {
  readonly params: number
  readonly macs: number
  readonly outputs: readonly (readonly number[])[]
}

const FOLDER = new URL('onnx/', import.meta.url)
const FACTS = JSON.parse(readFileSync(new URL('facts.json', FOLDER), 'utf8')) as Readonly<
  Record<string, Facts>
>
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.onnx'))

/** How many lines the text may have. */
const MOST_LINES: Readonly<Record<string, number>> = {
  'resnet50_keep.onnx': 40,
  'densenet121_eval.onnx': 70,
  'efficientnet_b1_keep.onnx': 70,
  'mobilenet_v2_eval.onnx': 70,
  'vit_b_16_eval.onnx': 70,
  'fcn_resnet50_eval.onnx': 70,
}

function analyzed(text: string) {
  return analyze('model.cnn', memoryHost({ 'model.cnn': text }))
}

/** The layers that a network comes to, whatever blocks they stand in. */
function layersOf({ layers }: NetworkGraph): readonly string[] {
  return layers.map(
    ({ layer, outputs }) => `${layer.name} ${outputs.map(({ shape }) => shape.join('x')).join(' ')}`,
  )
}

it('knows the figures of every file', () => {
  expect(FILES.sort()).toEqual(Object.keys(FACTS).sort())
  expect(FILES.length).toBe(12)
})

describe.each(FILES)('%s', (file) => {
  const read = readOnnx(readFileSync(new URL(file, FOLDER)), { name: file.replace('.onnx', '') })
  const readable = imported(read)
  const flat = imported(read, { flat: true })

  it.each([
    ['readable', readable],
    ['flat', flat],
  ] as const)('agrees with its figures, %s', (_kind, { text }) => {
    const { problems, networks, expectations } = analyzed(text)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const [network] = networks
    const { params, macs, outputs } = FACTS[file] as Facts
    expect(network?.totals).toMatchObject({ params, macs })
    expect(network?.outputs.map(({ tensor }) => tensor?.shape)).toEqual(outputs)
    expect(expectations.every(({ holds }) => holds)).toBe(true)
    expect(format(text)).toBe(text)
  })

  it('makes the same layers with blocks as without', () => {
    const [network] = analyzed(readable.text).networks
    const [other] = analyzed(flat.text).networks
    expect(layersOf(network as NetworkGraph)).toEqual(layersOf(other as NetworkGraph))
  })

  it('is short, and no block is there twice', () => {
    const { text } = readable
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES[file] ?? 80)
    const bodies = text.split(/^block \w+/m).slice(1)
    expect(new Set(bodies).size).toBe(bodies.length)
  })
})
