/** Constraints on connection tables. */
import type { Violation } from '../../model/layer'
import { constraint, networkText } from '../declare'

export type ConnectionsData =
  | { readonly kind: 'rows'; readonly rows: number; readonly channels: number }
  | { readonly kind: 'groups'; readonly groups: number }
  | { readonly kind: 'empty'; readonly row: number }
  | { readonly kind: 'twice'; readonly row: number; readonly index: number }
  | { readonly kind: 'range'; readonly row: number; readonly index: number; readonly inputs: number }

const WHY = 'the table names, for each output channel, the input channels it sees'

export const connectionsMismatch = constraint<ConnectionsData>({
  code: 'connections-mismatch',
  title: 'A table of connections that does not fit the layer',
  explanation:
    '`connections` has one list for each output channel. The list names the input channels that this output reads: at least one, and each once. `groups` also says which channels are read, so only one of the two is given.',
  example: networkText('x -> conv(3, 5, connections=[[0, 1], [1, 2]])', '[6, 14, 14]'),
  instead: networkText('x -> conv(2, 5, connections=[[0, 1], [1, 2]])', '[6, 14, 14]'),
  text: '`connections` has one list for each output channel, of one or more different input channels; `groups` is 1 then.',
  words: (data) => {
    switch (data.kind) {
      case 'rows':
        return {
          what: `\`connections\` has ${data.rows} lists for ${data.channels} output channels`,
          why: WHY,
          todo: `give ${data.channels} lists, or use channels=${data.rows}`,
        }
      case 'groups':
        return {
          what: `\`connections\` is given together with groups=${data.groups}`,
          why: 'both say which input channels an output channel sees',
          todo: 'leave one of them out',
        }
      case 'empty':
        return {
          what: `the connections of output channel ${data.row} are empty`,
          why: 'a channel that sees nothing is constant',
          todo: 'list at least one input channel',
        }
      case 'twice':
        return {
          what: `the connections of output channel ${data.row} name input channel ${data.index} twice`,
          why: WHY,
          todo: 'name it once',
        }
      case 'range':
        return {
          what: `the connections of output channel ${data.row} name input channel ${data.index}, but there are ${data.inputs}`,
          why: WHY,
          todo: `use channels from 0 to ${data.inputs - 1}`,
        }
    }
  },
})

/** The violation when `table` does not connect `inputs` channels to the convolution's. */
export function connectionsMisfit(
  table: readonly (readonly number[])[],
  inputs: number,
  { channels, groups }: { readonly channels: number; readonly groups: number },
): Violation | undefined {
  const violated = (data: ConnectionsData) => connectionsMismatch.violated(data, 'connections')
  if (groups !== 1) return violated({ kind: 'groups', groups })
  if (table.length !== channels) return violated({ kind: 'rows', rows: table.length, channels })
  for (const [row, list] of table.entries()) {
    if (list.length === 0) return violated({ kind: 'empty', row })
    const seen = new Set<number>()
    for (const index of list) {
      if (index < 0 || index >= inputs) return violated({ kind: 'range', row, index, inputs })
      if (seen.has(index)) return violated({ kind: 'twice', row, index })
      seen.add(index)
    }
  }
  return undefined
}
