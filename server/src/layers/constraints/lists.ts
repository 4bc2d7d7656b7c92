/** Constraints on lists of numbers. */
import { constraint, networkText } from '../declare'

export interface EmptyData {
  readonly option: string
}

export const emptyList = constraint<EmptyData>({
  code: 'empty-list',
  title: 'An empty list where numbers are needed',
  explanation: 'The layer makes something for each number in the list. An empty list would give no output.',
  example: networkText('x -> spatial_pyramid_pool([])', '[256, 13, 13]'),
  instead: networkText('x -> spatial_pyramid_pool([4, 2, 1])', '[256, 13, 13]'),
  text: 'The list has at least one number.',
  words: ({ option }) => ({
    what: `\`${option}\` is an empty list`,
    why: 'the layer would have no output',
    todo: `give \`${option}\` at least one number`,
  }),
})
