/** Constraints on what is normalised together. */
import { type Shape, showShape } from '../../model/shape'
import { constraint, networkText } from '../declare'

export interface FewValuesData {
  readonly shape: Shape
  /** What is normalised: a channel alone, or a group of channels. */
  readonly together: 'channel' | 'group'
}

export const tooFewValues = constraint<FewValuesData>({
  code: 'too-few-values-to-normalise',
  title: 'Normalisation of a single value',
  explanation:
    'The mean of one value is the value itself, so that the normalised value is always 0. Normalise before the map shrinks to one position.',
  example: networkText('x -> global_avgpool -> instancenorm', '[64, 7, 7]'),
  instead: networkText('x -> instancenorm -> global_avgpool', '[64, 7, 7]'),
  text: 'More than one value is normalised together.',
  words: ({ shape, together }) => ({
    what: `each ${together} of ${showShape(shape)} is a single value`,
    why: 'the mean of one value is the value itself, so that the result is always 0',
    todo:
      together === 'group'
        ? 'use fewer groups, or normalise before the map shrinks to one position'
        : 'normalise before the map shrinks to one position, or use batchnorm or layernorm',
  }),
})
