/** Texts all of whose layers share a property: the outermost calls that lead to such layers alone. */
import type { Expression } from '../../../../grammar/tree'
import type { Frame, LayerNode } from '../../model/graph'
import type { Place } from '../../model/problem'

/** A text that stands for applications of layers: where a layer is applied, or a call that led there. */
interface Level {
  readonly site: Expression
  readonly file: string
  /** The run of the body in which it stands. */
  readonly frame: Frame
}

/** A text with a run that meets it. */
export interface MetPlace {
  readonly place: Place
  readonly frame: Frame
}

interface Count {
  readonly level: Level
  all: number
  having: number
}

/** What the texts of an analysis stand for. */
export type Texts = ReadonlyMap<Expression, Readonly<Count>>

/** Counts for every text that leads to one of the layers how many of them it stands for, and how many have the property. */
export function countTexts(layers: Iterable<LayerNode>, having: ReadonlySet<LayerNode>): Texts {
  const counts = new Map<Expression, Count>()
  for (const node of layers) {
    for (const level of levels(node)) {
      const count = counts.get(level.site) ?? { level, all: 0, having: 0 }
      counts.set(level.site, count)
      count.all++
      if (having.has(node)) count.having++
    }
  }
  return counts
}

/** From the layer outwards. */
function* levels({ site, file, frame }: LayerNode): Generator<Level> {
  yield { site, file, frame }
  for (let at: Frame | undefined = frame; at?.call; at = at.call.frame) yield at.call
}

/**
 * The texts that stand for these layers alone, in the order of application, `most` of them. What follows in the
 * same body is one text with what is before, as far as nothing between stands for a layer without the property.
 */
export function whollyTexts(nodes: readonly LayerNode[], texts: Texts, most: number): readonly MetPlace[] {
  const tops = new Map<Expression, Level>()
  for (const node of nodes) {
    let top: Level | undefined
    for (const level of levels(node)) if (isWhole(texts.get(level.site))) top = level
    if (top && !tops.has(top.site)) tops.set(top.site, top)
  }
  const found: MetPlace[] = []
  for (let [first] = tops.values(); first && found.length < most; [first] = tops.values()) {
    const { file, frame } = first
    const { start } = first.site
    let { end } = first.site
    const next = nextOther(first, texts)
    for (const top of tops.values()) {
      if (!isBeside(top, first) || top.site.start < start || top.site.end > next) continue
      end = Math.max(end, top.site.end)
      tops.delete(top.site)
    }
    found.push({ place: { file, range: { start, end } }, frame })
  }
  return found
}

/** Where in the same body the next text begins that stands for a layer without the property. */
function nextOther(from: Level, texts: Texts): number {
  let next = Number.POSITIVE_INFINITY
  for (const count of texts.values()) {
    const { start } = count.level.site
    if (start > from.site.start && start < next && !isWhole(count) && isBeside(count.level, from))
      next = start
  }
  return next
}

/** Whether two texts stand in one body. */
function isBeside(one: Level, other: Level): boolean {
  return one.file === other.file && one.frame.declaration === other.frame.declaration
}

function isWhole(count: Readonly<Count> | undefined): boolean {
  return count !== undefined && count.all === count.having
}

/**
 * Where a layer with the property is found: the layer itself where its text stands for such layers alone, else the
 * innermost call that does, so that a block is not blamed for one of its uses.
 */
export function innermostText(node: LayerNode, texts: Texts): MetPlace | undefined {
  if (isWhole(texts.get(node.site))) return undefined
  for (const { site, file, frame } of levels(node)) {
    if (isWhole(texts.get(site)))
      return { place: { file, range: { start: site.start, end: site.end } }, frame }
  }
  return undefined
}

/** The text in the network's own body that leads to a layer. */
export function outermost(node: LayerNode): MetPlace {
  let last: Level = node
  for (const level of levels(node)) last = level
  const { site, file, frame } = last
  return { place: { file, range: { start: site.start, end: site.end } }, frame }
}

/** The text in this body that leads to a layer; the layer itself where none does. */
export function textIn({ declaration }: Frame, node: LayerNode): Place {
  let found: Level = node
  for (const level of levels(node)) if (level.frame.declaration === declaration) found = level
  return { file: found.file, range: { start: found.site.start, end: found.site.end } }
}
