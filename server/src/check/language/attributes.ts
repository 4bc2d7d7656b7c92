import type { TensorValue, Value } from '../../model/graph'
import type { SeenField } from '../../model/measure-field'
import { type Inputs, receptiveField, seenField } from '../../model/seen'
import { axisNames } from '../../model/shape'
import { UNKNOWN } from '../../model/value'

/** The inputs of the graph that the tensor is in. */
interface TensorAttribute {
  readonly documentation: string
  /** Undefined where the tensor has no such attribute. */
  readonly value: (tensor: TensorValue, graph: Inputs) => Value | undefined
}

function axis(name: string, documentation: string): TensorAttribute {
  return {
    documentation,
    value: ({ tensor: { shape } }) => {
      const at = axisNames(shape.length - 1).indexOf(name)
      return at < 0 ? undefined : shape[at + 1]
    },
  }
}

/** The attributes of tensors, as documentation and completion list them. */
export const ATTRIBUTES: Readonly<Record<string, TensorAttribute>> = {
  channels: { documentation: 'the number of channels', value: ({ tensor }) => tensor.shape[0] },
  depth: axis('depth', 'the size of the first of three spatial axes'),
  fixed: {
    documentation: 'weights that are not trained, from its flow’s first tensor to here',
    value: ({ measure }) => measure?.fixed ?? UNKNOWN,
  },
  height: axis('height', 'the size of the vertical axis'),
  items: { documentation: 'how many of it there are for one image', value: ({ tensor }) => tensor.items },
  length: axis('length', 'the size of the one spatial axis'),
  macs: {
    documentation: 'multiply–accumulates from its flow’s first tensor to here',
    value: ({ measure }) => measure?.macs ?? UNKNOWN,
  },
  params: {
    documentation: 'trainable parameters from its flow’s first tensor to here',
    value: ({ measure }) => measure?.params ?? UNKNOWN,
  },
  rank: {
    documentation: 'the number of axes, channels included',
    value: ({ tensor }) => tensor.shape.length,
  },
  rf: {
    documentation:
      'the receptive field, borders aside: one integer when all axes agree, else a list; "global" when it is everything',
    value: ({ tensor }, graph) => fieldValue(receptiveField(tensor, graph), ({ size }) => size),
  },
  seen: {
    documentation:
      'what the borders of this input leave of the receptive field: the most pixels, from the first to the last, that change one value; one integer when all axes agree, else a list',
    value: ({ tensor }, graph) => fieldValue<SeenField>(seenField(tensor, graph), ({ seen }) => seen),
  },
  shape: { documentation: '`[C, spatial…]`, without a batch', value: ({ tensor }) => tensor.shape },
  spatial: { documentation: 'the sizes of the spatial axes', value: ({ tensor }) => tensor.shape.slice(1) },
  stride: {
    documentation: 'the effective stride: how many input pixels one step moves by',
    value: ({ tensor }, graph) => fieldValue(receptiveField(tensor, graph), ({ stride }) => stride),
  },
  width: axis('width', 'the size of the horizontal axis'),
}

/** A part of a receptive field: one value when all axes agree, else a list. */
function fieldValue<Field extends object>(
  field: Field | 'global' | null,
  part: (field: Field) => readonly Value[],
): Value {
  if (field === null || field === 'global') return field
  const values = part(field)
  return values.every((value) => value === values[0]) ? (values[0] as Value) : values
}
