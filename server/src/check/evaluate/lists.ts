import type { Range } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { contentsOf } from '../../model/value'
import { MAX_LENGTH } from '../language/functions'
import { callTooDeep, listTooLong } from '../problems/limits'
import { problemAt } from './problems'
import { type Env, MAX_DEPTH } from './state'

/**
 * A list that was just made, unless it is too much (reported). Lists may hold a list many times, so what is in
 * them counts: whoever goes through a list and the lists in it meets a bounded number of items.
 */
export function madeList(list: readonly Value[], range: Range, env: Env): Value {
  const { items, depth } = contentsOf(list)
  if (items > MAX_LENGTH) return problemAt(env, listTooLong, { limit: MAX_LENGTH }, range)
  if (depth > MAX_DEPTH) return problemAt(env, callTooDeep, { limit: MAX_DEPTH, of: 'lists' }, range)
  return list
}
