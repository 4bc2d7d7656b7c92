import type { Analysis } from '../../check/analysis'
import type { Candidate, FixContext } from '../../fixes/fix'
import { isCallOnTensors, operationOf, removeLayer, replaceLayer, stageOf } from '../../fixes/flow-text'
import type { LayerNode } from '../../model/graph'
import { showCall } from '../../model/show-call'

/**
 * Takes a layer away that changes nothing: out of its flow, or, where the text needs a layer (an argument, a
 * default, a branch of a condition), by `identity` in its place.
 */
export function* removal({ analysis }: FixContext, node: LayerNode): Generator<Candidate> {
  const { file } = node
  const call = shownLayer(analysis, node)
  const edits = removeLayer(analysis, node)
  if (edits) yield { action: `Remove ${call}`, file, edits, shows: null }
  else if (!isCallOnTensors(node) && stageOf(analysis, node) === undefined) {
    yield { action: `Write identity for ${call}`, file, edits: replaceLayer(node, 'identity'), shows: null }
  }
}

/** A layer that changes nothing, as its text has it: the operator and the number, or the call. */
export function shownLayer({ files }: Analysis, node: LayerNode): string {
  const beside = operationOf(node)?.beside
  const text = beside && files.get(node.file)?.text.slice(beside.start, beside.end)
  return text ?? showCall(node)
}
