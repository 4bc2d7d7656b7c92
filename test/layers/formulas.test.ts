/** What the pages state by formulas, computed from the text of the formula, against what the layers infer. */
import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import type { LayerNode } from '../../server/src/model/graph'
import type { AnyLayer } from '../../server/src/model/layer'
import { measureField } from '../../server/src/model/measure-field'
import { inputField, transformField, transformFor } from '../../server/src/model/receptive-field'
import type { Shape } from '../../server/src/model/shape'
import { type AppliedLayer, choose, numberOf, shapesOf, windowSeen } from '../helpers/formula'
import { analyzed } from '../helpers/problems'
import { type LayerRow, type OperationRow, rowsOf } from '../oracle/rows'
import { apply, inferred, scalars } from './apply'
import { ROWS } from './rows'
import { ARRANGING } from './rows-of-arranging'
import { IN_WORDS } from './shapes-in-words'

/** An application, and what its layer infers of it. */
interface Case extends AppliedLayer {
  readonly call: string
  readonly params: number
  readonly macs: number
  readonly field: LayerNode['field']
}

function ofNode(node: LayerNode): Case {
  const { layer, options, field, weights } = node
  return {
    call: layer.name,
    layer,
    options,
    inputs: node.inputs.map(({ shape }) => shape),
    outputs: node.outputs.map(({ shape }) => shape),
    params: scalars({ shapes: [], weights }),
    macs: node.macs / Math.max(...node.outputs.map(({ items }) => items)),
    field,
    before: madeOf(node),
  }
}

/** What the layer was given that made the second tensor. */
function madeOf({ inputs }: LayerNode): Shape | undefined {
  const source = inputs[1]?.source
  return source?.kind === 'layer' ? source.inputs[0]?.shape : undefined
}

/** Every application in a text. */
function inText(text: string): readonly Case[] {
  return analyzed(text).analysis.networks.flatMap(({ layers }) => layers.map(ofNode))
}

function inRow(call: string, shapes: readonly Shape[]): Case {
  const { layer, call: made, result } = apply(call, ...shapes)
  const { shapes: outputs, macs = 0, field, weights = [] } = inferred({ layer, call: made, result })
  const params = scalars({ shapes: [], weights })
  return {
    call,
    layer: layer as AnyLayer,
    options: made.options,
    inputs: shapes,
    outputs,
    params,
    macs,
    field,
  }
}

const CASES: readonly Case[] = [
  ...LAYERS.flatMap(({ example }) => inText(`${example}\n`)),
  ...Object.values({ ...ROWS, ...ARRANGING }).flatMap((rows) =>
    rows.map(([call, shapes]) => inRow(call, shapes)),
  ),
  ...['layers.jsonl', 'edges.jsonl'].flatMap((file) =>
    rowsOf<LayerRow>(file).flatMap(({ layer, in: shape, out }) =>
      out === null
        ? []
        : inText(`network Row {\n  input x: [${shape.join(', ')}]\n  output y = x -> ${layer}\n}\n`),
    ),
  ),
  ...rowsOf<OperationRow>('operations.jsonl').flatMap(({ layer, in: shapes, out }) => {
    const inputs = shapes.map((shape, i) => `  input ${'abc'[i]}: [${shape.join(', ')}]\n`).join('')
    return out === null ? [] : inText(`network Row {\n${inputs}  output y = ${layer}\n}\n`)
  }),
]

const EACH = LAYERS.map((layer) => [layer.name, layer] as const)

function casesOf(layer: AnyLayer): readonly Case[] {
  const cases = CASES.filter((one) => one.layer.name === layer.name)
  expect(cases.length).toBeGreaterThan(0)
  return cases
}

function told({ call, inputs }: Case): string {
  return `${call} on ${JSON.stringify(inputs)}`
}

describe('the output', () => {
  test.each(EACH)('of %s is what its page states', (_, layer) => {
    for (const one of casesOf(layer)) {
      expect([told(one), outputsStated(layer.output, one)]).toEqual([told(one), one.outputs])
    }
  })
})

/** By the words as a whole, by the formula, or by the words of the alternative that holds. */
function outputsStated(text: string, applied: AppliedLayer): readonly Shape[] {
  const shapes =
    IN_WORDS[text]?.(applied) ?? shapesOf(text, applied) ?? IN_WORDS[choose(text, applied)]?.(applied)
  if (shapes === undefined) throw new Error(`what shape "${text}" is cannot be computed`)
  return shapes
}

describe('parameters and MACs', () => {
  test.each(EACH)('of %s are what its page states', (_, { parameters = 'none', macs = 'none', ...layer }) => {
    for (const one of casesOf(layer as AnyLayer)) {
      const stated = { params: numberOf(parameters, one), macs: numberOf(macs, one) }
      expect([told(one), stated]).toEqual([told(one), { params: one.params, macs: one.macs }])
    }
  })
})

/** Size and effective stride of what the output sees of the first tensor; undefined where that has no spatial axes. */
function measuredOf({ inputs, outputs, field }: Case) {
  const [x, y] = [inputs[0] as Shape, outputs[0] as Shape]
  const own = inputField(x)
  if (own === null) return undefined
  const seen = transformField(own, transformFor(field, 0, 0), x, y)
  return seen === null ? undefined : measureField(seen, y)
}

const WINDOWS = EACH.filter(([, { sees }]) => sees?.startsWith('a window of'))

describe('the receptive field', () => {
  test.each(WINDOWS)('of %s is the window that its page states', (_, layer) => {
    for (const one of casesOf(layer)) {
      const stated = windowSeen(layer.sees as string, one)
      const measured = measuredOf(one)
      if (measured === undefined || measured === 'global' || stated === undefined) continue
      for (const [axis, size] of stated.sizes.entries()) {
        const [seen, stride] = [measured.size[axis], measured.stride[axis]]
        // What the page bounds may be less, or everything.
        if (stated.isBound && (seen === null || (seen as number) <= size)) continue
        expect([told(one), axis, seen]).toEqual([told(one), axis, size])
        // Where one window is all there is, it does not move.
        const moves = (one.outputs[0] as Shape)[axis + 1] !== 1 && stride !== null
        if (stated.strides && moves)
          expect([told(one), axis, stride]).toEqual([told(one), axis, stated.strides[axis]])
      }
    }
  })

  const beginning = (words: RegExp) =>
    EACH.filter(([, { sees = 'the value at its own place' }]) => words.test(sees))

  const OWN_PLACE = beginning(/^(the value at )?its own place|^the (mirrored|one) place|^one position/)
  const EVERYTHING = beginning(/^everything|^all |^its own step|^its row/)
  const OTHERS = ['max_unpool', 'parameter']

  test('is told of every layer in words that are checked', () => {
    const checked = [...WINDOWS, ...OWN_PLACE, ...EVERYTHING].map(([name]) => name)
    expect([...checked, ...OTHERS].sort()).toEqual(LAYERS.map(({ name }) => name))
  })

  test.each(OWN_PLACE)('of %s is its own place in the example', (_, layer) => {
    const [one] = inText(`${layer.example}\n`).filter((each) => each.layer === layer)
    const measured = measuredOf(one as Case)
    const sizes = measured === 'global' || measured === undefined ? measured : measured.size
    expect(sizes ?? 'no spatial axis').toEqual(
      (one as Case).inputs[0]?.length === 1
        ? 'no spatial axis'
        : (one as Case).inputs[0]?.slice(1).map(() => 1),
    )
  })

  test.each(EVERYTHING)('of %s is everything in the example', (_, layer) => {
    const [one] = inText(`${layer.example}\n`).filter((each) => each.layer === layer)
    expect(measuredOf(one as Case) ?? 'global').toBe('global')
  })
})
