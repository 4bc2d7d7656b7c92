/** Fixes for calls with too much in them. */
import type { Argument, Call } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import { removeArgument } from '../check/binding/call-edits'
import type { Candidate, FixContext, FixMaker } from './fix'

/** Takes the argument away that a problem is about. */
export const superfluousArgument: FixMaker = function* (context): Generator<Candidate> {
  const { analysis, problem } = context
  const { file } = problem.origin ?? problem
  const found = argumentAt(context)
  if (found === undefined) return
  const { call, arg } = found
  const text = analysis.files.get(file)?.text.slice(arg.start, arg.end) ?? ''
  yield { action: `Remove ${text}`, file, edits: removeArgument(call, arg) }
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
