import { memo } from '../../../../grammar/memo'
import type { Body, Network, Statement } from '../../../../grammar/tree'

/** Whether a network has an output, on whatever path; a `return` is one that is written wrongly. */
export const hasOutput = memo(({ body }: Network): boolean => holdsOutput(body))

/** Outputs are statements: what expressions there are need not be read. */
function holdsOutput({ statements }: Body): boolean {
  return statements.some(isOutput)
}

function isOutput(statement: Statement): boolean {
  switch (statement.kind) {
    case 'output':
    case 'return':
      return true
    case 'for':
      return holdsOutput(statement.body)
    case 'if': {
      const { else: otherwise } = statement
      if (holdsOutput(statement.then)) return true
      return otherwise?.kind === 'if'
        ? isOutput(otherwise)
        : otherwise !== undefined && holdsOutput(otherwise)
    }
    default:
      return false
  }
}
