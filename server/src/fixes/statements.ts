/** Fixes for statements in the wrong kind of body, and for bodies that lack one. */
import type { Body, Statement } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Candidate, FixMaker } from './fix'

/** `return` in a network becomes an output, `output` in a block becomes a return. */
export const misplacedStatement: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem
  const tree = analysis.files.get(file)
  const node =
    tree && nodesAt(tree, range.start).findLast(({ kind }) => kind === 'return' || kind === 'output')
  if (node?.kind === 'output') {
    const end = node.value?.start ?? node.name.start
    yield { action: 'Return it', file, edits: [{ start: node.start, end, text: 'return ' }], shows: null }
  }
  const [value] = node?.kind === 'return' ? node.values : []
  if (node?.kind === 'return' && value && node.values.length === 1) {
    const text = value.kind === 'name' ? 'output ' : 'output y = '
    yield {
      action: 'Make it an output',
      file,
      edits: [{ start: node.start, end: value.start, text }],
      shows: null,
    }
  }
}

/** A block whose last statement binds a name probably means to return it. */
export const missingReturn: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem.origin ?? problem
  const { name } = problem.data as { name: string }
  for (const item of analysis.files.get(file)?.items ?? []) {
    if (item.kind !== 'block' || item.name.name !== name) continue
    if (problem.origin === undefined && !(item.start <= range.start && range.end <= item.end)) continue
    const last = item.body.statements.at(-1)
    const bound = last && boundName(last)
    if (last === undefined || bound === undefined) return
    const separator = indentationOf(analysis.files.get(file)?.text ?? '', item.body, last)
    yield {
      action: `Return ${bound}`,
      file,
      edits: [{ start: last.end, end: last.end, text: `${separator}return ${bound}` }],
      shows: null,
    }
  }
}

function boundName(statement: Statement): string | undefined {
  if (statement.kind !== 'assign' || statement.names.length === 0) return undefined
  return statement.names.map(({ name }) => name).join(', ')
}

/** What stands before a statement: its line's indentation, or a space when the body is on one line. */
export function indentationOf(text: string, body: Body, statement: Statement): string {
  const line = text.slice(body.start, statement.start)
  const at = line.lastIndexOf('\n')
  return at < 0 ? ' ' : line.slice(at)
}
