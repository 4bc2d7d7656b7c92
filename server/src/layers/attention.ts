import { type AxisMap, SAME, WHOLE } from '../model/axis-map'
import type { Violation, Weight } from '../model/layer'
import type { FieldTransform } from '../model/receptive-field'
import { product, type Shape, sameShape, showShape } from '../model/shape'
import { channelsDoNotDivide } from './constraints/channels'
import { NEEDS_ROWS } from './constraints/ranks'
import { bias, withBias } from './convolution'
import { bool, constraint, int, layer, networkText } from './declare'
import { keras, pytorch, unlike } from './foreign'

interface AttendedData {
  readonly shape: Shape
  /** The tensor's parameter: `query`, `key` or `value`. */
  readonly name: string
  readonly batched: boolean
}

const needsSequence = constraint<AttendedData>({
  ...NEEDS_ROWS,
  example: networkText('x -> attention(8)', '[64, 14, 14]'),
  instead: networkText('x -> reshape([64, -1]) -> permute([1, 0]) -> attention(8)', '[64, 14, 14]'),
  text: 'The tensors have two axes, `[T, F]`: T rows of F features; more before them with `batched=true`.',
  words: ({ shape, name, batched }) => ({
    what: `the ${name} of an attention is ${showShape(shape)}`,
    why: `it reads ${batched ? 'rows [T, F] behind one axis or more' : 'rows [T, F]'}, and each row looks at all rows`,
    todo:
      shape.length === 1
        ? `reshape the vector to one row, reshape([1, ${shape[0]}])`
        : batched
          ? 'leave batched=true out'
          : `bring a map to rows first, reshape([${shape[0]}, -1]) -> permute([1, 0]); where the first axis counts windows that attend apart, batched=true`,
  }),
})

interface ApartData {
  readonly shapes: readonly Shape[]
  readonly tensor: number
  /** What differs from the tensor before: the axes before the rows, the rows, or the features. */
  readonly differs: 'batch' | 'rows' | 'features'
}

const attendedDiffer = constraint<ApartData>({
  code: 'attended-differ',
  title: 'Query, key and value that do not fit together',
  explanation:
    'Each row of `key` belongs to the row of `value` at the same place, so both have equally many rows. Axes before the rows are the same in all three tensors. With `projections=false` the query is compared with the keys as it is, so both have equally many features.',
  example: networkText('attention(x, z, w, 8)', '[49, 64]', '[100, 64]', '[90, 64]'),
  instead: networkText('attention(x, z, w, 8)', '[49, 64]', '[100, 64]', '[100, 64]'),
  text: '`key` and `value` have equally many rows; all agree in the axes before; with `projections=false` `query` and `key` have equally many features.',
  words: ({ shapes, tensor, differs }) => {
    const [a, b] = [shapes[differs === 'rows' ? 1 : 0] as Shape, shapes[tensor] as Shape]
    const pair = `${showShape(a)} and ${showShape(b)}`
    switch (differs) {
      case 'batch':
        return {
          what: `${pair} differ before their rows`,
          why: 'the sets of rows that attend to each other are as many in all tensors',
          todo: 'give all tensors the same axes before rows and features',
        }
      case 'rows':
        return {
          what: `the key ${showShape(a)} and the value ${showShape(b)} differ in their rows`,
          why: 'the weight of a row comes from its key and goes to its value',
          todo: 'make both from the same tensor',
        }
      case 'features':
        return {
          what: `the query ${showShape(a)} and the key ${showShape(b)} differ in their features`,
          why: 'without projections each query is multiplied with each key as they are',
          todo: 'project one of them first by linear, or leave projections=false out',
        }
    }
  },
})

export const attention = layer({
  name: 'attention',
  foreign: [
    ...pytorch('MultiheadAttention', {
      order: ['embed_dim', 'heads', 'dropout', 'bias', 'add_bias_kv', 'add_zero_attn', 'kdim', 'vdim'],
      args: {
        embed_dim: { inputSize: 'features' },
        kdim: { inputSize: 'features' },
        vdim: { inputSize: 'features' },
        batch_first: 'ignored',
      },
    }),
    ...keras('MultiHeadAttention', {
      order: ['heads', 'key_dim', 'value_dim', 'dropout', 'bias'],
      args: { key_dim: 'ignored' },
      remark: 'here each head has features / heads of them, whatever key_dim is',
    }),
    ...pytorch('scaled_dot_product_attention', { gives: { heads: '1', projections: 'false' } }),
    ...unlike(
      'multi_head_attention SelfAttention',
      'whether it projects and how many heads it has, its code tells',
    ),
  ],
  category: 'Recurrence and attention',
  traits: { range: 'any', reads: 'rows', readsEach: true },
  summary:
    'Each row becomes the weighted mean of the values of all rows; the weights tell how well its query fits their keys.',
  details: [
    'With one tensor the rows attend to each other; with two the second is both key and value. The features fall',
    'into `heads` parts that attend independently. Queries, keys, values and the result are projected as PyTorch’s',
    '`nn.MultiheadAttention` does it, unless `projections=false`; with one tensor that is 4·F² + 4·F parameters. The order',
    'of the rows makes no difference to it: where positions matter, add a `parameter` to the rows.',
  ].join(' '),
  source: 'Vaswani et al. 2017, §3.2',
  output: 'the query’s shape; with the value’s features with `projections=false`',
  parameters: '2·F² + F·F_key + F·F_value + 4·F (if `bias`); none with `projections=false`',
  macs: '2·T·F² + S·F·(F_key + F_value) + 2·T·S·F for each set; T·S·(F + F_value) for each set with `projections=false`; S being the rows of the key',
  sees: 'all rows',
  tensors: [
    { name: 'query', documentation: 'the rows that look, [T, F]' },
    {
      name: 'key',
      documentation: 'the rows that are looked at, [S, …]; the query’s when left out',
      optional: true,
    },
    {
      name: 'value',
      documentation: 'what the rows that are looked at give, [S, …]; the key when left out',
      optional: true,
    },
  ],
  options: {
    heads: int({
      documentation: 'how many parts the features are divided into, each with an attention of its own',
      min: 1,
      foreign: ['num_heads', 'n_heads', 'head'],
    }),
    projections: bool({
      documentation: 'whether queries, keys, values and the result are projected by learned weights',
      default: 'true',
    }),
    bias: { ...bias, documentation: 'whether the projections add learned biases' },
    batched: bool({
      documentation:
        'whether the axes before the rows count sets, such as windows, each with an attention of its own',
      default: 'false',
    }),
  },
  constraints: [needsSequence, attendedDiffer, channelsDoNotDivide],
  weighted: true,
  weightLayers: 1,
  use: 'Where distant positions have to exchange information in one step, as in transformers or on the coarsest map of a CNN. Time and memory grow with the square of the number of rows: use it on small maps, or in windows.',
  inPyTorch: 'nn.MultiheadAttention(768, 12, batch_first=True)',
  example: `network Encoder {
  input tokens: [197, 768]
  output y = tokens -> attention(12)
  expect y.shape == [197, 768]
  expect params == 2_362_368
}`,
  infer: ({ shapes, options: { heads, projections, bias, batched } }) => {
    const [query, key = query, value = key] = shapes as [Shape, Shape?, Shape?]
    const misfit = rowsMisfit([query, key, value], shapes.length, { batched, projections })
    if (misfit) return misfit
    const [rows, features] = query.slice(-2) as [number, number]
    const [seen, keyFeatures] = key.slice(-2) as [number, number]
    const valueFeatures = value.at(-1) as number
    for (const count of projections ? [features] : [features, valueFeatures]) {
      if (count % heads !== 0) {
        const data = { what: 'features', count, divisor: heads, spelled: 'heads' }
        return channelsDoNotDivide.violated(data, 'heads')
      }
    }
    const sets = product(query.slice(0, -2))
    const inner = projections ? features : valueFeatures
    const weights = projections ? projectionWeights(features, keyFeatures, valueFeatures, bias) : []
    const projected = projections
      ? 2 * rows * features ** 2 + seen * features * (keyFeatures + valueFeatures)
      : 0
    const apart: readonly AxisMap[] = query.slice(0, -2).map(() => SAME)
    const own: FieldTransform = { kind: 'maps', maps: [...apart, SAME, WHOLE] }
    const all: FieldTransform = { kind: 'maps', maps: [...apart, WHOLE, WHOLE] }
    return {
      shapes: [[...query.slice(0, -1), inner]],
      weights,
      macs: sets * (projected + rows * seen * (features + inner)),
      field: shapes.length === 1 ? all : [own, all, all].slice(0, shapes.length),
    }
  },
})

/** The violation when the tensors are no rows, or not of the same sets; `given` is how many were given. */
function rowsMisfit(
  tensors: readonly [Shape, Shape, Shape],
  given: number,
  { batched, projections }: { readonly batched: boolean; readonly projections: boolean },
): Violation | undefined {
  const [query, key, value] = tensors
  for (const [tensor, shape] of tensors.slice(0, given).entries()) {
    if (batched ? shape.length < 3 : shape.length !== 2) {
      const name = ['query', 'key', 'value'][tensor] as string
      return needsSequence.violated({ shape, name, batched }, tensor)
    }
    if (!sameShape(shape.slice(0, -2), query.slice(0, -2))) {
      return attendedDiffer.violated({ shapes: tensors, tensor, differs: 'batch' }, tensor)
    }
  }
  if (key.at(-2) !== value.at(-2)) {
    return attendedDiffer.violated({ shapes: tensors, tensor: 2, differs: 'rows' }, 2)
  }
  if (!projections && query.at(-1) !== key.at(-1)) {
    return attendedDiffer.violated({ shapes: tensors, tensor: 1, differs: 'features' }, 1)
  }
  return undefined
}

function projectionWeights(features: number, key: number, value: number, bias: boolean): readonly Weight[] {
  const weights: Weight[] = [
    { name: 'query weight', shape: [features, features] },
    { name: 'key weight', shape: [features, key] },
    { name: 'value weight', shape: [features, value] },
  ]
  if (bias) weights.push({ name: 'input bias', shape: [3 * features] })
  return withBias([...weights, { name: 'output weight', shape: [features, features] }], features, bias)
}
