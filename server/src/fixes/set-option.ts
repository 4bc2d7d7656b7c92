import type { Expression } from '../../../grammar/tree'
import type { Candidate, FixContext } from './fix'
import { type Applied, optionTargets } from './targets'
import { describeChange, describeTarget } from './titles'

/** Candidates that give an option of an applied layer a value, at each place in the text that could. */
export function setOptionOf(
  context: FixContext,
  applied: Pick<Applied, 'layer' | 'site' | 'file' | 'frame'>,
  option: string,
  value: string | number,
  more: Partial<Candidate> & { readonly own?: Expression } = {},
): readonly Candidate[] {
  const { own, ...rest } = more
  return optionTargets(context.analysis, applied, option).map((target) => ({
    action: `${describeChange(target, value)}${describeTarget(context, target, own)}`,
    file: target.file,
    edits: target.edits(String(value)),
    ...rest,
  }))
}
