import { type AxisMap, SAME, WHOLE } from '../model/axis-map'
import { product, type Shape, showShape } from '../model/shape'
import { meet } from './constraints/merging'
import { isMisfit } from './constraints/ranks'
import { bool, constraint, layer, networkText } from './declare'
import { unlike } from './foreign'

interface MatmulData {
  readonly shapes: readonly [Shape, Shape]
  readonly transposed: readonly [boolean, boolean]
}

const needsMatrices = constraint<MatmulData>({
  code: 'needs-matrices',
  title: 'A matrix product with a vector',
  explanation:
    'Both tensors need at least two axes: the last two are the rows and columns of a matrix. A vector becomes a matrix by `reshape`.',
  example: networkText('matmul(x, z)', '[64]', '[196, 64]'),
  instead: networkText('matmul(x -> reshape([1, 64]), z, transpose_b=true)', '[64]', '[196, 64]'),
  text: 'Both tensors have two axes or more.',
  words: ({ shapes }) => ({
    what: `${shapes.map(showShape).join(' and ')} are not two matrices`,
    why: 'a matrix product takes two tensors with two axes each, or more before them',
    todo: 'reshape a vector to a matrix first, for instance reshape([1, -1])',
  }),
})

const matmulSizesDiffer = constraint<MatmulData>({
  code: 'matmul-sizes-differ',
  title: 'Matrices whose sizes do not fit',
  explanation:
    'In a matrix product the first matrix has as many columns as the second has rows. Often one of them has to be transposed.',
  example: networkText('matmul(x, z)', '[196, 64]', '[196, 64]'),
  instead: networkText('matmul(x, z, transpose_b=true)', '[196, 64]', '[196, 64]'),
  text: 'The columns of the first are as many as the rows of the second (after transposition).',
  words: ({ shapes: [a, b], transposed }) => ({
    what: `${showShape(a)}${transposed[0] ? ' transposed' : ''} has ${inner(a, !transposed[0])} columns, and ${showShape(b)}${transposed[1] ? ' transposed' : ''} has ${inner(b, transposed[1])} rows`,
    why: 'a matrix product pairs the columns of the first with the rows of the second',
    todo: 'transpose one of them: transpose_a=true or transpose_b=true',
  }),
})

const matmulBatchesDiffer = constraint<MatmulData>({
  code: 'matmul-batches-differ',
  title: 'Different numbers of matrices to multiply',
  explanation:
    'Each matrix of the first tensor is multiplied by the matrix at the same place in the second. So the axes before the last two are equal. Where such an axis is 1 or missing, the same matrix is used each time.',
  example: networkText('matmul(x, z)', '[8, 196, 64]', '[6, 64, 196]'),
  instead: networkText('matmul(x, z)', '[8, 196, 64]', '[8, 64, 196]'),
  text: 'The axes before the last two are equal, or 1 in one of the tensors; a tensor without them meets every matrix of the other.',
  words: ({ shapes: [a, b] }) => ({
    what: `${showShape(a)} holds ${matrices(a)}, and ${showShape(b)} holds ${matrices(b)}`,
    why: 'each matrix of the first is multiplied with the one at the same place in the second',
    todo: 'give both the same axes before the last two, 1 to use one matrix for all',
  }),
})

function matrices(shape: Shape): string {
  const before = shape.slice(0, -2)
  return before.length === 0 ? 'one matrix' : `${showShape(before)} matrices`
}

/** `(64×196)ᵀ`. */
function spell(shape: Shape, transposed: boolean): string {
  return transposed ? `(${showShape(shape)})ᵀ` : showShape(shape)
}

/** The size of the last axis, or of the one before. */
function inner(shape: Shape, last: boolean): number {
  return shape.at(last ? -1 : -2) as number
}

export const matmul = layer({
  name: 'matmul',
  aliases: ['bmm'],
  foreign: [
    'MatMul',
    'mm',
    'BatchMatMul',
    'batch_matmul',
    ...unlike('Dot einsum', 'which axes it joins, its arguments tell'),
  ],
  category: 'Merging',
  traits: { range: 'any', reads: 'either', linear: true, merges: 'as matrices' },
  summary: 'The matrix product of two tensors.',
  details:
    'Axes before the last two count matrices: the first matrix of `a` is multiplied with the first of `b`, and so on.',
  source: 'Vaswani et al. 2017, §3.2.1; Wang et al. 2018 (non-local networks), §3',
  output: '[…, m, n] of […, m, k] and […, k, n]',
  macs: 'm·k·n for each matrix',
  sees: 'its row of the first tensor, its column of the second',
  tensors: [
    { name: 'a', documentation: 'the left matrix, […, m, k]' },
    { name: 'b', documentation: 'the right matrix, […, k, n]' },
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
  constraints: [needsMatrices, matmulBatchesDiffer, matmulSizesDiffer],
  use: 'To write attention and bilinear pooling out by hand. For the usual multi-head form take `attention`, which also counts the projections.',
  inPyTorch: 'a @ b.transpose(1, 2)',
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
    if (a.length < 2) return needsMatrices.violated(data, 0)
    if (b.length < 2) return needsMatrices.violated(data, 1)
    const before = batch(a.slice(0, -2), b.slice(0, -2))
    if (before === undefined) return matmulBatchesDiffer.violated(data, 1)
    const k = inner(a, !transpose_a)
    if (k !== inner(b, transpose_b)) return matmulSizesDiffer.violated(data, 1)
    const [m, n] = [inner(a, transpose_a), inner(b, !transpose_b)]
    // An output sees its whole row of the first matrix and its whole column of the second.
    return {
      shapes: [[...before, m, n]],
      macs: product(before) * m * k * n,
      field: [
        matrixField(a, before.length, transpose_a ? [WHOLE, SAME] : [SAME, WHOLE], transpose_a),
        matrixField(b, before.length, transpose_b ? [SAME, WHOLE] : [WHOLE, SAME], transpose_b),
      ],
    }
  },
  formula: ({ shapes, options }, result) => {
    const [a, b] = shapes as [Shape, Shape]
    const spelled = [spell(a, options.transpose_a), spell(b, options.transpose_b)]
    return [`${spelled.join(' · ')} = ${showShape(result.shapes[0] as Shape)}`]
  },
})

/** The axes before the matrices; undefined where they do not meet. */
function batch(a: Shape, b: Shape): Shape | undefined {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a
  const shape = meet([a, b])
  return isMisfit(shape) ? undefined : shape
}

/** What an output sees of one of the two: axes before the matrices stay, the matrix’s own go where the output has them. */
function matrixField(shape: Shape, before: number, maps: readonly AxisMap[], transposed: boolean) {
  const own = shape.length - 2
  const apart = Array.from({ length: own }, () => SAME)
  const [rows, columns] = transposed ? [1, 0] : [0, 1]
  const kept = (axis: number, to: number) => (maps[axis] === SAME ? before + to : null)
  return {
    kind: 'maps' as const,
    maps: [...apart, ...maps],
    to: [...apart.map((_, i) => i), kept(0, rows as number), kept(1, columns as number)],
  }
}
