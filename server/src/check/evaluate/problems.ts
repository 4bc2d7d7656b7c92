import type { Range } from '../../../../grammar/tree'
import type { UnknownValue } from '../../model/graph'
import { UNKNOWN } from '../../model/value'
import type { Reportable } from '../report'
import type { Env } from './state'

/** Reports a problem in the text that is being evaluated; what it stands for is unknown from here on. */
export function problemAt<D>(env: Env, kind: Reportable<D>, data: D, range: Range): UnknownValue {
  return problemIn(env, env.file, kind, data, range)
}

/** The same where the culprit stands in another file: an argument that came as part of a layer. */
export function problemIn<D>(
  env: Env,
  file: string,
  kind: Reportable<D>,
  data: D,
  range: Range,
): UnknownValue {
  env.state.reporter.report(kind, data, { file, range, frame: env.frame })
  return UNKNOWN
}
