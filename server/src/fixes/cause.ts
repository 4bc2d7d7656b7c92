/** Whether an error at the place of another has the same cause: one text may be at fault in several uses, and in several ways. */
import { type Analysis, runGraphs } from '../check/analysis'
import { differingAxes } from '../layers/constraints/merging'
import type { FaultyStage, Frame, LayerNode } from '../model/graph'
import type { Place, Problem } from '../model/problem'
import { placeKey } from './result'

/** Whether the application that was at fault works now, though the same text may be at fault in another use. */
export function worksNow(
  stage: FaultyStage | undefined,
  analysis: Analysis,
  after: Analysis,
  moved: (place: Place) => Place,
): boolean {
  if (stage === undefined) return false
  const key = applicationKey(stage, moved)
  const count = (all: Analysis, place: (place: Place) => Place) =>
    runGraphs(all).reduce(
      (sum, { layers }) => sum + layers.filter((node) => applicationKey(node, place) === key).length,
      0,
    )
  return count(after, (place) => place) > count(analysis, moved)
}

/** The text of an application and those of the calls that led to it. */
function applicationKey(
  { file, site, frame }: Pick<LayerNode, 'file' | 'site' | 'frame'>,
  moved: (place: Place) => Place,
): string {
  const places = [placeKey(moved({ file, range: site }))]
  for (let at: Frame | undefined = frame; at?.call; at = at.call.frame) {
    places.push(placeKey(moved({ file: at.call.file, range: at.call.site })))
  }
  return places.join(' ')
}

/** The axes in which tensors that meet still differ, where they are some of those before and not all. */
export function fewerAxes({ data }: Problem, { data: now }: Problem): string | undefined {
  const [before, after] = [differingAxes(data), differingAxes(now)]
  const isPart = after.length < before.length && after.every((axis) => before.includes(axis))
  return isPart && after.length > 0 ? after.join(' and ') : undefined
}
