/** Layers that give their input back as it is, by their options or by the shape that comes in. */

import type { Analysis } from '../../check/analysis'
import { isLiteral } from '../../fixes/call-text'
import type { LayerNode } from '../../model/graph'
import { type Shape, sameShape } from '../../model/shape'
import { givenOption } from '../../model/written'
import { isSinglePosition } from './single-position'

interface Unchanging {
  readonly holds: (node: LayerNode) => boolean
  /** Why it changes nothing where that holds. */
  readonly why: string
  /**
   * The options that make it so. Only where they are written as numbers is it meant for every call: a value that
   * a parameter or a tensor's size brings is another elsewhere.
   */
  readonly options?: readonly string[]
  /** It holds for this input: layers in an imported file meet others. */
  readonly byShape?: true
  /** It brings a map of any size to a given one, so that at other sizes it works. */
  readonly adapts?: true
  /** The layers that take several tensors, and are given a list of one. */
  readonly listed?: true
}

const WINDOW: Unchanging = {
  holds: ({ options }) => areAll(options.kernel, 1) && areAll(options.stride, 1),
  why: 'a window of one position that moves by one returns each value',
  options: ['kernel', 'stride'],
}

const DROPPING: Unchanging = {
  holds: ({ options }) => options.rate === 0,
  why: 'at rate 0 nothing is dropped',
  options: ['rate'],
}

const ADAPTING: Unchanging = {
  holds: keepsShape,
  why: 'the map has this size already',
  byShape: true,
  adapts: true,
}

/** Pooling of a single position is a finding of its own. */
const ADAPTIVE_POOLING: Unchanging = {
  ...ADAPTING,
  holds: (node) => keepsShape(node) && !isSinglePosition(node.inputs[0]),
}

const MERGING: Unchanging = {
  holds: ({ inputs }) => inputs.length === 1,
  why: 'there is nothing that one tensor could be merged with',
  listed: true,
}

export const UNCHANGING: Readonly<Record<string, Unchanging>> = {
  adaptive_avgpool: ADAPTIVE_POOLING,
  adaptive_maxpool: ADAPTIVE_POOLING,
  add: MERGING,
  avgpool: WINDOW,
  center_crop: ADAPTING,
  channel_shuffle: {
    holds: ({ options, inputs }) => options.groups === 1 || options.groups === inputs[0]?.shape[0],
    why: 'one group, or one channel a group, leaves the channels in their order',
    options: ['groups'],
  },
  concat: MERGING,
  crop: ADAPTING,
  drop_path: DROPPING,
  dropblock: DROPPING,
  dropout: DROPPING,
  identity: {
    // As a value (`act: layer = identity`) it says that nothing is to be done, which is what it is for.
    holds: ({ applied, site }) => applied === site,
    why: 'a flow goes on without it',
  },
  leaky_relu: {
    holds: ({ options }) => options.slope === 1,
    why: 'with slope 1 it is x on both sides of 0',
    options: ['slope'],
  },
  maximum: MERGING,
  maxout: {
    holds: ({ options }) => options.pieces === 1,
    why: 'the largest of one channel is that channel',
    options: ['pieces'],
  },
  maxpool: WINDOW,
  mul: MERGING,
  pad: {
    holds: ({ options }) => areAll(options.amounts, 0),
    why: 'nothing is added on any side',
    options: ['amounts'],
  },
  permute: {
    holds: ({ options }) => (options.order as readonly number[]).every((axis, i) => axis === i),
    why: 'the axes stay in their order',
    options: ['order'],
  },
  pixel_shuffle: {
    holds: ({ options }) => options.factor === 1,
    why: 'one channel becomes a square of one position',
    options: ['factor'],
  },
  reshape: {
    holds: keepsShape,
    why: 'the tensor has this shape already',
    options: ['shape'],
    byShape: true,
  },
  resize: ADAPTING,
  slice: {
    holds: keepsShape,
    why: 'the slice is the whole axis',
    options: ['start', 'stop'],
    byShape: true,
  },
  space_to_depth: {
    holds: ({ options }) => options.block === 1,
    why: 'a square of one position becomes one channel',
    options: ['block'],
  },
  split: {
    holds: ({ outputs }) => outputs.length === 1,
    why: 'the one part is the whole tensor',
    options: ['parts'],
  },
  sub: MERGING,
  upsample: {
    holds: ({ options }) => areAll(options.scale, 1),
    why: 'with factor 1 every position is kept once',
    options: ['scale'],
  },
}

/** Why an application gives its input back as it is; undefined where it does not, or where it may elsewhere. */
export function whyUnchanged(analysis: Analysis, node: LayerNode, adapting = false): string | undefined {
  const known = UNCHANGING[node.layer.name]
  if (known === undefined || (known.adapts && !adapting) || !known.holds(node)) return undefined
  if (known.byShape && node.file !== analysis.uri) return undefined
  if (known.listed && !isListOfOne(node)) return undefined
  const isWritten = (known.options ?? []).every((option) => {
    const given = givenOption(node.written, option)
    return given === undefined || isLiteral(given.argument.value)
  })
  return isWritten ? known.why : undefined
}

/** Whether the tensor is written as a list of one: a list that a name or a loop brings is longer elsewhere. */
function isListOfOne({ givenTensors: [only] }: LayerNode): boolean {
  const text = only?.kind === 'argument' ? only.argument.value : only?.before
  return text?.kind === 'list' && text.items.length === 1
}

function keepsShape({ inputs, outputs }: LayerNode): boolean {
  return sameShape(inputs[0]?.shape as Shape, outputs[0]?.shape as Shape)
}

function areAll(values: unknown, wanted: number): boolean {
  return (values as readonly number[]).every((value) => value === wanted)
}
