import { SAME, WHOLE } from '../model/axis-map'
import { type Shape, showShape } from '../model/shape'
import { bool, constraint, faulty, layer } from './declare'

interface MatmulData {
  readonly shapes: readonly [Shape, Shape]
  readonly transposed: readonly [boolean, boolean]
}

const needsMatrices = constraint<MatmulData>({
  code: 'needs-matrices',
  example: faulty('matmul(x, z)', '[64, 14, 14]', '[196, 64]'),
  text: 'Both tensors have two axes.',
  words: ({ shapes }) => ({
    what: `matmul of ${shapes.map(showShape).join(' and ')}`,
    why: 'a matrix product takes two tensors with two axes each',
    todo: 'reshape maps to rows first, for instance reshape([C, -1])',
  }),
})

const matmulSizesDiffer = constraint<MatmulData>({
  code: 'matmul-sizes-differ',
  example: faulty('matmul(x, z)', '[196, 64]', '[196, 64]'),
  text: 'The columns of the first are as many as the rows of the second (after transposition).',
  words: ({ shapes: [a, b], transposed }) => ({
    what: `${showShape(a)}${transposed[0] ? ' transposed' : ''} has ${inner(a, !transposed[0])} columns, ${showShape(b)}${transposed[1] ? ' transposed' : ''} ${inner(b, transposed[1])} rows`,
    why: 'a matrix product pairs the columns of the first with the rows of the second',
    todo: 'transpose one of them: transpose_a=true or transpose_b=true',
  }),
})

/** `(64×196)ᵀ`. */
function spell(shape: Shape, transposed: boolean): string {
  return transposed ? `(${showShape(shape)})ᵀ` : showShape(shape)
}

function inner(shape: Shape, last: boolean): number {
  return shape[last ? 1 : 0] as number
}

export const matmul = layer({
  name: 'matmul',
  foreign: ['bmm', 'MatMul', 'mm', 'Dot'],
  category: 'Merging',
  traits: { range: 'any', reads: 'either', linear: true, merges: 'as matrices' },
  summary: 'The matrix product of two tensors.',
  source: 'Vaswani et al. 2017, §3.2.1; Wang et al. 2018 (non-local networks), §3',
  output: '[m, n] for [m, k] and [k, n]',
  macs: 'm·k·n',
  sees: 'its row of the first tensor, its column of the second',
  tensors: [
    { name: 'a', documentation: 'the left matrix, [m, k]' },
    { name: 'b', documentation: 'the right matrix, [k, n]' },
  ],
  options: {
    transpose_a: bool({
      documentation: 'whether the left matrix is given as [k, m]',
      default: 'false',
      foreign: ['adjoint_a'],
    }),
    transpose_b: bool({
      documentation: 'whether the right matrix is given as [n, k]',
      default: 'false',
      foreign: ['adjoint_b'],
    }),
  },
  constraints: [needsMatrices, matmulSizesDiffer],
  example: `network Attention {
  input q: [196, 64]
  input k: [196, 64]
  output scores = matmul(q, k, transpose_b=true)
  expect scores.shape == [196, 196]
  expect macs == 2_458_624
}`,
  infer: ({ shapes, options: { transpose_a, transpose_b } }) => {
    const [a, b] = shapes as [Shape, Shape]
    const data: MatmulData = { shapes: [a, b], transposed: [transpose_a, transpose_b] }
    if (a.length !== 2) return needsMatrices.violated(data, 0)
    if (b.length !== 2) return needsMatrices.violated(data, 1)
    const k = inner(a, !transpose_a)
    if (k !== inner(b, transpose_b)) return matmulSizesDiffer.violated(data, 1)
    const [m, n] = [inner(a, transpose_a), inner(b, !transpose_b)]
    // An output sees its whole row of the first matrix and its whole column of the second.
    return {
      shapes: [[m, n]],
      macs: m * k * n,
      field: [
        transpose_a
          ? { kind: 'maps', maps: [WHOLE, SAME], to: [null, 0] }
          : { kind: 'maps', maps: [SAME, WHOLE] },
        transpose_b
          ? { kind: 'maps', maps: [SAME, WHOLE], to: [1, null] }
          : { kind: 'maps', maps: [WHOLE, SAME] },
      ],
    }
  },
  formula: ({ shapes, options }, result) => {
    const [a, b] = shapes as [Shape, Shape]
    const spelled = [spell(a, options.transpose_a), spell(b, options.transpose_b)]
    return [`${spelled.join(' · ')} = ${showShape(result.shapes[0] as Shape)}`]
  },
})
