import { WHEN_ASKED, WHILE_POINTING } from '../../fixes/valid-sizes'
import { plainText } from '../support/markdown'
import type { View } from '../support/view'
import { sizeFacts, sizesOf, suggestions } from './sizes'

/** An input of a network of a file, with the sizes that it may have. */
export interface NetworkInput {
  readonly network: string
  readonly input: string
  /** The size of the text, as the language writes it. */
  readonly declared: string
  /** The size that is tried in its place. */
  readonly tried?: string
  /** Sizes that are worth a try. */
  readonly suggestions: readonly string[]
  /** Which sizes work, in sentences; empty where they are not found, or not asked for. */
  readonly sizes: readonly string[]
}

/** The inputs of the networks of a view's file; `withSizes` asks for what takes longer. */
export function networkInputs(view: View, withSizes: boolean): readonly NetworkInput[] {
  return view.analysis.networks.flatMap((graph) =>
    graph.inputs.flatMap(({ node }): NetworkInput[] => {
      if (node === undefined) return []
      const { name, tensor, declared } = node
      const input = { graph, node }
      const facts = withSizes ? sizeFacts(view, input, WHEN_ASKED) : []
      return [
        {
          network: graph.name,
          input: name.name,
          declared: (declared ?? tensor.shape).join('x'),
          ...(declared === undefined ? {} : { tried: tensor.shape.join('x') }),
          suggestions: suggestions(sizesOf(view, input, WHILE_POINTING), declared ?? tensor.shape),
          sizes: facts.map(({ label, text }) => `${label}: ${plainText(text)}.`),
        },
      ]
    }),
  )
}
