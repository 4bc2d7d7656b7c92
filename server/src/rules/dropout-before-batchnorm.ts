import { dropout } from '../layers/dropout'
import { normalisesBatch } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import { rule } from './frame/rule'
import { madeBy } from './read/chains'

interface Shifted {
  readonly node: LayerNode
  readonly norm: LayerNode
  readonly rate: number
}

/**
 * Each value alone, so that the shift of the variance reaches the normalisation undiluted. A convolution between
 * them sums over many channels, which Zagoruyko & Komodakis (2016) rely on; it is not looked through.
 */
function worksOnValues({ layer: { traits } }: LayerNode): boolean {
  if (traits.training !== undefined || traits.normalises !== undefined) return false
  return traits.elementwise === true || traits.rearranges === 'shape'
}

export const dropoutBeforeBatchnorm = rule<Shifted>({
  code: 'dropout-before-batchnorm',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'Dropout right before batch normalisation',
  explanation: [
    'In training dropout scales up what it keeps and so enlarges the variance of each value; at inference it does',
    'not. Batch normalisation has learned the variance in training and divides by it at inference, where it is too',
    'large. Li et al. measured this shift of the variance, and the accuracy that it costs. Put dropout after the last',
    'batch normalisation, or leave it out: the normalisation regularises by itself.',
  ].join('\n'),
  source:
    'Li, Chen, Hu & Yang 2019, Understanding the disharmony between dropout and batch normalization, §3',
  example: [
    'network N {',
    '  input x: [64]',
    '  hidden = x -> linear(32, bias=false) -> dropout(0.5) -> batchnorm -> relu',
    '  output y = hidden -> linear(10)',
    '}',
    '',
  ].join('\n'),
  instead: [
    'network N {',
    '  input x: [64]',
    '  hidden = x -> linear(32, bias=false) -> batchnorm -> relu -> dropout(0.5)',
    '  output y = hidden -> linear(10)',
    '}',
    '',
  ].join('\n'),
  words: ({ rate }) => ({
    what: `dropout of ${rate} comes right before batch normalisation`,
    why: `in training it multiplies the mean square by ${enlarged(rate)}, so that the variance that batchnorm learns is wrong at inference`,
    todo: 'move dropout behind the last batchnorm, or leave it out',
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      if (network.named('dropout').length === 0) continue
      for (const norm of network.having(normalisesBatch)) {
        const node = madeBy(norm.inputs[0] as Tensor, worksOnValues)
        if (!dropout.applied(node)) continue
        const { rate } = node.options
        if (rate <= 0 || rate >= 1) continue
        const related = [{ file: norm.file, range: norm.site, message: 'batchnorm is here' }]
        report({ node, data: { node, norm, rate }, related })
      }
    }
  },
})

/** Kept values are divided by the share that is kept, which multiplies the mean square by 1/(1 − rate). */
function enlarged(rate: number): number {
  return Math.round(100 / (1 - rate)) / 100
}
