import { findings } from '../../server/src/rules/index'
import { checkProblems, type Sources } from './problems'

/** Like {@link checkProblems}, with what the rules find. */
export function checkFindings(sources: Sources): void {
  checkProblems(sources, (analysis) => findings(analysis))
}
