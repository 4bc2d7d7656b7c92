/** Takes names away that nothing reads, with what was computed for them alone. */
import { boundBy } from '../../../grammar/bindings'
import type { Assign, Flow, Range } from '../../../grammar/tree'
import { type Analysis, runGraphs } from '../check/analysis'
import { type Binding, referencesOf } from '../check/references'
import type { TextEdit } from '../model/problem'
import type { Candidate } from './fix'
import { removeLines } from './flow-text'

/**
 * Candidates that take a name away which nothing reads; none for the inputs of a network. What goes with the name may
 * have weights, which are in the checkpoints.
 */
export function* unbind(analysis: Analysis, binding: Binding): Generator<Candidate> {
  const { file, uri } = analysis
  const { node, name } = binding
  const as = (action: string, edits: readonly TextEdit[]): Candidate => ({
    action,
    file: uri,
    edits,
    class: edits.some((edit) => holdsWeights(analysis, edit)) ? 'same-function' : 'same-network',
    shows: null,
  })
  if (node.kind === 'stage') yield as(`Remove the name ${name}`, [remove(node.value.end, node.end)])
  if (node.kind === 'flow' && node.headAs) {
    yield as(`Remove the name ${name}`, [remove(node.head.end, node.headAs.end)])
  }
  if (node.kind !== 'assign' && node.kind !== 'shared') return
  const references = referencesOf(file)
  const names = boundBy(node)?.names ?? []
  const bindings = names.flatMap((each) => references.bindingAt(each) ?? [])
  const inner = references.bindings.filter(
    (each) => within(each.identifier, node.value) && references.isRead(each),
  )
  if (bindings.some((each) => references.isRead(each))) yield as(`Name it _${name}`, [prefixed(binding)])
  else if (inner.length === 0) yield as(`Remove ${nameList(names)}`, [removeLines(file, node)])
  else if (node.kind === 'assign' && node.value.kind === 'flow') {
    const edits = shortened(node, node.value, inner)
    if (edits) yield as(`Remove ${nameList(names)}`, edits)
  }
}

/** Whether a layer with weights is applied in a range of the file, in a body or in the blocks that it calls. */
function holdsWeights(analysis: Analysis, range: Range): boolean {
  const { uri } = analysis
  return runGraphs(analysis).some(({ layers }) =>
    layers.some(({ weights, applied, frame }) => {
      if (weights.length === 0) return false
      if (frame.file === uri && within(applied, range)) return true
      for (let call = frame.call; call; call = call.frame.call)
        if (call.file === uri && within(call.site, range)) return true
      return false
    }),
  )
}

function nameList(names: readonly { readonly name: string }[]): string {
  return names.map(({ name }) => name).join(', ')
}

/** The name with the mark of what is meant to be unused. */
export function prefixed({ identifier: { start } }: Binding): TextEdit {
  return { start, end: start, text: '_' }
}

/** `a = x -> f as b -> g` becomes `b = x -> f`, where `b` is the last stage's name that is read. */
function shortened({ names }: Assign, flow: Flow, read: readonly Binding[]): readonly TextEdit[] | undefined {
  const last = read.at(-1)
  const [first] = names
  const kept = last?.node === flow ? flow.head : flow.stages.find((stage) => stage === last?.node)?.value
  if (last === undefined || first === undefined || kept === undefined) return undefined
  const end = names.at(-1)?.end ?? first.end
  return [{ start: first.start, end, text: last.name }, remove(kept.end, flow.end)]
}

function remove(start: number, end: number): TextEdit {
  return { start, end, text: '' }
}

function within(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
