/** Models of other frameworks on the command line. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

const ONNX = join(import.meta.dirname, '../interop/onnx')

it('a model in the place of a command is checked', async () => {
  const { status, out } = await cli([join(ONNX, 'resnet18_eval.onnx')])
  expect(status).toBe(0)
  expect(out).toContain('resnet18_eval  3×224×224 → 1000')
  expect(out).toContain('11.7M params · 1.81 GMACs (3.63 GFLOPs)')
})

it('a file in the place of a command is checked', async () => {
  expect(await cli(['lenet.cnn'])).toMatchObject({ status: 0, out: 'No problems in 1 file\n' })
})

it('is summarised as the network that it is read as', async () => {
  const { status, out } = await cli(['summary', join(ONNX, 'resnet18_eval.onnx'), '--format', 'json'])
  expect(status).toBe(0)
  const { networks } = JSON.parse(out) as { networks: { params: number; macs: number }[] }
  expect(networks[0]).toMatchObject({ params: 11_684_712, macs: 1_814_073_344 })
})

it('is written as a network', async () => {
  const { status, out } = await cli(['import', join(ONNX, 'resnet18_eval.onnx'), '--name', 'ResNet18'])
  expect(status).toBe(0)
  expect(out).toContain('network ResNet18 {')
  expect(out).toContain('expect params == 11_684_712')
})

it.each([
  [['check', 'nothing.onnx'], "cannot read 'nothing.onnx'"],
  [['check', join(ONNX, 'README.md'), join(ONNX, 'resnet18_eval.onnx')], 'are checked without other files'],
  [['check', '--fix', join(ONNX, 'resnet18_eval.onnx')], 'models are never changed'],
  [['import', join(ONNX, 'facts.json')], 'is no dump of a PyTorch model'],
  [['rule'], "did you mean 'rules'?"],
  [['server'], "did you mean 'lsp'?"],
])('%j is told what is wrong', async (args, message) => {
  const { status, err } = await cli(args)
  expect(status).toBe(2)
  expect(err).toContain(message)
})

it('an input may have a batch in front, and need no name', async () => {
  const file = 'lenet.cnn'
  const { out, err } = await cli(['summary', file, '--input', '1x1x64x64', '--format', 'json'])
  const { networks } = JSON.parse(out) as { networks: { inputs: { shape: number[] }[] }[] }
  expect(networks[0]?.inputs[0]?.shape).toEqual([1, 64, 64])
  expect(err).toContain('read as a batch of 1')
})
