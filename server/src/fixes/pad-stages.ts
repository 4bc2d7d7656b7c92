/** Layers that pad for the window behind them, put before one that lacks it: `pad(1, mode=reflect) -> conv(64, 3)`. */
import type { Analysis } from '../check/analysis'
import type { LayerNode } from '../model/graph'
import type { Candidate } from './fix'
import { isCallOnTensors } from './flow-text'
import { type PaddingGroup, padBefore } from './padding-groups'
import { isInOneBody } from './padding-pattern'
import { sourceOf } from './respell'
import { windowsOf } from './window-options'

/** The pad that stands before an equal window of the same body; undefined where none does. */
export function padLikeOthers(
  analysis: Analysis,
  { target, nodes: [node] }: PaddingGroup,
  groups: readonly PaddingGroup[],
): Candidate | undefined {
  const { file, site } = target
  if (target.given !== undefined || site !== node.applied || isCallOnTensors(node)) return undefined
  const padded = groups.filter((each) => each.keeps && isInOneBody(each.target, target))
  const pads = padded.flatMap((each) =>
    isSameWindow(each.nodes[0], node) ? (padBefore(each.nodes[0]) ?? []) : [],
  )
  const pad = pads.find((each) => each.frame.declaration === node.frame.declaration && !isCallOnTensors(each))
  if (pad === undefined) return undefined
  const text = sourceOf(analysis, file, pad.site)
  const edits = [{ start: site.start, end: site.start, text: `${text} -> ` }]
  return { action: `Insert ${text} before ${sourceOf(analysis, file, site)}`, file, edits, meant: true }
}

function isSameWindow(a: LayerNode, b: LayerNode): boolean {
  const [own, other] = [a, b].map((node) =>
    windowsOf(node).map(({ kernel, dilation }) => `${kernel} ${dilation}`),
  )
  return own?.join() === other?.join()
}
