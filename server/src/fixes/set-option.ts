import type { Expression } from '../../../grammar/tree'
import type { Candidate, FixContext } from './fix'
import { type Applied, type OptionTarget, optionTargets } from './targets'
import { describeChange, describeTarget } from './titles'

type Changed = Pick<Applied, 'written'>

interface More extends Partial<Candidate> {
  /** The site that titles need not name. */
  readonly own?: Expression
  /** Which of the places may be changed; all of them when absent. */
  readonly keep?: (target: OptionTarget) => boolean
}

/** A value, or what it is in the place of a text. */
type Wanted = string | number | ((target: OptionTarget) => string | number)

/** Candidates that give an option of an applied layer a value, at each place in the text that could. */
export function setOptionOf(
  context: FixContext,
  applied: Changed,
  option: string,
  wanted: Wanted,
  more: More = {},
): readonly Candidate[] {
  const { own, keep = () => true, ...rest } = more
  const targets = optionTargets(context.analysis, applied, option).filter(keep)
  return targets.map((target) => {
    const value = typeof wanted === 'function' ? wanted(target) : wanted
    return {
      action: `${describeChange(target, value)}${describeTarget(context, target, own)}`,
      file: target.file,
      edits: target.edits(String(value)),
      ...rest,
    }
  })
}

/** The candidate that gives several options values at once, each at the place that is best for it; at most one. */
export function setOptionsOf(
  context: FixContext,
  applied: Changed,
  values: ReadonlyMap<string, string>,
  more: More = {},
): readonly Candidate[] {
  const { own, keep = () => true, ...rest } = more
  const changes = [...values].flatMap(([option, value]) => {
    const target = optionTargets(context.analysis, applied, option).find(keep)
    return target === undefined ? [] : [{ target, value }]
  })
  const [first] = changes
  if (first === undefined || changes.length < values.size) return []
  const { file } = first.target
  if (changes.some(({ target }) => target.file !== file)) return []
  const actions = changes.map(({ target, value }, i) => {
    const change = describeChange(target, value)
    return i === 0 ? change : change.replace(/^Set /, '')
  })
  return [
    {
      action: `${actions.join(', ')}${describeTarget(context, first.target, own)}`,
      file,
      edits: changes.flatMap(({ target, value }) => target.edits(value)),
      ...rest,
    },
  ]
}
