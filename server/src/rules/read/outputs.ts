import { memo } from '../../../../grammar/memo'
import type { Network } from '../../../../grammar/tree'
import { descendants } from '../../../../grammar/walk'

/** Whether a network has an output, on whatever path; a `return` is one that is written wrongly. */
export const hasOutput = memo((network: Network): boolean => {
  for (const node of descendants(network.body)) {
    if (node.kind === 'output' || node.kind === 'return') return true
  }
  return false
})
