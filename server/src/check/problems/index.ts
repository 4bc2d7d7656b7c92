import * as calls from './calls'
import type { ProblemKind } from './declare'
import * as imports from './imports'
import * as limits from './limits'
import * as misplaced from './misplaced'
import * as names from './names'
import * as structure from './structure'
import * as values from './values'

/** Every kind of problem that the check itself reports, for the documentation and the tests. */
export const PROBLEM_KINDS = [calls, imports, limits, misplaced, names, structure, values].flatMap((kinds) =>
  Object.values(kinds),
) as readonly ProblemKind<never>[]

export type { ProblemKind }
