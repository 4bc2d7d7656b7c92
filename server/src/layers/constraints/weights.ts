/** Constraints on weights that another tensor gives. */

import { product, type Shape, showShape } from '../../model/shape'
import { showCountOf } from '../../model/show'
import { constraint, networkText } from '../declare'

export interface GivenWeightsData {
  readonly weights: Shape
  /** How many weights one output needs. */
  readonly perOutput: number
  /** What one output is called: `output channel`, `feature`. */
  readonly output: string
}

export const weightsDoNotFit = constraint<GivenWeightsData>({
  code: 'weights-do-not-fit',
  title: 'Weights that do not fill whole outputs',
  explanation:
    'The weights of this layer come from another tensor. Each output needs a fixed number of them: `C/groups·∏k` for a channel, `F` for a feature. So their number must be a multiple of this.',
  example: networkText('dynamic_conv(x, z)', '[256, 28, 28]', '[1000]'),
  instead: networkText('dynamic_conv(x, z)', '[256, 28, 28]', '[2560]'),
  text: 'The size of `weights` is a multiple of what one output needs: `C/groups·∏k` for an output channel, `F` for a feature.',
  words: ({ weights, perOutput, output }) => ({
    what: `${showCountOf(product(weights), 'weight')} (${showShape(weights)}) do not make whole ${output}s of ${perOutput}`,
    why: `each ${output} needs ${perOutput} weights, one for each value that it sums up`,
    todo: `let the layer that makes the weights give a multiple of ${perOutput} values`,
  }),
})
