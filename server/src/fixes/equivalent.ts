/** Proves that a changed text still means what it meant, or at least gives tensors of the same shapes. */
import type { Analysis, Host } from '../check/analysis'
import { analyze } from '../check/analyze'
import type { LayerNode, NetworkGraph, Tensor } from '../model/graph'
import { overlay } from './prove'
import { hasPadding, windowsOf } from './window-options'

/** What a change must leave as it is: every layer and how they are joined, or the shapes of inputs and outputs. */
export type Kept = 'everything' | 'shapes'

/**
 * Whether a file with another text brings no new error to any of the analyses that read it, and leaves as it
 * was what `kept` names in each of their networks.
 */
export function isEquivalent(
  analyses: readonly Analysis[],
  host: Host,
  file: string,
  text: string,
  kept: Kept,
): boolean {
  const changed = overlay(host, file, text)
  return analyses.every((before) => {
    if (!before.files.has(file)) return true
    const after = analyze(before.uri, changed, before.options)
    return bringsNoError(before, after) && keepsNetworks(before, after, kept)
  })
}

/** Errors are counted by code: where they stand changes with the text. */
function bringsNoError(before: Analysis, after: Analysis): boolean {
  const counts = new Map<string, number>()
  for (const { code, severity } of before.problems) {
    if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return after.problems.every(({ code, severity }) => {
    if (severity !== 'error') return true
    const left = counts.get(code) ?? 0
    counts.set(code, left - 1)
    return left > 0
  })
}

function keepsNetworks(before: Analysis, after: Analysis, kept: Kept): boolean {
  if (before.networks.length !== after.networks.length) return false
  const keys: Keys = new Map()
  return before.networks.every((graph, i) => {
    const now = after.networks[i] as NetworkGraph
    if (endsOf(graph) !== endsOf(now)) return false
    return kept === 'shapes' || meaningOf(graph, keys) === meaningOf(now, keys)
  })
}

/** The inputs and outputs of a network with their shapes. */
function endsOf({ name, inputs, outputs }: NetworkGraph): string {
  const ends = [
    ...inputs.map(({ name, node }) => [name.name, shapeOf(node?.tensor)]),
    ...outputs.map(({ name, tensor }) => [name.name, shapeOf(tensor)]),
  ]
  return JSON.stringify([name, ends])
}

function shapeOf(tensor: Tensor | undefined) {
  return tensor === undefined ? undefined : [tensor.items, ...tensor.shape]
}

/** Numbers for what applications of layers are made of: equal numbers compute the same from the same tensors. */
type Keys = Map<string, number>

/** What a network computes, whatever the order in which its layers are applied: the outputs and all its layers. */
function meaningOf({ layers, outputs }: NetworkGraph, keys: Keys): string {
  const made = new Map<number, number>()
  const keyOf = (text: string): number => {
    const key = keys.get(text) ?? keys.size
    keys.set(text, key)
    return key
  }
  const tensorKey = (tensor: Tensor | undefined): string => {
    if (tensor === undefined) return '?'
    const { source, index } = tensor
    return source.kind === 'input' ? source.name.name : `${made.get(source.id)}.${index}`
  }
  for (const node of layers) {
    const shared = node.sharedWith === undefined ? '' : made.get(node.sharedWith)
    const { layer, params, fixed } = node
    const inputs = node.inputs.map(tensorKey).join(' ')
    made.set(node.id, keyOf(`${layer.name} ${optionsOf(node)} ${params} ${fixed} ${shared} ${inputs}`))
  }
  const all = layers.map(({ id }) => made.get(id) as number).sort((a, b) => a - b)
  return `${outputs.map(({ tensor }) => tensorKey(tensor)).join(' ')} of ${all.join(' ')}`
}

/** The options with the padding in numbers, however it is written. */
function optionsOf(node: LayerNode): string {
  if (!hasPadding(node.layer)) return JSON.stringify(node.options)
  const padding = windowsOf(node).map(({ begin, end }) => [begin, end])
  return JSON.stringify({ ...node.options, padding })
}
