import type { Analysis } from '../../check/analysis'
/** Dilations that leave no holes, for layers that are stacked, and the edits that set them. */

import type { Candidate, FixContext } from '../../fixes/fix'
import { type OptionTarget, optionTargets } from '../../fixes/targets'
import { paddingAmounts } from '../../fixes/window-options'
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode } from '../../model/graph'
import type { TextEdit } from '../../model/problem'

interface Rated {
  readonly node: LayerNode
  readonly kernel: number
  readonly dilation: number
  /** The text that gives the dilation; absent where none is written. */
  readonly target: OptionTarget | undefined
}

/**
 * Changes of the dilations of stacked layers after which they read neighbours only: first one that sees as far as
 * before, as a sawtooth of rates does (Wang et al. 2018, §3.2), then one that lowers dilations alone.
 */
export function* schedules({ analysis }: FixContext, stacked: readonly LayerNode[]): Generator<Candidate> {
  const rated = stacked.map((node) => read(analysis, node))
  if (rated.some((each) => each === undefined)) return
  const layers = rated as readonly Rated[]
  const lowered = lower(layers)
  for (const dilations of [raiseLast(layers, lowered), lowered]) {
    const candidate = candidateFor(analysis, layers, dilations)
    if (candidate) yield candidate
  }
}

function read(analysis: Analysis, node: LayerNode): Rated | undefined {
  const { kernel, dilation } = node.options as { kernel: readonly number[]; dilation?: readonly number[] }
  const [k = 1] = kernel
  const [d = 1] = dilation ?? []
  if (kernel.some((each) => each !== k) || dilation?.some((each) => each !== d)) return undefined
  const target = d > 1 ? optionTargets(analysis, node, 'dilation')[0] : undefined
  return { node, kernel: k, dilation: d, target }
}

/** Each dilation as it is, or where that left holes as large as leaves none; what one text gives is one number. */
function lower(layers: readonly Rated[]): readonly number[] {
  const byText = new Map<string, number>()
  let dilations = layers.map(({ dilation }) => dilation)
  for (let changed = true; changed; ) {
    let run = 1
    const before = dilations
    for (const [i, { kernel, target }] of layers.entries()) {
      const key = target?.key ?? String(i)
      const now = Math.min(before[i] as number, run, byText.get(key) ?? Number.POSITIVE_INFINITY)
      byText.set(key, now)
      run += now * (kernel - 1)
    }
    dilations = layers.map(({ target, dilation }, i) => byText.get(target?.key ?? String(i)) ?? dilation)
    changed = dilations.some((dilation, i) => dilation !== before[i])
  }
  return dilations
}

/** The last dilation raised by what the others were lowered, as far as it leaves no holes. */
function raiseLast(layers: readonly Rated[], lowered: readonly number[]): readonly number[] {
  const last = layers.findLastIndex(({ dilation }) => dilation > 1)
  const { kernel } = layers[last] as Rated
  const reach = (dilations: readonly number[]) =>
    layers.reduce((sum, layer, i) => sum + (dilations[i] as number) * (layer.kernel - 1), 0)
  const missing = reach(layers.map(({ dilation }) => dilation)) - reach(lowered)
  const run = 1 + reach(lowered.map((dilation, i) => (i < last ? dilation : 0)))
  const raised = Math.min(run, (lowered[last] as number) + Math.floor(missing / (kernel - 1)))
  return lowered.map((dilation, i) => (i === last ? raised : dilation))
}

function candidateFor(
  analysis: Analysis,
  layers: readonly Rated[],
  dilations: readonly number[],
): Candidate | undefined {
  const values = new Map<string, string>()
  const edits = new Map<string, readonly TextEdit[]>()
  let file: string | undefined
  const set = (target: OptionTarget | undefined, value: string): boolean => {
    if (target === undefined || (file ?? target.file) !== target.file) return false
    if ((values.get(target.key) ?? value) !== value) return false
    file = target.file
    values.set(target.key, value)
    edits.set(target.key, target.edits(value))
    return true
  }
  for (const [i, layer] of layers.entries()) {
    const dilation = dilations[i] as number
    if (dilation !== layer.dilation) {
      if (!set(layer.target, String(dilation))) return undefined
      const padding = paddingFor(layer, dilation)
      if (padding !== undefined && !set(optionTargets(analysis, layer.node, 'padding')[0], padding))
        return undefined
    } else if (layer.target && !set(layer.target, String(dilation))) return undefined
  }
  if (file === undefined) return undefined
  const texts = new Map(layers.flatMap(({ target }, i) => (target ? [[target.key, dilations[i]]] : [])))
  const all = [...texts.values()]
  return {
    action: all.length === 1 ? `Set dilation=${all[0]}` : `Set the dilations to ${all.join(', ')}`,
    file,
    edits: [...edits.values()].flat(),
    shows: null,
  }
}

/** The padding in numbers that keeps the size with another dilation; undefined where nothing has to be set. */
function paddingFor({ node, kernel, dilation }: Rated, now: number): string | undefined {
  const { padding } = windowOptionsOf(node)
  const more = ((now - dilation) * (kernel - 1)) / 2
  if (padding === undefined || 'name' in padding || !Number.isInteger(more)) return undefined
  const begin = padding.begin.map((amount) => amount + more)
  const end = padding.end.map((amount) => amount + more)
  return [...begin, ...end].every((amount) => amount >= 0) ? paddingAmounts(begin, end).text : undefined
}
