/**
 * Models that a real PyTorch runs: parameters, multiply–accumulates and the output of every module are those that it
 * counts itself. Without Python and PyTorch the tests are skipped by name.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { parseDump } from '../../server/src/interop/from/pytorch/dump'
import { readPyTorch } from '../../server/src/interop/from/pytorch/index'
import type { Operation } from '../../server/src/interop/graph/graph'
import { imported } from '../../server/src/interop/imported'
import { IS_QUICK } from '../helpers/sample'
import { hasPyTorch, PYTHON, RECORDER } from './python'

const FOLDER = join(import.meta.dirname, 'pytorch')

/** Of `models.py`, in the styles that people write. */
const HAND_WRITTEN = [
  'Functional',
  'UNet',
  'Siamese',
  'Tagger',
  'LastStep',
  'ChannelAttention',
  'Chunks',
  'Volume',
  'Temporal',
  'Attention',
  'HandMadeAttention',
  'Pyramid',
  'Words',
  'Generator',
  'CifarResNet',
]

/** Of torchvision, at sizes that keep the run short. */
const TORCHVISION = [
  ...['alexnet', 'vgg11_bn', 'resnet18', 'resnet50', 'resnext50_32x4d', 'wide_resnet50_2'],
  ...['densenet121', 'googlenet', 'squeezenet1_0', 'squeezenet1_1', 'mobilenet_v2', 'mobilenet_v3_small'],
  ...['mobilenet_v3_large', 'mnasnet1_0', 'shufflenet_v2_x1_0', 'efficientnet_b0', 'efficientnet_v2_s'],
  ...['regnet_y_400mf', 'regnet_x_800mf', 'convnext_tiny'],
].map((name) => `torchvision.models:${name}@1x3x64x64`)

// swin_v2_t is not among them: it runs layers on a constant table, whose weights are not counted here.
const OTHERS = [
  'torchvision.models:inception_v3@1x3x139x139',
  'torchvision.models:vit_b_32@1x3x224x224',
  'torchvision.models:swin_t@1x3x112x112',
  'torchvision.models.video:r3d_18@1x3x8x64x64',
  'torchvision.models.video:mc3_18@1x3x8x64x64',
  'torchvision.models.video:r2plus1d_18@1x3x8x64x64',
  'torchvision.models.segmentation:lraspp_mobilenet_v3_large@1x3x64x64',
  'torchvision.models.detection.backbone_utils:resnet_fpn_backbone@1x3x64x64',
]

interface Truth {
  readonly name: string
  readonly dump: unknown
  readonly params: number
  readonly macs: number
  /** The outputs of each module, one for each call, batch included; null for what is no single tensor. */
  readonly modules: Readonly<Record<string, readonly (readonly number[] | null)[]>>
}

function truths(models: readonly string[]): readonly Truth[] {
  if (!hasPyTorch) return []
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(FOLDER, 'truth.py'), RECORDER, ...models], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Truth)
}

/** In a quick run the hand-written ones alone. */
const MODELS = IS_QUICK ? HAND_WRITTEN : [...HAND_WRITTEN, ...TORCHVISION, ...OTHERS]
const TRUTHS = new Map(truths(MODELS).map((truth) => [truth.name, truth]))

describe.skipIf(!hasPyTorch)('as PyTorch counts', () => {
  it.each(MODELS.map((model) => model.split('@')[0] as string))('%s', (name) => {
    const { dump, params, macs, modules } = TRUTHS.get(name) as Truth
    const graph = readPyTorch(parseDump(JSON.stringify(dump)), 'model')
    // What was read, layer of torch.nn by layer: the last operation that a call became makes its output.
    const layers = graph.operations.filter((operation, i) => {
      const next = graph.operations[i + 1]
      return isLayer(operation) && (next === undefined || moduleOf(next) !== moduleOf(operation))
    })
    const differing = layers.flatMap((operation) => {
      const shape = operation.outputs[0]?.shape
      const truths = modules[moduleOf(operation)]
      const known = truths?.some((truth) => truth === null || (shape !== undefined && holds(truth, shape)))
      return known ? [] : [[moduleOf(operation), shape]]
    })
    expect(layers.length).toBeGreaterThan(0)
    expect(differing).toEqual([])
    for (const flat of [true, false]) {
      const { text } = imported(graph, { flat })
      const { networks, problems } = analyze('model.cnn', memoryHost({ 'model.cnn': text }))
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(networks[0]?.totals).toMatchObject({ params, macs: macs / batchOf(dump) })
    }
  })
})

/** Whether an operation is of a layer of torch.nn, not of a function. */
function isLayer({ called, path }: Operation): boolean {
  return path.length > 0 && !called.includes('.') && !called.startsWith('_')
}

function moduleOf({ path }: Operation): string {
  return path.map((step) => step.name).join('.')
}

/** How many images the model ran on. */
function batchOf(dump: unknown): number {
  const { inputs, tensors } = parseDump(JSON.stringify(dump))
  const shape = tensors[inputs[0]?.tensor ?? 0]?.shape ?? []
  return shape.length > 1 ? (shape[0] as number) : 1
}

/** Whether a shape for one image is that of a tensor with its batch, wherever the batch stands. */
function holds(withBatch: readonly number[], shape: readonly number[]): boolean {
  const count = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1)
  return count(shape) * Math.max(1, Math.round(count(withBatch) / count(shape))) === count(withBatch)
}
