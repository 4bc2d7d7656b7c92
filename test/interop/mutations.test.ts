/** Reading is total: a file that was damaged ends in a clear error, or in a network whose text parses. */
import { readFileSync } from 'node:fs'
import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import { readOnnx } from '../../server/src/interop/from/onnx/index'
import { parseDump } from '../../server/src/interop/from/pytorch/dump'
import { ImportError } from '../../server/src/interop/graph/import-error'
import { imported } from '../../server/src/interop/imported'
import { type Graph, type Model, ModelSchema } from '../../server/src/interop/onnx/onnx_pb'
import { IS_QUICK } from '../helpers/sample'

const COUNT = IS_QUICK ? 40 : 200

/** Numbers from 0 on below a limit, the same ones in every run (Lehmer 1951). */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 0x7fffffff
    return state % below
  }
}

function load(name: string): Uint8Array {
  return readFileSync(new URL(`onnx/${name}.onnx`, import.meta.url))
}

/** The text of what was read, or undefined where it was refused. @throws anything but a clear refusal */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return imported(readOnnx(bytes, { name: 'damaged' })).text
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    expect(error.message).toMatch(/\w{3,}.*\.$/s)
    return undefined
  }
}

it('bytes that were changed or cut off', () => {
  const next = random(11)
  const whole = load('resnet18_eval')
  for (let i = 0; i < COUNT; i++) {
    const bytes = Uint8Array.from(i % 4 === 0 ? whole.subarray(0, next(whole.length)) : whole)
    if (i % 4 !== 0) bytes[next(bytes.length)] = next(256)
    const text = textOf(bytes)
    if (text !== undefined) expect(parse(text).problems).toEqual([])
  }
})

/** One change of what a model says: numbers of attributes, sizes of weights, what nodes read, nodes themselves. */
function damage(model: Model, next: (below: number) => number): void {
  const { node: nodes, initializer, input } = model.graph as Graph
  const node = nodes[next(nodes.length)]
  const attribute = node?.attribute[next(Math.max(1, node.attribute.length))]
  const wild = BigInt([0, 1, 2, -1, 3, 1_000_000, -7, 64][next(8)] as number)
  switch (next(7)) {
    case 0:
      if (attribute !== undefined) attribute.ints = attribute.ints.map(() => wild)
      break
    case 1:
      if (attribute !== undefined) attribute.i = wild
      break
    case 2: {
      const weight = initializer[next(initializer.length)]
      if (weight !== undefined) weight.dims = weight.dims.slice(next(2)).map((dim) => (next(2) ? wild : dim))
      break
    }
    case 3:
      if (node !== undefined) node.input = node.input.toReversed()
      break
    case 4:
      nodes.splice(next(nodes.length), 1)
      break
    case 5:
      if (node !== undefined) node.opType = nodes[next(nodes.length)]?.opType ?? ''
      break
    default: {
      const dimension = input[0]?.type?.tensorType?.shape?.dim[next(4)]
      if (dimension !== undefined) dimension.dimValue = wild
    }
  }
}

it.each(['resnet18_eval', 'squeezenet1_1_eval', 'vgg11_bn_train'])('what %s says was changed', (name) => {
  const next = random(23)
  const bytes = load(name)
  let read = 0
  for (let i = 0; i < COUNT / 5; i++) {
    const model = fromBinary(ModelSchema, bytes)
    damage(model, next)
    const text = textOf(toBinary(ModelSchema, model))
    if (text === undefined) continue
    read++
    expect(parse(text).problems).toEqual([])
  }
  expect(read).toBeGreaterThan(0)
})

it.each([
  ['nothing', '', /no dump/],
  ['something else', '{}', /no dump/],
  ['another version', '{"format":"cnnlint-pytorch","version":99}', /version 99/],
  ['a part of one', '{"format":"cnnlint-pytorch","version":1}', /not whole/],
  ['what the script refused', '{"format":"cnnlint-pytorch","version":1,"refused":"no torch"}', /No torch/],
])('a dump that is %s', (_, text, message) => {
  expect(() => parseDump(text)).toThrow(message)
})
