/** How an author pads the windows of a text, and the same for one that lacks it. */
import type { Analysis } from '../check/analysis'
import { reach, type WindowAxis } from '../layers/window'
import type { PaddingGroup } from './padding-groups'
import { bracketed, hasName, optionText, respelled } from './respell'
import type { OptionTarget } from './targets'
import { halfAmounts, namedPadding, type PaddingChoice, paddingAmounts, windowsOf } from './window-options'

/** How many neighbours are asked how they spell it. */
const MOST_READ = 8

export interface Pattern {
  /** Paddings as the author would write them, the likeliest first. */
  readonly choices: readonly PaddingChoice[]
  /** Windows of the same body are padded so. */
  readonly isBeside: boolean
}

/** What the padded windows among `groups` say of one that is not; those that stand next to it say the most. */
export function patternFor(
  analysis: Analysis,
  group: PaddingGroup,
  groups: readonly PaddingGroup[],
): Pattern {
  const { target } = group
  const padded = groups.filter((each) => each !== group && isPadded(each))
  const [nearest, ...others] = padded.sort((a, b) => distance(a.target, target) - distance(b.target, target))
  const alike =
    nearest === undefined ? [] : [nearest, ...others.filter(({ causal }) => sameAxes(causal, nearest.causal))]
  const texts = new Set(
    alike.slice(0, MOST_READ).flatMap((each) => respelled(analysis, each.target, target) ?? []),
  )
  const amounts = (axes: readonly WindowAxis[]) => amountsLike(nearest, axes)
  const like = [...texts].map((text) => changing(text, amounts))
  const own = amounts(windowsOf(group.nodes[0]))
  const usual = nearest?.causal
    ? causal(analysis, group, own, amounts)
    : keeping(analysis, group, nearest, own)
  const mode = modeOf(analysis, group, nearest)
  return {
    choices: [...like, ...usual].map((choice) => ({ ...choice, text: `${choice.text}${mode}` })),
    isBeside: nearest !== undefined && isInOneBody(nearest.target, target),
  }
}

function isPadded({ keeps, target, nodes }: PaddingGroup): boolean {
  return (
    keeps &&
    target.given !== undefined &&
    nodes.some((node) => windowsOf(node).some((axis) => reach(axis) > 0))
  )
}

type Amounts = (axes: readonly WindowAxis[]) => PaddingChoice

/** The amounts that do for these windows what those of the nearest one do for it. */
function amountsLike(nearest: PaddingGroup | undefined, axes: readonly WindowAxis[]): PaddingChoice {
  return nearest?.causal ? causalAmounts(axes, nearest.causal) : halfAmounts(axes)
}

/** A text whose value differs from window to window. */
export function changing(text: string, amounts: Amounts): PaddingChoice {
  return {
    text,
    padding(node) {
      const { padding } = amounts(windowsOf(node))
      return typeof padding === 'function' ? padding(node) : padding
    },
  }
}

/** Amounts and names that keep the size; a name first where the author uses one, or where the window is no number. */
function keeping(
  analysis: Analysis,
  group: PaddingGroup,
  nearest: PaddingGroup | undefined,
  own: PaddingChoice,
): readonly PaddingChoice[] {
  const name = nearest?.target.given?.kind === 'name' ? nearest.target.given.name : undefined
  const half = namedPadding('half')
  if (name === 'same') return [namedPadding('same'), own, half]
  const isNamed =
    name === 'half' || (nearest === undefined && isDoubled(group)) || isOpen(analysis, group.target)
  return isNamed ? [half, own] : [own, half]
}

/** Whether maps are padded by all that the windows reach on every side: by no number that the author had counted. */
function isDoubled({ nodes }: PaddingGroup): boolean {
  return nodes.every((node) =>
    windowsOf(node).every((axis) => axis.begin === reach(axis) && axis.end === axis.begin),
  )
}

/** Amounts at the begin alone, by the window's own text where that is no number: `[(k - 1) * d, 0]`. */
function causal(
  analysis: Analysis,
  { target, nodes }: PaddingGroup,
  own: PaddingChoice,
  amounts: Amounts,
): readonly PaddingChoice[] {
  const isSignal = windowsOf(nodes[0]).length === 1
  const text = isSignal && isOpen(analysis, target) ? reachText(analysis, target) : undefined
  return text === undefined ? [own] : [changing(`[${text}, 0]`, amounts), own]
}

/** Half the window on both sides, but all of it at the begin of the axes that see nothing ahead. */
export function causalAmounts(axes: readonly WindowAxis[], isCausal: readonly boolean[]): PaddingChoice {
  const half = axes.map((axis) => Math.floor(reach(axis) / 2))
  return paddingAmounts(
    half.map((amount, i) => (isCausal[i] ? reach(axes[i] as WindowAxis) : amount)),
    half.map((amount, i) => (isCausal[i] ? 0 : amount)),
  )
}

/** Whether a name stands in the kernel or in the dilation. */
function isOpen(analysis: Analysis, target: OptionTarget): boolean {
  return ['kernel', 'dilation'].some((option) => hasName(optionText(analysis, target, option) ?? ''))
}

/** How far a window reaches, by the texts of its kernel and dilation: `(k - 1) * d`. */
export function reachText(analysis: Analysis, target: OptionTarget): string | undefined {
  const kernel = optionText(analysis, target, 'kernel')
  const dilation = optionText(analysis, target, 'dilation')
  if (kernel === undefined) return undefined
  const steps = /^\d+$/.test(kernel) ? String(Number(kernel) - 1) : `${bracketed(kernel)} - 1`
  return dilation === undefined ? steps : `${bracketed(steps)} * ${bracketed(dilation)}`
}

/** The mode that the nearest window is padded with, behind the amounts where those are added. */
function modeOf(analysis: Analysis, { target }: PaddingGroup, nearest: PaddingGroup | undefined): string {
  if (nearest === undefined || target.option !== 'padding' || target.given !== undefined) return ''
  const mode = optionText(analysis, nearest.target, 'padding_mode')
  const isOwn = optionText(analysis, target, 'padding_mode') !== undefined
  return mode === undefined || isOwn || !isInOneBody(nearest.target, target) ? '' : `, padding_mode=${mode}`
}

function sameAxes(a: readonly boolean[] | undefined, b: readonly boolean[] | undefined): boolean {
  return a?.join() === b?.join()
}

/** Whether two texts stand in one body. */
export function isInOneBody(a: OptionTarget, b: OptionTarget): boolean {
  return a.file === b.file && a.inside !== undefined && a.inside === b.inside
}

/** How far two texts are from each other; those of another body are farther, and of another file the farthest. */
function distance(a: OptionTarget, b: OptionTarget): number {
  const apart = Math.abs(a.site.start - b.site.start)
  if (a.file !== b.file) return apart + 2 * FAR
  return isInOneBody(a, b) ? apart : apart + FAR
}

/** More than two places in one body are apart. */
const FAR = 1e9
