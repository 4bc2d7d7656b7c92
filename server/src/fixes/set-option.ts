import type { Expression } from '../../../grammar/tree'
import type { Candidate, FixContext } from './fix'
import { type Applied, type OptionTarget, optionTargets } from './targets'
import { describeChange, describeTarget } from './titles'

interface More extends Partial<Candidate> {
  /** The site that titles need not name. */
  readonly own?: Expression
  /** Which of the places may be changed; all of them when absent. */
  readonly keep?: (target: OptionTarget) => boolean
}

/** Candidates that give an option of an applied layer a value, at each place in the text that could. */
export function setOptionOf(
  context: FixContext,
  applied: Pick<Applied, 'layer' | 'site' | 'file' | 'frame'>,
  option: string,
  value: string | number,
  more: More = {},
): readonly Candidate[] {
  const { own, keep = () => true, ...rest } = more
  const targets = optionTargets(context.analysis, applied, option).filter(keep)
  return targets.map((target) => ({
    action: `${describeChange(target, value)}${describeTarget(context, target, own)}`,
    file: target.file,
    edits: target.edits(String(value)),
    ...rest,
  }))
}
