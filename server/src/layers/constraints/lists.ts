/** Constraints on lists of numbers. */
import { constraint } from '../declare'

export interface EmptyData {
  readonly option: string
}

export const emptyList = constraint<EmptyData>({
  code: 'empty-list',
  text: 'The list has at least one number.',
  words: ({ option }) => ({
    what: `${option} is an empty list`,
    why: 'the layer would have no output',
    todo: `give ${option} at least one number`,
  }),
})
