/** The options of layers by place: which ones they are, and that they mean the same as by name. */
import { describe, expect, it } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { isRequired } from '../../server/src/layers/declare'
import type { LayerNode } from '../../server/src/model/graph'
import type { AnyLayer, OptionSpec } from '../../server/src/model/layer'
import { applyEdits } from '../../server/src/model/problem'
import { showOption } from '../../server/src/model/show-call'
import { analyzed } from '../helpers/problems'

const withOptions = LAYERS.filter(({ options }) => Object.keys(options).length > 0)

describe('the options by place', () => {
  it.each(withOptions.map((layer) => [layer.name, layer] as const))(
    'of %s are its first ones, and those that must be given are among them',
    (_, { options, byPlace }) => {
      expect(Object.keys(options).slice(0, byPlace.length)).toEqual(byPlace)
      const required = Object.keys(options).filter((name) => isRequired(options[name] as OptionSpec))
      expect(required.filter((name) => !byPlace.includes(name))).toEqual([])
    },
  )

  it.each(withOptions.map((layer) => [layer.name, layer] as const))(
    'of %s never count axes in one number, and switch nothing',
    (_, { options, byPlace }) => {
      const types = byPlace.map((name) => options[name] as OptionSpec)
      expect(types.filter(({ countsAxes, type }) => countsAxes && type.kind !== 'ints')).toEqual([])
      expect(types.filter(({ type }) => type.kind === 'bool' || type.kind === 'word')).toEqual([])
    },
  )
})

/** What PyTorch, ONNX and Caffe call options that count axes, the batch among them. */
const WITH_BATCH = ['dim', 'dims', 'axes', 'concat_dim', 'slice_dim', 'start_dim', 'end_dim']

it('options that other frameworks count with the batch say that they count axes', () => {
  const found = LAYERS.flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, { foreign, countsAxes }]) =>
      foreign.some((each) => WITH_BATCH.includes(each.name))
        ? [[`${name} ${option}`, countsAxes] as const]
        : [],
    ),
  )
  expect(found.length).toBeGreaterThan(5)
  expect(found.filter(([, countsAxes]) => countsAxes !== true)).toEqual([])
})

/** The last application of a layer in its example, with the text of each option that it has. */
function application(layer: AnyLayer) {
  const { analysis } = analyzed(`${layer.example}\n`)
  const node = analysis.networks[0]?.layers.findLast((each) => each.layer === layer)
  if (node === undefined) throw new Error(`The example of ${layer.name} does not apply it.`)
  const texts = Object.entries(layer.options).flatMap(([name, spec]) => {
    const given = node.written.options.find(({ option }) => option === name)?.argument.value
    const text = given
      ? analysis.file.text.slice(given.start, given.end)
      : showOption(spec, node.options[name])
    return text === undefined ? [] : [[name, text] as const]
  })
  return { text: analysis.file.text, node, texts }
}

/** The layer of the example with these arguments in place of its options. */
function applied({ text, node }: ReturnType<typeof application>, args: readonly string[]): LayerNode {
  const { site } = node
  const tensors =
    site.kind === 'call'
      ? site.args
          .filter((each) => !node.written.options.some(({ argument }) => argument === each))
          .map(({ start, end }) => text.slice(start, end))
      : []
  const call = `${node.layer.name}(${[...tensors, ...args].join(', ')})`
  const { analysis } = analyzed(applyEdits(text, [{ start: site.start, end: site.end, text: call }]))
  expect(analysis.problems).toEqual([])
  return analysis.networks[0]?.layers.findLast(({ layer }) => layer === node.layer) as LayerNode
}

const meaning = ({ options, outputs, params, fixed, macs }: LayerNode) => ({
  ...{ options, params, fixed, macs },
  shapes: outputs.map(({ shape }) => shape),
})

describe('a call with all options by name, and one with the essential ones by place, are the same', () => {
  it.each(withOptions.map((layer) => [layer.name, layer] as const))('%s', (_, layer) => {
    const example = application(layer)
    const byName = example.texts.map(([name, text]) => `${name}=${text}`)
    const placed = new Map(example.texts)
    const first = layer.byPlace.map((name) => placed.get(name))
    // An option that is left out of the example has no value that could stand at its place.
    const count = first.includes(undefined) ? first.indexOf(undefined) : first.length
    const byPlace = example.texts.map(([name, text]) =>
      layer.byPlace.indexOf(name) >= 0 && layer.byPlace.indexOf(name) < count ? text : `${name}=${text}`,
    )
    const expected = meaning(example.node)
    expect(meaning(applied(example, byName))).toEqual(expected)
    expect(meaning(applied(example, byPlace))).toEqual(expected)
    expect(meaning(applied(example, byName.toReversed()))).toEqual(expected)
  })
})

describe('PyTorch’s order of arguments', () => {
  it.each(
    withOptions.flatMap(({ name, pytorch, options }) => (pytorch ? [[name, pytorch, options] as const] : [])),
  )(
    'of %s names options, and sizes of the input that no option is called',
    (_, { order, inputSizes = {} }, options) => {
      const known = { ...options, ...inputSizes }
      expect(order.some((name) => Object.hasOwn(known, name))).toBe(true)
      for (const name of Object.keys(inputSizes)) {
        expect(order).toContain(name)
        const foreign = Object.values(options).flatMap((spec) => spec.foreign.map((each) => each.name))
        expect([...Object.keys(options), ...foreign]).not.toContain(name)
      }
    },
  )
})
