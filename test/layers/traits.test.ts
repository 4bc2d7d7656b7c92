/** What a declaration says of itself against what it infers; PyTorch’s layers are compared in `oracle/kinds.test.ts`. */
import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { isIdentity } from '../../server/src/layers/traits'
import type { LayerNode } from '../../server/src/model/graph'
import { type AnyLayer, isViolation } from '../../server/src/model/layer'
import { transformOf } from '../../server/src/model/seen'
import { product, type Shape, spatial } from '../../server/src/model/shape'
import type { Traits } from '../../server/src/model/traits'
import { analyzed } from '../helpers/problems'
import { apply, inferred, scalars } from './apply'

/** The applications of a layer in the example of its page. */
function applications(layer: AnyLayer): readonly LayerNode[] {
  const { analysis } = analyzed(`${layer.example}\n`)
  return analysis.networks.flatMap(({ layers }) => layers.filter((node) => node.layer === layer))
}

function sizeOf(tensors: readonly { readonly shape: Shape }[]): number {
  return tensors.reduce((sum, { shape }) => sum + product(shape), 0)
}

const having = (holds: (traits: Traits) => unknown) =>
  LAYERS.filter(({ traits }) => holds(traits)).map((layer) => [layer.name, layer] as const)

/** Calls of layers that need options, on a vector. */
const CALLS_ON_VECTORS: Readonly<Record<string, string>> = { embedding: 'embedding(9, 5)' }

test('every layer says what it is like', () => {
  const silent = LAYERS.filter(({ traits }) => traits?.range === undefined || traits.reads === undefined)
  expect(
    silent.map(({ name }) => `${name} has no traits: its declaration needs at least range and reads`),
  ).toEqual([])
})

test('activations are those of their category', () => {
  for (const { name, category, traits } of LAYERS) {
    expect([name, traits.activation === true]).toEqual([name, category === 'Activation'])
  }
})

describe('elementwise layers keep shape and place', () => {
  test.each(having(({ elementwise }) => elementwise))('%s', (_, layer) => {
    for (const node of applications(layer)) {
      const largest = node.inputs.toSorted((a, b) => product(b.shape) - product(a.shape))[0]
      expect(node.outputs.map(({ shape }) => shape)).toEqual([largest?.shape])
      for (const i of node.inputs.keys()) expect(transformOf(node, i).kind).toBe('pointwise')
    }
  })
})

describe('what makes rows or a signal of a vector', () => {
  test.each(having(({ makes }) => makes))('%s', (name, layer) => {
    expect(layer.traits.makes).toBe('rows')
    const shape = inferred(apply(CALLS_ON_VECTORS[name] ?? name, [7])).shapes[0]
    expect(shape?.[0]).toBe(7)
    expect(shape).toHaveLength(2)
  })
})

describe('layers that read each of their tensors alike', () => {
  test.each(having(({ readsEach }) => readsEach))('%s has several, and reads two axes', (_, layer) => {
    expect(layer.tensors.length).toBeGreaterThan(1)
    expect(['signal', 'rows']).toContain(layer.traits.reads)
  })
})

describe('layers that rearrange keep all values, and compute nothing', () => {
  test.each(having(({ rearranges }) => rearranges))('%s', (_, layer) => {
    for (const node of applications(layer)) {
      expect(sizeOf(node.outputs)).toBe(sizeOf(node.inputs))
      expect([node.weights, node.macs]).toEqual([[], 0])
    }
  })
})

describe('what acts in training only has no weights and keeps the shape', () => {
  test.each(having(({ training }) => training))('%s', (_, layer) => {
    for (const node of applications(layer)) {
      expect(node.outputs[0]?.shape).toEqual(node.inputs[0]?.shape)
      expect([node.weights, node.macs]).toEqual([[], 0])
    }
  })
})

describe('normalisations keep the shape', () => {
  test.each(having(({ normalises }) => normalises))('%s', (_, layer) => {
    expect(layer.category).toBe('Normalisation')
    for (const node of applications(layer)) expect(node.outputs[0]?.shape).toEqual(node.inputs[0]?.shape)
  })
})

describe('merges take several tensors and make one', () => {
  test.each(having(({ merges }) => merges))('%s', (_, { tensors, returnsList }) => {
    const least = tensors.reduce((sum, { rest, optional }) => sum + (rest?.min ?? (optional ? 0 : 1)), 0)
    expect(least).toBeGreaterThan(1)
    expect(returnsList).toBeUndefined()
  })
})

describe('windows grow with the kernel', () => {
  const CALLS: Readonly<Record<string, (kernel: number) => string>> = {
    avgpool: (k) => `avgpool(${k})`,
    conv: (k) => `conv(4, ${k})`,
    conv_lstm: (k) => `conv_lstm(4, ${k})`,
    conv_transpose: (k) => `conv_transpose(4, ${k}, stride=3)`,
    depthwise_conv: (k) => `depthwise_conv(${k})`,
    dynamic_conv: (k) => `dynamic_conv(${k})`,
    locally_connected: (k) => `locally_connected(4, ${k})`,
    maxpool: (k) => `maxpool(${k})`,
    separable_conv: (k) => `separable_conv(4, ${k})`,
    subsample: (k) => `subsample(${k})`,
  }
  test.each(having(({ window }) => window))('%s', (name, layer) => {
    expect(layer.options).toHaveProperty('kernel')
    const mapOf = (kernel: number) => {
      const call = CALLS[name]?.(kernel) ?? `${name} needs a call here`
      const { field } = inferred(apply(call, [4, 31], ...(name === 'dynamic_conv' ? [[240]] : [])))
      const [first] = [field].flat()
      return first?.kind === 'maps' ? first.maps[1] : undefined
    }
    if (layer.traits.window === 'slides') {
      expect(mapOf(3)).toMatchObject({ kind: 'window', kernel: 3 })
      expect(mapOf(5)).toMatchObject({ kind: 'window', kernel: 5 })
    } else {
      const taps = (kernel: number) => {
        const map = mapOf(kernel)
        return map?.kind === 'periodic' ? map.taps.flat().length : undefined
      }
      expect([taps(3), taps(5)]).toEqual([3, 5])
    }
  })
  // Offsets move the taps of the one; the other lays the values of a window side by side.
  const MOVED = ['deform_conv', 'unfold']
  test('and every layer with a kernel has one', () => {
    for (const { name, options, traits } of LAYERS.filter((layer) => !MOVED.includes(layer.name))) {
      expect([name, traits.window !== undefined]).toEqual([name, options.kernel !== undefined])
    }
  })
})

describe('enlarging, cutting and padding change the size as they say', () => {
  test.each(having(({ enlarges }) => enlarges))('%s enlarges', (_, layer) => {
    for (const { inputs, outputs } of applications(layer)) {
      const [before, after] = [inputs[0]?.shape ?? [], outputs[0]?.shape ?? []]
      expect(product(spatial(after))).toBeGreaterThan(product(spatial(before)))
    }
  })
  test.each(having(({ cuts }) => cuts))('%s cuts', (_, layer) => {
    for (const { inputs, outputs } of applications(layer)) {
      const [before, after] = [sizeOf(inputs.slice(0, 1)), sizeOf(outputs)]
      if (layer.traits.cuts === 'part') expect(after).toBeLessThan(before)
      else expect([after, outputs.length > 1]).toEqual([before, true])
    }
  })
  test.each(having(({ pads }) => pads))('%s pads', (_, layer) => {
    for (const { inputs, outputs } of applications(layer))
      expect(sizeOf(outputs)).toBeGreaterThan(sizeOf(inputs.slice(0, 1)))
  })
})

describe('poolings', () => {
  test.each(having(({ pools }) => pools))('%s', (_, { category, traits: { pools, window }, options }) => {
    expect(category).toBe('Pooling')
    expect(window !== undefined).toBe(pools?.over === 'windows')
    if (pools?.over === 'map') expect(options).toEqual({})
  })
})

describe('the width is the option that says it', () => {
  test.each(having(({ width }) => width))('%s', (_, layer) => {
    const { width = '', reads } = layer.traits
    for (const { options, outputs } of applications(layer)) {
      const shape = outputs[0]?.shape ?? []
      expect(options[width]).toBe(reads === 'rows' ? shape.at(-1) : shape[0])
    }
  })
})

describe('how a tensor of two axes is read decides the number of weights', () => {
  const CALLS: Readonly<Record<string, string>> = {
    conv: 'conv(4, 3)',
    conv_lstm: 'conv_lstm(4, 3)',
    conv_transpose: 'conv_transpose(4, 3)',
    depthwise_conv: 'depthwise_conv(3)',
    separable_conv: 'separable_conv(4, 3)',
    subsample: 'subsample(2)',
    locally_connected: 'locally_connected(4, 3)',
    groupnorm: 'groupnorm(2)',
    instancenorm: 'instancenorm(affine=true)',
    linear: 'linear(5)',
    lstm: 'lstm(5)',
    gru: 'gru(5)',
    bilstm: 'bilstm(5)',
    rbf: 'rbf(5)',
    attention: 'attention(2)',
    embedding: 'embedding(9, 5)',
  }
  const weighted = LAYERS.filter(
    ({ weighted, tensors, traits }) => weighted && tensors.length > 0 && traits.reads !== 'maps',
  )
  test.each(weighted.map((layer) => [layer.name, layer] as const))('%s', (name, { traits }) => {
    const weightsOf = (shape: Shape) => scalars(inferred(apply(CALLS[name] ?? name, shape)))
    const [own, wider, longer] = [weightsOf([6, 8]), weightsOf([12, 8]), weightsOf([6, 16])]
    const byFirst = wider > own
    const byLast = longer > own
    expect({ byFirst, byLast }).toEqual({
      byFirst: traits.reads === 'signal',
      byLast: traits.reads === 'rows' || traits.perPosition === true,
    })
  })
  test.each(having(({ reads }) => reads === 'maps'))(
    '%s takes no tensor of two axes',
    (name, { tensors }) => {
      const others = tensors.slice(1).map(() => [5, 4])
      const least = tensors[0]?.rest ? [[5, 4]] : others
      const option = ['anchors'].includes(name)
        ? '(2)'
        : /pool|align|warp/.test(name)
          ? '([2, 2])'
          : name === 'deform_conv'
            ? '(4, 3)'
            : ''
      expect(isViolation(apply(`${name}${option}`, [6, 8], ...least).result)).toBe(true)
    },
  )
})

describe('when a layer gives its tensor back as it is', () => {
  /** Calls that change nothing, and calls that change something, of a tensor of this shape. */
  const CASES: Readonly<Record<string, readonly (readonly [call: string, shape: Shape, holds: boolean])[]>> =
    {
      adaptive_avgpool: [
        ['adaptive_avgpool(5)', [4, 5, 5], true],
        ['adaptive_avgpool(4)', [4, 5, 5], false],
      ],
      affine: [
        ['affine', [4, 5], true],
        ['affine(2)', [4, 5], false],
        ['affine(1, 1)', [4, 5], false],
      ],
      divide: [['divide', [4, 5, 5], true]],
      power: [
        ['power(1)', [4, 5], true],
        ['power(2)', [4, 5], false],
      ],
      repeat: [
        ['repeat([1, 1])', [4, 5], true],
        ['repeat(2, axis=0)', [4, 5], false],
      ],
      roll: [
        ['roll(0, axis=1)', [4, 5], true],
        ['roll([0, 1], axis=[0, 1])', [4, 5], false],
      ],
      adaptive_maxpool: [
        ['adaptive_maxpool(5)', [4, 5, 5], true],
        ['adaptive_maxpool(4)', [4, 5, 5], false],
      ],
      add: [['add', [4, 5, 5], true]],
      avgpool: [
        ['avgpool(1)', [4, 5, 5], true],
        ['avgpool(1, stride=2)', [4, 5, 5], false],
        ['avgpool(3, stride=1, padding=1)', [4, 5, 5], false],
      ],
      center_crop: [
        ['center_crop(5)', [4, 5, 5], true],
        ['center_crop(4)', [4, 5, 5], false],
      ],
      channel_shuffle: [
        ['channel_shuffle(1)', [4, 5, 5], true],
        ['channel_shuffle(4)', [4, 5, 5], true],
        ['channel_shuffle(2)', [4, 5, 5], false],
      ],
      concat: [['concat', [4, 5, 5], true]],
      crop: [
        ['crop(5)', [4, 5, 5], true],
        ['crop(4)', [4, 5, 5], false],
      ],
      drop_path: [
        ['drop_path(0)', [4], true],
        ['drop_path(0.5)', [4], false],
      ],
      dropblock: [
        ['dropblock(0)', [4, 5, 5], true],
        ['dropblock(0.5)', [4, 5, 5], false],
      ],
      dropout: [
        ['dropout(0)', [4], true],
        ['dropout(0.5)', [4], false],
      ],
      flatten: [
        ['flatten', [20], true],
        ['flatten', [4, 5], false],
      ],
      global_avgpool: [
        ['global_avgpool', [4, 1, 1], true],
        ['global_avgpool', [4, 5, 5], false],
      ],
      global_maxpool: [
        ['global_maxpool', [4, 1, 1], true],
        ['global_maxpool', [4, 5, 5], false],
      ],
      identity: [['identity', [4, 5], true]],
      leaky_relu: [
        ['leaky_relu(1)', [4], true],
        ['leaky_relu', [4], false],
      ],
      maximum: [['maximum', [4, 5, 5], true]],
      maxout: [
        ['maxout(1)', [4, 5, 5], true],
        ['maxout(2)', [4, 5, 5], false],
      ],
      maxpool: [
        ['maxpool(1)', [4, 5, 5], true],
        ['maxpool(3, stride=1, padding=1)', [4, 5, 5], false],
      ],
      mul: [['mul', [4, 5, 5], true]],
      pad: [
        ['pad(0)', [4, 5, 5], true],
        ['pad([1, -1])', [4, 5], false],
      ],
      permute: [
        ['permute([0, 1, 2])', [4, 4, 4], true],
        ['permute([0, 2, 1])', [4, 4, 4], false],
      ],
      pixel_shuffle: [
        ['pixel_shuffle(1)', [4, 5, 5], true],
        ['pixel_shuffle(2)', [4, 5, 5], false],
      ],
      reshape: [
        ['reshape([4, -1])', [4, 5], true],
        ['reshape([5, 4])', [4, 5], false],
      ],
      resize: [
        ['resize(5)', [4, 5, 5], true],
        ['resize(7)', [4, 5, 5], false],
      ],
      slice: [
        ['slice(0, 4)', [4, 5, 5], true],
        ['slice(0, 3)', [4, 5, 5], false],
      ],
      space_to_depth: [
        ['space_to_depth(1)', [4, 6, 6], true],
        ['space_to_depth(2)', [4, 6, 6], false],
      ],
      split: [
        ['split(1)', [4, 5, 5], true],
        ['split(2)', [4, 5, 5], false],
      ],
      sub: [['sub', [4, 5, 5], true]],
      upsample: [
        ['upsample(1)', [4, 5, 5], true],
        ['upsample(2)', [4, 5, 5], false],
      ],
    }
  test('every layer that says when has calls here', () => {
    expect(Object.keys(CASES).sort()).toEqual(having(({ identity }) => identity).map(([name]) => name))
  })
  test.each(Object.values(CASES).flat())('%s of %j: %s', (text, shape, holds) => {
    const { layer, call, result } = apply(text, shape)
    if (isViolation(result)) throw new Error(`${text}: ${result.constraint.code}`)
    const outputs = result.shapes.map((each) => ({ shape: each }))
    expect(isIdentity({ layer, options: call.options, inputs: [{ shape }], outputs })).toBe(holds)
    if (holds) {
      expect(result.shapes).toEqual([shape])
      expect([result.weights ?? [], result.macs ?? 0]).toEqual([[], 0])
    }
  })
})
