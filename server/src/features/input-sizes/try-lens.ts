import type { CodeLens } from 'vscode-languageserver-types'
import { showShape } from '../../model/shape'
import type { Settings } from '../support/settings'
import { toRange, type View } from '../support/view'

/** The command that tries a size; without one, whoever runs it is asked. */
export const TRY_SIZE = 'cnnlint.trySize'

/** What {@link TRY_SIZE} takes. */
export interface TrySize {
  readonly uri: string
  /** The only one that has the input when absent. */
  readonly network?: string
  /** The network's only one when absent; with no size, all of them. */
  readonly input?: string
  /** As the language writes it; null goes back to the text's own. */
  readonly size?: string | null
}

/** Lines above the inputs of networks: to try another size, and the way back from one. */
export function tryLenses({ analysis, lines }: View, settings: Settings['codeLens']): CodeLens[] {
  if (!settings.enable) return []
  const { uri, networks } = analysis
  return networks.flatMap(({ name: network, inputs }) =>
    inputs.flatMap(({ node }): CodeLens[] => {
      if (node === undefined || node.file !== uri) return []
      const { name, tensor, declared } = node
      const range = toRange(lines(uri), name)
      const target: TrySize = { uri, network, input: name.name }
      const lens = (title: string, given: TrySize): CodeLens => ({
        range,
        command: { title, command: TRY_SIZE, arguments: [given] },
      })
      const other = lens('Try another size…', target)
      if (declared === undefined) return [other]
      const title = `Trying ${showShape(tensor.shape)} — back to ${showShape(declared)}`
      return [lens(title, { ...target, size: null }), other]
    }),
  )
}
