/** Fixes for calls with too much in them. */
import type { Argument, Call, Range } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { isLiteral, removeArgument } from '../check/binding/call-edits'
import type { Candidate, FixContext, FixMaker } from './fix'
import { removeItem } from './list-text'

/**
 * Takes the argument away that a problem is about. A call that still waits for tensors may have meant it for one of
 * them; of a list that has tensors in it, the numbers alone are taken out.
 */
export const superfluousArgument: FixMaker = function* (context): Generator<Candidate> {
  const { analysis, problem } = context
  const { file } = problem.origin ?? problem
  const found = argumentAt(context)
  if (found === undefined) return
  const { call, arg } = found
  const textOf = ({ start, end }: Range) => analysis.files.get(file)?.text.slice(start, end) ?? ''
  const { value } = arg
  if (value.kind === 'list' && value.items.length > 0 && !isLiteral(value)) {
    const numbers = value.items.filter(isLiteral)
    const action = `Remove ${numbers.map(textOf).join(', ')} from the list`
    const edits = numbers.map((item) => removeItem(value.items, item))
    if (numbers.length > 0) yield { action, file, edits }
  } else if (!waits(context, call)) {
    yield { action: `Remove ${textOf(arg)}`, file, edits: removeArgument(call, arg) }
  }
}

/** Whether another error says of the whole call that it gives no tensor. */
function waits({ analysis, problem }: FixContext, call: Call): boolean {
  return analysis.problems.some(({ severity, range, file }) => {
    const isCall = file === problem.file && range.start === call.start && range.end === call.end
    return severity === 'error' && isCall
  })
}

function argumentAt({ analysis, problem }: FixContext): { call: Call; arg: Argument } | undefined {
  const { file, range } = problem.origin ?? problem
  const tree = analysis.files.get(file)
  const path = tree ? nodesAt(tree, range.start) : []
  for (let i = path.length - 1; i > 0; i--) {
    const [call, arg] = [path[i - 1], path[i]]
    if (call?.kind === 'call' && arg?.kind === 'argument') return { call, arg }
  }
  return undefined
}
