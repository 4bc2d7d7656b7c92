/** Constraints on lists of numbers. */
import { constraint, faulty } from '../declare'

export interface EmptyData {
  readonly option: string
}

export const emptyList = constraint<EmptyData>({
  code: 'empty-list',
  example: faulty('x -> spatial_pyramid_pool([])', '[256, 13, 13]'),
  text: 'The list has at least one number.',
  words: ({ option }) => ({
    what: `\`${option}\` is an empty list`,
    why: 'the layer would have no output',
    todo: `give \`${option}\` at least one number`,
  }),
})
